"""Ways to write a program otherwise that do not change what it does."""

from __future__ import annotations

import ast
from collections.abc import Callable


def commented(source: str) -> str:
    """With a comment before every statement."""
    lines = source.splitlines()
    starts = {node.lineno: node.col_offset for node in ast.walk(ast.parse(source))
              if isinstance(node, ast.stmt)}  # fmt: skip
    for line, column in sorted(starts.items(), reverse=True):
        # Not where the statement follows another on its line, or has a decorator above it.
        above = lines[line - 2].strip() if line > 1 else ""
        if not lines[line - 1][:column].strip() and not above.startswith("@"):
            lines.insert(line - 1, f"{' ' * column}# ### what follows: {line} (это комментарий)")
    return "\n".join(lines)


def reformatted(source: str) -> str:
    """Without comments, and laid out as Python's own unparser does."""
    return ast.unparse(ast.parse(source))


def renamed(source: str) -> str:
    """With other names for the local variables of every function."""
    tree = ast.parse(source)
    for function in tree.body:
        if isinstance(function, ast.FunctionDef):
            _Rename(_locals(function)).visit(function)
    return ast.unparse(tree)


def split(source: str) -> list[str]:
    """One piece for each statement at the top, to be put into cells of their own."""
    return [ast.unparse(statement) for statement in ast.parse(source).body]


REWRITINGS: dict[str, Callable[[str], str]] = {
    "commented": commented,
    "reformatted": reformatted,
    "renamed": renamed,
}


def _locals(function: ast.FunctionDef) -> set[str]:
    """What a function assigns to that is its own: no parameter, no global, no inner definition."""
    nodes = list(ast.walk(function))
    parameters = {node.arg for node in nodes if isinstance(node, ast.arg)}
    shared = {
        name
        for node in nodes
        if isinstance(node, (ast.Global, ast.Nonlocal))
        for name in node.names
    }
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored - parameters - shared


class _Rename(ast.NodeTransformer):
    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id in self._names:
            node.id = f"renamed_{node.id}"
        return node
