"""The self-check with real kernels: on this system, as on others, and from within Jupyter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from traitlets.config import Config

from glovebox import magic
from glovebox.limits import Limits
from glovebox.ordinary import OrdinarySession
from glovebox.released import with_copy
from glovebox.selfcheck import check
from glovebox.session import KernelDied
from tests.glovebox.test_platforms import LACKING

LIMITS = Limits(cell=20, grace=30, output_bytes=1_000)
# As test_platforms does it, and without what Windows' own modules lack.
ELSEWHERE = f"""
import nbgrader.apps, psutil, jupyter_client.manager, asyncio
import os, runpy, select, signal, sys
for name in {LACKING!r}:
    sys.modules[name] = None
for module, names in {{
    os: "killpg O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_DIRECTORY geteuid",
    select: "poll", signal: "SIGSTOP",
}}.items():
    for name in names.split():
        delattr(module, name)
import glovebox.launch
glovebox.launch.sys = type("sys", (), {{"platform": "win32"}})
import glovebox.channel
glovebox.channel.socket = type("socket", (), {{}})
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


@pytest.fixture
def session() -> Iterator[OrdinarySession]:
    """A session whose kernel finds one file."""
    with_file = OrdinarySession(LIMITS, {"data/x.txt": b"1"}, ["colorsys", "nosuchmodule"])
    yield with_file
    with_file.kill()


@pytest.fixture
def desk(tmp_path: Path, handed_in: dict[str, Any], tiny_pristine: NotebookNode) -> Path:
    """A folder with a solved notebook that carries a copy of what was released."""
    released = json.loads(with_copy(nbformat.writes(tiny_pristine), "tiny", ["data.txt"]))
    handed_in["metadata"]["glovebox"] = released["metadata"]["glovebox"]
    (tmp_path / "tiny.ipynb").write_text(json.dumps(handed_in))
    (tmp_path / "data.txt").write_text("1")
    return tmp_path


def said(session: OrdinarySession, source: str, timeout: float = 20) -> str:
    return "".join(one.get("text", "") for one in session.execute(source, timeout).outputs)


def test_cells_run_in_one_kernel_in_a_place_of_its_own(
    session: OrdinarySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOVEBOX_DATA", "/somewhere")
    session.start()
    assert said(session, "print(open('data/x.txt').read()); x = 3") == "1\n"
    assert said(session, "import os\nprint(x, os.environ.get('GLOVEBOX_DATA'))") == "3 None\n"
    assert (
        said(session, "import sys\nprint('colorsys' in sys.modules, In[1][:5])") == "True print\n"
    )
    (error,) = session.execute("1 / 0", 20).outputs
    assert error["ename"] == "ZeroDivisionError"
    flood = session.execute("print('x' * 2_000)\n1 / 0", 20)
    assert (flood.output_cut, flood.stop) == (True, "ZeroDivisionError: division by zero")
    assert session.execute("1 + 1", 20).finished
    # Jupyter's own kernel cannot send this.
    assert not session.execute("raise ValueError('\\ud83d')", 20).finished
    (folder,) = said(session, "print(os.getcwd())").split()
    assert os.listdir(folder) == ["data"]  # noqa: PTH208
    session.kill()
    assert not Path(folder).exists()
    assert not session.lost
    assert session.memory > 10 << 20


@pytest.mark.slow
def test_a_kernel_that_hangs_or_ends_is_replaced(session: OrdinarySession) -> None:
    session.start()
    said(session, "import subprocess, sys, time\ncommand = [sys.executable, '-c', 'input()']")
    number = int(said(session, "p = subprocess.Popen(command, stdin=-1)\nprint(p.pid)"))
    assert session.execute("time.sleep(60)", 3).timed_out
    assert said(session, "print(p.pid)") == f"{number}\n"
    stubborn = "while True:\n    try:\n        time.sleep(60)\n    except KeyboardInterrupt: pass"
    session.limits = replace(LIMITS, grace=1)
    with pytest.raises(KernelDied) as died:
        session.execute(stubborn, 3)
    assert died.value.execution.timed_out
    assert not session.lost
    assert not psutil.pid_exists(number) or psutil.Process(number).status() == "zombie"
    session.start()
    with pytest.raises(KernelDied, match="its process ended"):
        session.execute("import os\nos._exit(1)", 20)
    assert session.lost
    with pytest.raises(KernelDied, match="not running"):
        session.execute("1", 1)


def test_a_kernel_that_does_not_start(
    session: OrdinarySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no room")

    for name in ("manager.KernelManager.start_kernel", "launcher.Popen"):
        with monkeypatch.context() as broken:
            broken.setattr(f"jupyter_client.{name}", refuse)
            with pytest.raises(KernelDied, match="the kernel did not start: no room"):
                session.start()
    assert session.lost
    assert not session.alive


def test_nothing_of_the_students_is_changed(desk: Path, handed_in: dict[str, Any]) -> None:
    handed_in["cells"].append(nbformat.v4.new_code_cell("open('data.txt', 'w').write('2')"))
    handed_in["cells"].append(nbformat.v4.new_code_cell("open('new.txt', 'w').write('2')"))
    (desk / "tiny.ipynb").write_text(json.dumps(handed_in))
    before = {path.name: path.read_bytes() for path in desk.iterdir()}
    report = check(desk / "tiny.ipynb")
    assert report.fine, report
    assert {path.name: path.read_bytes() for path in desk.iterdir()} == before


@pytest.mark.slow
def test_a_student_elsewhere_checks(desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, "glovebox", "check", "tiny.ipynb"],
        cwd=desk,
        env={**os.environ, "HOME": str(desk)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 of 3 done." in done.stdout


# --- within Jupyter -------------------------------------------------------------------------------


def test_the_extension_gives_the_magic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.run_line_magic("load_ext", "glovebox")
    assert "check" in shell.magics_manager.magics["line"]


def test_the_magic_finds_the_open_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JPY_SESSION_NAME", "af0b7c1e")  # of a kernel without a notebook
    magic.check("")
    assert "Say it: %check NAME.ipynb" in capsys.readouterr().out
    (tmp_path / "one.ipynb").touch()
    assert magic._open_notebook() == "one.ipynb"
    (tmp_path / "two.ipynb").touch()
    assert magic._open_notebook() == ""
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "two.ipynb"))
    assert magic._open_notebook() == str(tmp_path / "two.ipynb")


@pytest.mark.slow
def test_the_magic_checks(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # as kernels have it
    magic.check(f'"{desk / "tiny.ipynb"}"')
    printed = capsys.readouterr().out
    assert "as it is saved" in printed
    assert "\x1b" not in printed
    assert "3 of 3 done." in printed
