"""Two answers side by side, with the parts marked that are the same but for names and values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glovebox.report.tokens import Tokens, tokens

_LEAST_RUN = 4
"""Signs in a row that must be the same to be marked: brackets and commas alone tell nothing."""


@dataclass(frozen=True)
class Piece:
    """A part of a source; ``alike`` where the other one has the same."""

    text: str
    alike: bool


def side_by_side(first: str, second: str, written: bool) -> tuple[list[Piece], list[Piece]]:
    """Both sources in pieces. What was not compared, such as a comment, is not marked."""
    from rapidfuzz.distance import LCSseq

    ours, theirs = tokens(first, written), tokens(second, written)
    runs = [
        code
        for code in LCSseq.opcodes(ours.signs, theirs.signs)
        if code.tag == "equal" and code.src_end - code.src_start >= _LEAST_RUN
    ]
    return (
        list(_pieces(first, ours, ((run.src_start, run.src_end) for run in runs))),
        list(_pieces(second, theirs, ((run.dest_start, run.dest_end) for run in runs))),
    )


def _pieces(source: str, of: Tokens, runs: Iterable[tuple[int, int]]) -> Iterator[Piece]:
    done = 0
    for start, end in _spans(source, of, runs):
        if start > done:
            yield Piece(source[done:start], alike=False)
        yield Piece(source[start:end], alike=True)
        done = end
    if done < len(source):
        yield Piece(source[done:], alike=False)


def _spans(source: str, of: Tokens, runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Places in the source that are marked: signs of a line with nothing but space between."""
    for first, last in runs:
        start, end = of.places[first]
        for next_start, next_end in of.places[first + 1 : last]:
            if (between := source[end:next_start]).strip() or "\n" in between:
                yield start, end
                start = next_start
            end = next_end
        yield start, end
