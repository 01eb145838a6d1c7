"""What a class gets wrong, what an instructor looks at first, and how marks are spread."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from glovebox.report.drawing import GROUND, HIGHEST, LEFT, WIDTH, draw
from glovebox.report.mistakes import failing_alike, mistakes, skeleton
from glovebox.report.oddities import Group, findings
from glovebox.report.reading import Paper, Submission
from glovebox.report.spread import histogram, robust, spread
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("f(3) gave 'ab', not 4.5e-3.", "f(-12) gave \"it's\", not .7."),
        ("given:    f([1, 'a'])\nexpected: [1]\nbut got:  []", "expected: [7, 8]\nbut got: [(2)]"),
        ("`f` raised KeyError: 'x'\nline 3 of the cell: a[b]\ncalled as: f(1)",
         "`f` raised KeyError: 'yy'\nline 9 of the cell: q[r]"),
        ("expected: array([[1, 2]])\nbut got:  None", "expected: array([[3]])\nbut got:  None"),
        ("the words ['a', ('b', {'c': 1})] are missing", "the words [] are missing"),
        # Values are cut where they are long, in the middle of a text as well.
        ("expected: ['abc', 'de ... f', 'g']\nbut got: 1", "expected: ['x']\nbut got: 22"),
    ],
)  # fmt: skip
def test_messages_that_say_the_same(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("expected: [1]\nbut got:  None", "expected: [1]\nbut got:  [1, 2]"),
        ("`f` raised KeyError: 'x'", "`f` raised TypeError: 'x'"),
        ("`f` is not written yet", "`g` is not written yet"),
        ("It is True", "It is False"),
        ("the student's own words", "the student's other words"),
    ],
)
def test_messages_that_say_something_else(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_a_message_of_any_kind_is_read_at_once() -> None:
    for message in ("[" * 100_000, "'" * 100_000, "(a" * 50_000 + ")" * 50_000, "1e" * 99_999):
        assert len(skeleton(message)) <= 2_100


def record(
    check: str, message: str = "", outcome: Outcome = Outcome.FAILED, detail: str = ""
) -> CheckRecord:
    if not message and outcome is Outcome.FAILED:
        outcome = Outcome.PASSED
    return CheckRecord(check, f"The {check}", "cell", outcome, 0, 1, message, detail=detail)


def verdict(*records: CheckRecord, oddities: tuple[Oddity, ...] = ()) -> NotebookVerdict:
    return NotebookVerdict("n", records, oddities, confined=True)


def test_mistakes_are_counted_by_what_is_said() -> None:
    lazy = verdict(record("a", "`f` is not written"), record("b", "`f` is not written"))
    graded = [
        ("ann", lazy),
        ("bob", verdict(record("a", "f(1) gave 2"), record("b"))),
        ("cid", verdict(record("a", "f(5) gave 7"), record("b"))),
        ("dee", lazy),
        ("eve", verdict(record("a", "f(5) gave 7"), record("b", "Not run", Outcome.NOT_RUN))),
        ("fay", verdict(record("a"), record("b"))),
    ]
    found = mistakes(graded)
    assert [(one.checks, one.students) for one in found] == [
        (("a",), ("bob", "cid", "eve")),
        (("a", "b"), ("ann", "dee")),
    ]
    assert found[0].example.message == "f(1) gave 2"
    assert found[1].titles == ("The a", "The b")
    alike = failing_alike(graded)
    assert [(one.checks, one.students) for one in alike] == [
        (("a", "b"), ("ann", "dee", "eve")),
        (("a",), ("bob", "cid")),
    ]


def test_one_students_message_is_not_shown_for_others_who_were_told_something_else() -> None:
    said = {"ann": "`f` took longer than 10 seconds.", "bob": "`f` is not defined.", "cid": "no"}
    graded = [(who, verdict(record("a", text), record("b", "x"))) for who, text in said.items()]
    (alike,) = failing_alike(graded)
    assert alike.students == ("ann", "bob", "cid")
    assert alike.example.message == "They are told different things."


def test_checks_that_happen_to_compare_numbers_are_two_mistakes() -> None:
    values = "expected: {}\nbut got:  {}"
    both = verdict(record("a", values.format(1, 2)), record("b", values.format(3, 4)))
    assert [one.checks for one in mistakes([("ann", both)])] == [("a",), ("b",)]


def submission(made: NotebookVerdict | None, problem: str = "") -> Submission:
    paper = Paper("n", made, problem, None, None)
    return Submission("ann", "x", (paper,), None, Path("submitted"))


def test_the_most_urgent_comes_first() -> None:
    odd = (
        Oddity("reordered", "re-ordered"),
        Oddity("call-timeout", "slow", review=True),
        Oddity("forged-message", "forged", review=True),
        Oddity("checksum", "another checksum"),
        Oddity("something-new", "new", review=True),
    )
    broken = [record(name, "?", Outcome.ERROR, "E  boom") for name in ("a", "b")]
    found = findings([submission(verdict(*broken, oddities=odd))])
    assert [(one.group, one.message) for one in found] == [
        (Group.UNGRADED, "graded, but the gradebook holds no marks of it; grade it again with "
         "--force."),
        (Group.HOSTILE, "forged"),
        (Group.ERROR, 'cell "cell": The a; The b'),
        (Group.TIME, "slow"),
        (Group.DOUBT, "new"),
        (Group.NOTE, "re-ordered"),
        (Group.NOTE, "another checksum"),
    ]  # fmt: skip
    assert found[2].detail == "E  boom"
    (one,) = findings([submission(None, "not graded yet.")])
    assert (one.group, one.message, one.review) == (Group.UNGRADED, "not graded yet.", True)
    open_box = findings([submission(NotebookVerdict("n"))])
    assert Group.OPEN in {one.group for one in open_box}


def test_quartiles() -> None:
    assert spread([]) is None
    (one,) = [spread([3.0])]
    assert one is not None
    assert (one.least, one.middle, one.greatest) == (3, 3, 3)
    many = spread([1.0, 2.0, 3.0, 4.0])
    assert many is not None
    assert (many.lower, many.middle, many.upper) == (1.75, 2.5, 3.25)
    assert robust([1.0, 2.0, 3.0, 4.0, 100.0]).middle == 3
    assert robust([1.0, 2.0, 3.0, 4.0, 100.0]).spread == pytest.approx(1.4826)
    assert robust([5.0], 2.0).spread == 2


@pytest.mark.parametrize("greatest", [0.5, 1, 3, 23, 28, 100, 1234, 0])
def test_a_histogram_holds_everything_once(greatest: float) -> None:
    values = [greatest * place / 50 for place in range(51)]
    bars = histogram(values, greatest)
    assert sum(bar.number for bar in bars) == len(values)
    assert len(bars) <= 20
    assert bars[0].start == 0
    assert bars[-1].end >= greatest
    assert all(one.end == two.start for one, two in pairwise(bars))


def test_marks_on_a_border_belong_above_it() -> None:
    bars = histogram([0.1 + 0.2, 0.3], 1.0)
    assert [bar.number for bar in bars if bar.number] == [2]
    assert histogram([], 0) == []
    assert sum(bar.number for bar in histogram([-1.0, 30.0], 28)) == 2


def test_bars_stand_on_the_axis() -> None:
    drawn = draw(histogram([0, 1, 1, 5], 5), 1.0)
    assert max(one.height for one in drawn.columns) == HIGHEST
    for one in drawn.columns:
        assert one.y + one.height == pytest.approx(GROUND)
        assert LEFT <= one.x < one.x + one.width <= WIDTH - LEFT
    assert (drawn.ticks[0], drawn.ticks[-1]) == ((LEFT, 0), (WIDTH - LEFT, 5))
    assert drawn.line == pytest.approx(LEFT + (WIDTH - 2 * LEFT) / 5)
    assert draw([], None).columns == ()


@pytest.mark.parametrize("number", [1, 8, 25, 123])
def test_the_median_does_not_run_through_numbers(number: int) -> None:
    for tenths in range(201):
        values = [value / 2 for value in range(40) for _ in range(1 + (value * number) % 97)]
        drawn = draw(histogram(values, 20), tenths / 10)
        assert drawn.line is not None
        assert drawn.pieces[-1][1] == GROUND
        for one in drawn.columns:
            half = 3.5 * len(str(one.bar.number))
            if abs(one.middle - drawn.line) > half:
                continue
            for top, bottom in drawn.pieces:
                assert bottom <= one.foot - 11 or top >= one.foot + 2


def test_a_median_where_nobody_is_is_one_line() -> None:
    drawn = draw(histogram([0.5, 9.5], 10), 5.0)
    assert len(drawn.pieces) == 1
    assert draw(histogram([1.0], 5), None).pieces == ()
