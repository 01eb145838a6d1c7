"""The function stands in a cell above the answer cell, which raises NotImplementedError."""

import re
import textwrap

from glovebox.stub import CODE_STUB

ASSIGNMENT = "glove_matrix"

EXTRA = [
    (
        "before",
        "coverage",
        """
def coverage(word_index, vectors, max_words):
    words = [word for word, number in word_index.items() if number < max_words]
    return sum(word in vectors for word in words) / max(1, len(words))
""",
    )
]

ODDITIES = {"answer-elsewhere"}
REVIEW = False


def cell(notebook, grade_id):
    return next(
        one
        for one in notebook.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def release(answer):
    """Put the answer cell back as it was released."""
    stub = textwrap.indent(CODE_STUB, "    ").strip()
    answer.source = re.sub("### BEGIN.*### END SOLUTION", stub, answer.source, flags=re.DOTALL)


def edit(notebook):
    release(cell(notebook, "coverage"))
