"""Figures: what a check leaves, however odd, is kept as plain numbers and drawn in its frame."""

from __future__ import annotations

import json
import math
from typing import Any

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


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 300)), max_size=12))
def test_every_row_of_a_table_has_its_place(runs: list[tuple[str, int]]) -> None:
    states = [state for state, number in runs for _ in range(number)]
    drawn = draw(json.loads(json.dumps(rows("Rows", states, good="a"))))
    assert isinstance(drawn, Strip)
    assert sum(bar.width for bar in drawn.bars) * drawn.thick == pytest.approx(
        len(states) * drawn.thick**2, rel=1e-2
    )
    assert all(bar.x + bar.width <= WIDTH + 0.1 and bar.y < drawn.height for bar in drawn.bars)
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
