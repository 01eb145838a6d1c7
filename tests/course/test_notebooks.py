"""The notebooks in source/: well-formed, self-contained, worth the points, and they run."""

import ast
import functools
import os
import re
import symtable
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ClearSolutions

from course.data import small
from course.grammar.sentiment import polarities
from course.small import pack_small
from glovebox.stub import CODE_STUB, UNWRITTEN

SOURCE = Path(__file__).parents[2] / "source"
LANDING = SOURCE.parent / "release" / "README.md"

# What the learner writes: function, arguments, points of its test cell.
EXERCISES: dict[str, list[tuple[str, str, int]]] = {
    "learned_embedding": [
        ("one_hot", "numbers max_words", 3),
        ("lookup", "table numbers", 4),
        ("pad_reviews", "sequences maxlen", 4),
        ("build_model", "max_words embedding_dim maxlen", 4),
        ("train", "model x y", 5),
        ("nearest_words", "word word_index table n", 3),
    ],
    "tokenizer": [
        ("read_reviews", "folder", 4),
        ("split_words", "text", 4),
        ("build_word_index", "texts", 5),
        ("texts_to_sequences", "texts word_index max_words", 4),
        ("pad_sequences", "sequences maxlen", 4),
        ("shuffle_and_split", "data labels n_train n_val seed", 4),
    ],
    "glove_matrix": [
        ("parse_glove", "path embedding_dim", 5),
        ("build_embedding_matrix", "word_index vectors max_words embedding_dim", 7),
        ("coverage", "word_index vectors max_words", 2),
        ("nearest_words", "word vectors k", 3),
        ("analogy", "a b c vectors", 3),
    ],
    "frozen_embedding": [
        ("build_model", "max_words embedding_dim maxlen", 4),
        ("load_and_freeze", "model matrix", 4),
        ("train", "model x_train y_train x_val y_val weights_path", 6),
        ("plot_curves", "history", 2),
        ("build_scratch_model", "max_words embedding_dim maxlen", 3),
        ("prepare_test_set", "folder word_index max_words maxlen", 2),
        ("test_accuracy", "model weights_path x_test y_test", 2),
    ],
    "data_size": [
        ("hold_out", "n_reviews n_val seed", 3),
        ("nested_samples", "pool sizes seed", 4),
        ("run", "model start_weights x_train y_train x_val y_val", 6),
        ("sweep", "draw judge sizes seeds", 3),
        ("summarise", "accuracies", 2),
        ("catches_up", "sizes learned frozen", 2),
        ("plot_sweep", "axes sizes mean low high color", 2),
    ],
}
WRITTEN = {
    "learned_embedding": "explain-learned",
    "tokenizer": "explain-order",
    "glove_matrix": "explain-missing-words",
    "frozen_embedding": "explain-curves",
    "data_size": "explain-design",
}
AUTO_POINTS = {
    "learned_embedding": 25,
    "tokenizer": 25,
    "glove_matrix": 20,
    "frozen_embedding": 25,
    "data_size": 25,
}
WHOLE_CHAIN = {"learned_embedding": 2, "frozen_embedding": 2, "data_size": 3}
"""Points of the last test cell, where it looks at what all functions made together."""
WRITTEN_POINTS = 3
REVIEWS, VECTORS = "aclImdb_small.tar.gz", "glove.small.50d.txt"
FILES_BESIDE = {
    "learned_embedding": [REVIEWS],
    "tokenizer": [REVIEWS],
    "glove_matrix": [REVIEWS, VECTORS],
    "frozen_embedding": [REVIEWS, VECTORS],
    "data_size": [REVIEWS, VECTORS],
}
THIRD_PARTY = {
    "learned_embedding": {"keras", "matplotlib", "numpy"},
    "tokenizer": {"matplotlib", "numpy"},
    "glove_matrix": {"matplotlib", "numpy"},
    "frozen_embedding": {"keras", "matplotlib", "numpy"},
    "data_size": {"keras", "matplotlib", "numpy"},
}
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|tmp|usr|var|opt|mnt|work|Users)/|\b[A-Z]:\\\\")

Solved = Callable[[str], list[NotebookNode]]

every_notebook = pytest.mark.parametrize("name", list(EXERCISES))


