"""What was computed once is not computed again, unless something it depends on is another."""

from pathlib import Path

import pytest

from course import noted as module
from course.noted import Noted


def test_a_number_is_computed_once(tmp_path: Path) -> None:
    path, computed = tmp_path / "noted", []

    def compute() -> float:
        computed.append(1)
        return 0.75

    assert Noted(path, "data").get("a", compute) == 0.75
    assert Noted(path, "data").get("a", compute) == 0.75
    assert len(computed) == 1
    assert Noted(path, "data").get("b", compute) == 0.75
    assert Noted(path, "other data").get("a", compute) == 0.75
    assert len(computed) == 3
    noted = Noted(path, "data")
    noted.close()
    assert not path.exists()


def test_numbers_of_other_code_are_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "noted"
    Noted(path, "data").get("a", lambda: 1.0)
    monkeypatch.setattr(module, "_code", lambda: "other")
    assert Noted(path, "data").get("a", lambda: 2.0) == 2.0


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "noted"
    Noted(path, "data").get("a", lambda: 1.0)
    path.write_bytes(path.read_bytes()[:-9])
    assert Noted(path, "data").get("a", lambda: 2.0) == 2.0
    assert Noted(path, "data").get("a", lambda: 3.0) == 2.0
