"""An editor stored the notebook as UTF-16."""

import nbformat

ASSIGNMENT = "tokenizer"

ODDITIES = {"encoding"}
REVIEW = False


def edit(notebook):
    return nbformat.writes(notebook).encode("utf-16")