def source_path(name: str) -> Path:
    return SOURCE / name / f"{name}.ipynb"


def read(name: str) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(source_path(name), as_version=nbformat.NO_CONVERT)
    return notebook


def released(name: str) -> NotebookNode:
    """Read a notebook as nbgrader hands it out: stubs in place of the solutions."""
    step = ClearSolutions(code_stub={"python": CODE_STUB})
    notebook: NotebookNode = step.preprocess(read(name), {})[0]
    return notebook


def by_grade_id(notebook: NotebookNode) -> dict[str, NotebookNode]:
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}


def imported_packages(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0
                yield (node.module or "").partition(".")[0]


def kind(cell: NotebookNode) -> str:
    """Name the nbgrader cell type; fail on a combination of flags that has none."""
    meta = cell.metadata.nbgrader
    flags = (cell.cell_type, meta.grade, meta.solution, meta.locked)
    kinds = {
        ("markdown", False, False, True): "given",
        ("code", False, False, True): "given",
        ("code", False, True, False): "answer",
        ("code", True, False, True): "test",
        ("markdown", True, True, False): "written",
    }
    assert flags in kinds, f"{meta.grade_id}: {flags}"
    return kinds[flags]


@every_notebook
def test_format_is_4_5_and_stable(name: str) -> None:
    notebook = read(name)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    nbformat.validate(notebook)
    text = source_path(name).read_text(encoding="utf-8")
    assert text.rstrip("\n") + "\n" == text
    assert nbformat.writes(notebook).rstrip("\n") + "\n" == text


@every_notebook
def test_outputs_are_cleared(name: str) -> None:
    for cell in read(name).cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@every_notebook
def test_every_cell_is_known_to_nbgrader(name: str) -> None:
    notebook = read(name)
    MetadataValidator().validate_nb(notebook)
    ids = []
    for cell in notebook.cells:
        meta = cell.metadata.nbgrader
        assert meta.schema_version == 3
        assert meta.task is False
        assert meta.cell_type == cell.cell_type
        assert ("points" in meta) == meta.grade
        assert re.fullmatch(r"[a-z][a-z0-9-]*", meta.grade_id)
        assert cell.id == meta.grade_id
        kind(cell)
        ids.append(meta.grade_id)
    assert len(set(ids)) == len(ids)


@every_notebook
def test_grade_cells_and_points(name: str) -> None:
    cells = read(name).cells
    points = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader.points
        for cell in cells
        if kind(cell) == "test"
    }
    expected = {
        f"test-{function.replace('_', '-')}": worth for function, _, worth in EXERCISES[name]
    }
    if name in WHOLE_CHAIN:
        expected["test-whole-chain"] = WHOLE_CHAIN[name]
    assert points == expected
    assert list(points) == list(expected), "in the order of the lesson"
    assert sum(points.values()) == AUTO_POINTS[name]
    written = [cell for cell in cells if kind(cell) == "written"]
    assert [cell.metadata.nbgrader.grade_id for cell in written] == [WRITTEN[name]]
    assert written[0].metadata.nbgrader.points == WRITTEN_POINTS


@every_notebook
def test_each_exercise_is_text_answer_test(name: str) -> None:
    cells = read(name).cells
    grade_ids = [cell.metadata.nbgrader.grade_id for cell in cells]
    answers = [cell.metadata.nbgrader.grade_id for cell in cells if kind(cell) == "answer"]
    assert answers == [function.replace("_", "-") for function, _, _ in EXERCISES[name]]
    for function, _, points in EXERCISES[name]:
        grade_id = function.replace("_", "-")
        place = grade_ids.index(grade_id)
        assert grade_ids[place + 1] == f"test-{grade_id}"
        text = cells[grade_ids.index(f"exercise-{grade_id}")].source
        assert f"({points} points)" in text
        assert f"`{function}(" in text


@every_notebook
def test_exercises_help_and_warn(name: str) -> None:
    cells = by_grade_id(read(name))
    for function, _, _ in EXERCISES[name]:
        exercise = function.replace("_", "-")
        help_ = cells[f"exercise-{exercise}"].source.partition("<details>")[2]
        assert help_.startswith("<summary>If you are stuck</summary>\n\n")
        assert help_.endswith("\n\n</details>")
        ids = list(cells)
        assert ids.index(f"mistake-{exercise}") == ids.index(f"test-{exercise}") + 1
        assert cells[f"mistake-{exercise}"].source.startswith("**A common mistake.** ")


