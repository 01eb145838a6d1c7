"""Binds nbgrader to glovebox. Every nbgrader command run in this folder reads it.

Other folders: put ``c.CourseDirectory.root = "<this folder>"`` into an ``nbgrader_config.py`` that
Jupyter finds (``jupyter --paths``), and nbgrader reads this file from there, formgrader included.

Environment: ``GLOVEBOX_EXCHANGE`` names the exchange folder, where it is not nbgrader's usual one.
"""

import os
import shutil
import sysconfig
import tempfile
from pathlib import Path

from glovebox.stub import CODE_STUB

c = get_config()  # noqa: F821 (given by nbgrader)

# ---- The course and its folders -----------------------------------------------------------------

c.CourseDirectory.course_id = "word_embeddings"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.solution_directory = "solutions"
# Verdicts hold what is for the instructor only: they never travel with feedback. And what our
# notebooks unpack and save when they run travels neither with a release nor with a submission.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "*.verdict.json",
    "aclImdb",
    "*.weights.h5",
]
if exchange := os.environ.get("GLOVEBOX_EXCHANGE"):
    c.Exchange.root = exchange
# Safe against what others put there, and without the data that everybody has.
c.ExchangeFactory.submit = "glovebox.exchange.Submit"
c.ExchangeFactory.collect = "glovebox.exchange.Collect"

# ---- Releasing ----------------------------------------------------------------------------------

c.ClearSolutions.code_stub = {"python": CODE_STUB}

# ---- Grading ------------------------------------------------------------------------------------

c.Autograde.exporter_class = "glovebox.binding.GloveboxExporter"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.AssignLatePenalties"]

# ---- Exporting ----------------------------------------------------------------------------------

c.ExportApp.plugin_class = "glovebox.export.CsvExport"

# ---- Feedback and the formgrader: nothing of a student's runs in a browser ----------------------

c.GenerateFeedback.exporter_class = "glovebox.feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = []

c.HTMLExporter.sanitize_html = True
c.HTMLExporter.filters = {
    "clean_html": "glovebox.safe_html.clean_html",
    "strip_files_prefix": "glovebox.safe_html.clean_markdown",
}

# ---- Running our own notebooks: `generate_solution` and `validate` ------------------------------

c.Execute.timeout = 300
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

# ---- The data that travel with an assignment ----------------------------------------------------


def write_small_data(assignment: str, folder: Path) -> None:
    """Write the small data set's files that an assignment's notebooks name beside them.

    They are generated, not kept in git. Each replaces the one before in one step.
    """
    # Imported here, since most nbgrader commands never need the course.
    from course.data import small
    from course.small import REVIEWS_ARCHIVE, VECTORS_FILE, pack_small

    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ipynb")))
    names = [name for name in (REVIEWS_ARCHIVE, VECTORS_FILE) if name in text]
    if names:
        # Not in source/: a killed run leaves nothing to be released, and a running one nothing
        # that another command could take for an assignment.
        with tempfile.TemporaryDirectory(dir=folder.parents[1], prefix=".packing-") as packing:
            for path in pack_small(small(), packing, names):
                Path(path).replace(folder / Path(path).name)


c.PreparingExporter.prepare = write_small_data
c.GenerateAssignment.exporter_class = "glovebox.binding.PreparingExporter"
c.GenerateSolution.exporter_class = "glovebox.binding.PreparingExporter"
