"""The measuring command: what it runs, what it prints, what it writes."""

import json
from pathlib import Path

import pytest

from course import data, measure
from course.measure import Encoded, Result

RESULTS = [Result("GloVe, frozen", 200, (0.8, 0.9)), Result("first model", 2_000, (0.7,))]


def test_the_plan_covers_the_lesson_on_both_sets() -> None:
    for name, largest in (("small", 2_000), ("full", 8_000)):
        plan = list(measure.runs(name, 20))
        at_200 = {model for model, reviews, runs in plan if reviews == 200 and runs == 20}
        assert len(at_200) == 5
        for model in (measure.GLOVE, measure.SCRATCH):
            assert (model, largest, 5) in plan
        assert plan[-1][0] == measure.FIRST


def test_a_result_is_a_row_of_the_table() -> None:
    assert RESULTS[0].row() == ("GloVe, frozen", "200", "2", "0.850", "0.071", "0.800–0.900")
    assert RESULTS[1].row()[4] == "0.000"


def test_the_tables_are_put_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- measured -->old<!-- /measured -->\nafter", encoding="utf-8")
    tables = measure.markdown({"words": "5"}, RESULTS)
    measure.put_into_page(page, tables)
    measure.put_into_page(page, tables)
    text = page.read_text(encoding="utf-8")
    assert text == f"before\n<!-- measured -->\n{tables}\n<!-- /measured -->\nafter"
    assert "| GloVe, frozen | 200 | 2 | 0.850 | 0.071 | 0.800–0.900 |" in text


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("text", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the tables"):
        measure.put_into_page(page, "tables")
    assert page.read_text(encoding="utf-8") == "text"


def test_the_command_prints_and_writes(
    small: object,
    encoded_small: Encoded,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(measure, "encode", lambda dataset: encoded_small)
    monkeypatch.setattr(measure, "accuracy", lambda encoded, model, reviews, seed: seed / 10)
    path, page = tmp_path / "figures.json", tmp_path / "page.md"
    page.write_text("<!-- measured --><!-- /measured -->", encoding="utf-8")
    options = ["--seeds", "4", "--json", str(path), "--markdown", str(page)]
    assert measure.main(options) == 0
    figures = json.loads(path.read_text(encoding="utf-8"))
    assert figures["results"][0] == {
        "model": "GloVe, frozen",
        "reviews": 200,
        "accuracies": [0.0, 0.1, 0.2, 0.3],
    }
    printed = capsys.readouterr().out
    assert "| GloVe, frozen | 200 | 4 | 0.150 |" in printed
    assert "words with a vector" in page.read_text(encoding="utf-8")


def test_missing_data_is_one_sentence_and_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(data.DATA_VARIABLE, raising=False)
    assert measure.main(["--data", "full"]) == 1
    assert capsys.readouterr().err.startswith("GLOVEBOX_DATA is not set")


def test_a_page_without_marks_is_noticed_before_measuring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def too_late(*_: object) -> float:
        raise AssertionError("measured before looking at the page")

    monkeypatch.setattr(measure, "accuracy", too_late)
    page = tmp_path / "page.md"
    page.write_text("text", encoding="utf-8")
    assert measure.main(["--markdown", str(page)]) == 1
    assert "no place for the tables" in capsys.readouterr().err
    assert measure.main(["--markdown", str(tmp_path / "missing.md")]) == 1
    assert "missing.md" in capsys.readouterr().err
