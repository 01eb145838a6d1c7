"""Each answer in ten versions, under lookalike ids, before, between and after the tests."""

import copy

ASSIGNMENT = "tokenizer"
ITEMS = (12,)
STOPPED_BY = "ids are compared exactly, the last version counts, and each is tested by calls"

NAMES = "read-reviews split-words build-word-index texts-to-sequences pad-sequences".split()
CELLS = {name: f"{name.replace('-', '_')} = None" for name in [*NAMES, "shuffle-and-split"]}

MAX_POINTS = 0

# Each was seen by some tool as the id itself: other letters, spaces, case, an end that is cut off.
LOOKALIKES = (
    "{}\u200b",
    " {}",
    "{}\n",
    "{}\0",
    "\u202e{}",
    "{}/../{}",
    "{}.",
    "test-{}",
    "{}" + "x" * 300,
)


def edit(notebook):
    by_id = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells}
    for name in CELLS:
        function = name.replace("-", "_")
        answer, test = by_id[name], by_id[f"test-{name}"]
        place = notebook.cells.index(test)
        for number, pattern in enumerate(LOOKALIKES):
            copied = copy.deepcopy(answer if number % 2 else test)
            copied.metadata.nbgrader.grade_id = pattern.format(name, name)
            copied.source = f"def {function}(*arguments, **keywords):\n    return {number}"
            copied["id"] = f"{copied.id}{number}"
            copied["cell_type"] = ("code", "markdown", "raw")[number % 3]
            notebook.cells.insert(place + number % 3 - 1, copied)
        for number in range(5):
            # The very same label, often, and a version that only the worked example would pass.
            copied = copy.deepcopy(test)
            copied.source = f"{function} = lambda *arguments: True\n{test.source}"
            copied["id"] = f"{copied.id}-{number}"
            notebook.cells.insert(place + 2, copied)
    notebook.cells.reverse()
