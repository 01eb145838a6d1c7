"""Rebuilds a student's Keras model outside, so that what is measured is what it is.

The description that comes out of the student's process (architecture as JSON, weights as arrays) is
a claim. It is checked against an allow-list of stock layers, rebuilt with Keras in the trusted
process, given the weights, and accepted only when its predictions agree with those made inside.
"""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from glovebox.failures import CallFailure, Doubtful
from glovebox.weights import read_weights

__all__ = ["AttestedModel", "Layer", "attest", "read_weights"]

Array = np.ndarray[Any, Any]

_LAYERS = frozenset(
    "InputLayer Embedding Flatten Dense Dropout Activation ReLU LeakyReLU Softmax Reshape Permute "
    "RepeatVector Masking SpatialDropout1D GaussianNoise GlobalAveragePooling1D GlobalMaxPooling1D "
    "AveragePooling1D MaxPooling1D Conv1D SeparableConv1D SimpleRNN LSTM GRU Bidirectional "
    "TimeDistributed BatchNormalization LayerNormalization Concatenate Add Average Multiply "
    "Rescaling Identity".split()
)
_MODELS = frozenset({"Sequential", "Functional"})
_ACTIVATIONS = frozenset(
    "elu gelu relu relu6 selu sigmoid silu softmax softplus softsign tanh".split()
)
_OTHERS = frozenset({"__keras_tensor__", "DTypePolicy", "L1", "L2", "L1L2", "MaxNorm", "NonNeg"})
_MAX_TEXT = 1 << 20
_MAX_NUMBER = 50_000_000
_MAX_DEPTH = 60
_MAX_OBJECTS = 1_000
"""Layers, data types, regularizers and tensors in an architecture."""
_MAX_ACTIVATIONS = 5_000_000
"""Numbers that all layers together may compute for the probes: a small model can unfold hugely."""
_SAMPLES = 8
_ANY_SIZE = 7


@dataclass(frozen=True)
class Layer:
    """One layer of an attested model; the weights are in Keras's order for that layer."""

    class_name: str
    name: str
    config: dict[str, Any]
    trainable: bool
    weights: list[Array]


@dataclass(frozen=True)
class AttestedModel:
    """A model rebuilt outside, with the weights it had inside.

    ``compile`` is what the student's process states of optimizer, loss and metrics, and
    ``iterations`` the optimizer steps it states: claims, not measurements.
    """

    model: Any
    layers: tuple[Layer, ...]
    compile: dict[str, Any] | None
    iterations: int | None

    def count_params(self) -> int:
        """All parameters, trainable or not."""
        return int(self.model.count_params())

    def trainable_params(self) -> int:
        """Parameters that training may change."""
        return int(sum(np.prod(weight.shape) for weight in self.model.trainable_weights))

    def of_class(self, class_name: str) -> list[Layer]:
        """The layers of one class, in order."""
        return [layer for layer in self.layers if layer.class_name == class_name]


def attest(description: Any, predict: Callable[[Array], Any]) -> AttestedModel:
    """Rebuild the described model and hold it against the one inside.

    Args:
        description: what ``describe_model`` answered from the student's process.
        predict: asks the model inside for its predictions on given inputs.

    Raises:
        CallFailure: the model is not made of stock layers, or has no weights yet.
        Doubtful: the description is malformed or its predictions are not those inside.
    """
    architecture, weights, iterations = _parse(description)
    compiled = architecture.pop("compile_config", None)
    architecture = _normal(architecture, 0)
    if _examine(architecture) > _MAX_OBJECTS:
        raise Doubtful("the model has too many layers to be graded")
    model = _rebuild(architecture, weights)
    inputs = _probe(model)
    try:
        here = np.asarray(model(inputs, training=False))
    except Exception as error:  # TensorFlow raises whatever an odd configuration leads it to
        raise Doubtful(f"the model could not be run: {type(error).__name__}") from error
    there = predict(inputs)
    if not isinstance(there, np.ndarray) or there.shape != here.shape:
        raise Doubtful("the model's predictions have another shape than its architecture says")
    if there.dtype.kind != "f" or not np.allclose(
        here, there, rtol=1e-3, atol=1e-5, equal_nan=True
    ):
        raise Doubtful("the model's predictions are not those of its architecture and weights")
    layers = tuple(
        Layer(
            type(layer).__name__,
            layer.name,
            layer.get_config(),
            bool(layer.trainable),
            layer.get_weights(),
        )
        for layer in model.layers
    )
    return AttestedModel(model, layers, _compiled(compiled), iterations)


def _parse(description: Any) -> tuple[dict[str, Any], dict[str, list[Array]], int | None]:
    match description:
        case {
            "architecture": str(text),
            "weights": dict(weights),
            "iterations": int() | None as iterations,
        } if len(text) <= _MAX_TEXT:
            try:
                architecture = json.loads(text)
            except (ValueError, RecursionError) as error:
                raise Doubtful("the model's architecture is not JSON") from error
            arrays = all(
                isinstance(name, str)
                and isinstance(values, list)
                and all(isinstance(value, np.ndarray) for value in values)
                for name, values in weights.items()
            )
            if isinstance(architecture, dict) and arrays:
                return architecture, weights, iterations
    raise Doubtful("the model's description is malformed")


