"""A root of the kernel's own: what it may see, read-only, and a little memory to write to."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import glovebox
from glovebox.sandbox import linux
from glovebox.sandbox.box import CONNECTION_FILE, HOME, SOCKETS, Box

_BUILT_AT = "/sys"
"""Covered while the root is built: every Linux has it, and nothing that a kernel needs is there."""

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = ("/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")
_PACKAGE = str(Path(glovebox.__file__).parent)
"""That of the zygote, from which its kernels import; the grader may run from another folder's."""
# Not zero: shared mappings of it are memory that no limit counts.
_DEVICES = ("null", "full", "random", "urandom")
_STREAMS = {"fd": "", "stdin": "/0", "stdout": "/1", "stderr": "/2"}
_QUIET = linux.MS_NOSUID | linux.MS_NODEV
_SOCKET_FILES = 32
_TERMINALS = 64
"""The machine's number of them is limited, too."""


def build_root(box: Box) -> None:
    """Make the private root and enter it; afterwards nothing else of the machine can be reached.

    Runs in fresh mount and process namespaces, with the right to mount.

    Raises:
        OSError: something could not be mounted.
    """
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", _BUILT_AT, "tmpfs", _QUIET, "size=4m,mode=0755")
    for path in _SYSTEM:
        _show_system(path)
    # Before what is shown: an installation may lie below a folder that is the kernel's own here.
    _make_scratch(box)
    for path in (*_SETTINGS, *box.readable, _PACKAGE):
        if Path(path).exists():
            _show(path, path)
    for path in box.hidden:
        if _inside(path).is_dir():
            linux.mount("tmpfs", str(_inside(path)), "tmpfs", _QUIET | linux.MS_RDONLY, "size=4k")
    _make_devices()
    _make_identity(box)
    folder = _folder("/proc")
    linux.mount("proc", folder, "proc", _QUIET | linux.MS_NOEXEC)
    linux.pivot_into(_BUILT_AT)
    flags = linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | _QUIET
    linux.mount(None, "/", None, flags)
    os.chdir(HOME)


def _inside(path: str) -> Path:
    return Path(_BUILT_AT + path)


def _folder(path: str) -> str:
    _inside(path).mkdir(parents=True, exist_ok=True)
    return str(_inside(path))


def _show(source: str, path: str) -> None:
    """Show a file or folder of the machine, read-only, at a path of the new root."""
    if Path(source).is_dir():
        _folder(path)
    else:
        _folder(str(Path(path).parent))
        _inside(path).touch()
    linux.bind(source, str(_inside(path)))


def _show_system(path: str) -> None:
    # On today's systems all but /usr are links into it.
    if Path(path).is_symlink():
        _inside(path).symlink_to(Path(path).readlink())
    elif Path(path).is_dir():
        _show(path, path)


def _make_devices() -> None:
    for name in _DEVICES:
        _folder("/dev")
        _inside(f"/dev/{name}").touch()
        linux.mount(f"/dev/{name}", str(_inside(f"/dev/{name}")), None, linux.MS_BIND)
    for name, end in _STREAMS.items():
        _inside(f"/dev/{name}").symlink_to(f"/proc/self/fd{end}")
    # IPython's `!command` needs a terminal.
    options = f"newinstance,ptmxmode=0666,mode=620,max={_TERMINALS}"
    linux.mount("devpts", _folder("/dev/pts"), "devpts", linux.MS_NOSUID | linux.MS_NOEXEC, options)
    _inside("/dev/ptmx").symlink_to("pts/ptmx")


def _make_scratch(box: Box) -> None:
    """One piece of memory for all files the kernel writes, and one for its sockets."""
    owner = f"uid={box.user_id},gid={box.user_id},mode=0700"
    size = f"size={box.scratch_bytes},nr_inodes={box.scratch_files}"
    pool = _folder("/.scratch")
    linux.mount("tmpfs", pool, "tmpfs", _QUIET, f"{owner},{size}")
    for number, path in enumerate((HOME, "/tmp", "/dev/shm")):
        part = Path(pool, str(number))
        part.mkdir(mode=0o700)
        os.chown(part, box.user_id, box.user_id)
        linux.mount(str(part), _folder(path), None, linux.MS_BIND)
    linux.unmount(pool)
    for entry in os.scandir(box.data):
        place = _inside(f"{HOME}/{entry.name}")
        if entry.is_dir():
            # As it may hold thousands of files, each of which would be a mount of its own.
            shutil.copytree(entry.path, place, symlinks=True)
            for copied in (place, *place.rglob("*")):
                os.chown(copied, box.user_id, box.user_id, follow_symlinks=False)
        else:
            _show(entry.path, f"{HOME}/{entry.name}")
    for name, source in box.files.items():
        parent = Path(HOME)
        for step in Path(name).parent.parts:
            parent /= step
            _folder(str(parent))
            os.chown(_inside(str(parent)), box.user_id, box.user_id)
        _show(source, f"{HOME}/{name}")
    size = f"size=64k,nr_inodes={_SOCKET_FILES}"
    linux.mount("tmpfs", _folder(SOCKETS), "tmpfs", _QUIET | linux.MS_NOEXEC, f"{owner},{size}")
    _inside(CONNECTION_FILE).write_text(box.connection)
    os.chown(_inside(CONNECTION_FILE), box.user_id, box.user_id)


def _make_identity(box: Box) -> None:
    # getpass and expanduser look the user up.
    number = box.user_id
    _folder("/etc")
    _inside("/etc/passwd").write_text(f"student:x:{number}:{number}::{HOME}:/bin/sh\n")
    _inside("/etc/group").write_text(f"student:x:{number}:\n")
    _inside("/etc/hosts").write_text("127.0.0.1 localhost\n")
