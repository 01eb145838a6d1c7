"""The answer cell of `lookup` was deleted."""

ASSIGNMENT = "learned_embedding"

LOSES = {
    "test_number_0_is_looked_up_like_any_other",
    "test_numbers_become_their_rows",
    "test_numbers_may_have_any_shape",
}
ODDITIES = {"missing-answer"}
REVIEW = False


def edit(notebook):
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") != "lookup"
    ]
