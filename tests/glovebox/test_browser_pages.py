"""Feedback and report in a real browser: nothing of a student's runs, and all can be read."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

from glovebox.annotate import annotate
from glovebox.feedbackpage import feedback_page
from glovebox.figures import lines, rows
from glovebox.marks import NotebookMarks
from glovebox.report.build import build_report
from glovebox.report.pages import write_report
from glovebox.verdict import NotebookVerdict, Oddity, Outcome
from tests.glovebox import browser
from tests.glovebox.reportclass import make_class
from tests.glovebox.test_feedback import SCRIPT, check, hostile
from tests.glovebox.test_report import EVIL, SAID

CURVES = Path(__file__).parents[1] / "hidden" / "frozen_embedding.curves.json"
DESK, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 740}
POLICY = '<meta http-equiv="Content-Security-Policy"'
# What a page would do that had let a student's markup through.
ATTACKS = (
    "<script>alert('a script')</script><img src=x onerror=\"alert('a handler')\">"
    "<svg><script>alert('a drawing')</script></svg>"
    "<a id=lure href=\"javascript:alert('a link')\">x</a>"
    "<iframe srcdoc=\"<script>alert('a frame')</script>\"></iframe>"
    "<img src=http://STRANGER/beacon.png>"
    "<style>body { display: none }</style><base href=http://STRANGER/>"
    "<form action=http://STRANGER/form><button id=send>x</button></form>"
)

# The gradebook's engine is closed by nobody but the garbage collector, as in nbgrader.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]


class Stranger(ThreadingHTTPServer):
    """A server of somebody else's, who would like to hear from a reader of the page."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Ear)
        self.address = f"127.0.0.1:{self.server_port}"
        self.heard: list[str] = []


class _Ear(BaseHTTPRequestHandler):
    server: Stranger

    def do_GET(self) -> None:
        self.server.heard.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on standard error."""


class Watched:
    """A page, what it did unasked and what it said of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.ran: list[str] = []
        self.complaints: list[str] = []
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: Path) -> Watched:
        """Look at a file until nothing more comes."""
        self.page.goto(path.as_uri(), wait_until="load")
        self.page.wait_for_timeout(300)  # handlers of pictures run after that
        return self

    def _dialog(self, dialog: Dialog) -> None:
        self.ran.append(dialog.message)
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        # A picture whose bytes are none is a broken picture, and shown as that.
        if message.type in ("error", "warning") and "ERR_INVALID_URL" not in message.text:
            self.complaints.append(message.text)


