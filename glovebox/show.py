"""Values as short text for people, at a cost that does not grow with the value."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

SHORT = 300
"""Characters of a value that a message shows."""
_ENOUGH = 2_000
_BRACKETS: dict[type, tuple[str, str]] = {list: ("[", "]"), tuple: ("(", ")"), set: ("{", "}")}


def shorten(value: Any, limit: int = SHORT) -> str:
    """A value as text of at most ``limit`` characters: all of it, its two ends, or its beginning.

    A student's function can return arrays of twenty dimensions or a million words; of those no
    more is turned into text than might be shown.
    """
    writer = _Writer(max(limit + 1, _ENOUGH))
    complete = writer.write(value)
    text = "".join(writer.pieces)
    if not complete:
        return text[: limit - 4] + " ..."
    return both_ends(text, limit)


def counted(number: float, noun: str) -> str:
    """A number of things: ``1 point``, ``2.5 points``."""
    return f"{number:g} {noun}" if number == 1 else f"{number:g} {noun}s"


def both_ends(text: str, limit: int) -> str:
    """A text of at most ``limit`` characters: all of it, or its two ends."""
    if len(text) <= limit:
        return text
    half = max((limit - 5) // 2, 1)
    return f"{text[:half]} ... {text[-half:]}"


class _Writer:
    """Collects pieces of text until there are enough."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.pieces: list[str] = []

    def write(self, value: Any, inside: bool = False) -> bool:
        """Add the text of a value; False when it had to be cut."""
        if type(value) in _BRACKETS and (value or not isinstance(value, set)):
            opening, closing = _BRACKETS[type(value)]
            ending = ",)" if isinstance(value, tuple) and len(value) == 1 else closing
            return self._add(opening) and self._items(value) and self._add(ending)
        if type(value) is dict:
            return self._add("{") and self._pairs(value) and self._add("}")
        if isinstance(value, np.ndarray):
            # Within a list, an array must not look like a list.
            text = self._array(value)
            return self._add(f"array({text})" if inside else text)
        if isinstance(value, (str, bytes)):
            return self._add(repr(value[: self.left])) and len(value) <= self.left
        if type(value) is int and value.bit_length() > 4 * self.left:
            return self._add(f"an integer of {value.bit_length()} bits")
        return self._add(repr(value))

    def _add(self, text: str) -> bool:
        self.pieces.append(text[: max(self.left, 0)])
        self.left -= len(text)
        return self.left >= 0

    def _items(self, values: Any) -> bool:
        for number, value in enumerate(values):
            if not ((number == 0 or self._add(", ")) and self.write(value, inside=True)):
                return False
        return True

    def _pairs(self, values: dict[Any, Any]) -> bool:
        for number, (key, value) in enumerate(values.items()):
            if number and not self._add(", "):
                return False
            if not (self.write(key) and self._add(": ") and self.write(value, inside=True)):
                return False
        return True

    def _array(self, array: np.ndarray[Any, Any]) -> str:
        if array.ndim > 4:
            # NumPy would print eight items of every dimension.
            first = [repr(item.item()) for item in itertools.islice(array.flat, 8)]
            return f"array of shape {array.shape}: {', '.join(first)}, ..."
        return np.array2string(array, threshold=40, edgeitems=4, separator=", ")


def clean_text(text: str, keep: str = "") -> str:
    """A text without what a file, a database or a browser may refuse or obey.

    Control characters other than tabs and line ends (and those in ``keep``) are left out; half a
    surrogate pair, which no encoding can write, becomes the replacement character.
    """
    if text.isprintable():
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(c for c in whole if (c >= " " and c != "\x7f") or c in "\t\n" or c in keep)
