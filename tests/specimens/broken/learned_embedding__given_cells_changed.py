"""Given cells were changed: another order, fewer words a review, nothing asserted."""

ASSIGNMENT = "learned_embedding"

ODDITIES = {"edited"}
REVIEW = False


def edit(notebook):
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id == "given-shuffle":
            cell.source = cell.source.replace("permutation(len(texts))", "integers(0, 9, 9)")
        elif grade_id == "settings":
            cell.source = cell.source.replace("MAXLEN = 20", "MAXLEN = 5")
        elif grade_id == "test-whole-chain":
            cell.source = "assert True"
