"""Binds nbgrader to glovebox. Every nbgrader command run in this folder reads it.

Other folders: put ``c.CourseDirectory.root = "<this folder>"`` into an ``nbgrader_config.py`` that
Jupyter finds (``jupyter --paths``), and nbgrader reads this file from there, formgrader included.

Environment: ``GLOVEBOX_EXCHANGE`` names the exchange folder, where it is not nbgrader's usual one.
"""

import tempfile
from pathlib import Path

from glovebox import bind

c = get_config()  # noqa: F821 (given by nbgrader)

bind(c, course_id="word_embeddings", root=Path(__file__).parent)
# What our notebooks unpack and save when they run travels neither with a release nor with a
# submission.
c.CourseDirectory.ignore += ["aclImdb", "*.weights.h5"]

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
