"""Similar submissions: what is compared, what stands out, and what is shown side by side."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from glovebox.pristine import pristine
from glovebox.report.answers import AnswerReader
from glovebox.report.beside import side_by_side
from glovebox.report.likeness import LEAST_STUDENTS, compare
from glovebox.report.tokens import MOST_TOKENS, tokens
from tests.glovebox.conftest import SOLVED
from tests.glovebox.reportclass import disguised, write_answers


def signs(source: str) -> tuple[str, ...]:
    return tuple(tokens(source).signs)


def test_names_comments_spaces_and_values_do_not_count() -> None:
    one = 'def f(a, b=1):\n    """Doc."""\n    # why\n    return a + "x" * len(b)'
    other = "def other( first ,second = 2.5 ):\n\n  return first+'longer y'*len(second) # so"
    assert signs(one) == signs(other)
    assert signs(one) != signs(one.replace("+", "-"))
    assert signs("np.zeros(3)") == signs("numpy.zeros(4)") != signs("np.ones(3)")
    assert signs("len(x)") != signs("sum(x)")


def test_signs_stand_where_they_are_in_the_source() -> None:
    source = "\n\n x = f'{a!r} b' \"c\"  # d\n"
    found = tokens(source)
    assert [source[start:end] for start, end in found.places][:2] == ["x", "="]
    assert source[found.places[-1][0] : found.places[-1][1]].endswith('"c"') or len(found) > 3
    assert all(start < end for start, end in found.places)
    assert tokens("Frequent  words, FREQUENT!", written=True).signs == (
        "frequent",
        "words",
        "frequent",
    )


@pytest.mark.parametrize(
    "source", ["", "'", '"""', "def (", "\\", "x = 'abc", "\0", "(" * 500, "a\\\n" * 500, "é ‮ 字"]
)
def test_anything_can_be_an_answer(source: str) -> None:
    found = tokens(source)
    assert all(0 <= start < end <= len(source) for start, end in found.places)
    pieces = side_by_side(source, "x = 1\n", written=False)
    assert "".join(piece.text for piece in pieces[0]) == source


def test_no_answer_is_too_long() -> None:
    assert len(tokens("x = [1, 2]\n" * 100_000)) == MOST_TOKENS


def works(number: int, seed: int = 1) -> dict[str, dict[str, str]]:
    chance = random.Random(seed)
    return {f"s{place:02}": write_answers(chance) for place in range(number)}


def test_a_disguised_copy_stands_out() -> None:
    given = works(40)
    given["s17"] = disguised(given["s05"])
    found = compare("n", given, frozenset({"explain"}))
    assert [(pair.first, pair.second) for pair in found.pairs[:1]] == [("s05", "s17")]
    (pair, *others) = found.pairs
    assert pair.likeness > 0.95 > 0.85 > found.quantiles[1]
    assert pair.spreads > 3
    assert len(others) <= 1
    assert {one.first for one in pair.shared} <= set(given["s05"].values())


def test_who_worked_alone_does_not_stand_out() -> None:
    for seed in range(2, 6):
        assert len(compare("n", works(40, seed)).pairs) <= 1


def test_what_the_class_wrote_alike_is_usual() -> None:
    same = write_answers(random.Random(3))
    given = {f"s{place}": dict(same) for place in range(30)}
    found = compare("n", given)
    assert found.quantiles == (1.0, 1.0, 1.0)
    assert found.pairs == ()
    # A pair that wrote something else alike is seen against them.
    given["s3"] = write_answers(random.Random(4))
    given["s4"] = disguised(given["s3"])
    assert [(one.first, one.second) for one in compare("n", given).pairs] == [("s3", "s4")]


def test_too_few_cannot_be_compared() -> None:
    given = works(LEAST_STUDENTS - 1)
    assert compare("n", given).pairs == ()
    empty: dict[str, dict[str, str]] = {f"t{place}": {} for place in range(20)}
    found = compare("n", given | empty)
    assert (found.students, found.pairs) == (LEAST_STUDENTS - 1, ())


def test_the_same_parts_are_marked_side_by_side() -> None:
    first = "def f(a):\n    # mine\n    b = sorted(a)\n    return b[0] + 1"
    second = "def g(x):\n    y = sorted(x)\n    while y: pass"
    ours, theirs = side_by_side(first, second, written=False)
    assert "".join(piece.text for piece in ours) == first
    assert "".join(piece.text for piece in theirs) == second
    marked = [piece.text for piece in ours if piece.alike]
    assert marked == ["def f(a):", "b = sorted(a)"]
    assert [piece.text for piece in theirs if piece.alike] == ["def g(x):", "y = sorted(x)"]


def read(tmp_path: Path, source: bytes, notebook: Any) -> dict[str, str]:
    folder = tmp_path / "submitted"
    folder.mkdir(exist_ok=True)
    content = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    (folder / "tiny.ipynb").write_bytes(content)
    return dict(AnswerReader(pristine(source), "tiny").read(folder))


def test_only_what_the_student_wrote_is_an_answer(
    tmp_path: Path, tiny_source: bytes, handed_in: dict[str, Any], find: Any
) -> None:
    assert read(tmp_path, tiny_source, handed_in) == SOLVED
    released = pristine(tiny_source)
    assert read(tmp_path, tiny_source, dict(released)) == {}
    find(handed_in, "mean")["source"] = find(released, "mean").source
    assert set(read(tmp_path, tiny_source, handed_in)) == {"double", "explain"}
    assert read(tmp_path, tiny_source, b"{") == {}
    assert AnswerReader(released, "tiny").read(tmp_path / "nowhere") == {}
    assert AnswerReader(released, "tiny").written == {"explain"}


def test_answers_are_found_wherever_they_stand(
    tmp_path: Path, tiny_source: bytes, handed_in: dict[str, Any], find: Any
) -> None:
    moved = copy.deepcopy(handed_in)
    moved["cells"].reverse()
    assert read(tmp_path, tiny_source, moved) == SOLVED
    stripped = copy.deepcopy(handed_in)
    for number, made in enumerate(stripped["cells"]):
        made["metadata"], made["id"] = {}, f"cell-{number}"
    code = {name: SOLVED[name] for name in ("double", "mean")}
    assert code.items() <= read(tmp_path, tiny_source, stripped).items()
    below = copy.deepcopy(handed_in)
    place = below["cells"].index(find(below, "double"))
    own = {**copy.deepcopy(below["cells"][place]), "metadata": {}, "id": "own"}
    below["cells"][place]["source"] = find(pristine(tiny_source), "double").source
    below["cells"].insert(place + 1, own)
    assert read(tmp_path, tiny_source, below)["double"] == SOLVED["double"]
