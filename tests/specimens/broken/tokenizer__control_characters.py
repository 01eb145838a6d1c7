"""Escape sequences and scripts in names, Markdown and outputs: they disturb nobody."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

ASSIGNMENT = "tokenizer"

ODDITIES = {"kernel"}
REVIEW = False


def edit(notebook):
    notebook.metadata["kernelspec"] = {"name": "\x1b[2J\x07evil", "language": "python"}
    script = "<script>alert(1)</script>\x1b[31m\u202e"
    shown = new_code_cell("print('\x1b[31mred')\n1")
    shown.outputs = [new_output("display_data", data={"text/html": script})]
    notebook.cells[2:2] = [new_markdown_cell(script), shown]
