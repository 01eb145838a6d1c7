"""The kernelspec ``glovebox``: Jupyter's own tools get the box by configuration alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from glovebox.launch import LaunchError
from glovebox.sandbox import provisioner

TIME = 60.0


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a notebook's files; nothing of the kernels may be left when it is done with."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "words.txt").write_text("a b")
    (desk / "answers.ipynb").write_text("{}")
    (desk / ".secret").write_text("s")
    yield desk
    assert not list(scratch.glob("glovebox-*/socket-*"))


def executed(desk: Path, *sources: str, **options: Any) -> list[Any]:
    """The outputs of some cells, run by nbclient."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    settings = {"kernel_name": "glovebox", "resources": {"metadata": {"path": str(desk)}}}
    NotebookClient(notebook, **settings, **options).execute()
    return [cell.outputs for cell in notebook.cells]


def text(outputs: Any) -> str:
    """What a cell printed or gave back."""
    return "".join(one.get("text") or one["data"]["text/plain"] for one in outputs)


def test_nbclient_runs_a_notebook_in_the_box(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "canary")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    found = executed(
        desk,
        "import os, socket\nprint(socket.gethostname())",
        "sorted(name for name in os.listdir() if not name.startswith('.i'))",
        "open('words.txt').read()",
        "repr(dict(os.environ))",
    )
    name, files, words, environment = map(text, found)
    assert name == "glovebox\n"
    assert files == "['.matplotlib', 'words.txt']"
    assert words == "'a b'"
    assert "canary" not in environment
    assert "'NBGRADER_EXECUTION': 'autograde'" in environment


@pytest.mark.slow
def test_a_cell_that_takes_too_long_is_interrupted(desk: Path) -> None:
    with pytest.raises(CellTimeoutError):
        executed(desk, "while True: pass", timeout=1)
    stopped, after = executed(
        desk, "while True: pass", "6 * 7", timeout=1, interrupt_on_timeout=True, allow_errors=True
    )
    # On a busy machine it may be interrupted before its own first line runs; IPython prints that.
    assert "KeyboardInterrupt" in stopped[-1].get("ename", stopped[-1].get("text", ""))
    assert text(after) == "42"


def test_a_kernel_that_ends_itself_is_noticed(desk: Path) -> None:
    with pytest.raises(DeadKernelError):
        executed(desk, "import os\nos._exit(3)")


@pytest.mark.slow
def test_a_restarted_kernel_is_found_at_the_same_place(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    manager = KernelManager(kernel_name="glovebox")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(TIME)
        before = manager.get_connection_info()
        client.execute("x = 1", reply=True, timeout=TIME)
        manager.restart_kernel(now=True)
        client.wait_for_ready(TIME)
        assert manager.get_connection_info() == before
        reply = client.execute("x", reply=True, timeout=TIME)
        assert reply["content"]["ename"] == "NameError"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert not manager.has_kernel


def test_without_a_box_there_is_no_kernel(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: Any) -> None:
        raise LaunchError("no sandbox: unshare: not permitted")

    monkeypatch.setattr(provisioner, "launch_boxed", refused)
    with pytest.raises(LaunchError, match="no sandbox"):
        executed(desk, "1 + 1")


@pytest.mark.slow
def test_nbconvert_executes_in_the_box(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cell = new_code_cell("import socket\nsocket.gethostname()")
    nbformat.write(new_notebook(cells=[cell]), desk / "where.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--stdout"]
    done = subprocess.run(
        [*command, "--ExecutePreprocessor.kernel_name=glovebox", "where.ipynb"],
        cwd=desk,
        env={"PATH": os.defpath, "HOME": str(desk), "TMPDIR": os.environ["TMPDIR"]},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    (cell,) = nbformat.reads(done.stdout, as_version=4).cells
    assert text(cell.outputs) == "'glovebox'"


@pytest.mark.slow
def test_plain_nbgrader_grades_in_the_box(desk: Path, tiny_source: bytes) -> None:
    """Its own checks inside the kernel, as in a course that does not grade with glovebox."""
    (desk / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'plain'\n"
        "c.Execute.kernel_name = 'glovebox'\n"
    )
    for folder in ("source/tiny", "submitted/alice/tiny"):
        (desk / folder).mkdir(parents=True)
        where = tiny_source.replace(b"LIMIT = 10", b"import socket; print(socket.gethostname())")
        (desk / folder / "tiny.ipynb").write_bytes(where)
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
        "HOME": str(desk),
        "TMPDIR": os.environ["TMPDIR"],
    }
    for command in ("generate_assignment", "autograde"):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", command, "tiny"],
            cwd=desk,
            env=environment,
            capture_output=True,
            timeout=300,
            check=True,
        )
    graded = nbformat.read(desk / "autograded/alice/tiny/tiny.ipynb", as_version=4)
    assert text(graded.cells[1].outputs) == "glovebox\n"
