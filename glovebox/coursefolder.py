"""nbgrader's course folder, made safe against what lies in submissions."""

from __future__ import annotations

import datetime
import glob
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from glovebox.plainfiles import read_small_file

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
VERDICT_SUFFIX = ".verdict.json"


@dataclass(frozen=True)
class SubmissionFolder:
    """One folder in ``submitted/`` or ``autograded/``, as nbgrader names it."""

    path: str
    student: str
    assignment: str


class SafeCourseDirectory(CourseDirectory):  # type: ignore[misc, unused-ignore]
    """A course folder from which nbgrader copies nothing that a student handed in.

    nbgrader copies everything beside a notebook into ``autograded/`` and follows links in doing so,
    and it lets a broken time stamp fail the submission. Nothing but the notebook is graded, so
    nothing else is copied.
    """

    @classmethod
    def like(cls, directory: CourseDirectory, *, copying: bool = False) -> Self:
        """A safe course folder with the settings of ``directory``.

        With ``copying`` it ignores no more files than that.
        """
        settings = {name: getattr(directory, name) for name in directory.trait_names(config=True)}
        if not copying:
            # Matched against the submission's folder itself, so nothing in it is visited.
            settings["ignore"] = ["*", ".*"]
        return cls(parent=directory.parent, **settings)

    def get_existing_timestamp(self, dest_path: str) -> datetime.datetime | None:
        """When a submission was handed in (UTC); None when nothing sensible says so."""
        content = read_small_file(Path(dest_path), TIMESTAMP)
        text = content.decode("utf-8", "replace").strip() if content else ""
        if not text:
            return None
        try:
            moment: datetime.datetime = parse_utc(text)
        except (ValueError, OverflowError, TypeError):
            self.log.warning("%s holds no time that can be read", Path(dest_path) / TIMESTAMP)
            return None
        return moment

    def submissions(self) -> Iterator[SubmissionFolder]:
        """Every submission of the chosen students and assignments, whatever is in its folder."""
        return self._folders(self.submitted_directory)

    def graded(self) -> Iterator[SubmissionFolder]:
        """Every folder with graded notebooks of the chosen students and assignments."""
        return self._folders(self.autograded_directory)

    def _folders(self, step: str) -> Iterator[SubmissionFolder]:
        pattern = self.format_path(step, self.student_id, self.assignment_id)
        expression = re.compile(
            self.format_path(step, "(?P<student>.*)", "(?P<assignment>.*)", escape=True)
        )
        for path in sorted(glob.glob(pattern)):  # noqa: PTH207 (as nbgrader does, root and all)
            if found := expression.fullmatch(path):
                yield SubmissionFolder(path, found["student"], found["assignment"])
            else:
                self.log.error("%r is passed over: its name holds a line break; rename it.", path)

    def papers(self, folder: str) -> Papers:
        """What lies beside the notebooks of a submission at this moment."""
        return Papers(_travel_papers(Path(folder)), self.get_existing_timestamp(folder))

    def autograded(self, student: str, assignment: str) -> Path:
        """Where the graded notebooks of a submission belong."""
        return Path(self.format_path(self.autograded_directory, student, assignment))


@dataclass(frozen=True)
class Papers:
    """What a submission comes with, besides notebooks."""

    files: dict[str, bytes]
    """Those that must lie beside a graded notebook for feedback to find its way back."""
    handed_in: datetime.datetime | None
    """When it was handed in (UTC), if something sensible says so."""


def _travel_papers(folder: Path) -> dict[str, bytes]:
    """The two files that feedback needs.

    ``nbgrader release_feedback`` stops for the whole class where one is missing, so a submission
    that did not come through the exchange, or was tampered with, gets stand-ins. Nobody can fetch
    feedback by a stand-in.
    """
    papers = {}
    for name in (TIMESTAMP, SECRET):
        content = read_small_file(folder, name)
        try:
            text = (content or b"").decode("utf-8")
        except UnicodeDecodeError:
            text = ""
        papers[name] = text
    if not papers[TIMESTAMP].strip():
        moment = datetime.datetime.fromtimestamp(_changed(folder), tz=datetime.UTC)
        papers[TIMESTAMP] = moment.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    papers[SECRET] = papers[SECRET].strip() or "not handed in through the exchange"
    return {name: text.encode() for name, text in papers.items()}


def _changed(folder: Path) -> float:
    try:
        return folder.lstat().st_mtime
    except OSError:
        return 0.0


def is_finished(folder: Path, notebook: str) -> bool:
    """Whether a folder in ``autograded/`` holds the whole result for a notebook.

    The notebook is written last and names the digest of what belongs to it.
    """
    try:
        names = (TIMESTAMP, SECRET, notebook + VERDICT_SUFFIX)
        belonging = [(folder / name).read_bytes() for name in names]
        graded = json.loads((folder / f"{notebook}.ipynb").read_bytes())
        return bool(graded["metadata"]["glovebox"]["belonging"] == digest(*belonging))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def digest(timestamp: bytes, secret: bytes, verdict: bytes) -> str:
    """How a graded notebook names what belongs to it."""
    parts = (hashlib.sha256(part).digest() for part in (timestamp, secret, verdict))
    return hashlib.sha256(b"".join(parts)).hexdigest()
