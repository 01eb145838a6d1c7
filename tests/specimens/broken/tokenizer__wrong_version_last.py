"""The right version was pasted over by a wrong one further down, under the same label."""

import copy

ASSIGNMENT = "tokenizer"

LAST_TRY = """
def pad_sequences(sequences, maxlen):
    data = np.zeros((len(sequences), maxlen), dtype=int)
    for row, sequence in zip(data, sequences):
        kept = sequence[-maxlen:]
        row[: len(kept)] = kept
    return data
"""

LOSES = {"test_short_sequences_get_zeros_in_front"}
ODDITIES = {"duplicate"}
REVIEW = False


def cell(notebook, grade_id):
    return next(
        one
        for one in notebook.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def edit(notebook):
    wrong = copy.deepcopy(cell(notebook, "pad-sequences"))
    wrong.source = LAST_TRY
    wrong.id = "last-try"
    notebook.cells.append(wrong)
