"""The few system calls that Python does not offer, through the C library.

Numbers of calls that have no wrapper there are the same on all architectures, as all newer than
Linux 5.1 are. Constants are those of the kernel's headers; the manual pages of section 2 explain
them under the same names.
"""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)

CLONE_NEWNS = 0x0002_0000
CLONE_NEWCGROUP = 0x0200_0000
CLONE_NEWUTS = 0x0400_0000
CLONE_NEWIPC = 0x0800_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 0x20, 0x1000, 0x4000, 0x4_0000

_MNT_DETACH = 2
_AT_FDCWD, _AT_RECURSIVE = -100, 0x8000
_MOUNT_ATTR_RDONLY, _MOUNT_ATTR_NOSUID, _MOUNT_ATTR_NODEV = 1, 2, 4
_SYS_MOUNT_SETATTR = 442

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_SECCOMP, _PR_CAPBSET_DROP = 1, 4, 22, 24
_PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 38, 47, 4
_SECCOMP_MODE_FILTER = 2
_LINUX_CAPABILITY_VERSION_3 = 0x2008_0522

_SYS_LANDLOCK_CREATE, _SYS_LANDLOCK_ADD, _SYS_LANDLOCK_RESTRICT = 444, 445, 446
_LANDLOCK_CREATE_RULESET_VERSION, _LANDLOCK_RULE_PATH_BENEATH = 1, 1
_LANDLOCK_READ = 0b1101
"""Execute, read a file, list a folder."""
_LANDLOCK_FILE = 0xC007
"""What can be allowed on a file: execute, write, read, truncate, ioctl."""
_LANDLOCK_FILES = {1: 0x1FFF, 2: 0x3FFF, 3: 0x7FFF, 4: 0x7FFF, 5: 0xFFFF}
"""Everything that a version of Landlock knows to restrict about files."""


def _check(result: int, what: str) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{what}: {os.strerror(code)}")
    return result


def _text(value: str | None) -> bytes | None:
    return None if value is None else os.fsencode(value)


def _prctl(option: int, argument: int = 0, what: str = "") -> None:
    zero = ctypes.c_ulong(0)
    _check(_libc.prctl(option, ctypes.c_ulong(argument), zero, zero, zero), what or "prctl")


def unshare(namespaces: int) -> None:
    """Give this process (NEWPID: its next child) namespaces of its own.

    Raises:
        OSError: the machine does not allow it.
    """
    _check(_libc.unshare(namespaces), "unshare")


def mount(source: str | None, target: str, kind: str | None, flags: int, data: str = "") -> None:
    """Mount something; raises OSError with the target in its text."""
    arguments = _text(source), _text(target), _text(kind), ctypes.c_ulong(flags), _text(data)
    _check(_libc.mount(*arguments), f"mount {source or kind} at {target}")


def bind(source: str, target: str) -> None:
    """Show a file or a whole tree at another place, read-only, without set-uid and devices."""
    mount(source, target, None, MS_BIND | MS_REC)
    attributes = _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID | _MOUNT_ATTR_NODEV
    packed = ctypes.create_string_buffer(struct.pack("4Q", attributes, 0, 0, 0))
    arguments = _AT_FDCWD, _text(target), _AT_RECURSIVE, packed, ctypes.c_size_t(32)
    call = _libc.syscall(ctypes.c_long(_SYS_MOUNT_SETATTR), *arguments)
    _check(call, f"mount_setattr {target}")


def pivot_into(folder: str) -> None:
    """Make a mounted folder the root, and let go of everything outside it."""
    os.chdir(folder)
    _check(_libc.pivot_root(b".", b"."), "pivot_root")
    _check(_libc.umount2(b".", _MNT_DETACH), "umount of the old root")
    os.chdir("/")


def unmount(target: str) -> None:
    """Take a mount away from its place; what is bound elsewhere stays there."""
    _check(_libc.umount2(_text(target), _MNT_DETACH), f"umount {target}")


def set_hostname(name: bytes) -> None:
    """The name of the machine in this UTS namespace."""
    _check(_libc.sethostname(name, len(name)), "sethostname")


