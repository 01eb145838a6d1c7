"""What checks ask of attested networks: each mistake in a training is told in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import pytest

from glovebox import Failure, Mismatch
from glovebox.attest import AttestedModel, Layer
from glovebox.failures import CallFailure
from glovebox.history import check_history, check_not_exchanged, check_validation, history_of
from glovebox.networks import (
    accuracy,
    changed,
    check_initial_weights,
    cross_entropy,
    embedding_of,
    farthest,
    kinds,
    outline,
    own_settings,
)
from glovebox.training import (
    check_compiled,
    logistic_steps,
    number,
    possible_in,
    trained_by_its_optimizer,
    watch_training,
)

X = np.random.default_rng(0).integers(1, 9, (40, 5))
Y = (X[:, 0] > 4).astype(int)


@dataclass
class Inside:
    """Stands for a handle on a model: what checks ask of it, answered in this process."""

    thing: Any
    type_name: str = field(init=False)

    def __post_init__(self) -> None:
        self.type_name = type(self.thing).__name__

    def attr(self, name: str) -> Any:
        try:
            value = getattr(self.thing, name)
        except AttributeError as error:
            raise CallFailure(str(error)) from None
        if name == "variables":
            return [np.asarray(variable) for variable in value]
        return value if isinstance(value, (str, list, dict)) else Inside(value)

    def get_config(self) -> Any:
        return self.thing.get_config()


def network(**settings: Any) -> Any:
    keras.utils.set_random_seed(1)
    return keras.Sequential(
        [
            keras.Input(shape=(5,)),
            keras.layers.Embedding(9, 3, **settings),
            keras.layers.Flatten(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def attested(model: Any) -> AttestedModel:
    """A model of one's own as it would come out of an attestation."""
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    layers = tuple(
        Layer(type(one).__name__, one.name, one.get_config(), one.trainable, one.get_weights())
        for one in copy.layers
    )
    optimizer = getattr(model, "optimizer", None)
    stated = optimizer and {"optimizer": type(optimizer).__name__, "loss": model.loss}
    return AttestedModel(copy, layers, stated or None, optimizer and int(optimizer.iterations))


def trained(**compiled: Any) -> tuple[Any, AttestedModel, AttestedModel, dict[str, list[float]]]:
    """A network trained for two epochs on the first 32 samples, validated on the others."""
    model = network()
    before = attested(model)
    settings = {"optimizer": "rmsprop", "loss": "binary_crossentropy", "metrics": ["accuracy"]}
    model.compile(**settings | compiled)
    fit = model.fit(X, Y, epochs=2, batch_size=32, validation_split=0.2, verbose=0)
    return model, before, attested(model), fit.history


@pytest.mark.slow
def test_a_sound_training_passes_everything() -> None:
    model, before, after, history = trained()
    check_compiled(Inside(model), after)
    check_history(history, epochs=2)
    check_validation(history, Inside(model), after, X[32:], Y[32:])
    trained_by_its_optimizer(Inside(model), before, after)
    possible_in(2, before, after)
    assert changed(before, after)
    assert outline(before) == outline(after)
    assert kinds(after) == ["Embedding", "Flatten", "Dense"]
    assert embedding_of(after).weights[0].shape == (9, 3)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("compiled", "said"),
    [
        ({"optimizer": "adam"}, "optimizer of the compiled model"),
        ({"optimizer": keras.optimizers.RMSprop(0.01)}, "learning_rate of the optimizer"),
        ({"loss": "mse"}, "loss of the compiled model"),
    ],
)
def test_other_settings_are_named(compiled: dict[str, Any], said: str) -> None:
    model, _, after, _ = trained(**compiled)
    with pytest.raises(Mismatch, match=said):
        check_compiled(Inside(model), after)


@pytest.mark.slow
def test_steps_that_the_optimizer_has_not_made_are_noticed() -> None:
    model, before, after, _ = trained()
    fresh = network()
    fresh.compile(optimizer="rmsprop", loss="binary_crossentropy")
    fresh.optimizer.build(fresh.trainable_variables)
    with pytest.raises(Failure, match="not trained by the optimizer"):
        trained_by_its_optimizer(Inside(fresh), before, after)
    model.layers[-1].set_weights([weights + 1 for weights in model.layers[-1].get_weights()])
    with pytest.raises(Failure, match="changed by"):
        possible_in(2, before, attested(model))


def test_a_history_must_be_whole() -> None:
    whole = {
        "accuracy": [0.5, 0.6],
        "loss": [0.7, 0.6],
        "val_accuracy": [0.5, 0.5],
        "val_loss": [0.7, 0.65],
    }
    check_history(whole, epochs=2)
    for change, said in (
        ({"val_loss": None}, 'list of numbers under "val_loss"'),
        ({"accuracy": [0.5, "x"]}, "Not all"),
        ({"accuracy": [50.0, 60.0]}, "shares from 0 to 1"),
        ({"loss": [0.7, 0.7]}, "the same after every epoch"),
        ({"loss": [0.7]}, "epochs under"),
    ):
        with pytest.raises(Failure, match=said):
            check_history(whole | change, epochs=2)
    check_history(whole | {"loss": [0.7]}, epochs=None)


@pytest.mark.slow
def test_a_validation_on_other_samples_is_noticed() -> None:
    model, _, after, history = trained()
    with pytest.raises(Mismatch, match="validation"):
        check_validation(history, Inside(model), after, X[:8], 1 - Y[:8])
    with pytest.raises(Failure, match="tells of no validation"):
        check_validation({"loss": [1.0]}, Inside(model), after, X[32:], Y[32:])


