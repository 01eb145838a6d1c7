"""What ``run_autograder`` starts on Gradescope: grades the submission that lies there.

``python -m glovebox.gradescoperun /autograder`` reads ``submission/`` and what ``glovebox
gradescope`` put into ``source/``, and replaces ``results/results.json``. With ``--rehearse`` it
only says whether it could.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glovebox.batch import Grader
from glovebox.config import GradingSettings
from glovebox.errors import UserError
from glovebox.expected import load_expected
from glovebox.files import write_whole
from glovebox.gradescoperesults import not_graded, results_of
from glovebox.launch import check_platform
from glovebox.limits import Limits
from glovebox.verdict import NotebookVerdict

COURSE, SETTINGS = "course", "settings.json"
"""In Gradescope's folder ``source``."""


@dataclass(frozen=True)
class Settings:
    """What was decided when the autograder was built."""

    assignment: str
    sandbox: bool
    visibility: str
    seed: int | None
    limits: Limits

    @classmethod
    def read(cls, path: Path) -> Settings:
        """Read them as they were written."""
        fields = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{**fields, "limits": Limits(**fields["limits"])})


class Autograder:
    """An autograder in its folder.

    Args:
        root: Gradescope's ``/autograder``.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        settings = self._settings = Settings.read(root / "source" / SETTINGS)
        self._grading = GradingSettings(settings.seed, settings.limits, settings.sandbox)
        self._expected = load_expected(root / "source" / COURSE, settings.assignment)

    def rehearse(self) -> None:
        """Make sure that submissions can be graded. Raises UserError when they cannot."""
        check_platform(self._settings.sandbox)
        with Grader() as grader:
            for expected in self._expected.values():
                grader.rehearse(expected.job(self._grading))

    def grade(self) -> dict[str, Any]:
        """Grade the submission.

        Returns:
            What belongs into ``results.json``.

        Raises:
            UserError: it cannot be graded.
        """
        started = time.monotonic()
        handed_in = self._root / "submission"
        check_platform(self._settings.sandbox)
        with Grader() as grader:
            jobs = [one.job_in(handed_in, self._grading) for one in self._expected.values()]
            verdicts = [grader.grade(job).verdict for job in jobs]
        for verdict in verdicts:
            _tell(verdict)
        return results_of(verdicts, self._settings.visibility, time.monotonic() - started)


def _tell(verdict: NotebookVerdict) -> None:
    """Print the whole verdict, for the instructor."""
    if not verdict.confined:
        print("NOT CONFINED: the submission could read the checks and write its own results.")
    if verdict.needs_review:
        print("A PERSON MUST LOOK at this submission; see oddities, and outcomes that are error.")
    print(verdict.to_json())


def main(arguments: list[str]) -> int:
    """Grade, or rehearse; whatever happens, ``results.json`` says something that is true."""
    root = Path(arguments[0])
    try:
        autograder = Autograder(root)
        if "--rehearse" in arguments:
            autograder.rehearse()
            print("Ready: submissions can be graded here.")
            return 0
        results = autograder.grade()
    except UserError as error:
        print(f"NOT GRADED: {error}")
        results = not_graded()
    except Exception:  # whatever it is, a student must be told something, and a person why
        print(f"NOT GRADED: {traceback.format_exc()}")
        results = not_graded()
    if "--rehearse" in arguments:
        return 1
    (root / "results").mkdir(exist_ok=True)
    write_whole(root / "results" / "results.json", json.dumps(results, indent=1).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
