"""Every label says that the answers are worth thousands and marked, with check sums that fit."""

from nbgrader.utils import compute_checksum

ASSIGNMENT = "tokenizer"
ITEMS = (13,)
STOPPED_BY = "labels come from the pristine notebook; those handed in are only compared with them"

NAMES = "read-reviews split-words build-word-index texts-to-sequences pad-sequences".split()
CELLS = dict.fromkeys([*NAMES, "shuffle-and-split"], "# done")

MAX_POINTS = 0
ODDITIES = {"points", "flags", "edited", "kernel"}


def edit(notebook):
    notebook.metadata["kernelspec"] = {"name": "glovebox", "display_name": "", "language": "python"}
    notebook.metadata["nbgrader"] = {"score": 25, "max_score": 25, "late_submission_penalty": -50}
    for cell in notebook.cells:
        labels = cell.metadata.get("nbgrader", {})
        if labels.get("grade") and cell.cell_type == "code":
            # A test that is a hand-marked answer of a thousand points, with its score beside it.
            cell.source = "# BEGIN HIDDEN TESTS\n1000.0\n# END HIDDEN TESTS"
            labels |= {"points": 1000, "solution": True, "locked": False, "task": True}
            labels |= {
                "score": 1000,
                "manual_score": 1000,
                "extra_credit": 500,
                "outcome": "passed",
            }
            cell.metadata["tags"] = ["skip-execution", "raises-exception", "remove-cell"]
            cell.metadata["deletable"] = cell.metadata["editable"] = True
        elif labels.get("solution"):
            labels |= {"grade": True, "points": 500, "solution": False, "locked": True}
        if labels:
            labels["checksum"] = compute_checksum(cell)
