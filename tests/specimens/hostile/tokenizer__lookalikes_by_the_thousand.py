"""Thousands of long cells, each of which could be any of the answers: work for whoever looks."""

import json

ASSIGNMENT = "tokenizer"
ITEMS = (14, 12)
STOPPED_BY = "so many cells at most, and each is looked at a fixed number of times"
LIMITS = {"cell": 2, "notebook": 10}

CELLS = {}

MAX_POINTS = 0

NAMES = "read_reviews split_words build_word_index texts_to_sequences pad_sequences".split()


def edit(notebook):
    data = json.loads(json.dumps(notebook))
    data["cells"] = [cell for cell in data["cells"] if cell["cell_type"] == "code"]
    for cell in data["cells"]:
        cell["metadata"] = {}
        if "def " in cell["source"]:
            cell["source"] = ""
    # The functions that are looked for are defined, all but the last one, which is not.
    defined = "".join(f"def {name}(*arguments): pass\n" for name in NAMES)
    for number in range(1_990):
        lines = "".join(f"x{number}_{line} = 1\n" for line in range(2_000))
        source = "if False:\n    pass\n" + defined.replace("s(", f"s{number}(") + lines
        data["cells"].append({"cell_type": "code", "source": source, "metadata": {}, "outputs": []})
    return json.dumps(data).encode()
