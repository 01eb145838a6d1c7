"""How much of the audit a run of the tests does: other specimens and mutants each time.

All of it takes an hour and more; this is meant to take eight minutes on two processors. ``make
test-all`` sets ``GLOVEBOX_ALL`` and grades every specimen.
"""

import os
from collections import Counter
from collections.abc import Iterable

from glovebox.specimens import Specimen

TRAINING = ("learned_embedding", "frozen_embedding", "data_size")
"""Notebooks that train networks: grading one takes from ten seconds to most of a minute."""

SPECIMENS = {
    "tokenizer": 30,
    "glove_matrix": 24,
    "learned_embedding": 6,
    "frozen_embedding": 6,
    "data_size": 4,
}
"""So many specimens of each assignment are graded by a run."""

ATTACKS = {
    "tokenizer": 12,
    "glove_matrix": 8,
    "learned_embedding": 2,
    "frozen_embedding": 2,
    "data_size": 2,
}
"""So many attacks in each are tried by a run."""

MUTANTS = 5
"""So many mutants of each notebook are graded by a run; all of them by ``make audit``."""


def places(sizes: dict[str, int], specimens: Iterable[Specimen]) -> list[tuple[str, int]]:
    """Parameters of a test: each assignment, with the numbers of those that it draws."""
    there = Counter(specimen.assignment for specimen in specimens)
    if "GLOVEBOX_ALL" not in os.environ:
        there &= Counter(sizes)
    return [(assignment, number) for assignment in sizes for number in range(there[assignment])]
