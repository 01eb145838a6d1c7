"""A wrong first version was left standing above the right one, under the same label."""

import copy

ASSIGNMENT = "tokenizer"

FIRST_TRY = """
def pad_sequences(sequences, maxlen):
    return np.zeros((len(sequences), maxlen), dtype=int)
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
    right = cell(notebook, "pad-sequences")
    wrong = copy.deepcopy(right)
    wrong.source = FIRST_TRY
    wrong.id = "first-try"
    notebook.cells.insert(notebook.cells.index(right), wrong)
