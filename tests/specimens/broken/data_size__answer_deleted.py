"""The answer cell of `catches_up` was deleted."""

ASSIGNMENT = "data_size"

LOSES = {"test_smallest_size_is_found", "test_a_lead_must_last"}
ODDITIES = {"missing-answer"}
REVIEW = False


def edit(notebook):
    notebook.cells = [cell for cell in notebook.cells if cell.id != "catches-up"]