@every_notebook
def test_the_landing_page_knows_the_notebook(name: str) -> None:
    (row,) = (
        line for line in LANDING.read_text().splitlines() if f"]({name}/{name}.ipynb)" in line
    )
    number = list(EXERCISES).index(name) + 1
    assert row.startswith(f"| {number} | [{name}]")
    assert f"| {AUTO_POINTS[name]} + {WRITTEN_POINTS} |" in row
    (title,) = read(name).cells[0].source.splitlines()[:1]
    assert title.startswith(f"# {number} · ")


@every_notebook
def test_pictures_are_described_in_words(name: str) -> None:
    pictures = [cell for cell in read(name).cells if cell.id.startswith("picture-")]
    for cell in pictures:
        assert len(cell.metadata.get("alt", "")) > 60, cell.id


@every_notebook
def test_stubs_keep_signature_and_docstring_and_raise(name: str) -> None:
    cells = by_grade_id(released(name))
    for function, arguments, _ in EXERCISES[name]:
        (definition,) = ast.parse(cells[function.replace("_", "-")].source).body
        assert isinstance(definition, ast.FunctionDef)
        assert definition.name == function
        assert [argument.arg for argument in definition.args.args] == arguments.split()
        assert ast.get_docstring(definition)
        assert ast.unparse(definition.body[-1]) == f"raise NotImplementedError({UNWRITTEN!r})"
        assert len(definition.body) == 2, "a docstring and the stub, nothing else"


@every_notebook
def test_release_gives_no_solution_away(name: str) -> None:
    for cell in released(name).cells:
        assert "SOLUTION" not in cell.source
        if kind(cell) == "written":
            assert cell.source == "YOUR ANSWER HERE"


@every_notebook
def test_every_visible_assert_has_a_message(name: str) -> None:
    for cell in read(name).cells:
        if kind(cell) == "test":
            asserts = [
                node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Assert)
            ]
            assert asserts
            assert all(node.msg is not None for node in asserts), cell.id


@every_notebook
def test_imports_are_the_promised_ones(name: str) -> None:
    packages = set(imported_packages(read(name)))
    assert packages - sys.stdlib_module_names == THIRD_PARTY[name]


@every_notebook
def test_given_cells_take_no_name_that_learners_import(name: str) -> None:
    """`from keras import layers` in an answer must still hold when the checks call it."""
    keras_modules = "activations callbacks initializers layers losses metrics models ops optimizers"
    imported = {*sys.stdlib_module_names, *keras_modules.split(), "tf", "pd"} - {"numbers"}
    for cell in read(name).cells:
        if cell.cell_type == "code" and not cell.metadata.nbgrader.solution:
            symbols = symtable.symtable(cell.source, cell.id, "exec").get_symbols()
            bound = {
                one.get_name() for one in symbols if one.is_assigned() and not one.is_imported()
            }
            assert not bound & imported, cell.id


@pytest.mark.parametrize("name", [name for name in EXERCISES if "keras" in THIRD_PARTY[name]])
def test_tensorflow_is_quiet_before_it_is_imported(name: str) -> None:
    first = next(cell for cell in read(name).cells if cell.cell_type == "code")
    before, _, _ = first.source.partition("import keras")
    assert 'os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")' in before
    assert 'os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")' in before


@every_notebook
def test_no_machine_paths(name: str) -> None:
    assert not MACHINE_PATH.search(source_path(name).read_text(encoding="utf-8"))


@every_notebook
def test_lines_of_code_fit_the_page(name: str) -> None:
    for cell in read(name).cells:
        if cell.cell_type == "code":
            assert max(map(len, cell.source.splitlines())) <= 100, cell.id