@pytest.fixture
def look(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """Open pages of a browser of one's own, with the settings of Playwright's ``new_context``."""
    contexts = []

    def opened(path: Path, **settings: Any) -> Watched:
        context = chromium.new_context(**({"viewport": DESK} | settings))
        context.set_default_timeout(1000 * browser.PATIENCE)
        contexts.append(context)
        return Watched(context.new_page()).open(path)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def feedback(tmp_path: Path, handed_in: Any) -> Path:
    """The feedback on a hostile submission, with pictures in it."""
    verdict = NotebookVerdict(
        "tiny",
        checks=(
            check(
                "curve", "test-double", Outcome.FAILED, 0.0, message=SCRIPT, hint=SCRIPT,
                figures=(lines("Accuracy", {SCRIPT: [0.5, 0.7]}, x="epoch"),),
            ),
            check(
                "matrix", "test-mean", Outcome.FAILED, 0.75, message="x" * 500,
                figures=(rows("Rows", ["right", SCRIPT, "right"], good=["right"]),),
            ),
        ),
        oddities=(Oddity("x", f"`{SCRIPT}` {SCRIPT}"),),
    )  # fmt: skip
    notebook = nbformat.reads(json.dumps(handed_in), as_version=4)
    annotate(notebook, verdict)
    hostile(notebook)
    marks = NotebookMarks(comments={"explain": SCRIPT})
    page = tmp_path / "tiny.html"
    page.write_text(feedback_page(notebook, verdict, marks, assignment="tiny"), encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a class with hostile names and messages."""
    root = tmp_path_factory.mktemp("hostile")
    make_class(root, 16, 1, rename=lambda n: dict(enumerate(EVIL, 1)).get(n, f"student-{n}"),
               messages=SAID)  # fmt: skip
    write_report(build_report(root), root / "report")
    return root / "report"


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    with Stranger() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(params=["feedback", "report"])
def pages(request: pytest.FixtureRequest) -> list[Path]:
    """The pages of one kind, its main page first."""
    found: Path = request.getfixturevalue(request.param)
    return [found] if found.is_file() else [found / "index.html", *found.rglob("*/*.html")]


def test_nothing_of_a_students_runs(pages: list[Path], look: Callable[..., Watched]) -> None:
    for path in pages:
        seen = look(path)
        assert (seen.ran, seen.complaints) == ([], []), path
        assert "alert(" in seen.page.inner_text("body")


def until(seen: Watched, true: Callable[[], bool]) -> None:
    """Wait for something that the page must do."""
    deadline = time.monotonic() + browser.PATIENCE
    while not true() and time.monotonic() < deadline:
        seen.page.wait_for_timeout(100)
    assert true()


def test_the_policy_holds_where_cleaning_fails(
    pages: list[Path], look: Callable[..., Watched], stranger: Stranger, tmp_path: Path
) -> None:
    html = pages[0].read_text(encoding="utf-8")
    assert html.count("</main>") == 1
    attacks = ATTACKS.replace("STRANGER", stranger.address)
    attacked = tmp_path / "attacked.html"
    attacked.write_text(html.replace("</main>", f"{attacks}</main>"), encoding="utf-8")
    seen = look(attacked)
    for trap in ("#lure", "#send"):
        seen.page.locator(trap).dispatch_event("click")
    until(seen, lambda: any("Content Security Policy" in said for said in seen.complaints))
    seen.page.wait_for_timeout(500)
    assert (seen.ran, stranger.heard, seen.page.url) == ([], [], attacked.as_uri())
    assert seen.page.locator("h1").is_visible()

    # Without the policy all of that happens, and this test sees it.
    before, _, after = attacked.read_text(encoding="utf-8").partition(POLICY)
    attacked.write_text(before + after.partition(">")[2], encoding="utf-8")
    bare = look(attacked)
    until(bare, lambda: {"a script", "a handler", "a drawing", "a frame"} <= set(bare.ran))
    until(bare, lambda: "/beacon.png" in stranger.heard)


def test_the_report_sorts_and_filters(tmp_path: Path, look: Callable[..., Watched]) -> None:
    make_class(tmp_path, 40, 3)
    write_report(build_report(tmp_path), tmp_path / "report")
    page = look(tmp_path / "report" / "index.html").page
    browser.photograph(page, "report")
    page.goto((tmp_path / "report" / "assignments" / "task_1.html").as_uri())
    browser.photograph(page, "report-assignment")
    page.go_back()
    rows = page.locator("#class tbody tr")
    last = page.locator("#class tbody tr td:last-child")
    page.get_by_role("button", name="All").click()
    points = [float(text.split()[0]) for text in last.all_inner_texts()]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) > 3
    page.get_by_role("button", name="All").click()
    assert [float(text.split()[0]) for text in last.all_inner_texts()] == points[::-1]
    controls = page.locator("[data-filters=class]")
    controls.locator("input").fill("student-001")
    shown = rows.filter(visible=True).all_inner_texts()
    assert 0 < len(shown) < rows.count()
    assert all("student-001" in text for text in shown)
    assert controls.locator("output").inner_text() == f"{len(shown)} of {rows.count()} shown"


def test_pages_are_read_on_a_phone_in_the_dark_and_on_paper(
    pages: list[Path], look: Callable[..., Watched]
) -> None:
    for path in pages:
        light, dark = (
            look(path, viewport=PHONE, color_scheme=scheme).page for scheme in ("light", "dark")
        )
        for page in (light, dark):
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        assert brightness(light) > 240
        assert brightness(dark) < 60
        dark.emulate_media(media="print")
        assert brightness(dark) > 240


def test_figures_fit_and_are_said_in_words(
    tmp_path: Path, handed_in: Any, look: Callable[..., Watched]
) -> None:
    """A training that overfits early, and a matrix in which some rows are shifted."""
    bands = json.loads(CURVES.read_text(encoding="utf-8"))["bands"]
    training = [0.6, 0.88, 0.97, *[1.0] * 7]
    validation = [0.55, 0.6, 0.63, 0.64, 0.65, 0.64, 0.64, 0.63, 0.64, 0.63]
    curve = lines(
        "Accuracy of your training",
        {"training": training, "validation": validation},
        x="epoch",
        bands={"training": bands["accuracy"], "validation": bands["val_accuracy"]},
    )
    right, empty = "the word's vector", "zeros, as there is no vector"
    states = [empty, *[right] * 19, *["another word's vector"] * 12, *[right] * 24, empty, right]
    states[7] = states[50] = "zeros, but there is a vector"
    verdict = NotebookVerdict(
        "tiny",
        checks=(
            check("curve", "test-double", Outcome.FAILED, 0.0, message="", figures=(curve,)),
            check(
                "matrix", "test-mean", Outcome.FAILED, 0.0, message="",
                figures=(rows("The rows of your matrix", states, good=[right, empty]),),
            ),
        ),
    )  # fmt: skip
    path = tmp_path / "tiny.html"
    notebook = nbformat.reads(json.dumps(handed_in), as_version=4)
    html = feedback_page(notebook, verdict, NotebookMarks(), assignment="tiny")
    path.write_text(html, encoding="utf-8")
    for viewport in (DESK, PHONE):
        seen = look(path, viewport=viewport)
        assert seen.complaints == []
        figures = seen.page.locator("figure")
        assert figures.count() == 2
        for figure in figures.all():
            box = figure.bounding_box()
            assert box is not None
            assert 0 <= box["x"] < box["x"] + box["width"] <= viewport["width"]
            assert figure.locator("svg[role=img]").get_attribute("aria-label")
        assert "validation: from 0.55 to 0.63" in figures.first.inner_text()
        assert "rows 20 to 31: another word's vector" in figures.last.inner_text()
        if viewport == DESK:
            browser.photograph(figures.first, "feedback-curve")
            browser.photograph(figures.last, "feedback-matrix")


def brightness(page: Page) -> float:
    """Of the paper, from 0 to 255; a page that gives itself none is white."""
    outer, inner = (
        page.evaluate(f"getComputedStyle(document.{name}).backgroundColor")
        for name in ("documentElement", "body")
    )
    colour = outer if inner == "rgba(0, 0, 0, 0)" else inner
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour)]
    return sum(numbers[:3]) / 3 if len(numbers) == 3 else 255.0
