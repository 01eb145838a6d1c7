"""Tries, from inside a box, what each layer of it is to prevent."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glovebox import wire
from glovebox.limits import Limits
from glovebox.session import KernelDied, Session

_TIME = 30.0
_INSIDE = """
import os, socket

def seen():
    return sorted(name for name in os.listdir('/') if not name.startswith('.'))

def reads(path):
    try:
        return open(path).read()
    except OSError as error:
        return error.strerror

def processes():
    return [name for name in os.listdir('/proc') if name.isdigit()]

def network():
    try:
        return str(socket.socket(socket.AF_INET))
    except OSError as error:
        return error.strerror

def status():
    lines = open('/proc/self/status').read().splitlines()
    return {name: text.strip() for name, _, text in (line.partition(':') for line in lines)}

def user():
    return os.getuid()

def room():
    return os.statvfs('.').f_blocks * os.statvfs('.').f_frsize
"""
Ask = Callable[..., Any]


class NoSandbox(Exception):
    """No box can be had on this machine; the sentences say why, and what may help."""


@dataclass(frozen=True)
class Layer:
    """One layer of the box: whether it held, and what was found."""

    name: str
    holds: bool
    finding: str


def probe() -> Iterator[Layer]:
    """Start a kernel in a box and look at what it can do.

    Raises:
        NoSandbox: there is none.
    """
    session = Session(Limits(startup=_TIME), {})
    try:
        session.start()
        session.execute(_INSIDE, _TIME)

        def ask(name: str, *arguments: Any) -> Any:
            call = wire.encode(("call", name, list(arguments), {}))
            kind, value = wire.decode(session.ask(call, _TIME))[:2]
            return value if kind == "value" else kind

        for name, look in _LAYERS.items():
            yield Layer(name, *look(ask))
    except KernelDied as error:
        raise NoSandbox(f"{error.args[0]}. {_advice(str(error))}") from error
    finally:
        session.kill()


def _files(ask: Ask) -> tuple[bool, str]:
    with tempfile.NamedTemporaryFile("w") as secret:
        secret.write("secret")
        secret.flush()
        found = ask("reads", secret.name)
    return found != "secret", f"of this machine it sees {', '.join(ask('seen'))}, read-only"


def _processes(ask: Ask) -> tuple[bool, str]:
    number = len(ask("processes"))
    return number <= 2, f"it sees {number} processes, its own"


def _network(ask: Ask) -> tuple[bool, str]:
    found = str(ask("network"))
    return "socket.socket" not in found, f"opening a connection: {found}"


def _rights(ask: Ask) -> tuple[bool, str]:
    status = ask("status")
    capabilities = [int(status[name], 16) for name in ("CapEff", "CapPrm", "CapBnd")]
    holds = not any(capabilities) and status["NoNewPrivs"] == "1"
    user = ask("user")
    if os.geteuid() == 0:
        return holds and user > 1 << 20, f"user {user}, who owns nothing, without capabilities"
    return holds, f"your user id, without capabilities in a namespace of its own (user {user})"


def _calls(ask: Ask) -> tuple[bool, str]:
    mode = ask("status").get("Seccomp")
    return mode == "2", "system calls that are not listed do not exist" if mode == "2" else "none"


def _room(ask: Ask) -> tuple[bool, str]:
    room = int(ask("room"))
    return room <= 1 << 30, f"its files are in memory, {room >> 20} MiB at most"


_LAYERS: dict[str, Callable[[Ask], tuple[bool, str]]] = {
    "files": _files,
    "processes": _processes,
    "network": _network,
    "rights": _rights,
    "calls": _calls,
    "room": _room,
}


def _advice(error: str) -> str:
    """What is likely to help, by what went wrong."""
    if "libseccomp" in error:
        return "Install libseccomp (Debian, Ubuntu: apt install libseccomp2)."
    if "unshare" in error or "uid_map" in error or "mount" in error:
        restricted = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
        if restricted.exists() and restricted.read_text().strip() == "1":
            return "Allow it: sysctl kernel.apparmor_restrict_unprivileged_userns=0."
        return (
            "This machine does not let you make namespaces: sysctl user.max_user_namespaces must "
            "not be 0, and a container needs --security-opt seccomp=unconfined and the like."
        )
    return "With --no-sandbox student code can do whatever you can."
