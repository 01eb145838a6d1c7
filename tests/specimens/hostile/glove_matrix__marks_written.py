"""Marks are written to wherever a gradebook, a verdict or a graded notebook might be kept."""

ASSIGNMENT = "glove_matrix"
ITEMS = (16,)
STOPPED_BY = "what it may write is memory of its own box, and goes with it"

CELLS = {
    "parse-glove": r"""
import json
import sqlite3
import sys

import glovebox

VERDICT = json.dumps({"schema_version": 1, "points": 20.0, "max_points": 20.0, "checks": []})
PLACES = [Path.cwd(), *Path.cwd().parents, Path("/tmp"), Path(glovebox.__file__).parents[1]]
PLACES += [place / ".." / ".." / ".." for place in PLACES]
for place in PLACES:
    try:
        with sqlite3.connect(place / "gradebook.db") as book:
            book.execute("create table if not exists grade (auto_score, manual_score)")
            book.execute("update grade set auto_score = 22, manual_score = 22")
            print("GRADEBOOK", place, book.execute("select * from grade").fetchall())
    except (sqlite3.Error, OSError) as error:
        print("refused", place, error)
    for name in ("verdict.json", "glove_matrix.ipynb", "autograded/me/glove_matrix/verdict.json"):
        try:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(VERDICT)
            print("wrote", place / name)
        except OSError as error:
            print("refused", place / name, error.strerror)
for module in ("glovebox.checks", "glovebox.verdict", "glovebox.wire", "numpy", "msgpack"):
    path = Path(getattr(sys.modules.get(module), "__file__", "") or glovebox.__file__)
    for action in (Path.touch, Path.unlink, lambda path: path.write_text("")):
        try:
            print("CHANGED", path, action(path))
        except OSError as error:
            print("refused", path, error.strerror)
""",
    **dict.fromkeys("build-embedding-matrix coverage nearest-words analogy".split(), ""),
}

MAX_POINTS = 0
