"""Test cells copied as scratch paper and changed, and copies of answers pasted at the end."""

import copy

ASSIGNMENT = "glove_matrix"

CELLS = {
    "analogy": """
def analogy(a, b, c, vectors):
    target = vectors[b] - vectors[a] + vectors[c]
    others = [word for word in vectors if word not in known_words(a, b, c)]
    return max(others, key=lambda word: cosine(target, vectors[word]))
""",
}

ODDITIES = {"duplicate"}
REVIEW = False


def cell(notebook, grade_id):
    return next(
        one
        for one in notebook.cells
        if one.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def edit(notebook):
    test = cell(notebook, "test-nearest-words")
    scratch = copy.deepcopy(test)
    scratch.source = "def known_words(*words):\n    return set(words)"
    scratch.id = "scratch"
    notebook.cells.insert(notebook.cells.index(test) + 1, scratch)
    for name in ("coverage", "parse-glove", "test-coverage"):
        copied = copy.deepcopy(cell(notebook, name))
        copied.id = f"copy-of-{name}"
        if name == "coverage":
            copied.source = ""
        notebook.cells.append(copied)
