"""The instructor's round and the student's, in a real browser on real Jupyter servers."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import get_username
from playwright.sync_api import Browser, Locator, Page, expect

from glovebox.specimens import Specimen, load_specimens, reference
from tests.glovebox import browser

REPO = Path(__file__).parents[2]
NAME = "glove_matrix"
SOURCE = REPO / "source" / NAME / f"{NAME}.ipynb"
NO_WORDS = "Without a vector a word says nothing; a network can learn one if the layer is trained."
SAID = "And how does padding come into it?"
ANOTHER = "another-student"
(WRONG,) = (one for one in load_specimens(REPO, NAME) if one.slug == "rows_shifted_by_one")
# Nobody is asked about news and updates, and every cell is in the page, seen or not.
LAB_SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}
# Points of the autograder, and of a person.
MARKS = {
    "test-parse-glove": (5, None),
    "test-build-embedding-matrix": (7, None),
    "test-coverage": (2, None),
    "test-nearest-words": (3, None),
    "test-analogy": (3, None),
    "explain-missing-words": (None, 2),
}
LONG = browser.PATIENCE * 1000

pytestmark = pytest.mark.slow
expect.set_options(timeout=LONG)


class Classroom:
    """A course with one of its assignments, a student's desk and the exchange between them."""

    def __init__(self, folder: Path) -> None:
        self.course, self.desk, self.exchange = (
            folder / name for name in ("course", "desk", "exchange")
        )
        self.homes = {"instructor": folder / "home", "student": folder / "students-home"}
        for path in (self.course, self.desk, self.exchange, *self.homes.values()):
            path.mkdir()
        self.exchange.chmod(0o777)
        shutil.copy(REPO / "nbgrader_config.py", self.course)
        shutil.copytree(REPO / "source" / NAME, self.course / "source" / NAME)
        shutil.copytree(REPO / "tests" / "hidden", self.course / "tests" / "hidden")
        (self.desk / "nbgrader_config.py").write_text(
            "c.CourseDirectory.course_id = 'word_embeddings'\n"
        )
        for home in self.homes.values():
            for name, settings in LAB_SETTINGS.items():
                path = home / f".jupyter/lab/user-settings/@jupyterlab/{name}.jupyterlab-settings"
                path.parent.mkdir(parents=True)
                path.write_text(json.dumps(settings))
            (home / ".jupyter/nbgrader_config.py").write_text(
                f"c.Exchange.root = {str(self.exchange)!r}\n"
            )

    @contextlib.contextmanager
    def visit(self, chromium: Browser, who: str) -> Iterator[tuple[Page, str]]:
        """A page of one's own browser, and the pattern of the addresses on one's own server."""
        folder = self.course if who == "instructor" else self.desk
        with browser.jupyterlab(folder, self.homes[who]) as address:
            page = chromium.new_page(viewport={"width": 1200, "height": 800})
            page.set_default_timeout(LONG)
            yield page, address
            page.close()

    def hand_in(self, student: str, specimen: Specimen) -> None:
        """Lay a submission where `nbgrader collect` would, as with work that came by post."""
        folder = self.course / "submitted" / student / NAME
        folder.mkdir(parents=True)
        (folder / f"{NAME}.ipynb").write_bytes(specimen.submission(SOURCE.read_bytes()))

    def grades(self) -> dict[str, dict[str, tuple[float | None, float | None]]]:
        """Per student and cell: points of the autograder, and of a person."""
        query = """
            SELECT submitted_assignment.student_id, base_cell.name, auto_score, manual_score
            FROM grade JOIN base_cell ON base_cell.id = grade.cell_id
            JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
            JOIN submitted_assignment
              ON submitted_assignment.id = submitted_notebook.assignment_id
        """
        found: dict[str, dict[str, tuple[float | None, float | None]]] = {}
        with contextlib.closing(sqlite3.connect(self.course / "gradebook.db")) as db:
            for student, cell, *points in db.execute(query):
                found.setdefault(student, {})[cell] = (points[0], points[1])
        return found


def press(page: Page, button: Locator, says: str) -> None:
    """Press a button of the formgrader's, and close the window that tells of its success."""
    button.click()
    window = page.locator(".modal.in")
    expect(window).to_be_visible()
    expect(window.locator(".modal-body")).to_contain_text(says)
    window.get_by_role("button", name="OK").click()
    expect(page.locator(".modal:visible, .modal-backdrop")).to_have_count(0)


def first_line(content: str) -> str:
    return content.strip().partition("\n")[0]


def write(page: Page, there: str, content: str) -> None:
    """Type an answer in place of what is in a cell."""
    page.locator(".cm-content:visible", has_text=there).first.click()
    editor = page.locator(".cm-content:focus")
    expect(editor).to_contain_text(there)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(content.strip())
    expect(editor).to_contain_text(content.strip().splitlines()[-1].strip())


def list_assignments(page: Page, server: str) -> None:
    """Open what a student can fetch, hand in and read."""
    page.goto(server.format("lab"))
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()


def validate(page: Page) -> Locator:
    """Press Validate; the window that says what came of it."""
    page.get_by_role("button", name="Validate").click()
    told = page.locator(".jp-Dialog", has=page.locator("#validation-message"))
    expect(told).to_be_visible()
    return told


def answers(specimen: Specimen) -> dict[str, str]:
    """What a specimen has in each answer cell."""
    notebook = nbformat.reads(specimen.submission(SOURCE.read_bytes()).decode(), as_version=4)
    return {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }


def release(instructor: Page, server: str) -> None:
    instructor.goto(server.format("formgrader/manage_assignments"))
    row = instructor.locator("tbody tr", has_text=NAME)
    press(instructor, row.locator(".assign a"), "Successfully created the student version")
    press(instructor, row.locator(".release a"), "Successfully released")


