"""How work travels to a worker: as bytes, and what many jobs have in common only once."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any

from glovebox.assignment import AssignmentBundle


class _Pickler(pickle.Pickler):
    """Leaves assignments out and notes which."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.apart: dict[str, AssignmentBundle] = {}

    def persistent_id(self, value: Any) -> str | None:
        if not isinstance(value, AssignmentBundle):
            return None
        self.apart[value.sha256] = value
        return value.sha256


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, find: Callable[[str], AssignmentBundle]) -> None:
        super().__init__(file)
        self._find = find

    def persistent_load(self, digest: str) -> AssignmentBundle:
        return self._find(digest)


def pack(work: object) -> tuple[bytes, dict[str, AssignmentBundle]]:
    """Work as bytes, and the assignments in it, by digest, which travel apart from it."""
    file = io.BytesIO()
    pickler = _Pickler(file)
    pickler.dump(work)
    return file.getvalue(), pickler.apart


def unpack(packed: bytes, find: Callable[[str], AssignmentBundle]) -> Any:
    """The work that :func:`pack` packed, from a trusted sender, as with every pickle.

    ``find`` gives the assignment of a digest.
    """
    return _Unpickler(io.BytesIO(packed), find).load()
