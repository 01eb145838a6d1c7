"""Picking a word at random with Zipf-like weights, fast: a table in which each word is repeated.

Only ``Random.random`` is drawn on: it is the one source of chance whose values Python keeps the
same from version to version.
"""

from collections.abc import Callable, Sequence

Chance = Callable[[], float]


def zipf_table(
    words: Sequence[str], offset: float = 8.0, power: float = 1.0, size: int = 2048
) -> list[str]:
    """A list in which the i-th word (from 0) is repeated in proportion to 1 / (i + offset)^power.

    Every word is there at least once. ``offset`` flattens the head, ``power`` steepens the tail.
    """
    weights = [1 / (rank + offset) ** power for rank in range(len(words))]
    scale = size / sum(weights)
    return [
        word
        for word, weight in zip(words, weights, strict=True)
        for _ in range(max(1, round(weight * scale)))
    ]


def pick(table: Sequence[str], chance: Chance) -> str:
    """One entry of the table."""
    return table[int(chance() * len(table))]
