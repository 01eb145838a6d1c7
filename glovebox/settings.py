"""The settings that bind nbgrader to glovebox, the same for every course."""

from __future__ import annotations

import os
import shutil
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from glovebox.stub import CODE_STUB

if TYPE_CHECKING:
    from traitlets.config import Config


def bind(c: Config, *, course_id: str, root: Path) -> None:
    """Have nbgrader release, grade and feed back with glovebox in a course folder.

    For that folder's ``nbgrader_config.py``, which may change any of these settings afterwards.
    The environment variable ``GLOVEBOX_EXCHANGE`` names the exchange folder, where it is not
    nbgrader's usual one.

    Args:
        c: what nbgrader's ``get_config()`` gives.
        course_id: nbgrader's name of the course.
        root: the course folder.
    """
    _bind_folders(c, course_id, root)
    c.ClearSolutions.code_stub = {"python": CODE_STUB}
    _bind_converters(c)
    c.ExportApp.plugin_class = "glovebox.export.CsvExport"
    _make_pages_safe(c)
    c.Execute.timeout = 300
    _set_environment()


def _bind_folders(c: Config, course_id: str, root: Path) -> None:
    c.CourseDirectory.course_id = course_id
    c.CourseDirectory.root = str(root.resolve())
    c.CourseDirectory.solution_directory = "solutions"
    # nbgrader's own list, and verdicts: they hold what is for the instructor only, and so never
    # travel with feedback.
    c.CourseDirectory.ignore = [
        ".ipynb_checkpoints",
        "*.pyc",
        "__pycache__",
        "feedback",
        "*.verdict.json",
    ]
    if exchange := os.environ.get("GLOVEBOX_EXCHANGE"):
        c.Exchange.root = exchange
    # Safe against what others put there, and without the data that everybody has.
    c.ExchangeFactory.submit = "glovebox.exchange.Submit"
    c.ExchangeFactory.collect = "glovebox.exchange.Collect"
    # Downloads from Canvas and Moodle, for `nbgrader zip_collect --collector=glovebox.zips...`.
    c.ZipCollectApp.extractor_plugin = "glovebox.extract.PlainExtractor"


def _bind_converters(c: Config) -> None:
    c.GenerateAssignment.exporter_class = "glovebox.binding.PreparingExporter"
    c.GenerateSolution.exporter_class = "glovebox.binding.PreparingExporter"
    c.Autograde.exporter_class = "glovebox.binding.GloveboxExporter"
    c.Autograde.sanitize_preprocessors = []
    c.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.AssignLatePenalties"]
    c.GenerateFeedback.exporter_class = "glovebox.feedback.FeedbackExporter"
    c.GenerateFeedback.preprocessors = []


def _make_pages_safe(c: Config) -> None:
    """Feedback and the formgrader: nothing of a student's runs in a browser."""
    c.HTMLExporter.sanitize_html = True
    c.HTMLExporter.filters = {
        "clean_html": "glovebox.safe_html.clean_html",
        "strip_files_prefix": "glovebox.safe_html.clean_markdown",
    }


def _set_environment() -> None:
    """Surroundings in which nbgrader runs an instructor's notebooks and makes a gradebook."""
    # nbgrader counts any line on stderr as a failed test, and TensorFlow likes to talk there.
    for name, value in {
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
    }.items():
        os.environ.setdefault(name, value)
    # nbgrader calls `alembic` by its bare name when it makes the gradebook.
    if shutil.which("alembic") is None:
        os.environ["PATH"] = os.pathsep.join(
            filter(None, (sysconfig.get_path("scripts"), os.environ.get("PATH")))
        )
