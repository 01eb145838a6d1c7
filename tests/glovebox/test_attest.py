"""Attesting: honest models of every kind pass, and a description is believed in nothing else."""

from __future__ import annotations

import copy
import io
import json
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf

from glovebox import weights as weights_module
from glovebox.attest import AttestedModel, attest
from glovebox.failures import Doubtful, Failure
from glovebox.inside.agent import Agent
from glovebox.weights import read_weights

L = keras.layers
AGENT = Agent({})


def examine(model: Any) -> AttestedModel:
    """Attest a model that is honest about itself."""
    return attest(AGENT._describe_model(model), lambda inputs: AGENT._predict(model, inputs))


def words(*after: Any, length: int | None = 5, **embedding: Any) -> Any:
    layers = [L.Embedding(10, 3, **embedding), *(after or (L.Flatten(), L.Dense(1, "sigmoid")))]
    return keras.Sequential([keras.Input((length,)), *layers])


def functional() -> Any:
    inputs = keras.Input((5,), dtype="int32")
    x = L.Flatten()(L.Embedding(10, 3)(inputs))
    return keras.Model(inputs, L.Dense(1)(L.Concatenate()([x, L.Dense(2, "relu")(x)])))


def lazily_built() -> Any:
    model = keras.Sequential([L.Embedding(10, 3), L.Flatten(), L.Dense(1)])
    model(np.zeros((2, 5), "int32"))
    return model


class OwnSequential(keras.Sequential):  # type: ignore[misc]
    def __init__(self, rows: int) -> None:
        super().__init__([keras.Input((5,)), L.Embedding(rows, 3), L.Flatten(), L.Dense(1)])


class OwnFunctional(keras.Model):  # type: ignore[misc]
    def __init__(self, rows: int) -> None:
        inputs = keras.Input((5,))
        outputs = L.Dense(1)(L.Flatten()(L.Embedding(rows, 3)(inputs)))
        super().__init__(inputs=inputs, outputs=outputs)


class Cheat(OwnSequential):
    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:
        return super().call(inputs, training=training, mask=mask) + 1.0


def inner_compiled() -> Any:
    inner = words()
    inner.compile("adam", "mse")
    return keras.Sequential([keras.Input((5,)), inner])


def loaded() -> Any:
    model = words()
    model.layers[0].set_weights([np.arange(30, dtype="float32").reshape(10, 3)])
    model.layers[0].trainable = False
    return model


@pytest.mark.parametrize(
    "model",
    [
        words,
        functional,
        lazily_built,
        inner_compiled,
        loaded,
        lambda: OwnSequential(10),
        lambda: OwnFunctional(10),
        lambda: words(L.Dropout(0.5), L.GlobalAveragePooling1D(), L.Dense(1)),
        lambda: words(L.LSTM(3), L.Dense(1), mask_zero=True),
        lambda: words(L.Bidirectional(L.GRU(3)), L.BatchNormalization(), L.Dense(1)),
        lambda: words(L.GlobalMaxPooling1D(), L.Dense(4, tf.nn.relu), L.Dense(2, tf.nn.softmax)),
        lambda: words(
            L.Flatten(), L.Dense(4, kernel_regularizer="l2"), L.Activation(tf.nn.sigmoid)
        ),
        lambda: words(L.GlobalAveragePooling1D(), L.Dense(1), length=None),
        lambda: words(weights=[np.ones((10, 3), "float32")], trainable=False),
        lambda: words(embeddings_initializer=keras.initializers.Constant(np.ones((10, 3)))),
        lambda: keras.Sequential([keras.Input((4,)), L.GaussianNoise(0.1), L.Dense(1)]),
    ],
)
def test_honest_models_pass(model: Callable[[], Any]) -> None:
    made = model()
    attested = examine(made)
    assert attested.count_params() == made.count_params()
    assert attested.trainable_params() == sum(np.prod(w.shape) for w in made.trainable_weights)
    for layer, theirs in zip(attested.layers, made.layers, strict=True):
        assert layer.name == theirs.name
        assert layer.class_name == type(theirs).__name__
        assert layer.trainable == theirs.trainable
        for ours, inside in zip(layer.weights, theirs.get_weights(), strict=True):
            assert ours.tobytes() == inside.tobytes()


