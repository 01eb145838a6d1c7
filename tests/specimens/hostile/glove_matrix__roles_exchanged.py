"""Answer cells carry the labels and ids of test cells and test cells those of answer cells."""

import copy

ASSIGNMENT = "glove_matrix"
ITEMS = (12, 13)
STOPPED_BY = "a test cell's source is always ours, and no test cell earns anything"

CELLS = {
    "parse-glove": "parse_glove = lambda path, embedding_dim: {'passed': 5}",
    "build-embedding-matrix": "build_embedding_matrix = lambda *args: 7",
    "coverage": "coverage = lambda *args: 2",
    "nearest-words": "nearest_words = lambda *args: 3",
    "analogy": "analogy = lambda *args: 3",
}

MAX_POINTS = 0


def edit(notebook):
    by_id = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}
    for name in CELLS:
        answer, test = by_id[name], by_id[f"test-{name}"]
        answer.metadata, test.metadata = test.metadata, answer.metadata
        answer["id"], test["id"] = test["id"], answer["id"]
        # With the test's label, after all tests, a cell that would set every mark to full.
        answer.source += "\nassert True  # all tests passed"
        notebook.cells.remove(answer)
        notebook.cells.append(answer)
    # What the tests need is given by cells of the same name that give something else.
    for cell in list(notebook.cells):
        if cell.metadata.nbgrader.grade_id in ("cosine", "given-tokenizer"):
            given = copy.deepcopy(cell)
            given.source = "cosine = lambda u, v: 1.0\nFILTERS = None"
            given["id"] += "-given"
            notebook.cells.insert(0, given)