def die_with_parent(signal: int) -> None:
    """Have a signal sent to this process when the *thread* that forked it ends."""
    _prctl(_PR_SET_PDEATHSIG, signal, "PR_SET_PDEATHSIG")


def set_dumpable(dumpable: bool) -> None:
    """Whether others with the same user id may look into this process (and it at its own maps)."""
    _prctl(_PR_SET_DUMPABLE, int(dumpable), "PR_SET_DUMPABLE")


def drop_capabilities() -> None:
    """Give up every capability, and the means to get one again."""
    last = int(Path("/proc/sys/kernel/cap_last_cap").read_text())
    for capability in range(last + 1):
        _prctl(_PR_CAPBSET_DROP, capability, "PR_CAPBSET_DROP")
    _prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, "PR_CAP_AMBIENT_CLEAR_ALL")
    header = ctypes.create_string_buffer(struct.pack("Ii", _LINUX_CAPABILITY_VERSION_3, 0))
    _check(_libc.capset(header, ctypes.create_string_buffer(24)), "capset")


def set_no_new_privs() -> None:
    """From here on no program that is executed can gain rights."""
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, "PR_SET_NO_NEW_PRIVS")


class _SockFprog(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def load_seccomp(program: bytes) -> None:
    """Install a filter of system calls for this process and all that it forks.

    Args:
        program: instructions of classic BPF, eight bytes each.
    """
    instructions = ctypes.create_string_buffer(program, len(program))
    header = _SockFprog(len(program) // 8, ctypes.addressof(instructions))
    mode = ctypes.c_ulong(_SECCOMP_MODE_FILTER)
    _check(_libc.prctl(_PR_SET_SECCOMP, mode, ctypes.byref(header)), "PR_SET_SECCOMP")


def landlock_version() -> int:
    """The version of Landlock that the kernel has; 0 if none."""
    version: int = _libc.syscall(
        ctypes.c_long(_SYS_LANDLOCK_CREATE),
        None,
        ctypes.c_size_t(0),
        ctypes.c_uint(_LANDLOCK_CREATE_RULESET_VERSION),
    )
    return max(version, 0)


def restrict_files(readable: list[str], writable: list[str]) -> bool:
    """Restrict this process and all that it forks to some files with Landlock (needs no rights).

    From version 4 on no TCP port can be used either, and from version 6 on no abstract socket and
    no process outside can be reached.

    Returns:
        False where the kernel has no Landlock.
    """
    version = landlock_version()
    if version == 0:
        return False
    everything = _LANDLOCK_FILES[min(version, max(_LANDLOCK_FILES))]
    fields = [everything, 3 if version >= 4 else 0, 3 if version >= 6 else 0]
    size = 8 if version < 4 else 16 if version < 6 else 24
    attributes = ctypes.create_string_buffer(struct.pack("3Q", *fields), 24)
    rules = _check(
        _libc.syscall(
            ctypes.c_long(_SYS_LANDLOCK_CREATE),
            attributes,
            ctypes.c_size_t(size),
            ctypes.c_uint(0),
        ),
        "landlock_create_ruleset",
    )
    for paths, rights in ((readable, _LANDLOCK_READ), (writable, everything)):
        for path in paths:
            _allow(rules, path, rights, everything)
    call = _libc.syscall(ctypes.c_long(_SYS_LANDLOCK_RESTRICT), rules, ctypes.c_uint(0))
    _check(call, "landlock_restrict_self")
    os.close(rules)
    return True


def _allow(rules: int, path: str, rights: int, everything: int) -> None:
    descriptor = os.open(path, os.O_PATH)
    if not Path(path).is_dir():
        rights &= _LANDLOCK_FILE & everything
    rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor), 12)
    call = _libc.syscall(
        ctypes.c_long(_SYS_LANDLOCK_ADD),
        rules,
        ctypes.c_uint(_LANDLOCK_RULE_PATH_BENEATH),
        rule,
        ctypes.c_uint(0),
    )
    os.close(descriptor)
    _check(call, f"landlock_add_rule {path}")