def test_a_class_of_ones_own_must_compute_what_its_layers_do() -> None:
    with pytest.raises(Doubtful):
        examine(Cheat(10))


@pytest.mark.slow
@pytest.mark.parametrize("make", [words, lambda: OwnSequential(10), lambda: OwnFunctional(10)])
def test_what_compiling_says(make: Callable[[], Any]) -> None:
    model = make()
    assert examine(model).compile is None
    assert examine(model).iterations is None
    model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
    named = {"optimizer": "RMSprop", "loss": "binary_crossentropy", "metrics": ["accuracy"]}
    assert examine(model).compile == named
    model.compile(keras.optimizers.RMSprop(0.1), keras.losses.BinaryCrossentropy())
    assert examine(model).compile == named | {"loss": "BinaryCrossentropy", "metrics": None}
    model.fit(np.zeros((4, 5)), np.zeros(4), batch_size=2, verbose=0)
    assert examine(model).iterations == 2


class Own(keras.layers.Layer):  # type: ignore[misc]
    def call(self, inputs: Any) -> Any:
        return inputs


class OwnModel(keras.Model):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.dense = L.Dense(1)

    def call(self, inputs: Any) -> Any:
        return self.dense(inputs)


def own_model() -> Any:
    model = OwnModel()
    model(np.zeros((1, 2)))
    return model


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (lambda: words(L.Lambda(lambda x: x), L.Flatten()), "holds a Lambda"),
        (lambda: words(Own(), L.Flatten()), "holds a Own"),
        (lambda: words(L.Flatten(), L.Dense(1, Own())), "holds a Own"),
        (own_model, "holds a OwnModel"),
        (lambda: keras.Sequential([L.Dense(1)]), "no weights yet"),
        (lambda: keras.Sequential([keras.Input((2,)), L.Flatten()]), "no weights yet"),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_cannot_be_graded_is_a_failure(model: Callable[[], Any], reason: str) -> None:
    with pytest.raises(Failure, match=reason):
        examine(model())


# --- lies -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def honest() -> tuple[Any, dict[str, Any]]:
    model = words()
    return model, AGENT._describe_model(model)


def told(honest: tuple[Any, dict[str, Any]], **changes: Any) -> AttestedModel:
    """Attest a description with something else in it."""
    model, description = honest
    return attest(copy.deepcopy(description) | changes, lambda x: AGENT._predict(model, x))


def test_other_weights_than_those_inside(honest: tuple[Any, dict[str, Any]]) -> None:
    lie = copy.deepcopy(honest[1]["weights"])
    for values in lie.values():
        for value in values:
            value += 0.1
    with pytest.raises(Doubtful, match="predictions"):
        told(honest, weights=lie)


def test_another_architecture_than_the_one_inside(honest: tuple[Any, dict[str, Any]]) -> None:
    lie = honest[1]["architecture"].replace("sigmoid", "tanh")
    with pytest.raises(Doubtful, match="predictions"):
        told(honest, architecture=lie)


@pytest.mark.parametrize(
    "answer",
    [None, 1.0, [[0.5]] * 8, np.zeros((8, 2), "f4"), np.zeros((8, 1), "i4"), np.full((8, 1), "a")],
)
def test_predictions_that_are_none(honest: tuple[Any, dict[str, Any]], answer: Any) -> None:
    with pytest.raises(Doubtful):
        attest(copy.deepcopy(honest[1]), lambda inputs: answer)


