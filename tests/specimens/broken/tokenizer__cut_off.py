"""The upload broke off: the last part of the file is missing."""

import re
from pathlib import Path

import nbformat

ASSIGNMENT = "tokenizer"

CHECKS = Path(__file__).parents[2] / "hidden" / f"test_{ASSIGNMENT}.py"
LOSES = set(re.findall(r"^def (test_\w+)", CHECKS.read_text(encoding="utf-8"), re.MULTILINE))
ODDITIES = {"unreadable"}
REVIEW = True


def edit(notebook):
    content = nbformat.writes(notebook).encode()
    return content[: len(content) // 2]
