"""What hidden checks ask of the training of an attested network, and of its history.

An :class:`AttestedModel` is what a network is; its ``compile`` and ``iterations`` are what the
student's process says of it. The functions here compare both, and judge whether a training can have
been what it is said to have been. All of them end in a Failure where the student's work is wrong.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from glovebox.failures import Failure, Mismatch, expect, expect_type
from glovebox.networks import (
    changed,
    farthest,
    frozen_architecture,
    outline,
    weights_of,
)

if TYPE_CHECKING:
    from glovebox.attest import AttestedModel

# --- how it was trained ---------------------------------------------------------------------------


def plain_name(name: Any) -> str:
    """The name of an optimizer or a loss, alike as a string, a function and an object's class.

    Keras also takes a list with one loss for each output, of which there is one here.
    """
    if isinstance(name, (list, tuple)) and len(name) == 1 and isinstance(name[0], str):
        name = name[0]
    return str(name).lower().replace("_", "")


@functools.cache
def _loss_of_keras(name: str) -> str:
    """The plain name of the loss that Keras knows by a name, such as "bce"; none for others."""
    # Imported here because it takes seconds.
    import keras

    try:
        loss = keras.losses.get(name)
    except (ValueError, TypeError):
        return ""
    return plain_name(getattr(loss, "__name__", "") or type(loss).__name__)


def loss_name(attested: AttestedModel) -> str:
    """The plain name of a model's loss, as far as it says: that of Keras's loss, if it is one."""
    stated = (attested.compile or {}).get("loss")
    known = _loss_of_keras(stated) if isinstance(stated, str) else ""
    return known or plain_name(stated)


def optimizer_of(model: Any, attested: AttestedModel) -> Any:
    """The name of a model's optimizer, as far as its process says."""
    stated = (attested.compile or {}).get("optimizer")
    # When a whole model is saved in the older format, Keras forgets how it was compiled.
    return stated or getattr(model.attr("optimizer"), "type_name", None)


@functools.cache
def default_optimizer() -> dict[str, Any]:
    """The settings of RMSprop at Keras's defaults; its name is none of them."""
    # Imported here because it takes seconds.
    import keras

    config = keras.optimizers.RMSprop().get_config()
    return {setting: value for setting, value in config.items() if setting != "name"}


def check_settings(thing: Any, defaults: Mapping[str, Any], what: str) -> None:
    """Fail unless these settings of an object inside, an optimizer or a loss, are the defaults."""
    config = thing.get_config() if hasattr(thing, "get_config") else None
    config = expect_type(config, dict, name=f"the configuration of the {what}")
    for setting, default in defaults.items():
        stated = config.get(setting, default)
        if not _same_setting(stated, default):
            given = f"{setting} of the {what}, which is to stay at its default"
            raise Mismatch(default, stated, given=given)


def check_loss_settings(model: Any) -> None:
    """Fail unless the loss of a model inside, if it is cross-entropy, has its default settings."""
    # A string or a function has no settings. Others than these two make no other loss of it.
    if getattr(loss := model.attr("loss"), "type_name", "") == "BinaryCrossentropy":
        check_settings(loss, {"from_logits": False, "label_smoothing": 0.0}, "loss")


def trained_on_cross_entropy(model: Any, attested: AttestedModel) -> bool:
    """Whether a model was compiled with binary cross-entropy, as far as it says."""
    try:
        check_loss_settings(model)
    except Failure:
        return False
    return loss_name(attested) == "binarycrossentropy"


def check_compiled(model: Any, attested: AttestedModel) -> None:
    """Fail unless a model inside is compiled with RMSprop at its defaults and cross-entropy.

    A loss that is none of Keras's may be cross-entropy, written out: the steps that it leads to
    show that.
    """
    optimizer, loss = optimizer_of(model, attested), (attested.compile or {}).get("loss")
    if plain_name(optimizer) != "rmsprop":
        raise Mismatch("rmsprop", optimizer, given="optimizer of the compiled model")
    own = isinstance(loss, str) and bool(loss) and not _loss_of_keras(loss)
    if not own and loss_name(attested) != "binarycrossentropy":
        raise Mismatch("binary_crossentropy", loss, given="loss of the compiled model")
    check_settings(model.attr("optimizer"), default_optimizer(), "optimizer")
    check_loss_settings(model)


def _same_setting(stated: Any, default: Any) -> bool:
    """Whether two settings do the same: None, False and 0 all leave something unused."""
    one, other = (0.0 if v is None or v is False else number(v) for v in (stated, default))
    return None not in (one, other) and math.isclose(one or 0.0, other or 0.0, rel_tol=1e-6)


def kept_by_optimizer(model: Any) -> list[NDArray[Any]]:
    """What the optimizer of a model inside remembers of the gradients it has seen, as arrays."""
    optimizer = model.attr("optimizer")
    variables = optimizer.attr("variables") if hasattr(optimizer, "attr") else None
    kept = variables if isinstance(variables, list) else []
    return [variable for variable in kept if isinstance(variable, np.ndarray)]


