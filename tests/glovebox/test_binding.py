"""nbgrader's own converters, bound to glovebox: a class of odd submissions, killed runs, regrading.

The workers are replaced by a stub that gives full points for every answered cell; the real ones
are in ``test_nbgrader_round.py``.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from glovebox import binding, filing
from glovebox.annotate import annotate
from glovebox.coursefolder import is_finished
from glovebox.database import GradebookError
from glovebox.declaration import ChecksError
from glovebox.grade import Graded, GradeJob
from glovebox.inputs import digest_of_inputs
from glovebox.parse import parse_notebook
from glovebox.pristine import pristine
from glovebox.rebuild import rebuild
from glovebox.verdict import CheckRecord, NotebookVerdict, Outcome

REPO = Path(__file__).parents[2]
SECRET = "only the instructor may read this"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)><a href='javascript:3'>x</a>"
ANSWER_OF = {"test-double": "double", "test-mean": "mean"}

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning",
    "ignore::sqlalchemy.exc.SAWarning:nbgrader.*",
    "ignore::ResourceWarning",
)


class StubGrader:
    """Grades in this process: full points for each cell whose answer is not empty."""

    fail_on: bytes | None = None
    running = 0
    ended_for: object = None
    graded = 0

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def __enter__(self) -> Self:
        type(self).running += 1
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        type(self).running -= 1
        type(self).ended_for = kind

    def rehearse(self, job: GradeJob) -> None:
        if b"BROKEN" in job.assignment.checks["test_tiny.py"]:
            raise ChecksError("test_tiny.py cannot be run: so")

    def start(self, job: GradeJob) -> SimpleNamespace:
        return SimpleNamespace(job=job)

    def finish(self, started: SimpleNamespace) -> Graded:
        job: GradeJob = started.job
        type(self).graded += 1
        if self.fail_on and job.submission and self.fail_on in job.submission:
            raise RuntimeError("the machine broke down")
        if job.submission and b"INTERRUPT" in job.submission:
            raise KeyboardInterrupt
        submitted, oddities = parse_notebook(job.submission) if job.submission else (None, ())
        rebuilt = rebuild(pristine(job.assignment.source), submitted)
        checks = tuple(
            CheckRecord(
                f"check_{cell.id}",
                f"Check of {cell.id}",
                cell.id,
                Outcome.FAILED if ANSWER_OF[cell.id] in rebuilt.unanswered else Outcome.PASSED,
                0.0 if ANSWER_OF[cell.id] in rebuilt.unanswered else cell.metadata.nbgrader.points,
                cell.metadata.nbgrader.points,
                hint="Think.",
                detail=SECRET,
            )
            for cell in rebuilt.notebook.cells
            if cell.id in ANSWER_OF
        )
        verdict = NotebookVerdict(
            job.notebook,
            checks,
            (*job.oddities, *oddities, *rebuilt.oddities),
            unanswered=rebuilt.unanswered,
            submission_sha256=hashlib.sha256(job.submission or b"").hexdigest(),
            inputs_sha256=digest_of_inputs(job),
        )
        annotate(rebuilt.notebook, verdict)
        for cell in rebuilt.notebook.cells:
            if "SHOW OFF" in cell.source:
                data = {"text/html": f"{SCRIPT}<b>bold</b>", "application/javascript": "alert(4)"}
                cell.outputs = [
                    nbformat.v4.new_output("display_data", data={k: v}) for k, v in data.items()
                ]
        return Graded(nbformat.writes(rebuilt.notebook).encode(), verdict)


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding, "make_grader", lambda jobs, scheduler: StubGrader(jobs))


def api_of(root: Path) -> NbGraderAPI:
    """What the formgrader's buttons call, with the course's own configuration."""
    config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.Exchange.root = str(root / "exchange")
    return NbGraderAPI(config=config)


def autograde(root: Path, student: str = "*", force: bool = True) -> tuple[bool, str]:
    result = api_of(root).autograde("tiny", student, force=force)
    return result["success"], result.get("log", "") + result.get("error", "")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, tiny_source: bytes) -> Path:
    """A course folder in which the tiny assignment was generated, far from where we are."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(REPO / "nbgrader_config.py", root)
    (root / "source" / "tiny").mkdir(parents=True)
    (root / "source" / "tiny" / "tiny.ipynb").write_bytes(tiny_source)
    (root / "source" / "tiny" / "words.txt").write_text("data")
    (root / "tests" / "hidden").mkdir(parents=True)
    (root / "tests" / "hidden" / "test_tiny.py").write_text("")
    (root / "exchange").mkdir()
    result = api_of(root).generate_assignment("tiny")
    assert result["success"], result
    return root


