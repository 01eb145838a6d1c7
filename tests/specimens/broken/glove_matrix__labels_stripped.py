"""A notebook site removed all metadata and gave every cell a new id."""

ASSIGNMENT = "glove_matrix"

ODDITIES = {"recognised"}
REVIEW = False


def edit(notebook):
    for number, one in enumerate(notebook.cells):
        one.metadata.clear()
        one.id = f"fresh-{number}"
    notebook.metadata.clear()
