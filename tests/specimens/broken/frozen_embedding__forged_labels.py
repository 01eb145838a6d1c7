"""Kernel, language, schema versions, points and check sums all claim to be something else."""

ASSIGNMENT = "frozen_embedding"

ODDITIES = {"language", "kernel", "schema-version", "points", "checksum"}
REVIEW = False


def edit(notebook):
    notebook.metadata["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    notebook.metadata["language_info"] = {"name": "R"}
    for one in notebook.cells:
        labels = one.metadata.get("nbgrader", {})
        labels["schema_version"] = 99
        labels["checksum"] = "0" * 32
        if labels.get("grade"):
            labels["points"] = "NaN"