def test_probes_differ_from_time_to_time(honest: tuple[Any, dict[str, Any]]) -> None:
    seen: list[bytes] = []

    def predict(inputs: Any) -> Any:
        seen.append(inputs.tobytes())
        return AGENT._predict(honest[0], inputs)

    for _ in range(2):
        attest(copy.deepcopy(honest[1]), predict)
    assert seen[0] != seen[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"architecture": "not JSON"},
        {"architecture": "[]"},
        {"architecture": "[" * 100_000},
        {"architecture": " " * (2 << 20)},
        {"architecture": 5},
        {"weights": []},
        {"weights": {1: []}},
        {"weights": {"embedding": [[1.0]]}},
        {"weights": {}},
        {"iterations": "many"},
        {"iterations": [5]},
    ],
)
def test_malformed_descriptions(honest: tuple[Any, dict[str, Any]], changes: Any) -> None:
    with pytest.raises(Doubtful):
        told(honest, **changes)


@pytest.mark.parametrize("description", [None, 5, [], {}, {"architecture": "{}"}])
def test_no_descriptions(description: Any) -> None:
    with pytest.raises(Doubtful):
        attest(description, lambda inputs: inputs)


def sequential(*layers: tuple[Any, dict[str, Any]]) -> str:
    """The JSON of a Sequential model of these layers; weights of one number are given with it."""
    made = [
        {"module": "keras.layers", "class_name": kind, "config": config, "registered_name": None}
        for kind, config in layers
    ]
    config = {"name": "s", "layers": made}
    return json.dumps({"module": "keras", "class_name": "Sequential", "config": config})


def entry(*shape: int) -> tuple[str, dict[str, Any]]:
    return "InputLayer", {"batch_shape": [None, *shape], "dtype": "float32", "name": "i"}


ONE = ("Dense", {"units": 1, "use_bias": False, "name": "d"})