def kernel_environment() -> dict[str, str]:
    """The small data set, and no more threads than the machine can share."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GLOVEBOX_")}
    threads = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
    return kept | dict.fromkeys(threads, "1") | {"CUDA_VISIBLE_DEVICES": "-1"}


def run(notebook: NotebookNode, folder: Path, name: str) -> list[NotebookNode]:
    """Run all cells beside the small data set, past errors too; return the code cells."""
    pack_small(small(), folder, FILES_BESIDE[name])
    resources: dict[str, Any] = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=300, allow_errors=True, resources=resources)
    client.execute(env=kernel_environment())
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Solved:
    """The code cells of a source notebook after one run, shared by the tests that look at it."""

    @functools.cache
    def cells(name: str) -> list[NotebookNode]:
        return run(read(name), tmp_path_factory.mktemp(name), name)

    return cells


def errors(cell: NotebookNode) -> list[str]:
    return [
        f"{cell.id}: {output.ename}: {output.evalue}"
        for output in cell.outputs
        if output.output_type == "error"
    ]


@pytest.mark.slow
@every_notebook
def test_source_runs_without_error_or_noise(name: str, solved: Solved) -> None:
    cells = solved(name)
    assert [error for cell in cells for error in errors(cell)] == []
    # nbgrader counts anything on stderr in a test cell as a failure.
    noisy = [cell.id for cell in cells if any(out.get("name") == "stderr" for out in cell.outputs)]
    assert noisy == []


@pytest.mark.slow
@every_notebook
def test_every_picture_is_drawn(name: str, solved: Solved) -> None:
    drawn = [
        cell
        for cell in solved(name)
        if any("image/png" in out.get("data", {}) for out in cell.outputs)
    ]
    pictures = {cell.id for cell in solved(name) if cell.id.startswith("picture-")}
    assert pictures
    assert pictures <= {cell.id for cell in drawn}
    # Also those that an answer of the learner's draws.
    assert [cell.id for cell in drawn if len(cell.metadata.get("alt", "")) <= 60] == []


@pytest.mark.slow
def test_the_lesson_shows(solved: Solved) -> None:
    (story,) = (cell for cell in solved("frozen_embedding") if cell.id == "story-test")
    text = "".join(out.text for out in story.outputs)
    found = re.search(r"with GloVe ([\d.]+), from scratch ([\d.]+)", text)
    assert found is not None
    with_glove, from_scratch = map(float, found.groups())
    assert with_glove >= from_scratch + 0.12


@pytest.mark.slow
def test_the_learned_vectors_part_praise_from_blame(solved: Solved) -> None:
    said = {
        cell.id: "".join(out.get("text", "") for out in cell.outputs)
        for cell in solved("learned_embedding")
    }
    found = re.search(r"validation accuracy ([\d.]+)", said["story-train"])
    assert found is not None
    assert float(found[1]) >= 0.8
    assert "the layer and your lookup agree: True" in said["story-lookup"]
    lines = re.findall(r"^(\w+) +(before|after) +(.+)$", said["story-neighbours"], re.MULTILINE)
    signs = polarities()
    for word in ("wonderful", "boring"):
        alike = {
            when: [signs.get(near) for near in words.split(", ")].count(signs[word])
            for of, when, words in lines
            if of == word
        }
        assert alike["after"] >= 4 > alike["before"], alike


@pytest.mark.slow
def test_learned_vectors_catch_up(solved: Solved) -> None:
    (story,) = (cell for cell in solved("data_size") if cell.id == "story-catches-up")
    text = "".join(out.text for out in story.outputs)
    pairs = re.findall(r"frozen ([\d.]+), learned ([\d.]+)", text)
    ahead = [float(frozen) - float(learned) for frozen, learned in pairs]
    assert len(ahead) == 4
    assert ahead[1] > 0.2, "with 200 reviews the borrowed vectors win by far"
    assert abs(ahead[-1]) < 0.04, "with all of them both do about as well"


@pytest.mark.slow
@every_notebook
def test_release_fails_every_test_cell_and_nothing_given(name: str, tmp_path: Path) -> None:
    for cell in run(released(name), tmp_path, name):
        if kind(cell) == "test":
            unsolved = "NameError" if cell.id == "test-whole-chain" else "NotImplementedError"
            assert [error.split(": ")[1] for error in errors(cell)] == [unsolved]
        elif not cell.id.startswith(("story-", "picture-")):
            assert errors(cell) == []
