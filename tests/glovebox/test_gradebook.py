"""Recording verdicts: exact points, all or nothing, and a person's marks left alone."""

from __future__ import annotations

import contextlib
import datetime
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook, MissingEntry

from glovebox.database import GradebookError, _address, analyze
from glovebox.gradebook import check_assignment, record, recorded
from glovebox.late import LatePolicy
from glovebox.marks import Lateness, read_lateness
from glovebox.verdict import CheckRecord, NotebookVerdict, Oddity, Outcome
from tests.glovebox.gradebooks import NOT_NEW, new_gradebook
from tests.glovebox.postgres import Server

COURSE = "tiny_course"

# nbgrader's Gradebook leaves its connection open when the file it is given is no database.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def generate(url: str) -> None:
    """Make a gradebook know the tiny assignment, as `nbgrader generate_assignment` leaves it."""
    with Gradebook(url, COURSE) as gradebook:
        gradebook.add_assignment("tiny")
        for notebook in ("tiny", "more"):
            gradebook.add_notebook(notebook, "tiny")
        for name, points, kind in (
            ("test-double", 2, "code"),
            ("test-mean", 3, "code"),
            ("explain", 4, "markdown"),
        ):
            gradebook.add_grade_cell(name, "tiny", "tiny", max_score=points, cell_type=kind)
        for name in ("double", "mean", "explain"):
            gradebook.add_solution_cell(name, "tiny", "tiny")
        gradebook.add_task_cell("task", "tiny", "tiny", max_score=1, cell_type="markdown")
        gradebook.add_grade_cell("test-more", "more", "tiny", max_score=1, cell_type="code")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a gradebook that knows the tiny assignment."""
    path = tmp_path_factory.mktemp("generated") / "gradebook.db"
    generate(new_gradebook(path))
    return path


@pytest.fixture(scope="module")
def generated_there(postgres: Server) -> Iterator[str]:
    """The name of a PostgreSQL database with such a gradebook."""
    url = postgres.create("generated")
    with contextlib.closing(postgres.connect("generated")) as empty, empty:
        empty.execute(NOT_NEW)
    generate(url)
    yield "generated"
    postgres.drop("generated")


@pytest.fixture
def sqlite(generated: Path, tmp_path: Path) -> str:
    """The address of a gradebook of one's own in a file."""
    shutil.copy(generated, tmp_path / "gradebook.db")
    return f"sqlite:///{tmp_path / 'gradebook.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a gradebook of one's own, of either kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    postgres: Server = request.getfixturevalue("postgres")
    yield postgres.create("own", request.getfixturevalue("generated_there"))
    postgres.drop("own")


@pytest.fixture
def opened(db: str) -> Iterator[Any]:
    """The gradebook as an instructor's script sees it."""
    with Gradebook(db, COURSE) as gradebook:
        yield gradebook


def check(cell: str, points: float, worth: float, outcome: Outcome = Outcome.PASSED) -> CheckRecord:
    return CheckRecord(f"check_{cell}_{worth}", "title", cell, outcome, points, worth)


def verdict(*checks: CheckRecord, **fields: Any) -> NotebookVerdict:
    standard = (check("test-double", 0.5, 0.5), check("test-double", 0, 1.5, Outcome.FAILED))
    return NotebookVerdict("tiny", checks or (*standard, check("test-mean", 3, 3)), **fields)


def write(db: str, *verdicts: NotebookVerdict, student: str = "alice") -> None:
    record(db, COURSE, "tiny", student, verdicts or (verdict(),))


def grade(gradebook: Any, cell: str, student: str = "alice") -> Any:
    gradebook.db.expire_all()
    return gradebook.find_grade(cell, "tiny", "tiny", student)


def state(gradebook: Any, cell: str) -> tuple[float | None, bool]:
    found = grade(gradebook, cell)
    return found.auto_score, found.needs_manual_grade


def test_exact_points_are_recorded(db: str, opened: Any) -> None:
    write(db)
    assert state(opened, "test-double") == (0.5, False)
    assert state(opened, "test-mean") == (3, False)
    assert opened.find_submission("tiny", "alice").score == 3.5


def test_an_answered_question_waits_for_a_person(db: str, opened: Any) -> None:
    write(db)
    assert state(opened, "explain") == (None, True)
    assert opened.find_comment("explain", "tiny", "tiny", "alice").comment is None


