"""Answers the gloves from inside: calls the student's functions and keeps the objects that stay.

A request is a plain value ``(operation, *arguments)``; the reply is ``(status, ...)`` with one of
``("value", value)``, ``("raised", type, text, where)``, ``("missing", name)`` or
``("refused", sentence)``. Names in the notebook cannot shadow anything here: the agent has its own
globals and looks the student's up in the namespace it was given.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import random
import secrets
import stat
import sys
import traceback
from collections.abc import Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from glovebox import wire
from glovebox.wire import Ref, WireError

_TEXT = 2_000
"""Characters of an exception's text that travel."""


class _Missing(Exception):
    """A name, attribute or handle that is not there."""


class _Discard(io.TextIOBase):
    """Prints of a function under test lead nowhere: they are no evidence, and may be endless."""

    encoding = "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


class Agent:
    """Serves requests on one namespace, usually the notebook's."""

    def __init__(self, namespace: MutableMapping[str, Any]) -> None:
        self._namespace = namespace
        self._scratch = Path.cwd()  # student code may go elsewhere later
        self._kept: dict[int, Any] = {}
        self._numbers = itertools.count(1)
        self._operations: dict[str, Callable[..., Any]] = {
            "call": self._call,
            "call_and_return_arguments": self._call_and_return_arguments,
            "get": self._get,
            "attribute": self._attribute,
            "method": self._method,
            "describe_model": self._describe_model,
            "predict": self._predict,
            "files": self._files,
            "read_file": self._read_file,
            "scratch_path": self._scratch_path,
            "seed": self._seed,
        }

    def answer(self, message: Sequence[Any]) -> list[bytes]:
        """The reply to one request; never raises, whatever the student's code does."""
        discard = _Discard()
        try:
            with contextlib.redirect_stdout(discard), contextlib.redirect_stderr(discard):
                operation, *arguments = wire.decode(message, self._resolve)
                value = self._operations[operation](*arguments)
                return wire.encode(("value", value), self._keep)
        except _Missing as missing:
            return wire.encode(("missing", str(missing)))
        except WireError as refused:
            return wire.encode(("refused", str(refused)))
        except BaseException as error:  # the student's SystemExit and KeyboardInterrupt too
            return _raised(error)

    def _keep(self, value: Any) -> Ref:
        number = next(self._numbers)
        self._kept[number] = value
        return Ref(number, type(value).__name__)

    def _resolve(self, ref: Ref) -> Any:
        if ref.number not in self._kept:
            raise _Missing(f"the {ref.type_name} returned earlier")
        return self._kept[ref.number]

    def _get(self, name: str) -> Any:
        if name not in self._namespace:
            raise _Missing(name)
        return self._namespace[name]

    def _call(self, name: str, arguments: list[Any], keywords: dict[str, Any]) -> Any:
        return self._get(name)(*arguments, **keywords)

    def _call_and_return_arguments(
        self, name: str, arguments: list[Any], keywords: dict[str, Any]
    ) -> Any:
        return [self._call(name, arguments, keywords), arguments]

    def _attribute(self, thing: Any, name: str) -> Any:
        try:
            return getattr(thing, name)
        except AttributeError:
            raise _Missing(f"{type(thing).__name__}.{name}") from None

    def _method(self, thing: Any, name: str, arguments: list[Any], keywords: dict[str, Any]) -> Any:
        return self._attribute(thing, name)(*arguments, **keywords)

    def _describe_model(self, model: Any) -> Any:
        """A Keras model as plain values: its architecture and its weights, layer by layer."""
        if not hasattr(model, "to_json") or not hasattr(model, "layers"):
            raise WireError("this is not a Keras model")
        architecture = _architecture(model)
        weights = {
            layer.name: [np.asarray(weight) for weight in layer.get_weights()]
            for layer in model.layers
        }
        optimizer = getattr(model, "optimizer", None)
        iterations = None if optimizer is None else int(np.asarray(optimizer.iterations))
        return {
            "architecture": json.dumps(_without_initializers(architecture)),
            "weights": weights,
            "iterations": iterations,
        }

    def _predict(self, model: Any, inputs: Any) -> Any:
        return np.asarray(model(inputs, training=False))

    def _files(self, files: dict[str, bytes]) -> str:
        folder = Path(self._scratch_path("files"))
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder)

    def _read_file(self, path: str, max_bytes: int) -> bytes | None:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise WireError(f"{path} is not a plain file")
        with os.fdopen(descriptor, "rb") as file:
            content = file.read(max_bytes + 1)
        if len(content) > max_bytes:
            raise WireError(f"{path} is larger than {max_bytes:,} bytes")
        return content

    def _scratch_path(self, name: str) -> str:
        # Unpredictable, so that no two checks meet in one folder and nothing waits for them there.
        folder = self._scratch / f"check-{secrets.token_hex(16)}"
        folder.mkdir()
        return str(folder / name)

    def _seed(self, seed: int) -> None:
        random.seed(seed)
        np.random.seed(seed)
        keras = sys.modules.get("keras")
        if keras is not None:
            keras.utils.set_random_seed(seed)


def _architecture(model: Any) -> Any:
    """The architecture, under the name of the stock class that the model's own is derived from.

    A class of the learner's around stock layers computes what they compute; if it does not, its
    predictions tell.
    """
    keras = sys.modules["keras"]
    own = type(model).__module__.partition(".")[0] != "keras"
    if own and isinstance(model, keras.Sequential):
        stock = {"module": "keras", "class_name": "Sequential", "registered_name": None}
        return {**json.loads(model.to_json()), **stock}
    if own and getattr(model, "inputs", None) and getattr(model, "outputs", None):
        whole = keras.Model(model.input, model.output, name=model.name)
        compiled = model.get_compile_config() if model.compiled else None
        return {**json.loads(whole.to_json()), "compile_config": compiled}
    return json.loads(model.to_json())


def _without_initializers(config: Any) -> Any:
    """The architecture without initial values: the weights follow anyway, and these can be huge."""
    if isinstance(config, dict):
        return {
            key: "zeros" if key.endswith("_initializer") else _without_initializers(value)
            for key, value in config.items()
        }
    if isinstance(config, list):
        return [_without_initializers(item) for item in config]
    return config


def _raised(error: BaseException) -> list[bytes]:
    try:
        return wire.encode(("raised", *_describe(error)))
    except BaseException:  # an exception of the student's making, even its class may raise
        return wire.encode(("raised", "an exception that cannot be described", "", ""))


def _describe(error: BaseException) -> tuple[str, str, str]:
    """Type, text and place of an exception; the place is the innermost line in a notebook cell."""
    try:
        text = str(error)[:_TEXT]
    except BaseException:
        text = ""
    where = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if "ipykernel_" in frame.filename or frame.filename.startswith("<ipython-input"):
            where = f"line {frame.lineno} of the cell: {(frame.line or '').strip()[:120]}"
    return type(error).__name__, text, where
