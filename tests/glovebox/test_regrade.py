"""Grading again what a change affects: who moves is said first, and nothing is graded twice."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from nbgrader.api import Gradebook

from glovebox import batch, binding, regrade, regradecli
from glovebox.batch import BaseGrader, Started, WorkerDied
from glovebox.cli import main
from glovebox.demo import nbgrader
from glovebox.grade import Graded, GradeJob
from glovebox.inputs import digest_of_inputs
from glovebox.parse import parse_notebook
from glovebox.pristine import pristine
from glovebox.rebuild import rebuild
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome
from tests.glovebox.conftest import SOLVED

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::sqlalchemy.exc.SAWarning"
)
HALF = "def double(x):\n    return x + x if x > 0 else 0"


class StrictGrader(BaseGrader):
    """Grades in this process by what the answer says: the checks' file tells what may stand in it.

    Its lines are a grade cell, its points and a word that earns them. Code that says DOUBT is for
    a person to look at.
    """

    jobs = 1
    graded: list[str] = []  # noqa: RUF012 (emptied by a fixture)

    def start(self, job: GradeJob) -> Started:
        self.graded.append(job.notebook)
        call = regrade._Given()
        try:
            call.future.set_result(self._judge(job))
        except WorkerDied as error:
            call.future.set_exception(error)
        return Started(job, call, self)

    def _judge(self, job: GradeJob) -> Graded:
        text = (job.submission or b"").decode()
        submitted, _ = parse_notebook(job.submission or b"")
        rebuilt = rebuild(pristine(job.assignment.source), submitted)
        records = []
        rules = job.assignment.checks[f"test_{job.notebook}.py"].decode().split("\n")
        for cell, points, word in (line[2:].split(" ", 2) for line in rules if line):
            right = word in text
            records.append(
                CheckRecord(
                    f"check_{cell}", f"About {cell}", cell,
                    Outcome.PASSED if right else Outcome.FAILED,
                    float(points) * right, float(points),
                )
            )  # fmt: skip
        doubts = (Oddity("doubt", "Who knows.", review=True),) if "DOUBT" in text else ()
        verdict = NotebookVerdict(
            job.notebook,
            tuple(records),
            (*job.oddities, *doubts),
            submission_sha256=_sha256(job.submission),
            unanswered=rebuilt.unanswered,
            inputs_sha256=digest_of_inputs(job),
        )
        return Graded(json.dumps(rebuilt.notebook).encode(), verdict)

    def finish(self, started: Started) -> Graded:
        return started.call.future.result()

    def rehearse(self, job: GradeJob) -> None:
        pass

    def _stop(self, at_once: bool) -> None:
        pass


def _sha256(content: bytes | None) -> str:
    return hashlib.sha256(content or b"").hexdigest()


OLD = "# test-double 2 return\n# test-mean 3 sum(\n"
NEW = "# test-double 2 2 * x\n# test-mean 3 return\n"


@pytest.fixture(scope="module")
def handed_in_by(submission: Callable[..., bytes]) -> dict[str, bytes]:
    """What four students handed in."""
    return {
        "ann": submission(),
        "bob": submission(double=HALF),
        "cem": submission(mean="def mean(values):\n    return 7"),
        "dot": submission(double=HALF, mean=SOLVED["mean"] + "  # DOUBT"),
    }


@pytest.fixture(scope="module")
def graded(
    generated_course: Path,
    handed_in_by: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """A course whose four students have been graded by the old checks."""
    root = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(generated_course, root)
    change(root, OLD)
    for student, content in handed_in_by.items():
        hand_in(root, student, content)
    with pytest.MonkeyPatch.context() as patch:
        for module in (batch, binding):
            patch.setattr(module, "make_grader", lambda jobs, scheduler="": StrictGrader())
        assert CliRunner().invoke(main, ["autograde", "tiny", "--course", str(root)]).exit_code == 0
        yield root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    StrictGrader.graded.clear()
    return Path(shutil.copytree(graded, tmp_path / "course"))


@pytest.fixture
def run(course: Path) -> Callable[..., Result]:
    """Run a command in it."""

    def invoke(*arguments: str, **settings: Any) -> Result:
        return CliRunner().invoke(main, [*arguments, "--course", str(course)], **settings)

    return invoke


def change(course: Path, checks: str) -> None:
    (course / "tests/hidden/test_tiny.py").write_text(checks)


def hand_in(course: Path, student: str, content: bytes, name: str = "tiny.ipynb") -> None:
    folder = course / "submitted" / student / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def state(course: Path) -> dict[str, object]:
    """All that a grading writes."""
    files = {
        str(path.relative_to(course)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in (course / "autograded").rglob("*")
        if path.is_file()
    }
    return {"files": files, "marks": scores(course)}


def scores(course: Path) -> dict[str, tuple[float, bool]]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "word_embeddings") as gradebook:
        return {
            one.student.id: (one.score, any(
                grade.needs_manual_grade
                for notebook in one.notebooks for grade in notebook.grades if "test" in grade.name
            ))
            for one in gradebook.assignment_submissions("tiny")
        }  # fmt: skip


def test_nothing_is_graded_again_while_nothing_has_changed(
    course: Path, run: Callable[..., Result]
) -> None:
    before = state(course)
    done = run("regrade", "tiny")
    assert (done.exit_code, StrictGrader.graded) == (0, [])
    assert "4 unchanged (4 not affected), 0 up, 0 down; none doubtful." in done.output
    # A doubtful verdict is no exception, as it is one for `autograde --force`.
    assert state(course) == before


def test_who_moves_is_said_and_without_a_yes_nothing_is_written(
    course: Path, run: Callable[..., Result]
) -> None:
    before = state(course)
    assert before["marks"] == {
        "ann": (5, False), "bob": (5, False), "cem": (2, False), "dot": (5, True)
    }  # fmt: skip
    change(course, NEW)
    done = run("regrade", "tiny")
    assert done.exit_code == 1
    lines = {line.split("│")[1].strip(): line for line in done.output.splitlines() if "│ " in line}
    assert set(lines) == {"bob", "cem", "dot"}
    for student, parts in {
        "bob": ("5", "3/5", "-2", "check_test-double: passed → failed"),
        "cem": ("2", "5/5", "+3", "check_test-mean: failed → passed"),
        "dot": ("5", "3/5 ?", "-2", "check_test-double: passed → failed"),
    }.items():
        cells = [cell.strip() for cell in lines[student].split("│")]
        assert tuple(cells[3:7]) == parts
    assert "1 unchanged, 1 up, 2 down; 1 doubtful." in done.output
    assert "students would move; nothing was recorded. Add --yes" in done.output
    assert state(course) == before


def test_a_yes_records_exactly_what_was_shown(
    course: Path, run: Callable[..., Result], handed_in_by: dict[str, bytes]
) -> None:
    change(course, NEW)
    hand_in(course, "eve", handed_in_by["ann"])  # new: `autograde` is for her
    done = run("regrade", "tiny", "--yes")
    assert done.exit_code == 0, done.output
    assert "Recorded for 4 students." in done.output
    assert "1 submission is new" in done.output
    assert len(StrictGrader.graded) == 4
    assert scores(course) == {
        "ann": (5, False), "bob": (3, False), "cem": (5, False), "dot": (3, True)
    }  # fmt: skip
    assert not (course / "autograded/eve").exists()
    again = run("regrade", "tiny", "--yes")
    assert (again.exit_code, len(StrictGrader.graded)) == (0, 4)
    assert "0 up, 0 down" in again.output


@pytest.mark.slow
def test_on_a_terminal_it_asks(
    course: Path,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(regradecli, "_can_ask", lambda: True)
    before = state(course)
    change(course, NEW)
    for answer, code, said in (("n\n", 1, "Nothing was recorded."), ("", 130, "interrupted")):
        done = run("regrade", "tiny", input=answer)
        assert (done.exit_code, state(course)) == (code, before)
        assert "Record this?" in done.output
        assert said in done.output
    done = run("regrade", "tiny", input="y\n")
    assert (done.exit_code, scores(course)["cem"]) == (0, (5, False))


def test_a_mark_given_by_hand_is_what_counts_and_stays(
    course: Path, run: Callable[..., Result]
) -> None:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "word_embeddings") as gradebook:
        gradebook.find_grade("test-double", "tiny", "tiny", "bob").manual_score = 1.25
        gradebook.find_grade("explain", "tiny", "tiny", "bob").manual_score = 4
        gradebook.db.commit()
    change(course, NEW)
    done = run("regrade", "tiny", "--yes", "--json")
    bob = next(move for move in json.loads(done.stdout)["moves"] if move["student"] == "bob")
    assert (bob["before"], bob["after"], bob["change"], bob["by_hand"]) == (4.25, 4.25, 0, True)
    assert [one["check"] for one in bob["checks"]] == ["check_test-double"]
    assert scores(course)["bob"] == (8.25, True)


def test_json_is_for_programs_which_are_not_asked(course: Path, run: Callable[..., Result]) -> None:
    before = state(course)
    change(course, NEW)
    done = run("regrade", "tiny", "--json")
    said = json.loads(done.stdout)
    assert said["summary"] == {
        "unchanged": 1, "not_affected": 0, "up": 1, "down": 2, "doubtful": 1
    }  # fmt: skip
    assert {move["student"]: move["change"] for move in said["moves"]} == {
        "ann": 0, "bob": -2, "cem": 3, "dot": -2
    }  # fmt: skip
    assert (done.exit_code, said["record"], state(course)) == (1, False, before)


def test_verdicts_that_nobody_moves_by_are_no_reason_to_fail(
    course: Path, run: Callable[..., Result]
) -> None:
    change(course, OLD + "\n")
    done = run("regrade", "tiny")
    assert (done.exit_code, len(StrictGrader.graded)) == (0, 4)
    assert "nobody moves, but verdicts are new; nothing was recorded" in done.output


def test_who_hands_in_meanwhile_keeps_what_is_on_record(
    course: Path,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    submission: Callable[..., bytes],
) -> None:
    def confirm(question: str) -> bool:
        hand_in(course, "bob", submission())
        return True

    monkeypatch.setattr(regradecli, "_can_ask", lambda: True)
    monkeypatch.setattr(regradecli.click, "confirm", confirm)
    change(course, NEW)
    done = run("regrade", "tiny")
    assert done.exit_code == 1
    assert "bob: handed in anew, or changed otherwise, while this was graded" in done.output
    assert scores(course) == {
        "ann": (5, False), "bob": (5, False), "cem": (5, False), "dot": (3, True)
    }  # fmt: skip
    assert run("autograde", "tiny").exit_code == 0
    assert scores(course)["bob"] == (5, False)
    verdict = NotebookVerdict.from_json(
        (course / "autograded/bob/tiny/tiny.verdict.json").read_text()
    )
    assert verdict.submission_sha256 == _sha256(submission())


def test_not_even_in_the_last_moment_is_a_stale_result_recorded(
    course: Path,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    submission: Callable[..., bytes],
) -> None:
    look = regrade.survey
    looks: list[regrade.Survey] = []

    def survey(*arguments: Any) -> regrade.Survey:
        looks.append(look(*arguments))
        if len(looks) == 2:  # everything has been found to be as it was
            hand_in(course, "bob", submission(double="", mean=""))
        return looks[-1]

    monkeypatch.setattr(regrade, "survey", survey)
    change(course, NEW)
    done = run("regrade", "tiny", "--yes")
    assert done.exit_code == 1
    assert "handed in anew while marks were recorded" in done.output
    marks = scores(course)
    assert (marks["bob"], marks["cem"]) == ((5, False), (5, False))
    run("autograde", "tiny")
    assert scores(course)["bob"] == (0, False)


def test_an_interrupt_leaves_all_as_it_was(
    course: Path,
    run: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = state(course)
    change(course, NEW)

    def interrupted(self: StrictGrader, started: Started) -> Graded:
        raise KeyboardInterrupt

    monkeypatch.setattr(StrictGrader, "finish", interrupted)
    done = run("regrade", "tiny", "--yes")
    assert done.exit_code == 130
    assert "interrupted; nothing was recorded" in done.output
    assert state(course) == before


def test_whom_a_worker_died_over_keeps_the_old_mark(
    course: Path,
    run: Callable[..., Result],
    handed_in_by: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge = StrictGrader._judge

    def dies_over_bob(self: StrictGrader, job: GradeJob) -> Graded:
        if job.submission == handed_in_by["bob"]:
            raise WorkerDied("tiny: the worker that graded it died twice.")
        return judge(self, job)

    monkeypatch.setattr(StrictGrader, "_judge", dies_over_bob)
    change(course, NEW)
    done = run("regrade", "tiny", "--yes")
    assert done.exit_code == 1
    assert "bob: tiny: the worker that graded it died twice. The marks stay" in done.output
    assert "Recorded for 3 students." in done.output
    assert (scores(course)["bob"], scores(course)["cem"]) == ((5, False), (5, False))


@pytest.mark.slow
def test_of_several_notebooks_only_the_affected_one_is_graded(
    graded: Path,  # for its grader
    generated_course: Path,
    tmp_path: Path,
    submission: Callable[..., bytes],
    tiny_source: bytes,
) -> None:
    course = Path(shutil.copytree(generated_course, tmp_path / "course"))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--course", str(course)])

    change(course, OLD)
    (course / "source/tiny/more.ipynb").write_bytes(tiny_source)
    (course / "tests/hidden/test_more.py").write_text(OLD)
    nbgrader(course, "generate_assignment", "tiny", "--force")
    hand_in(course, "ann", submission(double=HALF))
    doubtful = submission(mean=SOLVED["mean"] + "  # DOUBT")
    hand_in(course, "ann", doubtful, "more.ipynb")
    assert run("autograde", "tiny").exit_code == 0
    verdict = course / "autograded/ann/tiny/more.verdict.json"
    before = verdict.read_bytes()
    StrictGrader.graded.clear()
    change(course, NEW)
    done = run("regrade", "tiny", "--yes")
    assert done.exit_code == 0, done.output
    assert StrictGrader.graded == ["tiny"]
    assert "1 unchanged (1 not affected), 0 up, 1 down" in done.output
    # Recorded together with the other one, but as it was.
    assert verdict.read_bytes() == before
    assert scores(course)["ann"] == (8, True)
