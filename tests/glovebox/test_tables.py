"""Tables for people: every question mark has a line that says why."""

from __future__ import annotations

import pytest

from glovebox.marks import Lateness
from glovebox.tables import show_late, show_marks
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome


def test_every_doubt_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    detail = ">   thrice(2)\nE   NameError: name 'thr\x9bice' is not defined\nE   (hint)\n"
    undecided = CheckRecord("f", "It [b]adds", "c", Outcome.ERROR, 0.0, 2.0, detail=detail)
    passed = CheckRecord("g", "It stops", "c", Outcome.PASSED, 1.0, 1.0)
    odd = Oddity("cell-timeout", "a cell was interrupted.", review=True)
    verdicts = [
        ("ann", NotebookVerdict("tiny", (passed, undecided))),
        ("bob", NotebookVerdict("tiny", (passed,), (odd,))),
        ("cleo", NotebookVerdict("tiny", (passed,))),
    ]
    show_marks(verdicts)
    said = capsys.readouterr().out
    assert "1/3 ?" in said
    reason = r"NameError: name 'thr\x9bice' is not defined"
    assert f"? ann/tiny.ipynb: the check “It [b]adds” could not decide ({reason})." in said
    assert "? bob/tiny.ipynb: a cell was interrupted." in said
    assert "cleo/tiny" not in said


def test_lateness_is_told_with_what_it_costs(capsys: pytest.CaptureFixture[str]) -> None:
    show_late({"eve": Lateness(90_000, 2.5), "dan": Lateness(30, 0.0), "amy": Lateness(0.4, 0.0)})
    assert capsys.readouterr().out.splitlines() == [
        "· amy: 1 s late; it costs nothing.",
        "· dan: 30 s late; it costs nothing.",
        "· eve: 1 d 1 h late; it costs 2.5 points.",
    ]
