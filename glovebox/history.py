"""What hidden checks ask of the history of a training: that it tells of this training.

All functions end in a Failure where the student's work is wrong.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from glovebox.bands import Bands
from glovebox.failures import CallFailure, Failure, Mismatch, expect, expect_type
from glovebox.figures import PROPERTY, lines
from glovebox.networks import accuracy, cross_entropy
from glovebox.training import number, trained_on_cross_entropy

if TYPE_CHECKING:
    from glovebox.attest import AttestedModel

CLEAR = 0.25
"""So much must a model's accuracy be above its loss, to tell by them which of two numbers is which.

In 60 trainings of `learned_embedding` it was 0.10 at the most after one epoch, where means over the
epoch misled in 13, and 0.21 after two; after the ten asked for it is about 0.7.
"""


def history_of(result: Any, model: Any) -> dict[Any, Any]:
    """The lists of the history that a training returned, or of the one that is left in the model.

    Whether the training returns it has a check of its own.
    """
    if not isinstance(result, dict):
        try:
            kept = model.attr("history")
        except CallFailure:  # fit was never called
            kept = None
        result = kept.attr("history") if hasattr(kept, "attr") else None
    return expect_type(result, dict, name="the history of the training")


def record_curves(
    record_property: Callable[[str, object], None], history: Any, bands: Bands
) -> None:
    """Leave the curves of a history for the student's feedback, whatever may be wrong with them."""
    if not isinstance(history, dict):
        return
    for metric in ("accuracy", "loss"):
        keys = {"training": metric, "validation": f"val_{metric}"}
        found = {name: history.get(key) for name, key in keys.items()}
        curves = {name: values for name, values in found.items() if isinstance(values, list)}
        usual = {name: bands[key] for name, key in keys.items() if key in bands}
        if curves:
            record_property(PROPERTY, lines(metric.capitalize(), curves, x="epoch", bands=usual))


def check_history(history: Mapping[Any, Any], epochs: int | None) -> None:
    """Fail unless a history has accuracy and loss, of training and validation, as it should.

    ``epochs`` is how many there must be; None, where another number has a check of its own.
    """
    for name in ("accuracy", "loss", "val_accuracy", "val_loss"):
        values = history.get(name)
        if not isinstance(values, list):
            raise Failure(
                f'The history should have a list of numbers under "{name}"; it has {list(history)}.'
            )
        expect(bool(values), f'The list under "{name}" in the history is empty.')
        numbers = [number(value) for value in values]
        if epochs is not None and len(values) != epochs:
            raise Mismatch(epochs, len(values), given=f'epochs under "{name}" in the history')
        known = [value for value in numbers if value is not None]
        expect(
            len(known) == len(numbers),
            f'Not all in the list under "{name}" in the history are numbers.',
        )
        if name.endswith("accuracy"):
            expect(
                all(0 <= share <= 1 for share in known),
                f'The list under "{name}" in the history should hold shares from 0 to 1.',
            )
        elif len(known) > 1:
            expect(
                name == "loss" or values != history["loss"],
                "The history has the same losses for training and validation.",
            )
            expect(
                len(set(known)) > 1,
                f'The "{name}" in the history is the same after every epoch, '
                "although the weights have changed.",
            )


def check_validation(
    history: Mapping[Any, Any],
    model: Any,
    after: AttestedModel,
    x_val: NDArray[Any],
    y_val: NDArray[Any],
) -> None:
    """Fail unless the last validation in a history is what the trained model makes of these."""
    accuracies = [
        values
        # More metrics than the one asked for do no harm.
        for name, values in sorted(history.items(), key=lambda item: item[0] != "val_accuracy")
        if str(name).startswith("val_") and "acc" in str(name) and isinstance(values, list)
    ]
    losses = history.get("val_loss")
    # Another loss than the one asked for, and a history without its lists, have their own checks.
    if not (isinstance(losses, list) and losses and trained_on_cross_entropy(model, after)):
        losses = None
    expect(bool(accuracies or losses), f"The history tells of no validation: {list(history)}.")
    if accuracies:
        share, doubtful = accuracy(after, x_val, y_val)
        last = number(accuracies[0][-1]) if accuracies[0] else None
        if last is None or abs(last - share) > doubtful + 1e-4:
            given = "validation accuracy after the last epoch, measured with your trained model"
            raise Mismatch(round(share, 4), accuracies[0][-1:], given=given)
    if losses:
        loss, last = cross_entropy(after, x_val, y_val), number(losses[-1])
        if last is None or not math.isclose(last, loss, rel_tol=1e-3):
            given = "validation loss after the last epoch, measured with your trained model"
            raise Mismatch(round(loss, 4), losses[-1], given=given)


def check_not_exchanged(
    history: Mapping[Any, Any],
    model: Any,
    after: AttestedModel,
    x: NDArray[Any],
    y: NDArray[Any],
) -> None:
    """Fail when a history has the loss of a trained model for its accuracy, and the reverse.

    Training numbers are means over an epoch in which the weights move, so they cannot be measured
    afterwards; but which of the two is which can be told of a model whose loss has become much the
    smaller one. That of the first epoch cannot: its loss may end below its accuracy, of which the
    means over the epoch are still the other way round.
    """
    share, loss = accuracy(after, x, y)[0], cross_entropy(after, x, y)
    one, other = (number(history[name][-1]) for name in ("accuracy", "loss"))
    if one is None or other is None or share - loss < CLEAR:
        return
    if not trained_on_cross_entropy(model, after):
        return
    expect(
        abs(one - share) <= abs(one - loss) or abs(other - loss) <= abs(other - share),
        "The history has the training loss for the accuracy, and the accuracy for the loss.",
    )
