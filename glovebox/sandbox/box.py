"""What a kernel's box is made of, as a plain value that travels from a worker to the zygote."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

HOME = "/home/student"
"""The working directory of the kernel; all of its files are in memory and go with it."""
SOCKETS = "/run/kernel"
CONNECTION_FILE = f"{SOCKETS}/connection.json"
SOCKET = f"{SOCKETS}/socket"
"""Jupyter appends the port's number."""


@dataclass(frozen=True)
class Box:
    """Everything that confining one kernel takes.

    Args:
        readable: files and folders that are shown at their own place, read-only.
        hidden: folders within those that are not.
        data: a folder whose content the working directory begins with. Files cannot be changed
            there; folders are copies, which can.
        files: what it shows besides, read-only: relative name to path.
        user_id: whom the kernel runs as; its own for a grader who is not root.
        environment: the kernel's whole environment.
        connection: the content of Jupyter's connection file.
        scratch_bytes: what its files may hold together.
        scratch_files: how many there may be.
        memory_bytes: what all of its processes may use together; of data, each one.
        processes: processes and threads.
        open_files: in one process.
        cpu_seconds: of one process.
    """

    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    data: str
    files: dict[str, str]
    user_id: int
    environment: dict[str, str]
    connection: str
    scratch_bytes: int = 512 << 20
    scratch_files: int = 100_000
    memory_bytes: int = 3 << 30
    processes: int = 256
    open_files: int = 1024
    cpu_seconds: int = 1200

    def to_json(self) -> str:
        """The box as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> Box:
        """A box from what :meth:`to_json` gave."""
        fields = json.loads(text)
        for name in ("readable", "hidden"):
            fields[name] = tuple(fields[name])
        return cls(**fields)
