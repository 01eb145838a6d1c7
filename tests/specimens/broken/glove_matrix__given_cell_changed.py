"""A given cell was extended by a function that the answer uses."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    return share([word in vectors for word, number in word_index.items() if number < max_words])
""",
}

ODDITIES = {"edited"}
REVIEW = False


def cell(notebook, grade_id):
    return next(
        one
        for one in notebook.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def edit(notebook):
    given = cell(notebook, "imports")
    given.source += """

def share(flags):
    return float(np.mean(flags)) if flags else 0.0
"""
