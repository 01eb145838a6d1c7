"""A faulty program mangled fields of several cells; the answers can still be read."""

import json

ASSIGNMENT = "tokenizer"

ODDITIES = {"damaged"}
REVIEW = False


def edit(notebook):
    data = json.loads(json.dumps(notebook))
    by_id = {one["metadata"].get("nbgrader", {}).get("grade_id"): one for one in data["cells"]}
    by_id["welcome"]["metadata"] = ["no", "dictionary"]
    by_id["how-to-work"]["source"] = {"text": "gone"}
    by_id["read-reviews"]["outputs"] = float("nan")
    by_id["read-reviews"]["cell_type"] = None
    by_id["split-words"]["metadata"]["tags"] = 7
    by_id["build-word-index"]["source"] = by_id["build-word-index"]["source"].splitlines(True)
    by_id["build-word-index"]["source"].insert(0, None)
    by_id["pad-sequences"]["source"] = "\0" + by_id["pad-sequences"]["source"]
    by_id["shuffle-and-split"]["id"] = by_id["pad-sequences"]["id"]
    by_id["shuffle-and-split"]["metadata"]["nbgrader"]["locked"] = {"deep": [1]}
    data["cells"][3:3] = [None, 17, [], "text"]
    data["metadata"] = "none"
    return json.dumps(data).encode()
