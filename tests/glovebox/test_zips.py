"""Canvas's and Moodle's downloads through nbgrader's own `zip_collect`: each file to its owner."""

from __future__ import annotations

import datetime
import io
import logging
import shutil
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.zipcollectapp import ZipCollectApp

from glovebox.coursefolder import SafeCourseDirectory
from glovebox.extract import PlainExtractor
from glovebox.naming import destinations

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::sqlalchemy.exc.SAWarning"
)
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,tiny (71)
    Points Possible,,,,,5
"Berg, Ann",501,u-17,ann,A,
"Cölln, Bö",502,bo,bo@school.org,A,
"Dorn, Eve",503,,eve,B,
"Fuchs, Zoe",504,,zoe,B,
"""
WORKSHEET = """\
Identifier,"Full name","Email address",Status,Grade,"Last modified (submission)"
Participant 9001,"Ann Berg",ann@school.org,Submitted,,"Saturday, 10 January 2026, 11:30 AM"
Participant 9002,"Bö Cölln",bo@school.org,Submitted,,"Tuesday, 13 January 2026, 3:45 PM"
Participant 9003,"Ann Berg",berg2@school.org,Submitted,,"Friday, 9 January 2026, 1:00 AM"
Participant 9004,"Eve Dorn",eve@school.org,"No submission",,-
"""
GRADES = """\
First name;Last name;ID number;Email address
Bö;Cölln;bo;bo@school.org
Eve;Dorn;;eve@school.org
Ann;Berg;;ann@school.org
Ann;Berg;;berg2@school.org
"""
NO_ROSTER = "none"
DUE = datetime.datetime(2026, 1, 12, 12, 0)
DOWNLOADED = (2026, 2, 1, 9, 30, 0)


@pytest.fixture(scope="module")
def template(generated_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that knows two students, and when its assignment is due."""
    root = tmp_path_factory.mktemp("template") / "course"
    shutil.copytree(generated_course, root)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}", "word_embeddings") as gradebook:
        gradebook.find_assignment("tiny").duedate = DUE
        gradebook.add_student("ann")
        gradebook.add_student("cb", email="bo@school.org")
        gradebook.db.commit()
    return root


