"""Somebody hid 100,000 nested lists in the notebook's metadata."""

import re
from pathlib import Path

import nbformat

ASSIGNMENT = "tokenizer"

CHECKS = Path(__file__).parents[2] / "hidden" / f"test_{ASSIGNMENT}.py"
LOSES = set(re.findall(r"^def (test_\w+)", CHECKS.read_text(encoding="utf-8"), re.MULTILINE))
ODDITIES = {"unreadable"}
REVIEW = True


def edit(notebook):
    notebook.metadata["deep"] = "HERE"
    nested = "[" * 100_000 + "]" * 100_000
    return nbformat.writes(notebook).replace('"HERE"', nested).encode()
