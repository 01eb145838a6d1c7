"""Control groups: what they limit, and that none is left."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from glovebox.limits import Limits
from glovebox.sandbox import group
from glovebox.sandbox.group import Controller, controller, enter
from glovebox.session import Session

MIB = 1 << 20


@pytest.fixture(scope="module")
def found() -> Controller:
    """This machine's controller."""
    here = controller()
    if here is None:
        pytest.skip("no control group for memory can be made here; it takes root")
    return here


def in_a_child(work: Callable[[], object]) -> int:
    """Call a function in a forked process; its exit code, negative for a signal."""
    pid = os.fork()
    if pid == 0:
        status = 3
        try:
            status = int(bool(work()))
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_what_is_forked_in_a_group_cannot_take_more(found: Controller) -> None:
    def keeper() -> bool:
        entered = enter(found, 64 * MIB)
        Path("/proc/self/oom_score_adj").write_text("0")

        def greedy() -> None:
            Path("/proc/self/oom_score_adj").write_text("1000")
            bytearray(os.urandom(MIB)) * 300

        modest = in_a_child(lambda: len(bytearray(os.urandom(MIB))) == MIB)
        calm = entered.ended_one
        killed = in_a_child(greedy)
        noticed = entered.ended_one
        entered.leave()
        left = entered._folder.exists()
        return (modest, calm, killed, noticed, left) == (1, False, -signal.SIGKILL, True, False)

    assert in_a_child(keeper) == 1


def test_what_killed_keepers_left_is_removed(found: Controller) -> None:
    (found.root / "glovebox-left").mkdir()
    assert in_a_child(lambda: enter(found, 64 * MIB).leave()) == 0
    assert not (found.root / "glovebox-left").exists()


def test_without_a_controller_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(
        f"cgroup {tmp_path} cgroup rw,cpu 0 0\ncgroup {tmp_path}/none cgroup rw,memory 0 0\n"
    )
    monkeypatch.setattr(group, "_MOUNTS", tmp_path / "mounts")
    assert controller() is None


def test_each_kernel_has_a_group_as_long_as_it_lives(found: Controller) -> None:
    session = Session(Limits(), {})
    session.start()
    ours = {str(process.pid) for process in psutil.Process().children(recursive=True)}
    # Those of other tests may come and go meanwhile.
    members = {}
    for folder in found.root.glob("glovebox-*"):
        with contextlib.suppress(OSError):
            members[folder] = set((folder / "cgroup.procs").read_text().split())
    (folder,) = (folder for folder, pids in members.items() if pids & ours)
    assert 3 << 30 < int((folder / found.limit).read_text()) < 5 << 30
    assert len(members[folder]) >= 3
    session.kill()
    assert not folder.exists()
