"""Confines a process in a box, step by step, before any student code is in it.

Two processes take part. The *keeper* stays outside, watches and kills; its child is the first
process of the box, makes the box around itself, and forks the kernel. The order of the steps is
what makes them hold: namespaces before mounts, the old root let go before files are restricted,
rights dropped before the filter that keeps them from coming back.
"""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

from glovebox.sandbox import linux
from glovebox.sandbox.box import HOME, SOCKETS, Box
from glovebox.sandbox.root import build_root

_OWN = (
    linux.CLONE_NEWNS
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
    | linux.CLONE_NEWCGROUP
)
_FILE_BYTES = 256 << 20


def prepare_keeper() -> None:
    """In the keeper: see to it that its next child is the first process of a new box.

    Raises:
        OSError: the machine does not allow it.
    """
    if os.geteuid() == 0:
        linux.unshare(linux.CLONE_NEWPID)
    else:
        _enter_user_namespace(linux.CLONE_NEWPID)


def confine(box: Box, filter_program: bytes) -> None:
    """In the first process of a box: close it. What is forked afterwards is student's.

    Descriptors stay open; the caller closes those that must not be inherited.

    Raises:
        OSError: a layer could not be had; the process must end.
    """
    linux.unshare(_OWN)
    linux.set_hostname(b"glovebox")
    build_root(box)
    if os.geteuid() == 0:
        _become(box.user_id)
    # A change of the user takes this back, so it comes after.
    linux.die_with_parent(signal.SIGKILL)
    _set_limits(box)
    Path("/proc/self/oom_score_adj").write_text("1000")
    linux.drop_capabilities()
    linux.set_no_new_privs()
    linux.restrict_files(["/"], [HOME, "/tmp", "/dev", SOCKETS])
    linux.load_seccomp(filter_program)


def _become(user_id: int) -> None:
    """From root to somebody who owns nothing, in a user namespace where there is nobody else."""
    os.setgroups([])
    os.setresgid(user_id, user_id, user_id)
    os.setresuid(user_id, user_id, user_id)
    linux.set_dumpable(True)
    _enter_user_namespace(0)


def _enter_user_namespace(others: int) -> None:
    user, group = os.getuid(), os.getgid()
    linux.unshare(linux.CLONE_NEWUSER | others)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _set_limits(box: Box) -> None:
    # Set inside the user namespace, so that only the processes of this box are counted.
    for name, value in {
        "RLIMIT_DATA": box.memory_bytes,
        "RLIMIT_NPROC": box.processes,
        "RLIMIT_NOFILE": box.open_files,
        "RLIMIT_FSIZE": min(_FILE_BYTES, box.scratch_bytes),
        "RLIMIT_CPU": box.cpu_seconds,
        "RLIMIT_CORE": 0,
    }.items():
        resource.setrlimit(getattr(resource, name), (value, value))
