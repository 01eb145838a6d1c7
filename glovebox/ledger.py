"""What an audit has found so far, on disk: one that was interrupted goes on from there.

A line of the file is a verdict and the fingerprint of all that it depends on. After any change of
that, of a check or of the grader, say, the fingerprint is another and the submission graded anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from glovebox.grade import GradeJob, versions
from glovebox.verdict import NotebookVerdict

_NOT_CODE = ("specimens",)
"""Folders whose Python files are submissions."""


class Ledger:
    """The verdicts in a file; new ones are added to it at once.

    Args:
        path: the file, which need not exist yet. A line that was cut off, or is none of ours, is
            passed over.
        code: the digest of the code that grades, see :func:`digest_of_code`.
    """

    def __init__(self, path: Path, code: str) -> None:
        self._path, self._code = path, code
        self._known = dict(_lines(path))

    def get(self, job: GradeJob) -> NotebookVerdict | None:
        """The verdict on exactly this, if there is one."""
        return self._known.get(self._fingerprint(job))

    def add(self, job: GradeJob, verdict: NotebookVerdict) -> None:
        """Write a verdict down. Raises OSError when that cannot be done."""
        entry = {"fingerprint": self._fingerprint(job), "verdict": json.loads(verdict.to_json())}
        with self._path.open("a", encoding="utf-8") as file:
            # After a line that was cut off, this one must begin a new one.
            file.write(f"\n{json.dumps(entry)}\n")

    def close(self) -> None:
        """Forget everything: the audit is complete, and the next one grades everything anew."""
        self._path.unlink(missing_ok=True)

    def _fingerprint(self, job: GradeJob) -> str:
        parts = (
            hashlib.sha256(job.submission or b"").hexdigest(),
            job.assignment.sha256,
            repr((job.notebook, job.oddities, job.seed, job.limits, job.sandbox, job.fail_fast)),
            repr(sorted(versions().items())),
            self._code,
        )
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def digest_of_code(*folders: Path) -> str:
    """A digest of the Python files in some folders, hidden folders and specimens aside."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in _python_files(folder):
            content = path.read_bytes()
            place = path.relative_to(folder).as_posix()
            digest.update(f"{place}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _python_files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        # What is left out here is not entered: a .venv holds tens of thousands of files.
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in _NOT_CODE
        )
        yield from (Path(place, name) for name in sorted(names) if name.endswith(".py"))


def _lines(path: Path) -> Iterator[tuple[str, NotebookVerdict]]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        with contextlib.suppress(ValueError, TypeError, KeyError):
            entry = json.loads(line)
            yield str(entry["fingerprint"]), NotebookVerdict.from_json(json.dumps(entry["verdict"]))
