"""Answers as signs that stay when names, comments, white space and values are changed."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MOST_TOKENS = 3_000
"""Of an answer; what follows is not compared."""
_MOST_CHARACTERS = 30_000
_WORD = re.compile(r"\w+")
_NAME, _TEXT, _VALUE = "name", '""', "0"


@dataclass(frozen=True)
class Tokens:
    """What is compared of an answer, and where in its source each sign stands."""

    signs: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    """Start and end in the source."""

    def __len__(self) -> int:
        return len(self.signs)


@functools.cache
def _lexer() -> Any:
    from pygments.lexers.python import PythonLexer

    # Without these, Pygments strips lines, and places would not be those of the source.
    return PythonLexer(stripnl=False, ensurenl=False)


@functools.lru_cache(maxsize=4_096)
def tokens(source: str, written: bool = False) -> Tokens:
    """An answer's signs: of code those of Pygments, of text its words in lower case.

    In code every name becomes the same sign, except after a dot, where it is a library's; so does
    every string, and every number. Keywords, built-in names and operators stay. Comments,
    docstrings and white space fall away.
    """
    source = source[:_MOST_CHARACTERS]
    found = list(_words(source) if written else _code(source))[:MOST_TOKENS]
    return Tokens(tuple(sign for sign, _ in found), tuple(place for _, place in found))


def _words(source: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for word in _WORD.finditer(source):
        yield word[0].lower(), word.span()


def _code(source: str) -> Iterator[tuple[str, tuple[int, int]]]:
    from pygments.token import Comment, Name, Number, String, Text

    before, string = "", (0, 0)
    for start, kind, value in _lexer().get_tokens_unprocessed(source):
        end = start + len(value)
        if kind in String and kind not in String.Doc:
            # Its prefix, quotes, text and escapes are tokens of their own.
            string = (string[0] if string[1] == start else start, end)
            continue
        if string[1]:
            yield _TEXT, string
            before, string = _TEXT, (0, 0)
        if kind in Comment or kind in Text or kind in String or not value.strip():
            continue
        if kind in Number:
            sign = _VALUE
        elif kind in Name and kind not in Name.Builtin and before != ".":
            sign = _NAME
        else:
            sign = value
        before = sign
        yield sign, (start, end)
    if string[1]:
        yield _TEXT, string