def work_and_submit(student: Page, server: str, right: dict[str, str]) -> None:
    """Fetch, do all but one exercise right, look at Validate, mend that one and submit."""
    list_assignments(student, server)
    student.get_by_role("button", name="Fetch").first.click()
    expect(student.get_by_role("button", name="Submit")).to_be_visible()

    student.goto(server.format(f"lab/tree/{NAME}/{NAME}.ipynb"))
    for content in (right | WRONG.cells).values():
        write(student, first_line(content), content)
    browser.photograph(student, "jupyterlab-notebook")
    told = validate(student)
    expect(told).to_contain_text("Row 0 belongs to no word and stays zero.")
    told.get_by_text("Row 0 belongs", exact=False).last.scroll_into_view_if_needed()
    browser.photograph(student, "jupyterlab-validate")
    told.get_by_role("button", name="Ok").click()

    mended = right["build-embedding-matrix"]
    write(student, first_line(mended), mended)
    student.get_by_role("paragraph").filter(has_text="YOUR ANSWER HERE").dblclick()
    write(student, "YOUR ANSWER HERE", NO_WORDS)
    told = validate(student)
    expect(told).to_contain_text("Success! Your notebook passes all the tests.")
    told.get_by_role("button", name="Ok").click()

    list_assignments(student, server)
    student.get_by_role("button", name="Submit").click()
    expect(student.locator("#submitted_assignments_list")).to_contain_text(NAME)


def collect_and_autograde(instructor: Page, students: tuple[str, str]) -> None:
    row = instructor.locator("tbody tr", has_text=NAME)
    press(instructor, row.locator(".collect a"), "Successfully collected")
    expect(row.locator(".num-submissions")).to_have_text("2")
    row.locator(".num-submissions a").click()
    for who in students:
        handed_in = row_of(instructor, who)
        expect(handed_in).to_contain_text("needs autograding")
        press(instructor, handed_in.locator(".autograde a"), "Successfully autograded")
    expect(instructor.locator("tbody")).to_contain_text("17 / 23")
    browser.photograph(instructor, "formgrader-submissions")


def row_of(page: Page, who: str) -> Locator:
    return page.locator("tbody tr", has=page.get_by_text(who, exact=True))


def mark_the_written_answer(instructor: Page, server: str, who: str) -> None:
    """Look at what somebody wrote, mark it and say why."""
    instructor.goto(server.format(f"formgrader/gradebook/{NAME}/{NAME}"))
    row = row_of(instructor, who)
    expect(row).to_contain_text("0 / 3")
    row.locator(".glyphicon:visible").first.click()
    row.locator("a:visible").click()
    # Until then what is typed is bound to nothing.
    instructor.wait_for_function("window.formgrader?.grades?.loaded && formgrader.comments?.loaded")
    for field, content, kind in (("", "2", "grade"), ("-comment", SAID, "comment")):
        with instructor.expect_response(re.compile(f"/api/{kind}/")) as saved:
            instructor.locator(f"#explain-missing-words{field}").fill(content)
            instructor.locator(f"#explain-missing-words{field}").blur()
        assert saved.value.ok
    if who == ANOTHER:
        instructor.locator("caption", has_text="4 of 7").scroll_into_view_if_needed()
        browser.photograph(instructor, "formgrader-grading")


def give_feedback(instructor: Page, server: str) -> None:
    instructor.goto(server.format("formgrader/manage_assignments"))
    row = instructor.locator("tbody tr", has_text=NAME)
    press(instructor, row.locator(".generate-feedback a"), "Successfully generated feedback")
    press(instructor, row.locator(".release-feedback a"), "Successfully released feedback")
    browser.photograph(instructor, "formgrader-assignments")


def read_feedback(student: Page, server: str, desk: Path) -> None:
    list_assignments(student, server)
    student.get_by_role("button", name="Fetch Feedback").click()
    expect(student.get_by_text("(view feedback)")).to_be_visible()
    (page,) = (desk / NAME / "feedback").rglob("*.html")
    student.goto(server.format(f"files/{page.relative_to(desk)}"))
    expect(student.locator("h1")).to_have_text("3 · A matrix of meanings")
    for said in ("22 of 23 points", NO_WORDS, SAID):
        expect(student.locator("body")).to_contain_text(said)


def test_the_round(tmp_path: Path, chromium: Browser) -> None:
    room, me = Classroom(tmp_path), get_username()  # under whose name nbgrader submits
    with (
        room.visit(chromium, "instructor") as (instructor, course),
        room.visit(chromium, "student") as (student, desk),
    ):
        release(instructor, course)
        work_and_submit(student, desk, answers(reference(NAME)))
        room.hand_in(ANOTHER, WRONG)
        collect_and_autograde(instructor, (me, ANOTHER))
        for who in (me, ANOTHER):
            mark_the_written_answer(instructor, course, who)
        assert room.grades() == {
            me: MARKS,
            ANOTHER: MARKS | {"test-build-embedding-matrix": (4, None)},
        }
        give_feedback(instructor, course)
        read_feedback(student, desk, room.desk)

        page = room.course / "feedback" / ANOTHER / NAME / f"{NAME}.html"
        student.goto(page.as_uri())
        expect(student.locator("body")).to_contain_text("19 of 23 points")
        browser.photograph(student, "feedback")
        student.emulate_media(color_scheme="dark")
        student.set_viewport_size({"width": 400, "height": 800})
        student.locator("#exercise-test-build-embedding-matrix").scroll_into_view_if_needed()
        browser.photograph(student, "feedback-phone")