def _normal(config: Any, depth: int) -> Any:
    """The architecture without what honest models differ in to no effect.

    TensorFlow's own functions stand for Keras's activations of that name (the predictions tell
    whether they are the same), and how an inner model was compiled does not matter.
    """
    if depth > _MAX_DEPTH:
        raise Doubtful("the model's architecture is nested too deeply")
    if isinstance(config, list):
        return [_normal(item, depth + 1) for item in config]
    if not isinstance(config, dict):
        return config
    if config.get("class_name") == "function" and isinstance(config.get("config"), str):
        name = config["config"].removesuffix("_v2")
        return name if name in _ACTIVATIONS else config
    return {
        key: _normal(value, depth + 1) for key, value in config.items() if key != "compile_config"
    }


def _examine(config: Any) -> int:
    """Refuse everything but stock Keras objects and modest numbers; how many objects there are."""
    if isinstance(config, list):
        return sum(map(_examine, config))
    if isinstance(config, (int, float)) and not -_MAX_NUMBER <= config <= _MAX_NUMBER:
        raise Doubtful("the model's architecture holds an absurd number")
    if not isinstance(config, dict):
        return 0
    if "class_name" in config:
        _examine_object(config)
    return ("class_name" in config) + sum(map(_examine, config.values()))


def _examine_object(config: dict[str, Any]) -> None:
    name, registered = str(config["class_name"])[:60], config.get("registered_name")
    known = _LAYERS | _MODELS | _OTHERS
    if registered not in (None, name) or name not in known:
        raise CallFailure(
            f"the model holds a {name}; only Keras's stock layers can be graded here."
        )
    if str(config.get("module") or "keras").partition(".")[0] != "keras":
        raise CallFailure(f"the layer {name} does not come from keras.layers.")


def _rebuild(architecture: dict[str, Any], weights: Mapping[str, list[Array]]) -> Any:
    if architecture.get("class_name") not in _MODELS:
        raise CallFailure("the model is neither Sequential nor functional.")
    try:
        # In a stateless scope variables get shapes but no memory: a bomb is seen before it bursts.
        with keras.StatelessScope(initialize_variables=False):
            sketch = _deserialize(architecture)
            claimed = sum(math.prod(weight.shape) for weight in sketch.weights)
            _examine_sizes(sketch)
        given = sum(array.size for arrays in weights.values() for array in arrays)
        if claimed != given:
            raise Doubtful(f"the model claims {claimed:,} weights but gave {given:,}")
        if given == 0:
            raise CallFailure(
                "the model has no weights yet; give it an input shape with keras.Input."
            )
        model = _deserialize(architecture)
        for layer in model.layers:
            layer.set_weights(weights.get(layer.name, []))
    except (CallFailure, Doubtful):
        raise
    except Exception as error:  # Keras raises whatever a bad configuration leads it to
        raise Doubtful(f"the model could not be rebuilt: {type(error).__name__}") from error
    return model


def _examine_sizes(model: Any) -> None:
    """Refuse a model that computes too much when it is run, whatever its weights."""
    layers = model._flatten_layers(include_self=False)
    shapes = [tensor.shape for layer in layers for tensor in _outputs(layer)]
    sizes = [math.prod(size or _ANY_SIZE for size in shape[1:]) for shape in shapes]
    if _SAMPLES * sum(sizes) > _MAX_ACTIVATIONS:
        raise Doubtful("the model computes too many numbers to be graded")


def _outputs(layer: Any) -> list[Any]:
    try:
        return list(keras.tree.flatten(layer.output))
    except (AttributeError, ValueError):  # a layer inside another one, which bounds it
        return []


def _deserialize(architecture: dict[str, Any]) -> Any:
    # Keras empties the configuration it reads; each reading gets its own copy.
    return keras.saving.deserialize_keras_object(copy.deepcopy(architecture), safe_mode=True)


def _probe(model: Any) -> Array:
    """A few inputs that show whether two models are the same one."""
    if len(model.inputs) != 1:
        raise CallFailure("the model should have exactly one input.")
    shape = (_SAMPLES, *(size or _ANY_SIZE for size in model.inputs[0].shape[1:]))
    # Fresh each time: a model that recognises known probes gains nothing.
    random = np.random.default_rng()
    words = [layer.input_dim for layer in model.layers if isinstance(layer, keras.layers.Embedding)]
    if words and min(words) > 0:
        return random.integers(0, min(words), shape).astype("int32")
    return random.normal(size=shape).astype("float32")


def _compiled(config: Any) -> dict[str, Any] | None:
    """Optimizer, loss and metrics by name, as far as the claim is readable."""
    if not isinstance(config, dict):
        return None

    def name(value: Any) -> Any:
        if isinstance(value, dict):
            # A function's configuration is its name; an object's own name may be numbered
            # ("rm_sprop_2"), so its class speaks for it.
            inner = value.get("config")
            return inner if isinstance(inner, str) else value.get("class_name")
        return [name(item) for item in value] if isinstance(value, list) else value

    named = {key: name(config.get(key)) for key in ("optimizer", "loss", "metrics")}
    return named if any(named.values()) else None
