"""Reports the labels, points, kernel and language of a submission that differ from ours.

Nothing of them is ever used; who reads the report decides whether it was an accident.
"""

from __future__ import annotations

from nbformat import NotebookNode

from glovebox.match import Ours, squeeze
from glovebox.parse import printable
from glovebox.verdict import Oddity

_FLAGS = ("grade", "solution", "locked", "task")


def changed_labels(our: Ours, cell: NotebookNode) -> list[Oddity]:
    """What a submitted copy claims about one of our cells and we do not."""
    labels, claimed = our.cell.metadata.get("nbgrader", {}), cell.metadata.get("nbgrader", {})
    oddities = []
    flags = [flag for flag in _FLAGS if flag in claimed and claimed[flag] != bool(labels.get(flag))]
    if flags:
        oddities.append(
            Oddity("flags", f"{our.title} has other flags ({', '.join(flags)}); ours count.")
        )
    if "points" in claimed and claimed["points"] != labels.get("points"):
        points = printable(str(claimed["points"]), 20)
        ours = f"ours ({labels['points']:g}) count" if "points" in labels else "it has none"
        oddities.append(Oddity("points", f"{our.title} claims {points} points; {ours}."))
    if claimed.get("schema_version", 3) != labels.get("schema_version", 3):
        version = printable(str(claimed["schema_version"]), 20)
        oddities.append(
            Oddity("schema-version", f"{our.title} claims schema version {version}; ours counts.")
        )
    # With another text, another checksum tells nothing new.
    unchanged = our.is_answer or squeeze(cell.source) == squeeze(our.cell.source)
    if unchanged and claimed.get("checksum", ours_sum := labels.get("checksum")) != ours_sum:
        oddities.append(Oddity("checksum", f"{our.title} has another checksum; ours counts."))
    return oddities


def changed_kernel(pristine: NotebookNode, submitted: NotebookNode) -> list[Oddity]:
    """The kernel and the language the submission asks for, where they are not ours."""
    oddities = []
    ours, theirs = _language(pristine), _language(submitted)
    if theirs and ours and theirs != ours:
        oddities.append(
            Oddity(
                "language", f'the notebook claims the language "{theirs}"; it was run as {ours}.'
            )
        )
    kernel = pristine.metadata.get("kernelspec", {}).get("name")
    claimed = submitted.metadata.get("kernelspec", {}).get("name", kernel)
    if kernel and claimed != kernel:
        oddities.append(
            Oddity("kernel", f'the notebook asks for the kernel "{printable(claimed)}"; ours ran.')
        )
    return oddities


def _language(notebook: NotebookNode) -> str:
    metadata = notebook.metadata
    spec, info = metadata.get("kernelspec", {}), metadata.get("language_info", {})
    return printable(str(spec.get("language") or info.get("name") or "")).lower()