@pytest.fixture
def course(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of one's own, in which we are, in a time zone of its own."""
    root = Path(shutil.copytree(template, tmp_path / "course"))
    monkeypatch.chdir(root)
    return root


def zipped(files: Mapping[str, bytes | str], when: tuple[int, ...] = DOWNLOADED) -> bytes:
    """A zip file; names in UTF-8 that do not say so, as Ruby writes them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, when)  # type: ignore[arg-type]
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    flag = struct.pack("<H", 0x800)
    data = bytearray(made.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            if data[at + place : at + place + 2] == flag:
                data[at + place : at + place + 2] = b"\0\0"
            at = data.find(mark, at + 1)
    return bytes(data)


FILE = zipped({"x_1_2_tiny.ipynb": b""})


@pytest.fixture
def collect(course: Path, caplog: pytest.LogCaptureFixture) -> Callable[..., str]:
    """Run `nbgrader zip_collect` on a download; what it warned of."""

    def run(lms: str, roster: str, download: bytes, *options: str, name: str = "all.zip") -> str:
        archive = course / "downloaded/tiny/archive"
        archive.mkdir(parents=True, exist_ok=True)
        (archive / name).write_bytes(download)
        (course / "roster.csv").write_text(roster)
        plugin = f"{lms}Collector"
        named = [f"--{plugin}.roster=roster.csv"] if roster != NO_ROSTER else []
        app = ZipCollectApp()
        app.initialize(["tiny", f"--collector=glovebox.zips.{plugin}", *named, *options])
        app.log.propagate = True
        caplog.set_level(logging.WARNING, app.log.name)
        caplog.clear()
        app.start()
        return "\n".join(record.getMessage() for record in caplog.records)

    return run


def submitted(course: Path) -> dict[str, bytes]:
    """What lies in submitted/, times aside."""
    folder = course / "submitted"
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "timestamp.txt"
    }


def time_of(course: Path, student: str) -> datetime.datetime | None:
    """When somebody handed in, as grading sees it (UTC)."""
    return SafeCourseDirectory().get_existing_timestamp(
        str(course / "submitted" / student / "tiny")
    )


def test_canvas(course: Path, collect: Callable[..., str]) -> None:
    said = collect(
        "Canvas",
        CANVAS,
        zipped(
            {
                "bergann_501_70001_tiny-2.ipynb": b"ann's",
                "bergann_501_70000_plot.png": b"png",
                "cöllnbö_LATE_502_70010_tiny (1).ipynb": b"bo's",
                "dorneve_503_70021_tiny-1.ipynb": b"eve's second",
                "dorneve_503_70020_tiny.ipynb": b"eve's first",
                "fuchszoe_504_70030_homework_3.ipynb": b"zoe's",
                "nobody_599_70040_tiny.ipynb": b"of nobody",
                "tiny.ipynb": b"without a name",
            }
        ),
    )
    assert submitted(course) == {
        "ann/tiny/tiny.ipynb": b"ann's",
        "cb/tiny/tiny.ipynb": b"bo's",
        "eve/tiny/tiny.ipynb": b"eve's second",
        "zoe/tiny/tiny.ipynb": b"zoe's",
    }
    assert "nobody (599): tiny.ipynb: roster.csv does not have them; left out" in said
    assert "dorneve (503): tiny-1.ipynb: taken in place of the earlier tiny.ipynb" in said
    assert "all/tiny.ipynb: Canvas does not name files so" in said
    assert "cöllnbö (502): tiny (1).ipynb: Canvas says it is late, and not by how much" in said
    # The download was weeks later, which is nobody's fault.
    assert [time_of(course, who) for who in ("ann", "cb")] == [
        DUE, DUE + datetime.timedelta(seconds=1)
    ]  # fmt: skip


def test_moodle_by_its_worksheet(course: Path, collect: Callable[..., str]) -> None:
    said = collect(
        "Moodle",
        WORKSHEET,
        zipped(
            {
                "Ann Berg_9001_assignsubmission_file_/tiny.ipynb": b"ann's",
                "Bö Cölln_9002_assignsubmission_file_/sub/tiny-1.ipynb": b"bo's",
                "Ann Berg_9003_assignsubmission_file_/tiny.ipynb": b"the other ann's",
                "Eve Dorn_9004_assignsubmission_onlinetext_/onlinetext.html": b"<p>ill</p>",
                "Eve Dorn_8000_assignsubmission_file_/tiny.ipynb": b"of another Eve",
            }
        ),
        "--MoodleCollector.timezone=Europe/Berlin",
    )
    assert submitted(course) == {
        "ann/tiny/tiny.ipynb": b"ann's",
        "cb/tiny/tiny.ipynb": b"bo's",
        "berg2@school.org/tiny/tiny.ipynb": b"the other ann's",
    }
    assert "Eve Dorn (8000): tiny.ipynb: roster.csv does not have them" in said
    assert "Eve Dorn (9004): onlinetext.html: no notebook among what was handed in" in said
    assert time_of(course, "ann") == datetime.datetime(2026, 1, 10, 10, 30)
    assert time_of(course, "cb") == datetime.datetime(2026, 1, 13, 14, 45)
    assert "does not say when" not in said


def test_moodle_by_names_and_in_one_folder(course: Path, collect: Callable[..., str]) -> None:
    # macOS takes letters with accents apart.
    said = collect(
        "Moodle",
        GRADES,
        zipped(
            {
                "Co\u0308lln Bo\u0308_9002_assignsubmission_file_tiny.ipynb": b"bo's",
                "Ann Berg_9001_assignsubmission_file_tiny.ipynb": b"of one of two",
                "Eve Dorn_9004_assignsubmission_file_x_9002_assignsubmission_file_tiny.ipynb": b"e",
            }
        ),
    )
    assert submitted(course) == {
        "cb/tiny/tiny.ipynb": b"bo's",
        "eve@school.org/tiny/tiny.ipynb": b"e",
    }
    assert "Ann Berg (9001): tiny.ipynb: roster.csv does not tell which student that is" in said
    assert "Moodle's download does not say when a notebook was handed in" in said
    assert time_of(course, "cb") == DUE


def test_times_of_files_count_when_they_are_said_to(
    course: Path, collect: Callable[..., str]
) -> None:
    download = zipped({"bergann_501_1_tiny.ipynb": b""})
    collect("Canvas", CANVAS, download, "--CanvasCollector.zip_times=True")
    here = datetime.datetime(*DOWNLOADED).astimezone(datetime.UTC)  # type: ignore[misc]
    assert time_of(course, "ann") == here.replace(tzinfo=None)


def test_a_name_cannot_claim_anothers_number(course: Path, collect: Callable[..., str]) -> None:
    said = collect("Canvas", CANVAS, zipped({"mallory_501_666_1_tiny.ipynb": b"hers?"}))
    assert submitted(course) == {}
    assert "mallory (501)" in said


def test_what_a_student_zipped_is_unpacked(course: Path, collect: Callable[..., str]) -> None:
    own = zipped(
        {"work/tiny.ipynb": b"ann's", "__MACOSX/work/._tiny.ipynb": b"", "work/a.csv": b""}
    )
    broken = zipped({"x": b"y"})[:-8]
    said = collect(
        "Canvas",
        CANVAS,
        zipped({"bergann_501_1_work.zip": own, "dorneve_503_2_work.zip": broken}),
    )
    assert submitted(course) == {"ann/tiny/tiny.ipynb": b"ann's"}
    assert "dorneve_503_2_work.zip: it is no zip file" in said


def test_nothing_hostile_leaves_its_folder_or_stops_the_class(
    course: Path, collect: Callable[..., str]
) -> None:
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("\nc.PlainExtractor.max_file_bytes = 100_000")
        config.write("\nc.PlainExtractor.max_own_bytes = 200_000\n")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        link = zipfile.ZipInfo("bergann_501_1_tiny.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "../../../../gradebook.db")
        archive.writestr("../../submitted/dorneve_503_2_tiny.ipynb", b"out")
        archive.writestr("/tmp/dorneve_503_3_tiny.ipynb", b"out")
        archive.writestr("..\\..\\dorneve_503_4_tiny.ipynb", b"out")
        archive.writestr("dorneve_503_5_bomb.ipynb", b"0" * 3_000_000)
        bombs = {f"{number}.ipynb": b"0" * 90_000 for number in range(50)}
        archive.writestr("dorneve_503_6_bombs.zip", zipped(bombs))
        archive.writestr("dorneve_503_7_\x1b[31m.ipynb", b"red")
        archive.writestr("fuchszoe_504_8_tiny.ipynb", b"zoe's")
        archive.writestr("fuchszoe_504_8_tiny.ipynb/inside.ipynb", b"")
    said = collect("Canvas", CANVAS, made.getvalue())
    for line in (
        "bergann_501_1_tiny.ipynb: it is a link",
        "../../submitted/dorneve_503_2_tiny.ipynb: its name leads elsewhere",
        "/tmp/dorneve_503_3_tiny.ipynb: its name leads elsewhere",
        "dorneve_503_4_tiny.ipynb: its name leads elsewhere",
        "dorneve_503_5_bomb.ipynb: it is larger than",
        "dorneve_503_6_bombs.zip/3.ipynb: with it, more files or bytes",
        "its name holds control characters",
        "fuchszoe_504_8_tiny.ipynb/inside.ipynb: a file is where its folder should be",
    ):
        assert line in said, line
    assert "\x1b" not in said
    assert not Path("/tmp/dorneve_503_3_tiny.ipynb").exists()
    extracted = course / "downloaded/tiny/extracted"
    assert sum(path.stat().st_size for path in extracted.rglob("*.ipynb")) < 400_000
    assert submitted(course)["zoe/tiny/tiny.ipynb"] == b"zoe's"
    assert {path.split("/")[0] for path in submitted(course)} == {"zoe", "eve"}


@pytest.mark.parametrize(
    ("roster", "download", "options", "said"),
    [
        ("", FILE, [], "holds no students"),
        ("Student,ID\nx,1\n", FILE, [], "none of the columns SIS Login ID"),
        ("SIS Login ID\nx\n", FILE, [], "no columns ID and Student"),
        (NO_ROSTER, FILE, [], "name the LMS's table: --CanvasCollector.roster=FILE"),
        (CANVAS, b"no zip", [], "all.zip: it is no zip file that can be read"),
        (CANVAS, zipped({"x": b"", "y": b""}), ["--PlainExtractor.max_files=1"], "more files"),
    ],
)  # fmt: skip
def test_a_mistake_ends_the_command_in_a_sentence(
    collect: Callable[..., str], caplog: pytest.LogCaptureFixture, course: Path,
    roster: str, download: bytes, options: list[str], said: str,
) -> None:  # fmt: skip
    with pytest.raises(SystemExit):
        collect("Canvas", roster, download, *options)
    assert said in caplog.text
    assert submitted(course) == {}


def test_a_mistake_is_told_before_anything_is_unpacked(
    collect: Callable[..., str], caplog: pytest.LogCaptureFixture, course: Path
) -> None:
    options = ["--collector=glovebox.zips.CanvasCollector", "--CanvasCollector.roster=roster.csv"]
    app = ZipCollectApp()
    app.initialize(["tiny", *options])
    app.log.propagate = True
    with pytest.raises(SystemExit):
        app.start()
    assert (
        "downloaded/tiny/archive: there is no such folder; put Canvas's zip there." in caplog.text
    )
    with pytest.raises(SystemExit):
        collect("Canvas", "", FILE)
    assert not (course / "downloaded/tiny/extracted").exists()


@pytest.mark.parametrize(
    ("names", "expected", "found"),
    [
        (["tiny.ipynb"], ["tiny"], ["tiny.ipynb"]),
        (["Tiny-3.ipynb", "tiny (1)-2.IPYNB"], ["tiny"], ["tiny.ipynb", "tiny.ipynb"]),
        (["tiny.ipynb.txt"], ["tiny"], ["tiny.ipynb.txt"]),
        (["mine.ipynb"], ["tiny"], ["tiny.ipynb"]),
        (["mine.ipynb", "yours.ipynb"], ["tiny"], ["mine.ipynb", "yours.ipynb"]),
        (["mine.ipynb"], ["a", "b"], ["mine.ipynb"]),
        (["b-1.ipynb", "a.ipynb"], ["a", "b"], ["b.ipynb", "a.ipynb"]),
        (["lab-1.ipynb", "lab-1-1.ipynb"], ["lab-1"], ["lab-1.ipynb", "lab-1.ipynb"]),
    ],
)
def test_names_say_which_notebook(names: list[str], expected: list[str], found: list[str]) -> None:
    assert destinations(names, expected) == found


def test_the_extractor_is_the_courses(course: Path) -> None:
    app = ZipCollectApp()
    app.initialize(["tiny"])
    assert app.extractor_plugin is PlainExtractor


@pytest.mark.slow
def test_what_was_collected_at_a_shell_is_graded(
    course: Path, submission: Callable[..., bytes]
) -> None:
    archive = course / "downloaded/tiny/archive"
    archive.mkdir(parents=True)
    wrong = submission(double="def double(x):\n    return x")
    files = {"bergann_501_1_tiny-1.ipynb": submission(), "dorneve_LATE_503_2_mine.ipynb": wrong}
    (archive / "all.zip").write_bytes(zipped(files))
    (course / "roster.csv").write_text(CANVAS)

    def nbgrader(*arguments: str) -> None:
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    collector = "--collector=glovebox.zips.CanvasCollector"
    nbgrader("zip_collect", "tiny", collector, "--CanvasCollector.roster=roster.csv")
    nbgrader("autograde", "tiny")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "word_embeddings") as gradebook:
        found: dict[str, Any] = {
            one.student.id: (one.score, one.total_seconds_late)
            for one in gradebook.assignment_submissions("tiny")
        }
    assert found == {"ann": (5, 0), "eve": (3, 1)}
