"""The answer cell of `coverage` was deleted."""

ASSIGNMENT = "glove_matrix"

LOSES = {"test_coverage_is_a_share", "test_coverage_stops_at_the_cut"}
ODDITIES = {"missing-answer"}
REVIEW = False


def cell(notebook, grade_id):
    return next(
        one
        for one in notebook.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def edit(notebook):
    notebook.cells.remove(cell(notebook, "coverage"))
