"""What a cell says in its source that works on one machine and not on the grader's.

Found in the syntax tree, so that comments and docstrings are free to say anything.
"""

from __future__ import annotations

import ast
import contextlib
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glovebox.parse import printable
from glovebox.syntax import imported, parse

PROMISED = ("tensorflow", "keras", "numpy", "matplotlib")
"""The libraries that students may count on, beside the standard one."""
_PRESENT = frozenset({*PROMISED, "mpl_toolkits", "IPython", *sys.stdlib_module_names})

_ELSEWHERE = re.compile(
    r"~[\\/]|\.\.[\\/]|[A-Za-z]:[\\/]"
    r"|/(home|root|Users|Volumes|content|kaggle|drive|mnt|media|opt|srv|var|usr|data|workspaces?)(/|$)"
)
"""Begins a path from home, to the folder above, on Windows, or from a usual place like Colab's."""
_ABSOLUTE = re.compile(r"/(?!(tmp|dev)/)[\w.]")
_ADDRESS = re.compile(r"(https?|ftp)://[^\s/]")
_ONLINE = ("urllib.request", "http.client", "socket", "ftplib", "smtplib", "requests", "httpx")
_FETCHERS = frozenset(
    "pip pip3 conda mamba uv wget curl git apt apt-get brew kaggle gdown ssh scp".split()
)
_OPENERS = frozenset("open Path listdir chdir glob load loadtxt genfromtxt read_text".split())
_MOST = 300
"""Characters of a path or an address; longer texts are texts."""


@dataclass(frozen=True)
class Habit:
    """One of them: a stable word for programs, and how a sentence on the cell goes on."""

    kind: str
    message: str


def habits(source: str, present: frozenset[str] = frozenset()) -> list[Habit]:
    """What will not work where a cell is graded, in the order in which it stands there.

    Args:
        source: the cell's source; of what is no Python nothing is found.
        present: further modules that are known to be there.
    """
    tree = parse(source)
    if tree is None:
        return []
    finder = _Finder(_PRESENT | present)
    with contextlib.suppress(RecursionError):  # what was found so far is true
        finder.visit(tree)
    return list(dict.fromkeys(finder.found))


class _Finder(ast.NodeVisitor):
    """Goes through a cell and collects habits."""

    def __init__(self, present: frozenset[str]) -> None:
        self.present = present
        self.found: list[Habit] = []

    def visit_Expr(self, node: ast.Expr) -> None:
        # A text that stands alone is a docstring or a remark.
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Try(self, node: ast.Try) -> None:
        before = self.present
        if any(_catches_absence(handler.type) for handler in node.handlers):
            # Whoever is ready for a module's absence may try to import it.
            tried = {name.partition(".")[0] for one in node.body for name in imported(one)}
            self.present = before | tried
        self.generic_visit(node)
        self.present = before

    def visit_Import(self, node: ast.Import) -> None:
        self._import(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._import(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        texts = list(_texts(node.args))
        if name in ("system", "getoutput", "run_line_magic", "run_cell_magic") and texts:
            self._commands(texts)
        elif name == "load_data" and "datasets" in ast.unparse(node.func):
            self._online(f"downloads data with {printable(ast.unparse(node.func))}()")
        elif name in _OPENERS and texts and _ABSOLUTE.match(texts[0]):
            self._path(texts[0])
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        text = node.value
        if not isinstance(text, str) or len(text) > _MOST or "\n" in text:
            return
        if _ELSEWHERE.match(text):
            self._path(text)
        elif _ADDRESS.match(text) and " " not in text:
            self._online(f"names the address “{printable(text)}”")

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        names = imported(node)
        for module in dict.fromkeys(name.partition(".")[0] for name in names):
            if module not in self.present:
                there = f"{', '.join(PROMISED)} and the standard library"
                self._add("import", f"imports {printable(module)}; count on {there} only.")
            elif used := [name for name in names if name in _ONLINE]:
                self._online(f"imports {used[0]}")

    def _commands(self, texts: list[str]) -> None:
        lines = [text.split() for text in "\n".join(texts).split("\n")]
        for words in lines:
            if words[:2] in (["python", "-m"], ["python3", "-m"]):
                words = words[2:]
            if words and words[0] in _FETCHERS:
                self._online(f"runs {words[0]}")

    def _path(self, text: str) -> None:
        self._add(
            "path",
            f"names the path “{printable(text)}”, which is not there when it is graded: "
            "name files as they lie beside the notebook.",
        )

    def _online(self, what: str) -> None:
        self._add("network", f"{what}; there is no network where it is graded.")

    def _add(self, kind: str, message: str) -> None:
        self.found.append(Habit(kind, message))


def _texts(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _catches_absence(caught: ast.expr | None) -> bool:
    names = {one.id for one in ast.walk(caught) if isinstance(one, ast.Name)} if caught else set()
    return caught is None or bool(names & {"ImportError", "ModuleNotFoundError", "Exception"})
