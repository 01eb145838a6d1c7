"""What hidden checks ask of attested networks: what they are made of, and how they judge.

Their training is the subject of :mod:`glovebox.training`. All checks here end in a Failure where
the student's work is wrong.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from glovebox.failures import expect

if TYPE_CHECKING:
    from glovebox.attest import AttestedModel, Layer

_SIZES: Mapping[str, tuple[int, ...]] = {"Embedding": (2, 2), "Flatten": (), "Dense": (1,)}
"""The layers whose settings are compared with Keras's defaults, and sizes to make one with."""
_STATED_ELSEWHERE = frozenset(
    {"name", "dtype", "trainable", "activation", "units", "input_dim", "output_dim"}
)


# --- what a network is made of --------------------------------------------------------------------


def kinds(model: AttestedModel) -> list[str]:
    """The classes of a model's layers in order; whether the input is one is a matter of style."""
    return [layer.class_name for layer in model.layers if layer.class_name != "InputLayer"]


def embedding_of(model: AttestedModel) -> Layer:
    """The one Embedding layer of an attested model."""
    layers = model.of_class("Embedding")
    expect(len(layers) == 1, f"The model should have one Embedding layer, not {len(layers)}.")
    return layers[0]


def dense_layers(model: AttestedModel, setting: str) -> list[Any]:
    """A setting of the first and of the last Dense layer."""
    layers = model.of_class("Dense")
    expect(bool(layers), "The model has no Dense layer.")
    return [layer.config.get(setting) for layer in (layers[0], layers[-1])]


@functools.cache
def _default_config(class_name: str) -> dict[str, Any]:
    """What Keras chooses for a layer when only its sizes are given."""
    # Imported here because it takes seconds.
    from keras import layers

    return dict(getattr(layers, class_name)(*_SIZES[class_name]).get_config())


def own_settings(layer: Layer) -> dict[str, Any]:
    """The settings of a layer that are not Keras's defaults, other than those with own checks.

    Initial values show in the weights, and a name or a spelled-out data type changes nothing.
    """
    if layer.class_name not in _SIZES:
        return {}
    return {
        name: layer.config[name]
        for name, default in _default_config(layer.class_name).items()
        if name not in _STATED_ELSEWHERE
        and not name.endswith("_initializer")
        and layer.config.get(name, default) != default
    } | _own_type(layer)


def _own_type(layer: Layer) -> dict[str, Any]:
    """The data type of a layer if it is another one than Keras's default, however it is stated."""
    stated = layer.config.get("dtype")
    name = stated.get("config", {}).get("name") if isinstance(stated, dict) else stated
    return {} if name in (None, "float32") else {"dtype": name}


def outline(model: AttestedModel) -> list[tuple[Any, ...]]:
    """What makes two models the same but for their weights."""
    return [
        (
            layer.class_name,
            layer.config.get("units"),
            layer.config.get("activation"),
            own_settings(layer),
            [weights.shape for weights in layer.weights],
        )
        for layer in model.layers
        if layer.class_name != "InputLayer"
    ]


def check_initial_weights(model: AttestedModel) -> None:
    """Fail unless the weights of Embedding and Dense layers can be those that Keras draws.

    An Embedding layer's are uniform from -0.05 to 0.05; a Dense layer's kernel is uniform between
    ±√(6 / (inputs + units)), after Glorot and Bengio (2010), and its bias zero.
    """
    for layer in model.of_class("Embedding") + model.of_class("Dense"):
        values, *bias = layer.weights
        limit = 0.05 if layer.class_name == "Embedding" else math.sqrt(6 / sum(values.shape))
        expect(
            float(values.std()) > 0 or values.size == 1,
            f"The weights of the {layer.class_name} layer do not start at random.",
        )
        # Of 100 numbers or more the standard deviation is within a fifth: six times its own.
        usual = values.size < 100 or abs(float(values.std()) / (limit / math.sqrt(3)) - 1) < 0.2
        expect(
            usual and float(np.abs(values).max()) <= 1.001 * limit and not any(map(np.any, bias)),
            f"The weights of the {layer.class_name} layer do not start as Keras starts them.",
        )


@functools.cache
def frozen_architecture(words: int, dim: int, length: int) -> str:
    """A frozen Embedding layer, Flatten and one sigmoid unit, as JSON that Keras reads."""
    # Imported here because it takes seconds.
    import keras

    return str(
        keras.Sequential(
            [
                keras.Input(shape=(length,)),
                keras.layers.Embedding(words, dim, trainable=False),
                keras.layers.Flatten(),
                keras.layers.Dense(1, activation="sigmoid"),
            ]
        ).to_json()
    )


def weights_of(model: AttestedModel) -> list[NDArray[Any]]:
    """All weights, layer by layer."""
    return [weights for layer in model.layers for weights in layer.weights]


def differ(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Whether two arrays differ in shape or in any bit."""
    return one.shape != other.shape or one.tobytes() != other.tobytes()


def farthest(weights: list[NDArray[Any]], others: list[NDArray[Any]]) -> float:
    """The largest difference between two lists of arrays."""
    return max(float(np.abs(a - b).max()) for a, b in zip(weights, others, strict=True))


def changed(before: AttestedModel, after: AttestedModel) -> bool:
    """Whether any weight of a model is another one after its training."""
    return any(map(differ, weights_of(before), weights_of(after)))


# --- how it judges --------------------------------------------------------------------------------


def accuracy(model: AttestedModel, x: NDArray[Any], y: NDArray[Any]) -> tuple[float, float]:
    """The share of samples that a model of one output judges rightly, and the share in doubt.

    Outputs above 0.5 stand for the label 1. In doubt is what lies within rounding of 0.5.
    """
    outputs = np.asarray(model.model(x, training=False))
    expect(outputs.shape == (len(x), 1), f"The model gives {outputs.shape[1:]} numbers a review.")
    return float(np.mean((outputs[:, 0] > 0.5) == y)), float(np.mean(np.abs(outputs - 0.5) < 1e-5))


def cross_entropy(model: AttestedModel, x: NDArray[Any], y: NDArray[Any]) -> float:
    """The mean binary cross-entropy of a model's judgements, bounded as Keras does it."""
    judged = np.asarray(model.model(x, training=False), dtype=float)[:, 0].clip(1e-7, 1 - 1e-7)
    return float(-np.mean(np.where(y, np.log(judged), np.log1p(-judged))))