@pytest.mark.slow
def test_measures_agree_with_keras() -> None:
    model, _, after, _ = trained()
    loss, share = model.evaluate(X, Y, verbose=0)
    assert accuracy(after, X, Y)[0] == pytest.approx(share)
    assert cross_entropy(after, X, Y) == pytest.approx(loss, rel=1e-5)


def test_settings_of_ones_own_are_told_from_defaults() -> None:
    assert own_settings(attested(network()).layers[0]) == {}
    own = own_settings(attested(network(embeddings_constraint="non_neg")).layers[0])
    assert list(own) == ["embeddings_constraint"]


@pytest.mark.parametrize("dtype", ["float32", keras.DTypePolicy("float32")])
def test_a_spelled_out_type_is_the_default(dtype: Any) -> None:
    assert own_settings(attested(network(dtype=dtype)).layers[0]) == {}


@pytest.mark.parametrize("dtype", ["float64", keras.DTypePolicy("mixed_float16")])
def test_another_type_is_a_setting(dtype: Any) -> None:
    assert list(own_settings(attested(network(dtype=dtype)).layers[0])) == ["dtype"]


def large_network(
    vectors: str = "uniform", kernel: str = "glorot_uniform", bias: str = "zeros"
) -> Any:
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input(shape=(20,)),
            layers.Embedding(1000, 8, embeddings_initializer=vectors),
            layers.Flatten(),
            layers.Dense(1, kernel_initializer=kernel, bias_initializer=bias),
        ]
    )


@pytest.mark.slow
def test_weights_as_keras_draws_them_pass() -> None:
    for seed in range(20):
        keras.utils.set_random_seed(seed)
        check_initial_weights(attested(large_network()))
        check_initial_weights(attested(network()))


@pytest.mark.parametrize(
    "other",
    [
        {"vectors": "zeros"},
        {"vectors": "random_normal"},
        {"vectors": "he_uniform"},
        {"vectors": "glorot_uniform"},
        {"kernel": "zeros"},
        {"kernel": "he_normal"},
        {"kernel": "random_uniform"},
        {"kernel": "lecun_normal"},
        {"bias": "ones"},
    ],
)
def test_weights_drawn_otherwise_do_not(other: dict[str, str]) -> None:
    keras.utils.set_random_seed(1)
    with pytest.raises(Failure, match="do not start"):
        check_initial_weights(attested(large_network(**other)))


def test_steps_of_one_unit_are_those_of_keras() -> None:
    random = np.random.default_rng(3)
    features, y = random.normal(size=(20, 6)), random.integers(0, 2, 20)
    model = keras.Sequential([keras.Input(shape=(6,)), keras.layers.Dense(1, "sigmoid")])
    start = model.get_weights()
    model.compile(keras.optimizers.RMSprop(0.01), loss="binary_crossentropy", run_eagerly=True)
    model.fit(features, y, epochs=10, batch_size=20, verbose=0)
    expected = logistic_steps(features, y, start, steps=10, rate=0.01)
    assert farthest(model.get_weights(), expected) < 1e-5
    assert farthest(start, expected) > 0.01


@pytest.mark.slow
def test_loss_and_accuracy_exchanged_are_told() -> None:
    model = network()
    model.compile(keras.optimizers.RMSprop(0.05), "binary_crossentropy", metrics=["accuracy"])
    history = model.fit(X, Y, epochs=20, verbose=0).history
    after = attested(model)
    check_not_exchanged(history, Inside(model), after, X, Y)
    other = {**history, "loss": history["accuracy"], "accuracy": history["loss"]}
    with pytest.raises(Failure, match="loss for the accuracy"):
        check_not_exchanged(other, Inside(model), after, X, Y)


@pytest.mark.slow
def test_loss_and_accuracy_of_a_first_epoch_are_not_told_apart() -> None:
    model = network()
    model.compile(keras.optimizers.RMSprop(0.01), "binary_crossentropy", metrics=["accuracy"])
    model.fit(X, Y, epochs=1, verbose=0)
    after = attested(model)
    share, loss = accuracy(after, X, Y)[0], cross_entropy(after, X, Y)
    assert loss < share
    # Means over an epoch: of weights that were worse than those it ended with.
    history = {"accuracy": [loss - 0.1], "loss": [share + 0.01]}
    check_not_exchanged(history, Inside(model), after, X, Y)


@pytest.mark.slow
def test_a_history_is_found_in_the_model_where_none_was_returned() -> None:
    model, _, _, history = trained()
    assert history_of(history, Inside(model)) is history
    assert history_of(None, Inside(model)) == history
    with pytest.raises(Failure):
        history_of(None, Inside(network()))


def test_a_training_that_changes_nothing_is_none() -> None:
    class Student:
        def attest(self, model: Any) -> AttestedModel:
            return attested(model)

    with pytest.raises(Failure, match="left all weights"):
        watch_training(Student(), network(), lambda: {})


@pytest.mark.parametrize("value", [True, None, "1", float("nan"), 1e301, np.zeros(2)])
def test_no_number(value: Any) -> None:
    assert number(value) is None


def test_a_number() -> None:
    assert (number(1), number(0.5), number(np.array(0.25))) == (1.0, 0.5, 0.25)