@pytest.mark.parametrize(
    "architecture",
    [
        sequential(entry(1), ("Dense", {"units": 50_000_000, "name": "d"})),
        sequential(entry(1), ("Dense", {"units": 10**9, "name": "d"})),
        sequential(entry(1), ("Dense", {"units": -5, "name": "d"})),
        sequential(entry(1), ("Dense", {"units": float("nan"), "name": "d"})),
        sequential(entry(1), ("Dense", {"units": "many", "name": "d"})),
        sequential(entry(3), ("Embedding", {"input_dim": 10**7, "output_dim": 10**7})),
        sequential(entry(3), ("Embedding", {"input_dim": 0, "output_dim": 4, "name": "d"})),
        # The number of these weights is a multiple of 2**64.
        sequential(
            entry(10, 2**21),
            ("Conv1D", {"filters": 2**22, "kernel_size": 2**21, "use_bias": False, "name": "d"}),
        ),
        sequential(entry(1), ONE, ("RepeatVector", {"n": 40_000_000})),
        sequential(entry(50_000_000), ONE),
        sequential(entry(40_000_000, 1), ("SimpleRNN", {"units": 1, "unroll": True, "name": "d"})),
        sequential(entry(1), ONE, *[("Identity", {"name": f"n{i}"}) for i in range(3_000)]),
        sequential(entry(1), ONE, ("Reshape", {"target_shape": [7, 7]})),
        json.dumps({"class_name": "Sequential", "config": json.loads("[" * 90 + "]" * 90)}),
        json.dumps({"class_name": "Sequential", "config": 5}),
    ],
)
def test_bombs_do_not_burst(architecture: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    claim = {
        "architecture": architecture,
        "weights": {"d": [np.zeros((1, 1), "f4")]},
        "iterations": None,
    }
    with pytest.raises(Doubtful):
        attest(claim, lambda inputs: inputs)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


LAMBDA = {"class_name": "__lambda__", "config": {"value": ["4wEA", None, None]}}


@pytest.mark.parametrize(
    "architecture",
    [
        sequential(entry(1), ("Lambda", {"function": LAMBDA})),
        sequential(entry(1), (["Dense"], {"units": 1})),
        sequential(entry(1), ("TFSMLayer", {"filepath": "/etc"})),
        sequential(entry(1), ("Dense", {"units": 1, "activation": LAMBDA})),
        sequential(
            entry(1),
            ("Dense", {"units": 1, "activation": {"class_name": "function", "config": "system",
                                                  "module": "os"}}),
        ),
        sequential(entry(1), ONE).replace('"keras.layers"', '"os"', 1),
        sequential(entry(1), ONE).replace('"registered_name": null', '"registered_name": "x>y"', 1),
        json.dumps({"class_name": "Popen", "module": "subprocess", "config": {"args": ["true"]}}),
        json.dumps({"class_name": "Dense", "module": "keras.layers", "config": {"units": 1}}),
        json.dumps({"config": {}}),
    ],
)  # fmt: skip
def test_nothing_but_stock_layers_is_made(
    architecture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    monkeypatch.setattr("glovebox.attest._deserialize", made.append)
    claim = {"architecture": architecture, "weights": {}, "iterations": None}
    with pytest.raises((Failure, Doubtful)):
        attest(claim, lambda inputs: inputs)
    assert made == []


# --- weights files --------------------------------------------------------------------------------


def h5(fill: Callable[[Any], None]) -> bytes:
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        fill(file)
    return buffer.getvalue()


def test_weights_that_keras_saved(tmp_path: Path) -> None:
    model = words()
    model.save_weights(path := tmp_path / "x.weights.h5")
    arrays = read_weights(path.read_bytes())
    assert all(name.startswith("/layers/") for name in arrays)
    ours = sorted(array.tobytes() for array in arrays.values())
    assert ours == sorted(array.tobytes() for array in model.get_weights())


def linked(file: Any) -> None:
    file["away"] = h5py.ExternalLink("/etc/passwd", "/x")


def soft(file: Any) -> None:
    file["a"] = np.zeros(2)
    file["b"] = h5py.SoftLink("/a")


def external(file: Any) -> None:
    file.create_dataset("x", (4,), "u1", external=[("/etc/passwd", 0, 4)])


def virtual(file: Any) -> None:
    layout = h5py.VirtualLayout((4,), "u1")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (4,))
    file.create_virtual_dataset("x", layout)


def huge(file: Any) -> None:
    file.create_dataset("x", (10**12,), "f4", chunks=(1000,), compression="gzip")


def many_small(file: Any) -> None:
    for index in range(2_000):
        file.create_group(str(index))


def tangled(file: Any) -> None:
    """Ten levels of groups, each reached by ten names: ten billion paths."""
    group = file
    for _ in range(10):
        below = group.create_group("0")
        for name in range(1, 10):
            group[str(name)] = below
        group = below


def circle(file: Any) -> None:
    file["again"] = file["/"]


def named(file: Any) -> None:
    file["type"] = np.dtype("f4")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        h5(soft)[:300],
        *map(
            h5,
            (
                linked,
                soft,
                external,
                virtual,
                huge,
                many_small,
                tangled,
                circle,
                named,
                lambda file: file.create_dataset("x", data="text"),
                lambda file: file.create_dataset("x", data=np.zeros(2, [("a", int)])),
                lambda file: file.create_dataset("x", data=h5py.Empty("f4")),
                lambda file: file.create_dataset("x", data=[file.ref], dtype=h5py.ref_dtype),
            ),
        ),
    ],
)
def test_other_files_are_refused(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights_module, "_MAX_ENTRIES", 1_000)
    with pytest.raises(Failure):
        read_weights(content)


def test_damaged_weights_are_refused_or_read(tmp_path: Path) -> None:
    words().save_weights(path := tmp_path / "x.weights.h5")
    whole = path.read_bytes()
    random = np.random.default_rng(5)
    for _ in range(100):
        damaged = bytearray(whole)
        for place in random.integers(0, len(whole), 8):
            damaged[place] = random.integers(256)
        try:
            arrays = read_weights(bytes(damaged), max_values=1_000)
        except Failure:
            continue
        assert sum(array.size for array in arrays.values()) <= 1_000
