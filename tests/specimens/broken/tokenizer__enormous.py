"""A cell of two million characters, and an output of twenty million."""

from nbformat.v4 import new_code_cell, new_output

ASSIGNMENT = "tokenizer"

ODDITIES = {"too-long"}
REVIEW = True


def edit(notebook):
    notebook.cells.insert(4, new_code_cell("# " + "x" * 2_000_000))
    loud = new_code_cell("1 + 1")
    loud.outputs = [new_output("stream", name="stdout", text="y" * 20_000_000)]
    notebook.cells.insert(5, loud)