def test_an_unanswered_question_earns_nothing(db: str, opened: Any) -> None:
    write(db, verdict(unanswered=frozenset({"explain", "mean"})))
    assert state(opened, "explain") == (0, False)
    assert opened.find_comment("explain", "tiny", "tiny", "alice").comment == "No response."
    assert opened.find_comment("mean", "tiny", "tiny", "alice").comment == "No response."
    assert opened.find_comment("double", "tiny", "tiny", "alice").comment is None
    write(db)
    assert state(opened, "explain") == (None, True)
    opened.db.expire_all()
    assert opened.find_comment("explain", "tiny", "tiny", "alice").comment is None


def test_a_doubtful_notebook_is_flagged_everywhere(db: str, opened: Any) -> None:
    doubt = Oddity("unreadable", "the notebook is empty.", review=True)
    write(db, verdict(oddities=(doubt,), unanswered=frozenset({"explain"})))
    assert [state(opened, cell)[1] for cell in ("test-double", "test-mean", "explain")] == [
        True
    ] * 3
    assert opened.find_submission("tiny", "alice").needs_manual_grade


def test_a_broken_check_flags_its_cell_only(db: str, opened: Any) -> None:
    write(db, verdict(check("test-double", 0, 2, Outcome.ERROR), check("test-mean", 3, 3)))
    assert state(opened, "test-double") == (0, True)
    assert state(opened, "test-mean") == (3, False)


def test_a_cell_without_any_check_is_zero_and_flagged(db: str, opened: Any) -> None:
    write(db, verdict(check("test-mean", 3, 3)))
    assert state(opened, "test-double") == (0, True)


def test_regrading_keeps_what_a_person_wrote(db: str, opened: Any) -> None:
    write(db)
    found = grade(opened, "test-double")
    found.manual_score, found.extra_credit, found.needs_manual_grade = 1.75, 0.25, False
    opened.find_comment("double", "tiny", "tiny", "alice").manual_comment = "Nice."
    task = opened.find_grade("task", "tiny", "tiny", "alice")
    task.manual_score, task.needs_manual_grade = 1, False
    opened.db.commit()
    write(db, verdict(check("test-double", 2, 2), check("test-mean", 1, 3)))
    found = grade(opened, "test-double")
    assert (found.auto_score, found.manual_score, found.extra_credit) == (2, 1.75, 0.25)
    assert found.needs_manual_grade
    assert found.score == 2
    assert opened.find_comment("double", "tiny", "tiny", "alice").comment == "Nice."
    assert opened.find_grade("task", "tiny", "tiny", "alice").needs_manual_grade is False
    assert state(opened, "test-mean") == (1, False)


@pytest.mark.parametrize(
    ("points", "day", "settled", "asked"),
    [
        (1, 1, ["tiny"], False),
        (1, 1, [], True),
        # The gradebook holds another verdict's marks, or an older submission's: it was put back.
        (2, 1, ["tiny"], True),
        (1, 2, ["tiny"], True),
    ],
)
def test_a_mark_stands_while_nothing_moves(
    points: float, day: int, settled: list[str], asked: bool, db: str, opened: Any
) -> None:
    def graded(earned: float, day: int, settled: list[str]) -> None:
        verdicts = [verdict(check("test-double", 2, 2), check("test-mean", earned, 3))]
        moment = datetime.datetime(2026, 1, day)
        record(db, COURSE, "tiny", "alice", verdicts, moment, settled=settled)

    graded(1, 1, [])
    found = grade(opened, "explain")
    found.manual_score, found.needs_manual_grade = 1.5, False
    opened.db.commit()
    graded(points, day, settled)
    assert state(opened, "explain") == (None, asked)


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning:nbgrader.*")
def test_a_new_submission_is_like_one_made_by_nbgrader(db: str, opened: Any) -> None:
    write(db)
    opened.add_student("bob")
    opened.add_submission("tiny", "bob")

    def shape(student: str) -> list[Any]:
        submission = opened.find_submission("tiny", student)
        return sorted(
            (
                notebook.name,
                sorted(grade.name for grade in notebook.grades),
                sorted(comment.name for comment in notebook.comments),
            )
            for notebook in submission.notebooks
        )

    assert shape("alice") == shape("bob")
    assert len(shape("alice")) == 2


