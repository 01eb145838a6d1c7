"""All cells stand in the reverse order."""

ASSIGNMENT = "tokenizer"

ODDITIES = {"reordered"}
REVIEW = False


def edit(notebook):
    notebook.cells.reverse()
