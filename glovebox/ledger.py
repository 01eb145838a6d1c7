"""What an audit has found so far, on disk: one that was interrupted goes on from there.

A line of the file is a verdict, and in it stands the digest of all that it depends on. After any
change of that, of a check or of the grader, say, the digest is another and the submission graded
anew.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

from glovebox.grade import GradeJob
from glovebox.inputs import digest_of_inputs
from glovebox.verdict import NotebookVerdict


class Ledger:
    """The verdicts in a file; new ones are added to it at once.

    Args:
        path: the file, which need not exist yet. A line that was cut off, or is none of ours, is
            passed over.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = dict(_lines(path))

    def get(self, job: GradeJob) -> NotebookVerdict | None:
        """The verdict on exactly this, if there is one."""
        return self._known.get(digest_of_inputs(job))

    def add(self, verdict: NotebookVerdict) -> None:
        """Write a verdict down. Raises OSError when that cannot be done."""
        entry = json.dumps(json.loads(verdict.to_json()))  # on one line
        with self._path.open("a", encoding="utf-8") as file:
            # After a line that was cut off, this one must begin a new one.
            file.write(f"\n{entry}\n")

    def close(self) -> None:
        """Forget everything: the audit is complete, and the next one grades everything anew."""
        self._path.unlink(missing_ok=True)


def _lines(path: Path) -> Iterator[tuple[str, NotebookVerdict]]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        with contextlib.suppress(ValueError):
            verdict = NotebookVerdict.from_json(line)
            yield verdict.inputs_sha256, verdict
