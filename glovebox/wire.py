"""The narrow channel between the grader and the student's process: plain values as bytes.

A value becomes a MessagePack tree of scalars and tagged lists, and beside it the bytes of all its
arrays, one after the other. Decoding builds exact built-in types and plain arrays only, within
limits of size, depth and count; nothing is ever unpickled, so nothing the other side sends can run.

Tags: ``l`` list, ``t`` tuple, ``s`` set, ``d`` dict (keys and values in turn), ``i`` an integer
beyond 64 bits, ``a`` array (dtype, then its shape), ``h`` handle (number, type name).
"""

from __future__ import annotations

import collections
import gc
import math
import re
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
MAX_ITEMS = 16_000_000
"""Items of a message, where a list, tuple, set, dict, array or handle counts for itself as 16."""
_MAX_EMPTY = 1_000_000
"""Rows, columns and so on of an array that holds nothing, multiplied."""
MAX_DIGITS = 3_500
"""Hexadecimal digits of an integer; Python writes out no more than 4,300 decimal ones."""

_CONTAINER = 16
_MAX_COLLISIONS = 100
_PLAIN = (type(None), bool, int, float, str, bytes)
_ARRAY_KINDS = "biufcSU"
_DTYPE = re.compile(r"[<|][biufcSU][1-9][0-9]{0,8}")
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
        self._arrays: list[bytes] = []

    def encode(self, value: Any) -> list[bytes]:
        """The message: its body, then the bytes of its arrays.

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
        return [body, b"".join(self._arrays)]

    def _tree(self, value: Any, depth: int) -> Any:
        self._count(1)
        if depth > MAX_DEPTH:
            raise WireError(f"the value is nested deeper than {MAX_DEPTH} levels")
        if value is None or value is True or value is False:
            return value
        scalar = self._scalar(value)
        if scalar is not None:
            return scalar
        self._count(_CONTAINER + 4)
        if isinstance(value, dict):
            # An OrderedDict keeps an order of its own.
            kind: Any = collections.OrderedDict
            pairs = kind.items(value) if isinstance(value, kind) else dict.items(value)
            return ["d", *(self._tree(item, depth + 1) for pair in pairs for item in pair)]
        for tag, kinds in _SEQUENCES:
            if isinstance(value, kinds):
                return [tag, *(self._tree(item, depth + 1) for item in value)]
        return self._object(value, depth)

    def _count(self, items: int) -> None:
        self._items += items
        if self._items > MAX_ITEMS:
            raise WireError(f"the value holds more than {MAX_ITEMS:,} items")

    def _scalar(self, value: Any) -> Any:
        if isinstance(value, np.bool_):
            return bool(value)
        if isinstance(value, (int, np.integer)):
            number = int(value)
            if -(1 << 63) <= number < 1 << 64:
                return number
            if number.bit_length() > 4 * MAX_DIGITS:
                raise WireError("the value holds an integer of too many digits")
            return ["i", f"{number:x}"]
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
        package = str(type(value).__module__).partition(".")[0]
        if package in _TENSOR_PACKAGES and hasattr(value, "numpy"):
            # A tensor of no dimensions becomes a NumPy scalar, and so a plain number.
            return self._tree(value.numpy(), depth + 1)
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(np.asarray(value), depth)
        if self._keep is None:
            raise WireError(f"a value of type {type(value).__name__} cannot be sent")
        ref = self._keep(value)
        return ["h", ref.number, ref.type_name]

    def _array(self, array: np.ndarray[Any, Any], depth: int) -> Any:
        if array.dtype.kind not in _ARRAY_KINDS or not array.dtype.itemsize:
            return self._tree(array.tolist(), depth + 1)
        plain = array.astype(array.dtype.newbyteorder("<"), copy=False)
        if sum(map(len, self._arrays)) + plain.nbytes > MAX_ARRAYS:
            raise WireError("the arrays are too large to send")
        self._arrays.append(plain.tobytes())
        return ["a", plain.dtype.str, *array.shape]


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
        self._arrays = memoryview(b"")
        self._items = 0

    def decode(self, message: Sequence[Any]) -> Any:
        """The value of a message: exact built-in types, plain arrays, resolved handles.

        Raises:
            WireError: the bytes are no value, or break a limit.
        """
        if len(message) != 2:
            raise WireError("the message is malformed")
        body, self._arrays = bytes(message[0]), memoryview(message[1])
        if len(body) > MAX_BODY or len(self._arrays) > self._max_arrays:
            raise WireError("the message is too large")
        # Millions of new lists would have the collector look through all of them again and again.
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self._decode(body)
        except WireError:
            raise
        except (ValueError, TypeError, RecursionError, OverflowError, MemoryError) as error:
            raise WireError(f"the message is no value: {type(error).__name__}") from error
        finally:
            if collecting:
                gc.enable()

    def _decode(self, body: bytes) -> Any:
        tree = msgpack.unpackb(
            body,
            raw=False,
            strict_map_key=True,
            unicode_errors="surrogatepass",
            list_hook=self._count,
            max_array_len=MAX_ITEMS,
            max_map_len=0,
            max_ext_len=0,
        )
        value = self._value(tree, 0)
        if len(self._arrays):
            raise WireError("the message holds bytes that belong to no array")
        return value

    def _count(self, items: list[Any]) -> list[Any]:
        self._items += _CONTAINER + len(items)
        if self._items > MAX_ITEMS:
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
            return set(_spread(items))
        if tag == "d" and len(items) % 2 == 0:
            return dict(zip(_spread(items[::2]), items[1::2], strict=True))
        raise WireError("the message is malformed")

    def _special(self, tag: str, rest: list[Any]) -> Any:
        if tag == "i" and len(rest) == 1 and type(rest[0]) is str:
            if len(rest[0]) > MAX_DIGITS + len("-"):
                raise WireError("the message holds an integer of too many digits")
            return int(rest[0], 16)
        if tag == "h" and len(rest) == 2 and type(rest[0]) is int and type(rest[1]) is str:
            return self._resolve(Ref(rest[0], rest[1][:200]))
        if tag == "a" and rest and type(rest[0]) is str:
            return self._array(*rest)
        raise WireError("the message is malformed")

    def _array(self, dtype: str, *shape: Any) -> np.ndarray[Any, Any]:
        if _DTYPE.fullmatch(dtype) is None:
            raise WireError(f"an array of dtype {dtype[:20]!r} is not accepted")
        if any(type(size) is not int or size < 0 for size in shape) or len(shape) > MAX_DEPTH:
            raise WireError("the message is malformed")
        kind = np.dtype(dtype)
        size = math.prod(shape) * kind.itemsize
        if size > len(self._arrays):
            raise WireError("the message lacks an array's bytes")
        # An array of no bytes may have any number of rows, each of which becomes a list for free.
        if size == 0 and math.prod(max(extent, 1) for extent in shape) > _MAX_EMPTY:
            raise WireError("the message holds an empty array of an absurd shape")
        mine, self._arrays = self._arrays[:size], self._arrays[size:]
        # The copy makes the array writable and independent of the message.
        return np.frombuffer(mine, kind).reshape(shape).copy() if size else np.zeros(shape, kind)


def _spread(keys: list[Any]) -> list[Any]:
    """The keys, once it is sure that they can be told apart quickly.

    Numbers and tuples can be chosen so that all have one hash; a table of them takes for ever.
    """
    if len(keys) - len(set(map(hash, keys))) > _MAX_COLLISIONS:
        raise WireError("the message holds too many keys of one hash")
    return keys


def encode(value: Any, keep: Callable[[Any], Ref] | None = None) -> list[bytes]:
    """The message of a value; see :class:`Encoder`."""
    return Encoder(keep).encode(value)


def decode(message: Sequence[Any], resolve: Callable[[Ref], Any] = lambda ref: ref) -> Any:
    """The value of a message; see :class:`Decoder`."""
    return Decoder(resolve).decode(message)