def test_several_notebooks_are_recorded_together_or_not_at_all(db: str, opened: Any) -> None:
    more = NotebookVerdict("more", (check("test-more", 1, 1),))
    write(db, verdict(), more)
    assert opened.find_submission("tiny", "alice").score == 4.5
    strange = NotebookVerdict("more", (check("unknown", 1, 1),))
    with pytest.raises(GradebookError, match="generate_assignment tiny"):
        write(db, verdict(check("test-double", 2, 2)), strange)
    assert state(opened, "test-double") == (0.5, False)
    with pytest.raises(GradebookError, match=r"nowhere.ipynb is not in the gradebook"):
        write(db, verdict(), NotebookVerdict("nowhere"), student="carol")
    opened.db.rollback()
    assert [student.id for student in opened.students] == ["alice"]


def test_a_student_whom_another_run_adds_at_the_same_time_is_recorded(
    db: str, opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_student = Gradebook.find_student

    def find_too_early(gradebook: Gradebook, student: str) -> Any:
        monkeypatch.setattr(Gradebook, "find_student", find_student)
        write(db, verdict())
        raise MissingEntry

    monkeypatch.setattr(Gradebook, "find_student", find_too_early)
    write(db, verdict(check("test-double", 2, 2)))
    assert state(opened, "test-double") == (2, False)
    assert [student.id for student in opened.students] == ["alice"]


def test_an_unknown_assignment_is_named(db: str) -> None:
    with pytest.raises(GradebookError, match="run `nbgrader generate_assignment other"):
        record(db, COURSE, "other", "alice", [verdict()])


def test_a_missing_gradebook_is_not_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with pytest.raises(GradebookError, match=r"no gradebook at .*gradebook.db; put"):
        record(url, COURSE, "tiny", "alice", [verdict()])
    assert list(tmp_path.iterdir()) == []


def test_a_gradebook_that_goes_at_the_last_moment_is_not_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "is_file", lambda path: True)
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with pytest.raises(GradebookError, match="unable to open database file"):
        record(url, COURSE, "tiny", "alice", [verdict()])
    assert list(tmp_path.iterdir()) == []


def test_an_unusable_gradebook_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_bytes(b"no database" * 100)
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with pytest.raises(GradebookError, match=r"^the gradebook cannot be used \(.*\); nothing"):
        record(url, COURSE, "tiny", "alice", [verdict()])


def test_a_locked_gradebook_is_left_as_it_was(sqlite: str) -> None:
    write(sqlite)
    with contextlib.closing(sqlite3.connect(sqlite.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookError, match="locked"):
            write(f"{sqlite}?timeout=0.1", verdict(check("test-double", 2, 2)))
        other.rollback()
    with Gradebook(sqlite, COURSE) as opened:
        assert state(opened, "test-double") == (0.5, False)


def test_so_is_one_of_which_somebody_holds_a_row(postgres: Server, generated_there: str) -> None:
    db = postgres.create("locked", generated_there)
    try:
        write(db)
        with contextlib.closing(postgres.connect("locked")) as other:
            other.execute("SELECT * FROM grade FOR UPDATE")
            impatient = f"{db}&options=-c%20lock_timeout%3D100"
            with pytest.raises(GradebookError, match=r"lock timeout\); nothing was recorded"):
                write(impatient, verdict(check("test-double", 2, 2)))
        with Gradebook(db, COURSE) as opened:
            assert state(opened, "test-double") == (0.5, False)
    finally:
        postgres.drop("locked")


def test_analyzing_changes_no_mark(db: str, opened: Any) -> None:
    write(db)
    analyze(db, COURSE)
    assert state(opened, "test-double") == (0.5, False)


def test_sqlite_knows_afterwards_how_large_its_tables_are(sqlite: str) -> None:
    write(sqlite)
    analyze(sqlite, COURSE)
    with contextlib.closing(sqlite3.connect(sqlite.removeprefix("sqlite:///"))) as reader:
        counted = dict(reader.execute("SELECT tbl, stat FROM sqlite_stat1"))
    assert counted["submitted_notebook"].split()[0] == "2"


def test_who_waits_for_a_row_does_not_wait_for_ever() -> None:
    patient = {"options": "-c lock_timeout=60s"}
    assert _address("postgresql+psycopg://somewhere/grades").query == patient
    given = _address("postgresql+psycopg://somewhere/grades?options=-c%20lock_timeout%3D5").query
    assert given == {"options": "-c lock_timeout=5"}


def test_a_driver_that_is_not_installed_is_one_sentence() -> None:
    with pytest.raises(GradebookError, match="needs the Python package pg8000; install it, or"):
        record("postgresql+pg8000://there/grades", COURSE, "tiny", "alice", [verdict()])


def test_a_server_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://glovebox@/grades?host={tmp_path}"
    with pytest.raises(GradebookError, match=r"^the gradebook cannot be used \(.*\); nothing"):
        record(url, COURSE, "tiny", "alice", [verdict()])


def test_the_time_of_handing_in_is_kept(db: str, opened: Any) -> None:
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5)
    record(db, COURSE, "tiny", "alice", [verdict()], moment)
    write(db)
    assert opened.find_submission("tiny", "alice").timestamp == moment


