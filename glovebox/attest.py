"""Rebuilds a student's Keras model outside, so that what is measured is what it is.

The description that comes out of the student's process (architecture as JSON, weights as arrays) is
a claim. It is checked against an allow-list of stock layers, rebuilt with Keras in the trusted
process, given the weights, and accepted only when its predictions agree with those made inside.
"""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import h5py
import keras
import numpy as np

from glovebox.failures import Doubtful, Failure

Array = np.ndarray[Any, Any]

_LAYERS = frozenset(
    "InputLayer Embedding Flatten Dense Dropout Activation ReLU LeakyReLU Softmax Reshape Permute "
    "RepeatVector Masking SpatialDropout1D GaussianNoise GlobalAveragePooling1D GlobalMaxPooling1D "
    "AveragePooling1D MaxPooling1D Conv1D SeparableConv1D SimpleRNN LSTM GRU Bidirectional "
    "TimeDistributed BatchNormalization LayerNormalization Concatenate Add Average Multiply "
    "Rescaling Identity".split()
)
_MODELS = frozenset({"Sequential", "Functional"})
_OTHERS = frozenset({"__keras_tensor__", "DTypePolicy", "L1", "L2", "L1L2", "MaxNorm", "NonNeg"})
_MAX_NUMBER = 50_000_000
_MAX_DEPTH = 60
_SAMPLES = 8


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
        Failure: the model is not made of stock layers, or has no weights yet.
        Doubtful: the description is malformed or its predictions are not those inside.
    """
    architecture, weights = _parse(description)
    compiled = architecture.pop("compile_config", None)
    _examine(architecture, 0)
    model = _rebuild(architecture, weights)
    inputs = _probe(model)
    here = np.asarray(model(inputs, training=False))
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
            weights.get(layer.name, []),
        )
        for layer in model.layers
    )
    return AttestedModel(model, layers, _compiled(compiled), description.get("iterations"))


def _parse(description: Any) -> tuple[dict[str, Any], dict[str, list[Array]]]:
    match description:
        case {"architecture": str(text), "weights": dict(weights)}:
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
                return architecture, weights
    raise Doubtful("the model's description is malformed")


def _examine(config: Any, depth: int) -> None:
    """Refuse everything but stock Keras objects and modest numbers."""
    if depth > _MAX_DEPTH:
        raise Doubtful("the model's architecture is nested too deeply")
    if isinstance(config, list):
        for item in config:
            _examine(item, depth + 1)
    elif isinstance(config, (int, float)) and not -_MAX_NUMBER <= config <= _MAX_NUMBER:
        raise Doubtful("the model's architecture holds an absurd number")
    elif isinstance(config, dict):
        if "class_name" in config:
            _examine_object(config)
        for value in config.values():
            _examine(value, depth + 1)


def _examine_object(config: dict[str, Any]) -> None:
    name, registered = config["class_name"], config.get("registered_name")
    known = _LAYERS | _MODELS | _OTHERS
    if name == "Lambda" or registered not in (None, name) or name not in known:
        raise Failure(
            f"the model holds a {str(name)[:60]}; only Keras's stock layers can be graded here."
        )
    if str(config.get("module") or "keras").partition(".")[0] != "keras":
        raise Failure(f"the layer {name} does not come from keras.layers.")


def _rebuild(architecture: dict[str, Any], weights: Mapping[str, list[Array]]) -> Any:
    if architecture.get("class_name") not in _MODELS:
        raise Failure("the model is neither Sequential nor functional.")
    try:
        # In a stateless scope variables get shapes but no memory: a bomb is seen before it bursts.
        with keras.StatelessScope(initialize_variables=False):
            sizes = [variable.shape for variable in _deserialize(architecture).variables]
        claimed = sum(int(np.prod(shape)) for shape in sizes)
        given = sum(array.size for arrays in weights.values() for array in arrays)
        if claimed != given:
            raise Doubtful(f"the model claims {claimed:,} weights but gave {given:,}")
        if given == 0:
            raise Failure("the model has no weights yet; give it an input shape with keras.Input.")
        model = _deserialize(architecture)
        for layer in model.layers:
            layer.set_weights(weights.get(layer.name, []))
    except (Failure, Doubtful):
        raise
    except Exception as error:  # Keras raises whatever a bad configuration leads it to
        raise Doubtful(f"the model could not be rebuilt: {type(error).__name__}") from error
    return model


def _deserialize(architecture: dict[str, Any]) -> Any:
    # Keras empties the configuration it reads; each reading gets its own copy.
    return keras.saving.deserialize_keras_object(copy.deepcopy(architecture), safe_mode=True)


def _probe(model: Any) -> Array:
    """A few inputs that show whether two models are the same one."""
    if len(model.inputs) != 1:
        raise Failure("the model should have exactly one input.")
    shape = (_SAMPLES, *(size or 7 for size in model.inputs[0].shape[1:]))
    if np.prod(shape) > _MAX_NUMBER:
        raise Doubtful("the model's input is absurdly large")
    # Fresh each time: a model that recognises known probes gains nothing.
    random = np.random.default_rng()
    words = [layer.input_dim for layer in model.layers if isinstance(layer, keras.layers.Embedding)]
    if words:
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


def read_weights(content: bytes, max_values: int = 50_000_000) -> dict[str, Array]:
    """The arrays of a ``.weights.h5`` file, by their path in it.

    Links out of the file, external storage and odd types are refused, so that a forged file can
    name nothing of this machine.

    Raises:
        Failure: the content is not an HDF5 file of plain arrays.
    """
    arrays: dict[str, Array] = {}

    def walk(group: Any, prefix: str, left: int) -> int:
        for key in group:
            if not isinstance(group.get(key, getlink=True), h5py.HardLink):
                raise Failure("the weights file holds links, which Keras does not write.")
            item, path = group[key], f"{prefix}/{key}"
            if isinstance(item, h5py.Group) and prefix.count("/") < 20:
                left = walk(item, path, left)
                continue
            plain = isinstance(item, h5py.Dataset) and item.dtype.kind in "biuf"
            if not plain or item.external or item.is_virtual or (left := left - item.size) < 0:
                raise Failure("the weights file holds something else than weights.")
            arrays[path] = item[()]
        return left

    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            walk(file, "", max_values)
    except Failure:
        raise
    except Exception as error:  # h5py raises whatever its C library meets in a damaged file
        raise Failure("the weights file is not a readable HDF5 file.") from error
    return arrays
