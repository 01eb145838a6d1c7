"""The labels of every cell are gone, and the cells' ids with them."""

ASSIGNMENT = "data_size"


def edit(notebook):
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("nbgrader", None)
        cell.id = f"cell-{number}"
