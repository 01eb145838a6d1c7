"""Item analysis: what the marks of a class say about its checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from glovebox.assignment import AssignmentError
from glovebox.items import Item, NoClass, analyse, read_class
from glovebox.verdict import CheckRecord, NotebookVerdict, Outcome


def verdict(passed: str, notebook: str = "tiny") -> NotebookVerdict:
    """A verdict whose checks, one a letter, passed where there is a 1."""
    records = tuple(
        CheckRecord(
            check=f"test_{place}",
            title="",
            grade_cell="",
            outcome=Outcome.PASSED if sign == "1" else Outcome.FAILED,
            points=float(sign == "1"),
            max_points=1.0,
        )
        for place, sign in enumerate(passed)
    )
    return NotebookVerdict(notebook, records)


def items(*passed: str) -> dict[str, Item]:
    return {item.check: item for item in analyse([verdict(one) for one in passed])}


CLASS = ["1111", "1101", "1111", "1101", "1100", "1110", "1000", "1001", "1011", "1010", "1111"]


def test_rates_and_remarks() -> None:
    found = items(*(f"{one}0{one[1]}" for one in CLASS))
    assert found["test_0"].pass_rate == 1
    assert found["test_0"].remark == "nobody fails it"
    assert found["test_4"].remark == "nobody passes it"
    assert found["test_1"].pass_rate == pytest.approx(7 / 11)
    assert found["test_1"].same_as == ("test_5",)
    assert found["test_5"].remark == "fails together with test_1"
    assert found["test_0"].same_as == found["test_4"].same_as == ()
    assert found["test_0"].discrimination is found["test_4"].discrimination is None


def test_discrimination_is_the_correlation_with_the_rest() -> None:
    assert items("11", "11", "00", "00")["test_0"].discrimination == pytest.approx(1)
    assert items("10", "10", "01", "01")["test_0"].discrimination == pytest.approx(-1)
    assert items("10", "11", "00", "01")["test_0"].discrimination == pytest.approx(0)


def test_chance_is_not_remarked_on() -> None:
    few, many = ["101", "100", "011", "010"], ["101", "100", "011", "010"] * 3
    assert items(*few)["test_0"].remark == ""
    assert items(*many)["test_0"].remark == "the better the rest, the likelier it fails"
    assert items(*["11", "10", "01", "00"] * 3)["test_0"].remark == "says little about the rest"


def test_verdicts_of_other_checks_are_left_out() -> None:
    found = analyse([verdict("11111"), verdict("10"), verdict("01"), verdict("11", "other")])
    assert [(item.notebook, item.submissions) for item in found] == [("other", 1)] * 2 + [
        ("tiny", 2)
    ] * 2


def test_a_class_is_read_from_its_folder(tmp_path: Path) -> None:
    course = tmp_path
    (course / "source" / "tiny").mkdir(parents=True)
    (course / "source" / "tiny" / "tiny.ipynb").touch()
    with pytest.raises(NoClass, match="no submission of tiny has been graded"):
        read_class(course, "tiny")
    for student in ("ada", "bob"):
        folder = course / "autograded" / student / "tiny"
        folder.mkdir(parents=True)
        path = folder / "tiny.verdict.json"
        path.write_text(verdict("10").to_json(), encoding="utf-8")
    assert len(read_class(course, "tiny")) == 2
    path.write_text("{", encoding="utf-8")
    with pytest.raises(NoClass, match=r"tiny\.verdict\.json: not a verdict"):
        read_class(course, "tiny")
    with pytest.raises(AssignmentError, match="there is no such assignment"):
        read_class(course, "huge")
