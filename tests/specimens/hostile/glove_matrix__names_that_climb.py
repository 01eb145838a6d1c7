"""Ids, names and keys that are paths, keys that come twice, and numbers that no one can hold."""

import json

ASSIGNMENT = "glove_matrix"
ITEMS = (14, 16, 13)
STOPPED_BY = "only known fields are read, as text of a bounded length; no name becomes a path"

CELLS = dict.fromkeys(
    "parse-glove build-embedding-matrix coverage nearest-words analogy".split(), ""
)

MAX_POINTS = 0

PATHS = (
    "../../../gradebook.db",
    "/etc/passwd",
    "..\\..\\x",
    "~root/.bashrc",
    "a/../../b",
    "$(id)",
    "`id`",
)


def edit(notebook):
    data = json.loads(json.dumps(notebook))
    for number, cell in enumerate(data["cells"]):
        path = PATHS[number % len(PATHS)]
        cell["id"] = path
        cell["metadata"] |= {"name": path, "path": path, "slideshow": {"slide_type": path}}
        cell["attachments"] = {path: {"image/png": "iVBORw0KGgo="}, f"file://{path}": {"x": path}}
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"output_type": "display_data", "data": {path: path}, "metadata": {}}
            ]
            cell["execution_count"] = path
        if labels := cell["metadata"].get("nbgrader"):
            labels["checksum"] = path
            labels["points"] = "POINTS"
            labels["schema_version"] = path
    data["metadata"] = {
        "kernelspec": {
            "name": "../../../tmp/evil",
            "argv": ["sh", "-c", "id"],
            "display_name": "x",
        },
        "language_info": {"name": "../x", "file_extension": "/../../../x.py"},
        "nbgrader": {"gradebook": "sqlite:////tmp/x.db"},
    }
    text = json.dumps(data)
    # Numbers that become infinite, or too large for a field; and a second list of cells at the end,
    # which some readers take for the only one.
    text = text.replace('"POINTS"', "1e999", 2).replace('"POINTS"', "NaN", 1)
    text = text.replace('"POINTS"', "9" * 4000)
    own = [{"cell_type": "code", "source": "25.0", "metadata": {"nbgrader": {"points": 25}}}]
    return (text[:-1] + ', "worksheets": [{"cells": ' + json.dumps(own) + "}]}").encode()
