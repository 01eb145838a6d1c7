"""An answer was split into two cells, each with the label; the second uses the first."""

import copy

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def without_filters(text):
    return text.lower().translate(str.maketrans(dict.fromkeys(FILTERS, " ")))
""",
}

SECOND = """
def split_words(text):
    return [word for word in without_filters(text).split(" ") if word]
"""

ODDITIES = {"duplicate"}
REVIEW = False


def cell(notebook, grade_id):
    return next(
        one
        for one in notebook.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def edit(notebook):
    first = cell(notebook, "split-words")
    second = copy.deepcopy(first)
    second.source = SECOND
    second.id = "second"
    notebook.cells.insert(notebook.cells.index(first) + 1, second)
