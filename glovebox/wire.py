"""The narrow channel between the grader and the student's process: plain values as bytes.

A value becomes a MessagePack tree of scalars and tagged lists, and arrays travel beside it as raw
buffers. Decoding builds exact built-in types and plain arrays only, within limits of size, depth
and count; nothing is ever unpickled, so nothing the other side sends can run.

Tags: ``l`` list, ``t`` tuple, ``s`` set, ``d`` dict (keys and values in turn), ``i`` an integer
beyond 64 bits, ``a`` array (dtype, shape, buffer number), ``h`` handle (number, type name).
"""

from __future__ import annotations

import collections
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import msgpack
import numpy as np

MAX_BODY = 32 << 20
"""Bytes of a message without its arrays."""
MAX_ARRAYS = 256 << 20
"""Bytes of all arrays of a message together."""
MAX_DEPTH = 32
MAX_ITEMS = 8_000_000
MAX_DIGITS = 4_000

_PLAIN = (type(None), bool, int, float, str, bytes)
_ARRAY_KINDS = "biufcSU"
_TENSOR_PACKAGES = ("tensorflow", "keras", "jax", "torch")


class WireError(ValueError):
    """A value that cannot be sent, or bytes that are no value."""


@dataclass(frozen=True)
class Ref:
    """An object that stays inside: its number there and the name of its type."""

    number: int
    type_name: str


class Encoder:
    """Turns one value into a message; ``keep`` takes in what cannot be sent and returns its Ref."""

    def __init__(self, keep: Callable[[Any], Ref] | None = None) -> None:
        self._keep = keep
        self._items = 0
        self.buffers: list[bytes] = []

    def encode(self, value: Any) -> list[bytes]:
        """The message: its body, then the buffers of its arrays.

        Raises:
            WireError: the value is too deep or too large, or cannot be sent and must not be kept.
        """
        tree = self._tree(value, 0)
        try:
            body = msgpack.packb(tree, use_bin_type=True, unicode_errors="surrogatepass")
        except (TypeError, ValueError, OverflowError) as error:
            raise WireError(f"the value cannot be sent: {error}") from error
        if len(body) > MAX_BODY:
            raise WireError(f"the value is too large to send ({len(body):,} bytes)")
        if sum(map(len, self.buffers)) > MAX_ARRAYS:
            raise WireError("the arrays are too large to send")
        return [body, *self.buffers]

    def _tree(self, value: Any, depth: int) -> Any:
        self._items += 1
        if depth > MAX_DEPTH:
            raise WireError(f"the value is nested deeper than {MAX_DEPTH} levels")
        if self._items > MAX_ITEMS:
            raise WireError(f"the value holds more than {MAX_ITEMS:,} items")
        if value is None or value is True or value is False:
            return value
        scalar = self._scalar(value)
        if scalar is not None:
            return scalar
        if isinstance(value, dict):
            pairs = [item for pair in dict.items(value) for item in pair]
            return ["d", *(self._tree(item, depth + 1) for item in pairs)]
        for tag, kinds in _SEQUENCES:
            if isinstance(value, kinds):
                return [tag, *(self._tree(item, depth + 1) for item in value)]
        return self._object(value, depth)

    def _scalar(self, value: Any) -> Any:
        if isinstance(value, np.bool_):
            return bool(value)
        if isinstance(value, (int, np.integer)):
            number = int(value)
            return number if -(1 << 63) <= number < 1 << 64 else ["i", f"{number:x}"]
        if isinstance(value, (float, np.floating)):
            return float(value)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, (bytes, bytearray, memoryview)):
            return bytes(value)
        return str(value) if isinstance(value, PurePath) else None

    def _object(self, value: Any, depth: int) -> Any:
        if isinstance(value, Ref):
            return ["h", value.number, value.type_name]
        package = type(value).__module__.partition(".")[0]
        if package in _TENSOR_PACKAGES and hasattr(value, "numpy"):
            value = np.asarray(value.numpy())
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(np.asarray(value), depth)
        if self._keep is None:
            raise WireError(f"a value of type {type(value).__name__} cannot be sent")
        ref = self._keep(value)
        return ["h", ref.number, ref.type_name]

    def _array(self, array: np.ndarray[Any, Any], depth: int) -> Any:
        if array.dtype.kind not in _ARRAY_KINDS or array.dtype.fields:
            return self._tree(array.tolist(), depth + 1)
        plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        self.buffers.append(plain.tobytes())
        return ["a", plain.dtype.str, list(array.shape), len(self.buffers) - 1]


