"""The tutorial does what it says: its blocks are run, one after the other, as a reader would."""

from __future__ import annotations

import getpass
import os
import re
import shlex
import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
_END = "=== end of block"
_READER = "ada"
"""The reader's name on the page."""
_ELLIPSIS = "..."


@dataclass(frozen=True)
class Block:
    """A fenced block of the page."""

    line: int
    kind: str
    title: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """All, in order: ``sh`` is run, ``text`` is what that prints, one with a title is a file."""
    for token in MarkdownIt().parse(page):
        if token.type == "fence":
            kind, _, rest = token.info.partition(" ")
            title = re.fullmatch(r'title="(.+)"', rest)
            yield Block(token.map[0] + 1, kind, title[1] if title else "", token.content)


def script(page: list[Block]) -> str:
    """A program for bash that writes the files and runs the commands, up to the first failure."""
    parts = ["set -e", "exec 2>&1"]
    for block in page:
        if block.title:
            name = shlex.quote(block.title)
            parts.append(f"printf %s {shlex.quote(block.text)} > {name}")
        elif block.kind == "sh":
            parts += [block.text.rstrip(), f'echo "{_END} {block.line}"']
    return "\n".join(parts)


def plain(text: str) -> list[str]:
    """The lines of a text, of which it does not matter how wide a table's columns are."""
    return [" ".join(line.split()) for line in text.splitlines()]


def missing(shown: str, printed: str) -> str | None:
    """The first line that is shown and was not printed, behind those before; None if all were.

    An ellipsis stands for anything, within a line or for lines.
    """
    lines = iter(plain(printed))
    for line in plain(shown):
        pattern = ".*".join(map(re.escape, line.split(_ELLIPSIS)))
        if line != _ELLIPSIS and not any(re.fullmatch(pattern, one) for one in lines):
            return line
    return None


def read() -> list[Block]:
    return list(blocks(PAGE.read_text(encoding="utf-8")))


def test_missing_lines_are_found() -> None:
    assert missing("a\n...\nc 1", "a\nb\nc  1\n") is None
    assert missing("from ... to ...", "from here to there") is None
    assert missing("b\na", "a\nb") == "a"
    assert missing("a.c", "abc") == "a.c"


def test_every_block_is_run_written_or_compared() -> None:
    page = read()
    assert all(block.title or block.kind in ("sh", "text") for block in page)
    outputs = [(before, block) for before, block in pairwise(page) if block.kind == "text"]
    assert outputs
    assert all(before.kind == "sh" for before, _ in outputs)


@pytest.mark.slow
def test_every_command_does_what_the_page_shows(tmp_path: Path) -> None:
    page = read()
    scripts, home, work = sysconfig.get_path("scripts"), tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    environment = {
        "PATH": os.pathsep.join([scripts, os.defpath]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    done = subprocess.run(
        ["bash", "-c", script(page)],
        cwd=work,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        timeout=3600,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    reader = getpass.getuser()
    rest = done.stdout
    for block, after in pairwise([*page, Block(0, "", "", "")]):
        if block.kind == "sh":
            printed, _, rest = rest.partition(f"{_END} {block.line}\n")
            if after.kind == "text":
                shown = re.sub(rf"\b{_READER}\b", reader, after.text)
                line = missing(shown, printed)
                assert line is None, f"{PAGE.name}:{after.line}: {line!r} is not in:\n{printed}"