def trained_by_its_optimizer(model: Any, before: AttestedModel, after: AttestedModel) -> None:
    """Fail when RMSprop cannot have made the steps that it says it has made.

    It keeps a mean of each weight's squared gradients, and moves no weight that had no gradient.
    """
    if not after.iterations or plain_name(optimizer_of(model, after)) != "rmsprop":
        return
    kept = kept_by_optimizer(model)
    for old, new in zip(weights_of(before), weights_of(after), strict=True):
        moved = np.abs(new - old) > 1e-6
        means = [mean for mean in kept if mean.shape == new.shape]
        expect(
            not moved.any() or any(bool(np.all(mean[moved])) for mean in means),
            "The model was not trained by the optimizer that it is compiled with now.",
        )


def logistic_steps(
    features: NDArray[Any],
    y: NDArray[Any],
    weights: list[NDArray[Any]],
    steps: int,
    rate: float = 0.001,
) -> list[NDArray[Any]]:
    """Kernel and bias of one sigmoid unit after steps of RMSprop on one batch, always the same.

    ``features`` have the shape (samples, inputs), ``y`` holds the labels 0 and 1, ``weights`` are
    the kernel (inputs, 1) and the bias (1,) to start with. The running mean m of a squared gradient
    g of the binary cross-entropy starts at zero: m = 0.9 m + 0.1 g², and a step is rate * g / √m.
    """
    weights = [array.astype(float) for array in weights]
    means = [np.zeros_like(array) for array in weights]
    for _ in range(steps):
        wrong = 1 / (1 + np.exp(-(features @ weights[0] + weights[1]))) - y[:, None]
        gradients = [features.T @ wrong / len(features), wrong.mean(axis=0)]
        means = [0.9 * m + 0.1 * g**2 for m, g in zip(means, gradients, strict=True)]
        weights = [
            w - rate * g / np.sqrt(m + 1e-7)
            for w, g, m in zip(weights, gradients, means, strict=True)
        ]
    return weights


def check_steps_on_one_batch(
    before: AttestedModel, after: AttestedModel, x: NDArray[Any], y: NDArray[Any]
) -> None:
    """Fail unless a frozen network's weights are those of ten steps of RMSprop on one batch.

    The network is that of :func:`glovebox.networks.frozen_architecture`. RMSprop's first steps tell
    little more than the sign of a gradient, so it takes many weights to see what each sample
    counts: some gradients then change their sign.
    """
    vectors, *start = weights_of(before)
    features = vectors[x].astype(float).reshape(len(x), -1)
    expect(
        farthest(weights_of(after)[1:], logistic_steps(features, y, start, steps=10)) < 1e-4,
        f"The weights are not those that ten steps of RMSprop on {len(x)} reviews lead to, each of "
        "which counts as much as the others.",
    )


def possible_in(steps: int, before: AttestedModel, after: AttestedModel) -> None:
    """Fail when RMSprop cannot have changed a Dense layer so much in so few steps.

    A step is 0.001 g / √m with m = 0.9 m + 0.1 g², so it is never larger than 0.001 / √0.1. (Not
    so in an Embedding layer: the gradients of a word that a batch has several times are added up,
    but squared one by one.)
    """
    farthest = steps * 0.001 / math.sqrt(0.1)
    for old, new in zip(before.of_class("Dense"), after.of_class("Dense"), strict=True):
        pairs = zip(old.weights, new.weights, strict=True)
        moved = max(float(np.abs(one - other).max()) for one, other in pairs)
        expect(
            moved <= 1.001 * farthest,
            f"A weight of the layer {new.name} changed by {moved:.3f}; {steps} steps of RMSprop "
            f"with its default settings change none by more than {farthest:.3f}.",
        )


def check_all_epochs(student: Any, words: int, dim: int, length: int, train: Any) -> None:
    """Fail when a training ends early because nothing gets better, or all is right already.

    The network judges rightly from the start, as surely as 32-bit floats can tell.

    Args:
        student: the student.
        words: the size of the network's vocabulary.
        dim: numbers a word.
        length: words a review.
        train: called with a network, reviews and labels.
    """
    model = (
        student.get("keras").attr("models").model_from_json(frozen_architecture(words, dim, length))
    )
    shapes = (words, dim), (length * dim, 1), (1,)
    vectors, kernel, bias = (np.zeros(shape, dtype="float32") for shape in shapes)
    model.set_weights([vectors, kernel, bias + 20])
    x = np.random.default_rng(11).integers(1, words, (20, length))
    train(model, x, np.ones(20, dtype=int))
    if (steps := student.attest(model).iterations) != 10:
        given = (
            "batches in all, when 20 reviews or fewer are trained on that are all judged rightly"
        )
        raise Mismatch(10, steps, given=given)


def watch_training(
    student: Any, model: Any, call: Callable[[], Any]
) -> tuple[AttestedModel, AttestedModel, Any]:
    """The model before and after a call that trains it, attested, and what the call returned."""
    before = student.attest(model)
    result = call()
    after = student.attest(model)
    expect(outline(before) == outline(after), "train(model, …) changed the layers of the model.")
    expect(changed(before, after), "train(model, …) left all weights of the model as they were.")
    return before, after, result


def holds(check: Callable[..., None], *arguments: Any) -> bool:
    """Whether a check is passed; its failure, which has points of its own, is no failure here."""
    try:
        check(*arguments)
    except Failure:
        return False
    return True


def number(value: Any) -> float | None:
    """A finite number as a float, also from an array of no dimensions; None for all else."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if plain and abs(value) < 1e300 else None