@pytest.fixture
def course(generated: Path, tmp_path: Path) -> Path:
    """A course of one's own, with one submission of alice's."""
    root = tmp_path / "course"
    shutil.copytree(generated, root)
    # Another test's grader may still await the collector of garbage.
    StubGrader.running, StubGrader.ended_for, StubGrader.graded = 0, None, 0
    return root


@pytest.fixture
def hand_in(course: Path, handed_in: Any) -> Any:
    """Hand in the solved tiny notebook, or something else."""

    def submit(student: str, content: Any = handed_in, name: str = "tiny.ipynb") -> Path:
        folder = course / "submitted" / student / "tiny"
        folder.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (folder / name).write_bytes(data)
        return folder

    return submit


@pytest.fixture
def gradebook(course: Path) -> Iterator[Any]:
    """The course's gradebook, opened when first asked."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "word_embeddings") as opened:
        yield opened


def scores(gradebook: Any) -> dict[str, tuple[float, bool]]:
    """Points and whether a person must look, per student."""
    gradebook.db.expire_all()
    return {
        submission.student.id: (submission.score, submission.needs_manual_grade)
        for submission in gradebook.assignment_submissions("tiny")
    }


def test_release_matches_the_pristine_form(generated: Path, tiny_pristine: Any) -> None:
    released = nbformat.read(generated / "release" / "tiny" / "tiny.ipynb", as_version=4)
    assert released.cells == tiny_pristine.cells
    assert (generated / "release" / "tiny" / "words.txt").exists()


@pytest.mark.slow
def test_a_class_of_odd_submissions_is_graded_to_the_last(
    course: Path, hand_in: Any, handed_in: Any, gradebook: Any
) -> None:
    """What stops plain nbgrader for everyone, or loses a student, costs nobody else anything."""
    text = json.dumps(handed_in)
    hand_in("a-plain")
    doubled = json.loads(text)
    doubled["cells"] += doubled["cells"][3:5]
    hand_in("b-duplicated", doubled)
    newer = json.loads(text)
    for cell in newer["cells"]:
        cell["metadata"]["nbgrader"]["schema_version"] = 99
    hand_in("c-schema-99", newer)
    hand_in("d-renamed", name="My tiny (1).ipynb")
    hand_in("e-only-text", b"I was ill.", name="note.txt")
    hand_in("f-invalid", text[:-40].encode())
    ungraded = json.loads(text)
    ungraded["cells"][4]["metadata"]["nbgrader"]["grade"] = False
    hand_in("g-flags", ungraded)
    (course / "submitted" / "h-folder" / "tiny" / "tiny.ipynb").mkdir(parents=True)
    (course / "submitted" / "i-empty" / "tiny").mkdir(parents=True)
    hand_in("j-extra")
    hand_in("j-extra", name="scratch.ipynb", content=b"{}")
    (course / "submitted" / "k-link").mkdir()
    (course / "submitted" / "k-link" / "tiny").symlink_to("../a-plain/tiny")
    hand_in("l-latin", text.replace("Because", "Après").encode("utf-16"))
    strange_time = hand_in("m-time")
    (strange_time / "timestamp.txt").write_bytes(b"\xff tomorrow")
    os.mkfifo(hand_in("n-fifo") / "timestamp.txt")
    hand_in("z-plain")

    success, log = autograde(course)
    assert success, log
    assert (StubGrader.running, StubGrader.ended_for) == (0, None)
    found = scores(gradebook)
    full = (5.0, True)  # the written answer waits for a person
    nothing = (0.0, True)
    assert found == {
        "a-plain": full,
        "b-duplicated": full,
        "c-schema-99": full,
        "d-renamed": full,
        "e-only-text": nothing,
        "f-invalid": nothing,
        "g-flags": full,
        "h-folder": nothing,
        "i-empty": nothing,
        "j-extra": full,
        "k-link": nothing,
        "l-latin": full,
        "m-time": full,
        "n-fifo": full,
        "z-plain": full,
    }
    for student in found:
        folder = course / "autograded" / student / "tiny"
        assert is_finished(folder, "tiny"), student
        assert sorted(path.name for path in folder.iterdir()) == [
            "submission_secret.txt",
            "timestamp.txt",
            "tiny.ipynb",
            "tiny.verdict.json",
        ]
    assert "d-renamed/tiny/tiny.ipynb: " in log


def test_nothing_handed_in_is_followed_or_copied(
    course: Path, hand_in: Any, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    folder = hand_in("alice")
    (folder / "gradebook.db").symlink_to(course / "gradebook.db")
    (folder / "secret.txt").symlink_to(secret)
    (folder / "all").symlink_to(course)
    (folder / "submission_secret.txt").symlink_to(secret)
    (folder / "timestamp.txt").symlink_to(secret)
    (folder / ".hidden").symlink_to(secret)
    os.mkfifo(folder / "pipe")
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "link").symlink_to(secret)
    success, log = autograde(course)
    assert success, log
    graded = course / "autograded" / "alice"
    files = [path for path in graded.rglob("*") if not path.is_dir()]
    assert len(files) == 4
    assert not any(path.is_symlink() for path in files)
    assert not any(
        SECRET.encode() in path.read_bytes() for path in files if "json" not in path.name
    )


def test_checks_that_cannot_be_run_stop_before_anything_is_written(
    course: Path, hand_in: Any
) -> None:
    for student in ("alice", "bob"):
        hand_in(student)
    (course / "tests" / "hidden" / "test_tiny.py").write_text("BROKEN")
    success, log = autograde(course)
    assert not success
    assert log.count("[ERROR] test_tiny.py cannot be run: so") == 1
    assert not (course / "autograded").exists()


def test_a_setting_that_cannot_be_is_told_in_a_sentence(course: Path, hand_in: Any) -> None:
    hand_in("ann")
    with (course / "nbgrader_config.py").open("a") as file:
        file.write("\nc.GloveboxExporter.jobs = 0\n")
    success, log = autograde(course)
    assert not success
    assert "[ERROR] The value of the 'jobs' trait" in log
    assert not (course / "autograded").exists()


def test_a_killed_run_is_resumed(course: Path, hand_in: Any, gradebook: Any) -> None:
    """Whatever a kill leaves behind is graded anew, and what was finished is left alone."""
    students = ("alice", "bob", "carol", "dave", "erin")
    for student in students:
        hand_in(student)
    assert autograde(course)[0]
    graded = course / "autograded"
    before = (graded / "alice" / "tiny" / "tiny.ipynb").stat().st_mtime_ns
    (graded / "bob" / "tiny" / "tiny.verdict.json").unlink()
    notebook = graded / "carol" / "tiny" / "tiny.ipynb"
    content = notebook.read_bytes()
    notebook.unlink()
    notebook.write_bytes(content[:200])
    (graded / "dave" / "tiny" / "tiny.ipynb").unlink()
    (graded / "alice" / "tiny" / ".tiny.ipynb.part").touch()
    # As if the verdict had been written, and not yet the notebook that names it.
    (graded / "erin" / "tiny" / "tiny.ipynb").unlink()
    shutil.copy(course / "release" / "tiny" / "tiny.ipynb", graded / "erin" / "tiny")
    for name in ("bob", "carol", "dave", "erin"):
        found = gradebook.find_grade("test-mean", "tiny", "tiny", name)
        found.auto_score = None
    gradebook.db.commit()
    success, log = autograde(course, force=False)
    assert success, log
    assert {student: score for student, (score, _) in scores(gradebook).items()} == dict.fromkeys(
        students, 5.0
    )
    assert (graded / "alice" / "tiny" / "tiny.ipynb").stat().st_mtime_ns == before
    assert not list(graded.rglob("*.part"))
    assert "Skipping existing assignment" in log


def test_a_newer_submission_is_graded_again(
    course: Path, hand_in: Any, handed_in: Any, gradebook: Any
) -> None:
    del handed_in["cells"][3]
    folder = hand_in("alice")
    (folder / "timestamp.txt").write_text("2026-01-01 10:00:00.0 UTC")
    assert autograde(course)[0]
    assert scores(gradebook)["alice"][0] == 3
    hand_in("alice", json.loads(json.dumps(handed_in)))
    assert autograde(course, force=False)[0]
    handed_in["cells"] = json.loads((course / "release" / "tiny" / "tiny.ipynb").read_text())[
        "cells"
    ]
    hand_in("alice", handed_in)
    (folder / "timestamp.txt").write_text("2026-01-02 10:00:00.0 UTC")
    assert autograde(course, force=False)[0]
    assert scores(gradebook)["alice"][0] == 0
    assert gradebook.find_submission("tiny", "alice").timestamp.day == 2


@pytest.mark.slow
def test_a_verdict_is_taken_over_while_nothing_has_changed_for_it(
    course: Path, hand_in: Any, handed_in: Any, gradebook: Any
) -> None:
    folder = hand_in("alice")
    (folder / "timestamp.txt").write_text("2026-01-01 10:00:00.0 UTC")
    hand_in("bob", b"{")  # a person must look at it, so it is always graded
    assert autograde(course)[0]
    verdict = course / "autograded" / "alice" / "tiny" / "tiny.verdict.json"
    before = verdict.read_bytes()
    gradebook.find_grade("test-mean", "tiny", "tiny", "alice").manual_score = 1
    gradebook.db.commit()

    # The same answers, handed in again and later; they are recorded as handed in then.
    (folder / "timestamp.txt").write_text("2026-01-02 10:00:00.0 UTC")
    StubGrader.graded = 0
    assert autograde(course, force=False)[0]
    assert StubGrader.graded == 0
    gradebook.db.expire_all()
    submission = gradebook.find_submission("tiny", "alice")
    assert (submission.score, submission.timestamp.day) == (3, 2)
    assert is_finished(verdict.parent, "tiny")
    assert verdict.read_bytes() == before
    assert "2026-01-02" in (verdict.parent / "timestamp.txt").read_text()

    success, log = autograde(course)
    assert success
    assert StubGrader.graded == 1
    assert "alice/tiny/tiny.ipynb: 5 of 5 points, as before" in log

    # Other answers, other checks, and no wish for it.
    del handed_in["cells"][3]
    hand_in("alice", handed_in)
    assert autograde(course)[0]
    (course / "tests" / "hidden" / "test_tiny.py").write_text("# stricter")
    assert autograde(course)[0]
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("\nc.GloveboxExporter.reuse = False\n")
    assert autograde(course)[0]
    assert StubGrader.graded == 7


def test_only_a_whole_result_is_taken_over(course: Path, hand_in: Any, gradebook: Any) -> None:
    hand_in("alice")
    assert autograde(course)[0]
    verdict = course / "autograded" / "alice" / "tiny" / "tiny.verdict.json"
    verdict.write_bytes(verdict.read_bytes().replace(b'"points": 2', b'"points": 9'))
    assert autograde(course)[0]
    assert StubGrader.graded == 2
    assert scores(gradebook)["alice"][0] == 5


def test_a_changed_file_is_graded_again_whatever_its_time(
    course: Path, hand_in: Any, handed_in: Any, gradebook: Any
) -> None:
    hand_in("bob")
    folder = hand_in("alice")
    (folder / "timestamp.txt").write_text("2026-01-02 10:00:00.0 UTC")
    assert autograde(course)[0]
    assert autograde(course, force=False)[1].count("Skipping existing assignment") == 2
    del handed_in["cells"][3]
    hand_in("alice", handed_in)
    (folder / "timestamp.txt").write_text("2026-01-01 10:00:00.0 UTC")
    assert autograde(course, force=False)[1].count("Skipping existing assignment") == 1
    assert {who: points for who, (points, _) in scores(gradebook).items()} == {"alice": 3, "bob": 5}
    # Nothing but the gone notebook is left of what it once was.
    (folder / "tiny.ipynb").unlink()
    assert autograde(course, force=False)[0]
    assert scores(gradebook)["alice"] == (0, True)
    assert autograde(course, force=False)[1].count("Skipping existing assignment") == 2


def test_what_is_replaced_while_it_is_graded_is_graded_again(
    course: Path, hand_in: Any, handed_in: Any, gradebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hand_in("alice")
    (folder / "timestamp.txt").write_text("2026-01-01 10:00:00.0 UTC")
    del handed_in["cells"][3]
    finish = StubGrader.finish

    def meanwhile(grader: StubGrader, started: Any) -> Graded:
        hand_in("alice", handed_in)
        (folder / "timestamp.txt").write_text("2026-01-02 10:00:00.0 UTC")
        return finish(grader, started)

    with monkeypatch.context() as patched:
        patched.setattr(StubGrader, "finish", meanwhile)
        assert autograde(course)[0]
    submission = gradebook.find_submission("tiny", "alice")
    assert (submission.score, submission.timestamp.day) == (5, 1)
    papers = course / "autograded" / "alice" / "tiny" / "timestamp.txt"
    assert papers.read_text() == "2026-01-01 10:00:00.0 UTC"
    assert autograde(course, force=False)[0]
    gradebook.db.expire_all()
    assert (submission.score, submission.timestamp.day) == (3, 2)


def test_nothing_is_recorded_before_all_is(
    course: Path, hand_in: Any, gradebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a submission without marks nor a file without its entries is ever there."""
    hand_in("alice")
    seen: list[list[str]] = []
    finish, write = StubGrader.finish, filing.write_whole

    def look(*_: Any) -> None:
        gradebook.db.rollback()
        files = [path.name for path in (course / "autograded").rglob("*") if path.is_file()]
        marks = [f"{who} {points}" for who, (points, _) in scores(gradebook).items()]
        seen.append(sorted(files) + marks)

    monkeypatch.setattr(StubGrader, "finish", lambda *given: (look(), finish(*given))[1])
    monkeypatch.setattr(filing, "write_whole", lambda *given: (write(*given), look()))
    assert autograde(course)[0]
    papers = ["submission_secret.txt", "timestamp.txt"]
    assert seen == [
        [],
        ["timestamp.txt", "alice 5.0"],
        [*papers, "alice 5.0"],
        [*papers, "tiny.verdict.json", "alice 5.0"],
        [*papers, "tiny.ipynb", "tiny.verdict.json", "alice 5.0"],
    ]