def test_check_assignment_compares_points(db: str) -> None:
    fits = {"tiny": {"test-double": 2.0, "test-mean": 3, "explain": 4}, "more": {"test-more": 1}}
    check_assignment(db, COURSE, "tiny", fits)
    for wrong, message in (
        ({"tiny": {"test-double": 5.0}}, "worth 5 points, 2 in the gradebook"),
        ({"tiny": {"test-new": 1.0}}, '"test-new" is not in the gradebook'),
        ({"third": {}}, "third.ipynb is not in the gradebook"),
    ):
        with pytest.raises(GradebookError, match=message):
            check_assignment(db, COURSE, "tiny", wrong)


def test_what_is_recorded_can_be_read(db: str) -> None:
    assert recorded(db, COURSE, "tiny") == {}
    write(db, verdict(unanswered=frozenset({"explain"})))
    write(db, student="bob")
    marks = {"test-double": 0.5, "test-mean": 3, "task": None}
    assert recorded(db, COURSE, "tiny") == {
        ("alice", "tiny"): {**marks, "explain": 0},
        ("alice", "more"): {"test-more": None},
        ("bob", "tiny"): {**marks, "explain": None},
        ("bob", "more"): {"test-more": None},
    }
    assert recorded(db, COURSE, "other") == {}


def test_lateness_costs_in_the_same_transaction(db: str, opened: Any, tmp_path: Path) -> None:
    opened.update_or_create_assignment("tiny", duedate="2026-01-01 00:00:00 UTC")
    late, seen = datetime.datetime(2026, 1, 1, 1), []

    def penalty(student: str, notebook: Any, seconds: float) -> float:
        seen.append((student, notebook.score, seconds))
        return 1.5

    record(db, COURSE, "tiny", "alice", [verdict()], late, penalty=penalty)
    assert seen == [("alice", 3.5, 3600)]
    opened.db.expire_all()
    assert opened.find_submission("tiny", "alice").late_submission_penalty == 1.5
    assert read_lateness(db, COURSE, "tiny") == {"alice": Lateness(3600, 1.5)}
    assert read_lateness(db, COURSE, "other") == {}
    for hours, late_still in ((0.5, {"alice": Lateness(1800, 1.5)}), (1, {})):
        more = tmp_path / "extensions.csv"
        more.write_text(f"student,assignment,hours\nalice,tiny,{hours}\n")
        policy = LatePolicy(extensions=str(more))
        assert read_lateness(db, COURSE, "tiny", policy) == late_still
    in_time = datetime.datetime(2025, 1, 1)
    record(db, COURSE, "tiny", "alice", [verdict()], in_time, penalty=penalty)
    opened.db.expire_all()
    assert opened.find_submission("tiny", "alice").late_submission_penalty == 0
    assert read_lateness(db, COURSE, "tiny") == {}


def test_a_stranger_is_added_only_where_that_is_wanted(db: str, opened: Any) -> None:
    with pytest.raises(GradebookError, match="run `nbgrader db student add alice`"):
        record(db, COURSE, "tiny", "alice", [verdict()], create_student=False)
    assert opened.students == []
    opened.add_student("alice")
    record(db, COURSE, "tiny", "alice", [verdict()], create_student=False)
    assert state(opened, "test-mean") == (3, False)
