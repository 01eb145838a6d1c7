"""Rebuilding: our notebook, the student's work, and one sentence on everything that was odd."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from glovebox.assignment import AssignmentError
from glovebox.match import bindings, definitions
from glovebox.rebuild import MAX_SOURCE, Rebuilt, pristine, rebuild
from glovebox.stub import CODE_STUB
from glovebox.submission import parse_notebook

Find = Callable[[Any, str], Any]
Rebuild = Callable[[Any], Rebuilt]


@pytest.fixture
def rebuilt(tiny_pristine: NotebookNode) -> Rebuild:
    """Parse and rebuild a submission; what comes out is valid and holds all of ours."""

    def run(data: Any) -> Rebuilt:
        submitted, _ = parse_notebook(json.dumps(data).encode())
        before = copy.deepcopy(tiny_pristine)
        result = rebuild(tiny_pristine, submitted)
        assert tiny_pristine == before
        nbformat.validate(result.notebook)
        ours = [cell for cell in result.notebook.cells if not cell.id.startswith("own-")]
        assert [cell.id for cell in ours] == [cell.id for cell in before.cells]
        assert [cell.metadata for cell in ours] == [cell.metadata for cell in before.cells]
        assert result.notebook.metadata == before.metadata
        again = rebuild(tiny_pristine, result.notebook)
        assert again.notebook == result.notebook
        return result

    return run


def outline(result: Rebuilt) -> list[str]:
    """Cell ids in order; own cells with their source."""
    return [
        f"own: {cell.source}" if cell.id.startswith("own-") else cell.id
        for cell in result.notebook.cells
    ]


def kinds(result: Rebuilt) -> list[str]:
    return [oddity.kind for oddity in result.oddities]


def run_cells(result: Rebuilt) -> dict[str, Any]:
    """The names left by running the code cells in order, failing cells skipped."""
    names: dict[str, Any] = {}
    for cell in result.notebook.cells:
        if cell.cell_type == "code":
            try:
                exec(cell.source, names)
            except Exception as error:
                names.setdefault("errors", []).append(error)
    return names


def own(source: str, kind: str = "code", **metadata: Any) -> Any:
    """A cell the student added."""
    made = {"cell_type": kind, "id": "abc", "metadata": metadata, "source": source}
    return made | ({"outputs": [], "execution_count": 1} if kind == "code" else {})


def insert_after(notebook: Any, find: Find, grade_id: str, *cells: Any) -> None:
    at = notebook["cells"].index(find(notebook, grade_id)) + 1
    notebook["cells"][at:at] = cells


def test_pristine_is_what_students_get(tiny_pristine: NotebookNode, find: Find) -> None:
    double = find(tiny_pristine, "double")
    first, *stub = double.source.splitlines()
    assert first == "def double(x):"
    assert stub == [f"    {line}" for line in CODE_STUB.splitlines()]
    assert find(tiny_pristine, "explain").source == "YOUR ANSWER HERE"
    assert find(tiny_pristine, "test-double").metadata.editable is False
    assert len(double.metadata.nbgrader.checksum) == 32
    nbformat.validate(tiny_pristine)


def test_pristine_gives_stable_ids_to_old_notebooks(tiny_source: bytes) -> None:
    data = json.loads(tiny_source)
    data["nbformat_minor"] = 4
    for cell in data["cells"]:
        del cell["id"]
    first, second = (pristine(json.dumps(data).encode()) for _ in range(2))
    assert first == second
    assert first.cells[3].id == "3-double"
    nbformat.validate(first)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"cells": 1, "nbformat": 4}'])
def test_a_bad_source_notebook_is_named(content: bytes) -> None:
    with pytest.raises(AssignmentError, match="source notebook cannot be released"):
        pristine(content)


def test_unpaired_solution_marks_are_named(tiny_source: bytes) -> None:
    with pytest.raises(AssignmentError, match="no end solution"):
        pristine(tiny_source.replace(b"### END SOLUTION", b"", 1))


def test_untouched_release_has_no_oddities(tiny_pristine: NotebookNode, rebuilt: Rebuild) -> None:
    result = rebuilt(tiny_pristine)
    assert result.oddities == ()
    assert result.notebook == tiny_pristine
    assert result.unanswered == {"double", "mean", "explain"}


def test_nothing_handed_in_is_the_untouched_release(tiny_pristine: NotebookNode) -> None:
    result = rebuild(tiny_pristine, None)
    assert result == Rebuilt(tiny_pristine, (), frozenset({"double", "mean", "explain"}))
    assert result.notebook is not tiny_pristine


def test_answers_are_taken(handed_in: Any, rebuilt: Rebuild, find: Find) -> None:
    result = rebuilt(handed_in)
    assert result.oddities == ()
    assert result.unanswered == frozenset()
    assert run_cells(result)["double"](4) == 8
    assert "grows" in find(result.notebook, "explain").source


def test_what_jupyter_changes_by_itself_is_no_oddity(
    handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    handed_in["nbformat_minor"] = 4
    handed_in["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    handed_in["metadata"]["language_info"] |= {"version": "3.9.1", "codemirror_mode": {}}
    handed_in["cells"].append(own(""))
    for made in handed_in["cells"]:
        del made["id"]
        made["metadata"]["collapsed"] = True
        made["source"] = made["source"].splitlines(keepends=True)
    find(handed_in, "test-mean")["source"] += ["\n", "  "]
    find(handed_in, "test-mean")["outputs"] = [{"output_type": "stream", "text": "hello"}]
    assert rebuilt(handed_in).oddities == ()


def test_own_cells_stay_where_they_were(handed_in: Any, rebuilt: Rebuild, find: Find) -> None:
    handed_in["cells"].insert(0, own("import math"))
    insert_after(handed_in, find, "setup", own("a = 1", tags=["skip-execution"]), own("b = a"))
    insert_after(handed_in, find, "explain", own("my notes", "markdown"), own("raw", "raw"))
    result = rebuilt(handed_in)
    ids = outline(result)
    assert ids[:5] == ["own: import math", "intro", "setup", "own: a = 1", "own: b = a"]
    assert ids[-3:] == ["explain", "own: my notes", "own: raw"]
    assert [c.id for c in result.notebook.cells if c.id.startswith("own")] == [
        f"own-{n}" for n in range(1, 6)
    ]
    assert result.oddities == ()
    assert "skip" not in json.dumps(result.notebook)


def test_changed_locked_cells_are_restored(
    handed_in: Any, rebuilt: Rebuild, find: Find, tiny_pristine: NotebookNode
) -> None:
    find(handed_in, "test-double")["source"] = "assert True"
    find(handed_in, "setup")["source"] = "LIMIT = 3"
    find(handed_in, "intro")["cell_type"] = "raw"
    result = rebuilt(handed_in)
    assert [c.source for c in result.notebook.cells if "own" in c.id] == []
    for grade_id in ("test-double", "setup", "intro"):
        assert find(result.notebook, grade_id) == find(tiny_pristine, grade_id)
    assert [oddity.message for oddity in result.oddities] == [
        'cell "intro" was changed; ours was used.',
        'cell "setup" was changed; ours was used.',
        'test cell "test-double" was changed; ours was used.',
    ]


def test_definitions_in_a_changed_locked_cell_survive(
    handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    find(handed_in, "setup")["source"] = "LIMIT = 3\nTWO = 2"
    find(handed_in, "double")["source"] = "def double(x):\n    return TWO * x"
    result = rebuilt(handed_in)
    assert outline(result)[1:3] == ["own: LIMIT = 3\nTWO = 2", "setup"]
    names = run_cells(result)
    assert names["double"](4) == 8
    assert names["LIMIT"] == 10
    assert kinds(result) == ["edited"]


def test_an_answer_written_into_the_test_cell_counts(
    handed_in: Any, rebuilt: Rebuild, find: Find, tiny_pristine: NotebookNode
) -> None:
    find(handed_in, "double")["source"] = find(tiny_pristine, "double").source
    find(handed_in, "test-double")["source"] = "def double(x):\n    return x + x\ndouble(2)"
    result = rebuilt(handed_in)
    names = run_cells(result)
    assert names["double"](4) == 8
    assert "errors" not in names
    assert kinds(result) == ["answer-elsewhere", "edited"]
    assert "double" not in result.unanswered


@pytest.mark.parametrize("place", ["question-double", "double", "explain", None])
def test_an_answer_in_an_own_cell_counts(
    place: str | None, handed_in: Any, rebuilt: Rebuild, find: Find, tiny_pristine: NotebookNode
) -> None:
    find(handed_in, "double")["source"] = find(tiny_pristine, "double").source
    mine = own("def helper(x):\n    return x"), own("def double(x):\n    return 2 * helper(x)")
    if place:
        insert_after(handed_in, find, place, *mine)
    else:
        handed_in["cells"][0:0] = mine
    result = rebuilt(handed_in)
    assert run_cells(result)["double"](4) == 8
    assert "answer-elsewhere" in kinds(result)
    assert result.unanswered == frozenset()


def test_an_answer_below_its_test_is_moved_above_it(
    handed_in: Any, rebuilt: Rebuild, find: Find, tiny_pristine: NotebookNode
) -> None:
    find(handed_in, "double")["source"] = find(tiny_pristine, "double").source
    insert_after(handed_in, find, "test-double", own("def double(x):\n    return 2 * x"))
    result = rebuilt(handed_in)
    assert "errors" not in run_cells(result)
    assert outline(result) == [cell.id for cell in tiny_pristine.cells]


def test_missing_answers_are_graded_as_empty(
    handed_in: Any, rebuilt: Rebuild, find: Find, tiny_pristine: NotebookNode
) -> None:
    for grade_id in ("double", "explain"):
        handed_in["cells"].remove(find(handed_in, grade_id))
    result = rebuilt(handed_in)
    assert find(result.notebook, "double") == find(tiny_pristine, "double")
    assert result.unanswered == {"double", "explain"}
    assert [oddity.message for oddity in result.oddities] == [
        f'answer cell "{grade_id}" is missing; it was graded as empty. '
        "Restore it from the released notebook."
        for grade_id in ("double", "explain")
    ]
    assert run_cells(result)["mean"]([1, 3]) == 2


def test_missing_locked_cells_are_put_back(handed_in: Any, rebuilt: Rebuild, find: Find) -> None:
    for grade_id in ("intro", "setup", "question-double", "test-double"):
        handed_in["cells"].remove(find(handed_in, grade_id))
    result = rebuilt(handed_in)
    assert [oddity.message for oddity in result.oddities] == [
        '4 locked cells "intro", "setup", "question-double" and 1 more went missing; '
        "ours were put back."
    ]
    handed_in["cells"].insert(0, own("first"))
    assert outline(rebuilt(handed_in))[0] == "own: first"


def test_an_empty_notebook_is_all_missing(rebuilt: Rebuild) -> None:
    result = rebuilt({"nbformat": 4, "cells": []})
    assert kinds(result) == ["missing-answer"] * 3 + ["missing-cell"]
    assert result.unanswered == {"double", "mean", "explain"}


def test_stripped_labels_are_made_good(handed_in: Any, rebuilt: Rebuild) -> None:
    for number, made in enumerate(handed_in["cells"]):
        made["metadata"], made["id"] = {}, f"new-{number}"
    handed_in["cells"].insert(4, own("note = 'mine'"))
    result = rebuilt(handed_in)
    names = run_cells(result)
    assert names["double"](4) == 8
    assert names["mean"]([1, 3]) == 2
    assert outline(result)[3:6] == ["double", "own: note = 'mine'", "test-double"]
    assert set(kinds(result)) == {"recognised", "answer-elsewhere"}
    assert result.unanswered == frozenset()


def test_cell_ids_alone_identify_cells(handed_in: Any, rebuilt: Rebuild, find: Find) -> None:
    for made in handed_in["cells"]:
        made["metadata"] = {}
    result = rebuilt(handed_in)
    assert "grows" in find(result.notebook, "explain").source
    assert set(kinds(result)) == {"recognised"}


def test_reordered_cells_run_in_our_order(handed_in: Any, rebuilt: Rebuild) -> None:
    handed_in["cells"].reverse()
    result = rebuilt(handed_in)
    assert kinds(result) == ["reordered"]
    assert "errors" not in run_cells(result)


def test_identical_copies_collapse(
    handed_in: Any, rebuilt: Rebuild, find: Find, tiny_pristine: NotebookNode
) -> None:
    double = find(handed_in, "double")
    stub = copy.deepcopy(double) | {"source": find(tiny_pristine, "double").source}
    insert_after(handed_in, find, "double", copy.deepcopy(double))
    insert_after(handed_in, find, "explain", stub, copy.deepcopy(find(handed_in, "test-mean")))
    result = rebuilt(handed_in)
    assert [oddity.message for oddity in result.oddities] == [
        'answer cell "double" appears 3 times; the copies that add nothing were dropped.',
        'test cell "test-mean" appears twice; the copies that add nothing were dropped.',
    ]
    assert run_cells(result)["double"](4) == 8
    assert len(result.notebook.cells) == len(tiny_pristine.cells)


def test_a_split_answer_keeps_its_helpers(handed_in: Any, rebuilt: Rebuild, find: Find) -> None:
    double = find(handed_in, "double")
    rest = copy.deepcopy(double) | {"source": "def double(x):\n    return twice(x) + ZERO"}
    double["source"] = "def twice(x):\n    return 2 * x"
    insert_after(handed_in, find, "double", own("ZERO = twice(0)"), rest)
    result = rebuilt(handed_in)
    names = run_cells(result)
    assert names["double"](4) == 8
    assert "errors" not in names
    assert kinds(result) == ["duplicate"]
    assert "the last counts" in result.oddities[0].message


def test_the_last_of_several_answers_counts(handed_in: Any, rebuilt: Rebuild, find: Find) -> None:
    double = find(handed_in, "double")
    wrong = copy.deepcopy(double) | {"source": "def double(x):\n    return x"}
    insert_after(handed_in, find, "double", wrong)
    assert run_cells(rebuilt(handed_in))["double"](4) == 4
    handed_in["cells"].append(copy.deepcopy(double))
    result = rebuilt(handed_in)
    assert run_cells(result)["double"](4) == 8
    assert outline(result)[3:5] == ["own: def double(x):\n    return x", "double"]


def test_a_changed_copy_of_a_locked_cell_is_scratch_paper(
    handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    scratch = copy.deepcopy(find(handed_in, "test-double")) | {"source": "four = double(2)"}
    insert_after(handed_in, find, "test-double", scratch)
    find(handed_in, "mean")["source"] = "def mean(v):\n    return sum(v) / len(v) + four - 4"
    result = rebuilt(handed_in)
    assert outline(result)[4:6] == ["test-double", "own: four = double(2)"]
    assert run_cells(result)["mean"]([1, 3]) == 2
    assert kinds(result) == ["duplicate"]


def test_what_follows_a_stray_copy_stays_where_it_was(
    handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    double = find(handed_in, "double")
    other = copy.deepcopy(double) | {"source": "def double(x):\n    return x + x"}
    for stray in (copy.deepcopy(double), other):
        notebook = copy.deepcopy(handed_in)
        insert_after(notebook, find, "double", own("four = double(2)"))
        notebook["cells"] += [stray, own("two = mean([four, 0])")]
        result = rebuilt(notebook)
        assert kinds(result) == ["duplicate"]
        assert outline(result)[-1] == "own: two = mean([four, 0])"
        assert run_cells(result)["two"] == 2
        assert "errors" not in run_cells(result)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_turned_into_text_counts_as_code(
    kind: str, handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    double = find(handed_in, "double")
    double["cell_type"] = kind
    del double["outputs"], double["execution_count"]
    result = rebuilt(handed_in)
    assert kinds(result) == ["cell-type"]
    assert run_cells(result)["double"](4) == 8


def test_a_written_answer_in_a_code_cell_counts_as_text(
    handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    find(handed_in, "explain")["cell_type"] = "code"
    result = rebuilt(handed_in)
    assert find(result.notebook, "explain").cell_type == "markdown"
    assert kinds(result) == ["cell-type"]


@pytest.mark.parametrize("where", ["own cell", "question", "deleted"])
def test_a_written_answer_beside_its_cell_is_left_to_a_person(
    where: str, handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    find(handed_in, "explain")["source"] = "YOUR  ANSWER\nHERE"
    if where == "question":
        find(handed_in, "question-explain")["source"] += "\n\nTo get the average."
    else:
        insert_after(handed_in, find, "explain", own("To get the average.", "markdown"))
    if where == "deleted":
        handed_in["cells"].remove(find(handed_in, "explain"))
    result = rebuilt(handed_in)
    assert "explain" not in result.unanswered
    assert "answer-elsewhere" in kinds(result)
    assert any("To get the average." in line for line in outline(result))


def test_blank_answers_are_unanswered(handed_in: Any, rebuilt: Rebuild, find: Find) -> None:
    find(handed_in, "explain")["source"] = " \n"
    find(handed_in, "double")["source"] = ""
    result = rebuilt(handed_in)
    assert result.unanswered == {"explain", "double"}
    assert result.oddities == ()


def test_a_picture_in_a_written_answer_is_kept(
    handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    picture = {"photo.png": {"image/png": "iVBORw0KGgo="}}
    find(handed_in, "explain")["attachments"] = picture
    assert find(rebuilt(handed_in).notebook, "explain").attachments == picture


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("points", 100, "points"),
        ("points", "many", "points"),
        ("points", float("nan"), "points"),
        ("grade", False, "flags"),
        ("solution", True, "flags"),
        ("locked", False, "flags"),
        ("task", True, "flags"),
        ("schema_version", 99, "schema-version"),
        ("checksum", "0" * 32, "checksum"),
    ],
)
def test_forged_labels_are_restored(
    field: str, value: Any, kind: str, handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    find(handed_in, "test-mean")["metadata"]["nbgrader"][field] = value
    result = rebuilt(handed_in)
    assert kinds(result) == [kind]
    assert 'test cell "test-mean"' in result.oddities[0].message


def test_a_forged_kernel_and_language_are_restored(handed_in: Any, rebuilt: Rebuild) -> None:
    handed_in["metadata"]["kernelspec"] = {"name": "bash", "language": "bash\x1b[31m"}
    result = rebuilt(handed_in)
    assert kinds(result) == ["language", "kernel"]
    assert all(oddity.message.isprintable() for oddity in result.oddities)


def test_a_forged_id_does_not_displace_the_real_cell(
    handed_in: Any, rebuilt: Rebuild, find: Find
) -> None:
    forged = own("mine = 1", nbgrader=find(handed_in, "test-double")["metadata"]["nbgrader"])
    handed_in["cells"].insert(0, forged)
    insert_after(handed_in, find, "mean", own("z = 1", nbgrader={"grade_id": "Double"}))
    result = rebuilt(handed_in)
    assert outline(result)[0] == "own: mine = 1"
    assert "own: z = 1" in outline(result)
    assert kinds(result) == ["duplicate"]


def test_enormous_sources_are_left_out(handed_in: Any, rebuilt: Rebuild, find: Find) -> None:
    find(handed_in, "double")["source"] += " " * MAX_SOURCE + "#"
    handed_in["cells"].append(own("#" * (MAX_SOURCE + 1)))
    result = rebuilt(handed_in)
    assert kinds(result) == ["too-long", "too-long"]
    assert result.unanswered == {"double"}
    assert result.oddities[0].review
    assert len(json.dumps(result.notebook)) < 10_000


def test_awkward_sources_take_linear_time(handed_in: Any, rebuilt: Rebuild, find: Find) -> None:
    find(handed_in, "setup")["source"] = "a" + " " * 500_000 + ":" * 400_000
    handed_in["cells"].append(own("def " * 200_000))
    handed_in["cells"].append(own("async\n" * 100_000))
    assert kinds(rebuilt(handed_in)) == ["edited"]


def test_bindings_are_read_without_parsing() -> None:
    source = (
        "import re\nfrom a import b\nx, y = 1, 2\nz: int = 3\nz == 4\nif x: q = 1\n"
        "def f(a): pass\nasync def g(): pass\nclass C: pass\n    def inner(): pass\n%magic = 1\n"
        "(((((  \ndata['k'] = 1\nprint(a=1)"
    )
    assert definitions(source) == {"f", "g", "C"}
    assert bindings(source) == {"importre", "fromaimportb", "x", "y", "z", "f", "g", "C"}