_VIEWS: list[type] = [type({}.keys()), type({}.values()), type({}.items())]
_SEQUENCES: tuple[tuple[str, Any], ...] = (
    ("t", tuple),
    ("s", (set, frozenset)),
    ("l", (list, range, collections.deque, *_VIEWS)),
)


class Decoder:
    """Turns one message back into a value; ``resolve`` says what a Ref stands for here."""

    def __init__(
        self,
        resolve: Callable[[Ref], Any] = lambda ref: ref,
        max_arrays: int = MAX_ARRAYS,
    ) -> None:
        self._resolve = resolve
        self._max_arrays = max_arrays
        self._buffers: Sequence[Any] = ()
        self._items = 0

    def decode(self, message: Sequence[Any]) -> Any:
        """The value of a message: exact built-in types, plain arrays, resolved handles.

        Raises:
            WireError: the bytes are no value, or break a limit.
        """
        if not message:
            raise WireError("an empty message")
        body, self._buffers = bytes(message[0]), message[1:]
        if len(body) > MAX_BODY or sum(map(len, self._buffers)) > self._max_arrays:
            raise WireError("the message is too large")
        try:
            tree = msgpack.unpackb(
                body,
                raw=False,
                strict_map_key=True,
                unicode_errors="surrogatepass",
                list_hook=self._count,
                max_map_len=0,
                max_ext_len=0,
            )
            return self._value(tree, 0)
        except WireError:
            raise
        except (ValueError, TypeError, RecursionError, OverflowError, MemoryError) as error:
            raise WireError(f"the message is no value: {type(error).__name__}") from error

    def _count(self, items: list[Any]) -> list[Any]:
        self._items += 1 + len(items)
        if self._items > 2 * MAX_ITEMS:
            raise WireError("the message holds too many items")
        return items

    def _value(self, tree: Any, depth: int) -> Any:
        if type(tree) in _PLAIN:
            return tree
        if type(tree) is not list or not tree or depth > MAX_DEPTH:
            raise WireError("the message is malformed")
        tag, *rest = tree
        if tag in ("i", "a", "h"):
            return self._special(tag, rest)
        items = [item if type(item) in _PLAIN else self._value(item, depth + 1) for item in rest]
        if tag == "l":
            return items
        if tag == "t":
            return tuple(items)
        if tag == "s":
            return set(items)
        if tag == "d" and len(items) % 2 == 0:
            return dict(zip(items[::2], items[1::2], strict=True))
        raise WireError("the message is malformed")

    def _special(self, tag: str, rest: list[Any]) -> Any:
        if tag == "i" and len(rest) == 1 and type(rest[0]) is str and len(rest[0]) <= MAX_DIGITS:
            return int(rest[0], 16)
        if tag == "h" and len(rest) == 2 and type(rest[0]) is int and type(rest[1]) is str:
            return self._resolve(Ref(rest[0], rest[1][:200]))
        if tag == "a" and len(rest) == 3:
            return self._array(*rest)
        raise WireError("the message is malformed")

    def _array(self, dtype: Any, shape: Any, number: Any) -> np.ndarray[Any, Any]:
        if type(dtype) is not str or type(shape) is not list or type(number) is not int:
            raise WireError("the message is malformed")
        kind = np.dtype(dtype)
        if kind.kind not in _ARRAY_KINDS or kind.hasobject or kind.fields or kind.subdtype:
            raise WireError(f"an array of dtype {dtype[:20]!r} is not accepted")
        if any(type(size) is not int or size < 0 for size in shape) or len(shape) > MAX_DEPTH:
            raise WireError("the message is malformed")
        if not 0 <= number < len(self._buffers):
            raise WireError("the message lacks a buffer")
        buffer = self._buffers[number]
        if math.prod(shape) * kind.itemsize != len(buffer):
            raise WireError("an array's shape does not fit its bytes")
        if not len(buffer):
            return np.zeros(shape, kind)
        # The copy makes the array writable and independent of the message.
        return np.frombuffer(buffer, kind).reshape(shape).copy()


def encode(value: Any, keep: Callable[[Any], Ref] | None = None) -> list[bytes]:
    """The message of a value; see :class:`Encoder`."""
    return Encoder(keep).encode(value)


def decode(message: Sequence[Any], resolve: Callable[[Ref], Any] = lambda ref: ref) -> Any:
    """The value of a message; see :class:`Decoder`."""
    return Decoder(resolve).decode(message)
