"""Numbers that took long to compute, noted in a file: what was stopped goes on from there."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("tensorflow-cpu", "tensorflow", "keras", "numpy")


class Noted:
    """Numbers by what they are of; those of other code, libraries or data are not looked at.

    Args:
        path: the file, which need not exist yet. A line that was cut off is passed over.
        about: what all numbers depend on besides, such as the name of the data.
    """

    def __init__(self, path: Path, about: str) -> None:
        self._path, self._context = path, hashlib.sha256(f"{_code()} {about}".encode()).hexdigest()
        self._known = dict(self._lines())

    def get(self, what: str, compute: Callable[[], float]) -> float:
        """The number of this name: the one noted, or else the one computed, which is noted now.

        Raises OSError when it cannot be.
        """
        if what not in self._known:
            self._known[what] = compute()
            entry = {"context": self._context, "what": what, "number": self._known[what]}
            with self._path.open("a", encoding="utf-8") as file:
                # After a line that was cut off, this one must begin a new one.
                file.write(f"\n{json.dumps(entry)}\n")
        return self._known[what]

    def close(self) -> None:
        """Forget everything: all is done, and the next time everything is computed anew."""
        self._path.unlink(missing_ok=True)

    def _lines(self) -> Iterator[tuple[str, float]]:
        if not self._path.exists():
            return
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            with contextlib.suppress(ValueError, TypeError, KeyError):
                entry = json.loads(line)
                if entry["context"] == self._context:
                    yield str(entry["what"]), float(entry["number"])


def _code() -> str:
    """What computes: the course's own files, and the libraries' versions."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    for name in _LIBRARIES:
        with contextlib.suppress(ModuleNotFoundError):
            digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()
