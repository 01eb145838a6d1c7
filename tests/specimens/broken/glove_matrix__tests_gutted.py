"""Wrong answers, and the test cells rewritten to pass, to be worth more and to be no tests."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "coverage": """
def coverage(word_index, vectors, max_words):
    return 1.0
""",
}

LOSES = {"test_coverage_is_a_share", "test_coverage_stops_at_the_cut"}
ODDITIES = {"edited", "points", "flags", "missing-cell"}
REVIEW = False


def cell(notebook, grade_id):
    return next(
        one
        for one in notebook.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def edit(notebook):
    for name in ("coverage", "nearest-words"):
        test = cell(notebook, f"test-{name}")
        test.source = "assert True"
        test.metadata.nbgrader |= {"points": 100, "grade": False, "locked": False}
        test.metadata["tags"] = ["skip-execution"]
    notebook.cells.remove(cell(notebook, "test-parse-glove"))