def test_a_gradebook_that_goes_stops_the_run_and_is_not_made_anew(
    course: Path, hand_in: Any, gradebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, away = course / "gradebook.db", course / "away.db"
    for student in ("alice", "bob", "carol", "dave"):
        hand_in(student)
    finish, graded = StubGrader.finish, []

    def meanwhile(grader: StubGrader, started: Any) -> Graded:
        graded.append(started)
        if len(graded) == 2:
            here.rename(away)
        return finish(grader, started)

    with monkeypatch.context() as patched:
        patched.setattr(StubGrader, "finish", meanwhile)
        success, log = autograde(course)
    assert not success
    assert len(graded) == 2
    assert "there is no gradebook at" in log
    assert "2 more submissions were not graded; mend this and run the command again." in log
    assert StubGrader.running == 0
    assert not here.exists()
    away.rename(here)
    assert set(scores(gradebook)) == {"alice"}
    success, log = autograde(course, force=False)
    assert success, log
    assert log.count("Skipping existing assignment") == 1
    assert len(scores(gradebook)) == 4


def test_when_all_is_recorded_the_gradebook_is_made_quick(
    course: Path,
    hand_in: Any,
    gradebook: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Once for a run, and a gradebook in which that cannot be done has its marks all the same."""
    seen: list[set[str]] = []
    monkeypatch.setattr(filing, "analyze", lambda *_: seen.append(set(scores(gradebook))))
    hand_in("alice")
    hand_in("bob")
    assert autograde(course)[0]
    assert autograde(course, force=False)[0]  # nothing to do
    assert seen == [{"alice", "bob"}]

    def locked(*_: Any) -> None:
        raise GradebookError("it is locked")

    monkeypatch.setattr(filing, "analyze", locked)
    assert autograde(course)[0]
    (said,) = [one for one in caplog.messages if "SQLite could not count" in one]
    assert "Everything was recorded" in said
    assert "(it is locked)" in said


def test_marks_that_an_older_gradebook_lacks_are_recorded_again(
    course: Path, hand_in: Any, gradebook: Any
) -> None:
    hand_in("alice")
    assert autograde(course)[0]
    shutil.copy(course / "gradebook.db", course / "older.db")
    hand_in("bob")
    assert autograde(course, force=False)[0]
    gradebook.close()
    (course / "older.db").rename(course / "gradebook.db")
    success, log = autograde(course, force=False)
    assert success, log
    assert log.count("Skipping existing assignment") == 1
    assert set(scores(gradebook)) == {"alice", "bob"}


def test_a_full_disk_is_named_and_stops_the_run(
    course: Path, hand_in: Any, gradebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for student in ("alice", "bob", "carol"):
        hand_in(student)

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(filing, "write_whole", full)
        success, log = autograde(course)
    assert not success
    assert "timestamp.txt: No space left on device." in log
    assert "2 more submissions were not graded" in log
    assert autograde(course, force=False)[0]
    assert {points for points, _ in scores(gradebook).values()} == {5}


def test_being_late_costs_what_nbgrader_says(course: Path, hand_in: Any, gradebook: Any) -> None:
    gradebook.update_or_create_assignment("tiny", duedate="2026-01-01 12:00:00 UTC")
    for student, day in (("early", 1), ("late", 2)):
        (hand_in(student) / "timestamp.txt").write_text(f"2026-01-0{day} 10:00:00.0 UTC")
    api = api_of(course)
    api.config.LateSubmissionPlugin.penalty_method = "zero"
    result = api.autograde("tiny", "*")
    assert result["success"], result
    assert {
        one.student.id: (one.score, one.late_submission_penalty)
        for one in gradebook.assignment_submissions("tiny")
    } == {"early": (5, 0), "late": (5, 5)}


def test_being_late_costs_what_the_policy_says(
    course: Path, hand_in: Any, gradebook: Any, caplog: pytest.LogCaptureFixture
) -> None:
    gradebook.update_or_create_assignment("tiny", duedate="2026-01-01 12:00:00 UTC")
    for student in ("late", "ill"):
        (hand_in(student) / "timestamp.txt").write_text("2026-01-02 13:00:00.0 UTC")
    (course / "extensions.csv").write_text("student,assignment,hours\nill,tiny,48\n")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(
            '\nc.AssignLatePenalties.plugin_class = "glovebox.late.LatePolicy"\n'
            'c.LatePolicy.assignments = {"tiny": {"per_day": 0.2}}\n'
            f"c.LatePolicy.extensions = {str(course / 'extensions.csv')!r}\n"
        )

    def penalties() -> dict[str, float]:
        gradebook.db.expire_all()
        submissions = gradebook.assignment_submissions("tiny")
        return {one.student.id: one.late_submission_penalty for one in submissions}

    assert autograde(course)[0]
    assert penalties() == {"late": 2, "ill": 0}
    assert not [said for said in caplog.messages if "no student" in said]
    # Two points by hand later, the next run takes its share of them, too, and grades nothing.
    gradebook.find_grade("explain", "tiny", "tiny", "late").manual_score = 2
    gradebook.db.commit()
    StubGrader.graded = 0
    assert autograde(course)[0]
    assert penalties() == {"late": 2.8, "ill": 0}
    assert StubGrader.graded == 0
    (course / "extensions.csv").write_text("student,assignment,hours\nll,*,4\nill,tiny,48\n")
    assert autograde(course)[0]
    unknown = "neither the gradebook nor submitted/ knows a student 'll'."
    assert f"{course}/extensions.csv: {unknown}" in caplog.messages
    (course / "extensions.csv").write_text("student,hours\n")
    success, log = autograde(course)
    assert not success
    assert "extensions.csv: its first line must be student,assignment,hours" in log


def test_regrading_keeps_manual_marks(
    course: Path, hand_in: Any, handed_in: Any, gradebook: Any
) -> None:
    hand_in("alice")
    assert autograde(course)[0]
    for cell, points in (("explain", 3.5), ("test-mean", 1.0)):
        found = gradebook.find_grade(cell, "tiny", "tiny", "alice")
        found.manual_score, found.needs_manual_grade = points, False
    gradebook.find_comment("explain", "tiny", "tiny", "alice").manual_comment = "Nicely put."
    gradebook.db.commit()
    assert scores(gradebook)["alice"] == (6.5, False)
    # The verdict is taken over, and is the one that the person saw.
    StubGrader.graded = 0
    assert autograde(course)[0]
    assert (StubGrader.graded, scores(gradebook)["alice"]) == (0, (6.5, False))
    handed_in["cells"][3]["source"] += "  # another"
    hand_in("alice", json.dumps(handed_in).encode())
    assert autograde(course)[0]
    assert (StubGrader.graded, scores(gradebook)["alice"]) == (1, (6.5, True))
    assert gradebook.find_comment("explain", "tiny", "tiny", "alice").comment == "Nicely put."


def test_one_machine_failure_costs_one_student(
    course: Path, hand_in: Any, handed_in: Any, gradebook: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StubGrader, "fail_on", b"BREAKDOWN")
    hand_in("alice")
    hand_in("carol")
    handed_in["cells"][3]["source"] += "  # BREAKDOWN"
    hand_in("bob", json.dumps(handed_in).encode())
    success, log = autograde(course)
    assert not success
    assert "the machine broke down" in log
    assert not (course / "autograded" / "bob" / "tiny").exists()
    assert [scores(gradebook)[name][0] for name in ("alice", "carol")] == [5, 5]
    monkeypatch.setattr(StubGrader, "fail_on", None)
    assert autograde(course, force=False)[0]
    assert scores(gradebook)["bob"][0] == 5


def test_an_interrupt_leaves_nothing_half_done(
    course: Path, hand_in: Any, handed_in: Any, gradebook: Any
) -> None:
    hand_in("alice")
    handed_in["cells"][3]["source"] += "  # INTERRUPT"
    hand_in("bob", json.dumps(handed_in).encode())
    success, log = autograde(course)
    assert not success
    assert "KeyboardInterrupt" in log
    assert (StubGrader.running, StubGrader.ended_for) == (0, KeyboardInterrupt)
    assert is_finished(course / "autograded" / "alice" / "tiny", "tiny")
    assert not (course / "autograded" / "bob" / "tiny").exists()
    assert scores(gradebook)["alice"][0] == 5


def test_the_time_of_the_exchange_reaches_the_gradebook(
    course: Path, hand_in: Any, gradebook: Any
) -> None:
    folder = hand_in("alice")
    (folder / "timestamp.txt").write_text("2026-03-04 05:06:07.0 UTC")
    (folder / "submission_secret.txt").write_text("abc")
    assert autograde(course)[0]
    moment = gradebook.find_submission("tiny", "alice").timestamp
    assert moment.isoformat() == "2026-03-04T05:06:07"
    graded = course / "autograded" / "alice" / "tiny"
    assert (graded / "timestamp.txt").read_text() == "2026-03-04 05:06:07.0 UTC"
    assert (graded / "submission_secret.txt").read_text() == "abc"


def test_one_notebook_of_one_student_can_be_regraded(course: Path, hand_in: Any) -> None:
    hand_in("alice")
    hand_in("bob")
    assert autograde(course)[0]
    api = api_of(course)
    api.coursedir.notebook_id = "tiny"
    result = api.autograde("tiny", "bob")
    assert result["success"], result
    assert is_finished(course / "autograded" / "bob" / "tiny", "tiny")
    api.coursedir.notebook_id = "other"
    assert not api.autograde("tiny", "bob")["success"]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda root: (root / "tests/hidden/test_tiny.py").unlink(), "there are no hidden checks"),
        (lambda root: (root / "gradebook.db").unlink(), "there is no gradebook at"),
        (lambda root: shutil.rmtree(root / "source/tiny"), "there is no such assignment"),
        (
            lambda root: (root / "source/tiny/tiny.ipynb").write_text("{"),
            "source/tiny/tiny.ipynb cannot be released",
        ),
        (
            lambda root: (root / "source/tiny/tiny.ipynb").write_text(
                (root / "source/tiny/tiny.ipynb").read_text().replace('"points": 2', '"points": 9')
            ),
            "worth 9 points, 2 in the gradebook; run `nbgrader generate_assignment tiny --force`",
        ),
    ],
)
def test_an_unfit_course_is_named_before_anything_is_touched(
    damage: Any, message: str, course: Path, hand_in: Any
) -> None:
    hand_in("alice")
    assert autograde(course)[0]
    before = (course / "autograded" / "alice" / "tiny" / "tiny.ipynb").read_bytes()
    damage(course)
    success, log = autograde(course)
    assert not success
    assert message in log
    assert (course / "autograded" / "alice" / "tiny" / "tiny.ipynb").read_bytes() == before


def test_other_converters_of_the_same_server_are_left_alone(course: Path, hand_in: Any) -> None:
    """The formgrader's server keeps one course folder object for all its buttons."""
    hand_in("alice")
    api = api_of(course)
    ignored = list(api.coursedir.ignore)
    assert api.autograde("tiny", "alice")["success"]
    assert api.coursedir.ignore == ignored
    (course / "source" / "tiny" / "more.txt").write_text("more")
    assert api.generate_assignment("tiny")["success"]
    assert (course / "release" / "tiny" / "more.txt").exists()


def test_feedback_shows_the_checks_and_nothing_else(
    course: Path, hand_in: Any, handed_in: Any
) -> None:
    handed_in["cells"][-1]["source"] = f"# Answer\n\n{SCRIPT}\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    handed_in["cells"].append({"cell_type": "markdown", "metadata": {}, "source": SCRIPT})
    handed_in["cells"].append({"cell_type": "code", "metadata": {}, "source": "# SHOW OFF"})
    hand_in("alice", handed_in)
    assert autograde(course)[0]
    api = api_of(course)
    result = api.generate_feedback("tiny")
    assert result["success"], result
    folder = course / "feedback" / "alice" / "tiny"
    assert "tiny.verdict.json" not in {path.name for path in folder.iterdir()}
    html = (folder / "tiny.html").read_text()
    assert SECRET not in html
    assert "Check of test-double" in html
    assert "<td>1</td>" in html
    assert "<b>bold</b>" in html
    assert "alert(1)</script>" not in html
    assert "alert(4)" not in html
    assert "<img src=x" not in html
    assert "onerror" not in html.replace("onerror=alert(2)&gt;", "")
    assert 'href="javascript' not in html
    released = api.release_feedback("tiny")
    assert released["success"], released


def test_a_failed_preparation_is_loud_and_changes_nothing(course: Path) -> None:
    def explode(assignment: str, folder: Path) -> None:
        raise OSError(28, "No space left on device", str(folder))

    release = course / "release" / "tiny" / "tiny.ipynb"
    before = release.read_bytes()
    api = api_of(course)
    api.config.PreparingExporter.prepare = explode
    result = api.generate_assignment("tiny")
    assert not result["success"]
    assert "No space left on device" in result["log"]
    assert release.read_bytes() == before
