"""Reading a submission folder: plain files only, and whatever notebook was meant."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glovebox.coursefolder import SafeCourseDirectory
from glovebox.parse import MAX_CELLS, clean_text, printable
from glovebox.submission import SubmittedNotebook, parse_notebook, read_submission

KNOWN = frozenset({"double", "test-double", "mean", "test-mean"})


def read(folder: Path, **options: int) -> SubmittedNotebook:
    return read_submission(folder, "tiny", KNOWN, **options)


def kinds(found: SubmittedNotebook) -> list[str]:
    return [oddity.kind for oddity in found.oddities]


def test_plain_notebook_is_read_without_remark(tmp_path: Path, handed_in: Any) -> None:
    content = json.dumps(handed_in).encode()
    (tmp_path / "tiny.ipynb").write_bytes(content)
    (tmp_path / "notes.txt").write_text("mine")
    assert read(tmp_path) == SubmittedNotebook("tiny", content)


def test_a_link_is_not_followed(tmp_path: Path, handed_in: Any) -> None:
    folder = tmp_path / "alice"
    folder.mkdir()
    (tmp_path / "bob.ipynb").write_text(json.dumps(handed_in))
    (folder / "tiny.ipynb").symlink_to("../bob.ipynb")
    (folder / "other.ipynb").symlink_to("../bob.ipynb")
    found = read(folder)
    assert found.content is None
    assert kinds(found) == ["missing-notebook"]
    assert "symbolic link" in found.oddities[0].message
    assert found.oddities[0].review


def test_a_linked_folder_is_not_followed(tmp_path: Path, handed_in: Any) -> None:
    bob = tmp_path / "bob"
    bob.mkdir()
    (bob / "tiny.ipynb").write_text(json.dumps(handed_in))
    (tmp_path / "alice").symlink_to(bob)
    assert read(tmp_path / "alice").content is None
    inner = tmp_path / "carol"
    inner.mkdir()
    (inner / "sub").symlink_to(bob)
    assert read(inner).content is None


@pytest.mark.parametrize("kind", ["folder", "fifo", "dangling", "absent", "no folder"])
def test_what_is_no_file_is_reported(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "tiny.ipynb"
    if kind == "folder":
        target.mkdir()
    elif kind == "fifo":
        os.mkfifo(target)
    elif kind == "dangling":
        target.symlink_to("nowhere")
    found = read(tmp_path / "nowhere" if kind == "no folder" else tmp_path)
    assert found.content is None
    assert kinds(found) == ["missing-notebook"]


def test_an_enormous_notebook_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "tiny.ipynb").open("wb") as file:
        file.truncate(60_000_000)
    found = read(tmp_path)
    assert found.content is None
    assert "larger than 50 MB" in found.oddities[0].message


def test_a_notebook_inside_a_folder_of_its_name_is_found(tmp_path: Path, handed_in: Any) -> None:
    (tmp_path / "tiny.ipynb").mkdir()
    (tmp_path / "tiny.ipynb" / "tiny.ipynb").write_text(json.dumps(handed_in))
    found = read(tmp_path)
    assert found.content is not None
    assert kinds(found) == ["renamed"]


def test_the_renamed_notebook_with_most_of_our_cells_is_taken(
    tmp_path: Path, handed_in: Any
) -> None:
    full = json.dumps(handed_in).encode()
    handed_in["cells"] = handed_in["cells"][:5]
    (tmp_path / "tiny old.ipynb").write_text(json.dumps(handed_in))
    (tmp_path / "tiny (1).ipynb").write_bytes(full)
    (tmp_path / "tiny (2).ipynb.txt").write_bytes(full)
    (tmp_path / "unrelated.ipynb").write_text('{"cells": []}')
    found = read(tmp_path)
    assert found.content == full
    assert kinds(found) == ["renamed"]
    assert '"tiny (2).ipynb.txt", the best match of 3,' in found.oddities[0].message
    assert found.oddities[0].review


def test_a_single_renamed_notebook_needs_no_review(tmp_path: Path, handed_in: Any) -> None:
    (tmp_path / "Tiny.IPYNB").write_text(json.dumps(handed_in))
    found = read(tmp_path)
    assert found.content is not None
    assert [oddity.review for oddity in found.oddities] == [False]


def test_an_empty_notebook_gives_way_to_the_copy_with_the_work(
    tmp_path: Path, handed_in: Any
) -> None:
    (tmp_path / "tiny.ipynb").write_bytes(b"")
    (tmp_path / "copy.ipynb").write_text(json.dumps(handed_in))
    found = read(tmp_path)
    assert found.content == (tmp_path / "copy.ipynb").read_bytes()
    assert "holds none of our cells" in found.oddities[0].message


def test_a_second_notebook_with_our_cells_is_mentioned(tmp_path: Path, handed_in: Any) -> None:
    for name in ("tiny.ipynb", "tiny-Copy1.ipynb"):
        (tmp_path / name).write_text(json.dumps(handed_in))
    found = read(tmp_path)
    assert found.content is not None
    assert kinds(found) == ["other-notebook"]


def test_a_lone_notebook_without_labels_is_taken_and_reviewed(tmp_path: Path) -> None:
    (tmp_path / "Untitled.ipynb").write_text('{"cells": []}')
    found = read(tmp_path)
    assert found.content is not None
    assert found.oddities[0].review


def test_hidden_and_unreadable_files_do_not_count(tmp_path: Path, handed_in: Any) -> None:
    checkpoints = tmp_path / ".ipynb_checkpoints"
    checkpoints.mkdir()
    (checkpoints / "tiny-checkpoint.ipynb").write_text(json.dumps(handed_in))
    (tmp_path / "._tiny.ipynb").write_bytes(b"\0\5\26\7")
    assert read(tmp_path).content is None


def test_file_names_cannot_disturb_a_terminal(tmp_path: Path, handed_in: Any) -> None:
    (tmp_path / "a\x1b[31m\n.ipynb").write_text(json.dumps(handed_in))
    message = read(tmp_path).oddities[0].message
    assert message.isprintable()
    assert len(printable("x" * 500)) == 80


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [("utf-8", False), ("utf-8-sig", True), ("utf-16", True), ("utf-32-le", True)],
)
def test_unicode_encodings_are_read(handed_in: Any, encoding: str, reported: bool) -> None:
    handed_in["cells"][3]["source"] = "def double(x):\n    return 'naïve €'"
    notebook, oddities = parse_notebook(json.dumps(handed_in, ensure_ascii=False).encode(encoding))
    assert notebook is not None
    assert "naïve €" in notebook.cells[3].source
    assert [oddity.kind for oddity in oddities] == ["encoding"] * reported


def test_latin_1_and_damaged_utf_8_are_told_apart() -> None:
    latin, _ = parse_notebook('{"cells": [{"source": "naïve café"}]}'.encode("latin-1"))
    damaged, _ = parse_notebook(b'{"cells": [{"source": "na\xc3\xafve caf\xc3\xa9 \xff"}]}')
    assert latin is not None
    assert latin.cells[0].source == "naïve café"
    assert damaged is not None
    assert damaged.cells[0].source == "naïve café �"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"not json",
        b'{"cells": [{"source": "x"}',
        b"[1, 2]",
        b"null",
        b"{}",
        b'{"cells": 7}',
        b'{"cells": "x"}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"cells": [], "n": ' + b"9" * 5_000 + b"}",
        b"\xff\xfe\x00",
        b"<<<<<<< HEAD\n{}\n=======",
    ],
)
def test_no_notebook_is_said_and_reviewed(content: bytes) -> None:
    notebook, oddities = parse_notebook(content)
    assert notebook is None
    assert oddities[-1].kind == "unreadable"
    assert oddities[-1].review


def test_damaged_cells_keep_what_can_be_read() -> None:
    cells = [
        {"cell_type": "code", "source": ["a = 1\n", 7, "b = 2"]},
        {"cell_type": "code", "source": {"no": "text"}, "metadata": []},
        {"cell_type": ["code"], "source": "c", "outputs": float("nan")},
        {"source": "d\0e\r\nf", "metadata": {"nbgrader": {"grade_id": 7, "points": {"a": 1}}}},
        {"cell_type": "markdown", "metadata": {"nbgrader": "x"}},
        "no cell",
        {"cell_type": "code", "source": "fine", "metadata": None},
    ]
    notebook, oddities = parse_notebook(json.dumps({"nbformat": 4, "cells": cells}).encode())
    assert notebook is not None
    sources = [cell.source for cell in notebook.cells]
    assert sources == ["a = 1\nb = 2", "", "c", "de\nf", "", "fine"]
    assert [cell.cell_type for cell in notebook.cells][:3] == ["code", "code", "code"]
    assert [oddity.message for oddity in oddities] == [
        "6 cells were damaged; what could be read was kept."
    ]


def test_notebook_format_3_is_converted() -> None:
    worksheet = {
        "cells": [
            {"cell_type": "heading", "level": 2, "source": ["Title"]},
            {"cell_type": "code", "input": "x = 1", "language": "python", "prompt_number": 3},
            {"cell_type": "markdown", "source": "text", "metadata": {}},
        ]
    }
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [worksheet]}
    notebook, oddities = parse_notebook(json.dumps(old).encode())
    assert notebook is not None
    assert [(c.cell_type, c.source) for c in notebook.cells] == [
        ("markdown", "## Title"),
        ("code", "x = 1"),
        ("markdown", "text"),
    ]
    assert [oddity.kind for oddity in oddities] == ["nbformat"]


def test_a_flood_of_cells_is_cut() -> None:
    cells = [{"cell_type": "code", "source": "1"}] * (MAX_CELLS + 5)
    notebook, oddities = parse_notebook(json.dumps({"nbformat": 4, "cells": cells}).encode())
    assert notebook is not None
    assert len(notebook.cells) == MAX_CELLS
    assert [(oddity.kind, oddity.review) for oddity in oddities] == [("too-many-cells", True)]


def test_outputs_tags_and_widgets_are_left_behind(handed_in: Any) -> None:
    handed_in["metadata"]["widgets"] = {"state": "x" * 1000}
    handed_in["cells"][3]["outputs"] = [{"output_type": "stream", "text": "x" * 1000}]
    handed_in["cells"][3]["metadata"]["tags"] = ["skip-execution"]
    notebook, oddities = parse_notebook(json.dumps(handed_in).encode())
    assert oddities == ()
    assert "xxx" not in json.dumps(notebook)
    assert "skip" not in json.dumps(notebook)


def test_only_pictures_stay_attached() -> None:
    attachments = {
        "photo.png": {"image/png": "iVBORw0KGgo="},
        "bad.png": {"image/png": '"><script>'},
        "page": {"text/html": "PGI+"},
        "vector.svg": {"image/svg+xml": "PGI+"},
    }
    cells = [{"cell_type": "markdown", "source": "x", "attachments": attachments}]
    notebook, _ = parse_notebook(json.dumps({"nbformat": 4, "cells": cells}).encode())
    assert notebook is not None
    assert notebook.cells[0].attachments == {"photo.png": {"image/png": "iVBORw0KGgo="}}


def test_clean_text_can_always_be_stored() -> None:
    assert clean_text("a\r\nb\rc\0\ud800") == "a\nb\nc?"


@given(st.binary(max_size=300))
def test_any_bytes_are_parsed_without_raising(content: bytes) -> None:
    parse_notebook(content)


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "source", "metadata", "nbgrader", "grade_id", "cell_type", "id"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(VALUES, VALUES, VALUES)
def test_any_json_is_parsed_without_raising(cells: Any, metadata: Any, nbformat: Any) -> None:
    data = {"cells": cells, "metadata": metadata, "nbformat": nbformat, "worksheets": cells}
    notebook, _ = parse_notebook(json.dumps(data).encode())
    if notebook is not None:
        json.dumps(notebook).encode("utf-8")


def test_a_folder_that_no_gradebook_can_name_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for student in ("ann", "b\nob"):
        (tmp_path / "submitted" / student / "tiny").mkdir(parents=True)
    course = SafeCourseDirectory(root=str(tmp_path), assignment_id="tiny")
    course.log.propagate = True
    assert [folder.student for folder in course.submissions()] == ["ann"]
    assert "b\\nob/tiny' is passed over: its name holds a line break" in caplog.text
