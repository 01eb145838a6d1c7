"""An old program stored the notebook in format 3, where cells live in worksheets."""

import json

ASSIGNMENT = "tokenizer"

ODDITIES = {"nbformat"}
REVIEW = False


def edit(notebook):
    cells = []
    for one in notebook.cells:
        old = {"cell_type": one.cell_type, "metadata": one.metadata}
        if one.cell_type == "code":
            old |= {"input": one.source, "language": "python", "outputs": [], "collapsed": False}
        else:
            old["source"] = one.source
        cells.append(old)
    sheets = [{"cells": cells, "metadata": {}}]
    old_form = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": sheets}
    return json.dumps(old_form).encode()
