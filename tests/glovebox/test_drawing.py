"""Figures: what a check leaves, however odd, is kept as plain numbers and drawn in its frame."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glovebox.drawing import WIDTH, Plot, Strip, draw
from glovebox.figures import PROPERTY, figures_in, lines, rows

ODD = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True),
    st.integers(-(10**400), 10**400),
    st.sampled_from([None, True, "0.5", [1.0], object()]),
)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.text(max_size=5), st.lists(ODD, max_size=6), max_size=4),
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=5),
)
def test_whatever_a_history_holds_is_drawn(curves: dict[str, list[Any]], band: Any) -> None:
    figure = lines("Accuracy", curves, x="epoch", bands=dict.fromkeys(list(curves)[:1], band))
    stored = json.loads(json.dumps(figure, allow_nan=False))
    drawn = draw(stored)
    assert isinstance(drawn, Plot)
    assert [line.name for line in drawn.lines] == list(curves)
    places = [
        place for line in drawn.lines for piece in (*line.pieces, line.band) for place in piece
    ]
    for x, y in places:
        assert 0 <= x <= WIDTH
        assert 0 <= y <= drawn.height
    assert 2 <= len(drawn.y_ticks) <= 12


def test_a_plot_shows_the_numbers_where_they_are() -> None:
    figure = lines("Loss", {"training": [0.5, math.nan, 0.25]}, x="epoch")
    drawn = draw(figure)
    assert isinstance(drawn, Plot)
    (line,) = drawn.lines
    ((first,), (last,)) = line.pieces
    marks = {text: place for place, text in drawn.y_ticks}
    assert first[1] == marks["0.5"]
    assert marks["0.3"] < last[1] < marks["0.2"]
    assert [text for _, text in drawn.x_ticks] == ["1", "2", "3"]
    assert line.words == "from 0.5 to 0.25"


@pytest.mark.parametrize(
    ("values", "band", "words"),
    [
        ([1.0, 1.0], [(0.9, 1.0), (1.0, 1.0)], "1; usual at the end: 1"),
        ([0.99999, 1.0], [(0.99999, 1.0)], "1; usual at the end: 1"),
        ([1.0, 0.5, 1.0], [], "1 at first and at the end"),
        ([0.5], [(0.4, 0.6)], "0.5; usual at the end: 0.4 to 0.6"),
        ([math.nan], [], "no numbers"),
        ([12_345.6, 0.5], [], "from 12,346 to 0.5"),
    ],
)
def test_ends_that_print_the_same_are_said_once(
    values: list[float], band: list[tuple[float, float]], words: str
) -> None:
    drawn = draw(lines("Accuracy", {"yours": values}, x="epoch", bands={"yours": band}))
    assert isinstance(drawn, Plot)
    assert drawn.lines[0].words == words


def test_numbers_of_numpys_and_none_at_all() -> None:
    values = {"loss": np.array([0.5, np.nan, 0.25], np.float32), "small": [-1e-9, np.int64(0)]}
    bands = {"loss": [(0, 1), (math.nan, 1), (0, 1)], "small": [(math.inf, 1)]}
    figure = lines("Loss", values, x="epoch", bands=bands)
    assert figure["lines"] == {"loss": [0.5, None, 0.25], "small": [0.0, 0.0]}
    assert figure["bands"] == {"loss": [[0.0, 1.0]], "small": []}
    plot = draw(figure)
    assert isinstance(plot, Plot)
    assert [line.words for line in plot.lines] == [
        "from 0.5 to 0.25; usual at the end: 0 to 1",
        "0",
    ]


def test_numbers_of_an_axis_have_room() -> None:
    for most in (1, 0.001, 30_000, 1e9):
        drawn = draw(lines("Loss", {"yours": [0, most]}, x="epoch"))
        assert isinstance(drawn, Plot)
        # A digit is at most 0.64 times as wide as it is tall, and that is 16 on a phone.
        assert max(len(text) for _, text in drawn.y_ticks) * 0.64 * 16 <= drawn.left - 5
        assert drawn.left < drawn.right / 2


def test_every_row_is_found_by_its_number() -> None:
    drawn = draw(rows("Rows", ["right"] * 29 + ["zeros"] + ["right"] * 30, good=["right"]))
    assert isinstance(drawn, Strip)
    assert [text for _, text in drawn.numbers] == ["0", "20", "40"]
    assert len(drawn.bars) == 60
    (zeros,) = [bar for bar in drawn.bars if bar.words == "row 29: zeros"]
    places = sorted({bar.x for bar in drawn.bars})
    middle, _ = drawn.numbers[1]
    assert zeros.y < middle < zeros.y + drawn.thick
    assert places.index(zeros.x) == 9


@pytest.mark.parametrize("number", [150, 900, 50_000])
def test_numbers_of_rows_keep_apart(number: int) -> None:
    drawn = draw(rows("Rows", ["right"] * number, good=["right"]))
    assert isinstance(drawn, Strip)
    assert all(other[0] - one[0] >= 16 for one, other in pairwise(drawn.numbers))
    assert max(len(text) for _, text in drawn.numbers) * 0.64 * 16 <= drawn.left - 8


def test_every_state_has_a_pattern_of_its_own() -> None:
    right, wrong = list("abc"), list("defgh")
    drawn = draw(rows("Rows", [*"ahgfedcb", "a"], good=right))
    assert isinstance(drawn, Strip)
    looks = {words[0]: look for look, words in drawn.legend}
    assert set(looks) == {*right, *wrong}
    assert len(set(looks.values())) == 8
    assert {one for one, look in looks.items() if look.startswith("right")} == set(right)
    for bar in drawn.bars:
        assert bar.look == looks[bar.words[-1]]
    # A state keeps its pattern where others are missing.
    fewer = draw(rows("Rows", "b", good=right))
    assert isinstance(fewer, Strip)
    assert fewer.legend == ((looks["b"], "b: 1"),)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 300)), max_size=12))
def test_every_row_of_a_table_has_its_place(runs: list[tuple[str, int]]) -> None:
    states = [state for state, number in runs for _ in range(number)]
    drawn = draw(json.loads(json.dumps(rows("Rows", states, good="a"))))
    assert isinstance(drawn, Strip)
    # Whatever is drawn from left to right and line by line is apart from what came before it.
    for one, other in pairwise(drawn.bars):
        below = other.y >= one.y + drawn.thick
        assert below or (other.y == one.y and other.x > one.x + one.width)
    assert all(drawn.left <= bar.x < bar.x + bar.width <= WIDTH for bar in drawn.bars)
    assert all(bar.y + drawn.thick <= drawn.height for bar in drawn.bars)
    assert len(drawn.bars) == len(states) or len(states) > 200
    named = [re.match(r"rows? (\d+)(?: to (\d+))?: ", bar.words) for bar in drawn.bars]
    found = {int(n) for one in named if one for n in range(int(one[1]), int(one[2] or one[1]) + 1)}
    assert found == set(range(len(states)))
    counts = dict(words.rsplit(": ", 1) for _, words in drawn.legend)
    assert {s: int(n.replace(",", "")) for s, n in counts.items()} == {
        state: states.count(state) for state in states
    }


def test_wrong_rows_are_named() -> None:
    states = ["right", "right", "zeros", "zeros", "right", "swapped"]
    drawn = draw(rows("Rows", states, good=["right"]))
    assert isinstance(drawn, Strip)
    assert drawn.said == ("rows 2 to 3: zeros", "row 5: swapped")
    many = draw(rows("Rows", ["right", "zeros"] * 20, good=["right"]))
    assert isinstance(many, Strip)
    assert len(many.said) == 9
    assert many.said[-1] == "and 12 more"


def test_only_figures_are_taken_from_what_a_check_recorded() -> None:
    figure = rows("Rows", "ab", good="a")
    assert figures_in([("x", 1), (PROPERTY, figure), (PROPERTY, "no figure")]) == (figure,)
