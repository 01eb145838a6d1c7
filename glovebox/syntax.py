"""What a cell's source defines and imports, by its syntax; nothing is run.

IPython's magics and shell commands are calls in the syntax tree, as they are when they run. Of what
is no Python nothing is found.
"""

from __future__ import annotations

import ast
import re
import symtable
import warnings

_PYTHON = re.compile(r"\s*%%(time|timeit|capture|prun)\b.*")
"""Cell magics that run the rest of the cell as it is."""
_WRITTEN = re.compile(
    r"\s*%%(?:writefile|file)[ \t]+(?:(?:-a|--append)[ \t]+)?([\"']?)(?:\./)?(\w+)\.py\1\s*(?:\n|$)"
)
"""A cell magic that writes the rest of the cell into a module beside the notebook."""
_LONGEST = 100_000
"""Characters of a cell that is looked at."""
_MAGIC = re.compile(r"^[ \t]*[%!]", re.MULTILINE)
_MAGICS = 100
"""Lines of magic in a cell that is looked at: IPython's time for them grows with their square."""


def parse(source: str) -> ast.Module | None:
    """The syntax tree of a cell; None if it is no Python, or longer than what a person writes."""
    if len(source) > _LONGEST:
        return None
    magic = _PYTHON.match(source)
    return _tree(source[magic.end() :] if magic else source)


def _tree(source: str) -> ast.Module | None:
    # Most cells are plain Python, and IPython's way takes a hundred times as long.
    for translate in (str, _without_magic):
        with warnings.catch_warnings(action="ignore"):  # the kernel gives them as well
            try:
                return ast.parse(translate(source))
            except SyntaxError:
                continue
            except (ValueError, RuntimeError, MemoryError):  # of too much or too deep
                break
    return None


def _without_magic(source: str) -> str:
    """The Python that IPython makes of a cell. Raises SyntaxError or ValueError."""
    if len(_MAGIC.findall(source)) > _MAGICS:
        raise ValueError("too much magic")
    from IPython.core.inputtransformer2 import TransformerManager

    return str(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]


def names(source: str) -> set[str]:
    """What a cell gives a name to at its top level: functions, classes, variables, modules."""
    tree = parse(source)
    if tree is None:
        return set()
    try:
        with warnings.catch_warnings(action="ignore"):
            table = symtable.symtable(ast.unparse(tree), "", "exec")
    except (SyntaxError, RecursionError):  # such as a `return` outside of a function
        return set()
    given = (one for one in table.get_symbols() if one.is_assigned() or one.is_imported())
    return {one.get_name() for one in given}


def imports(source: str) -> set[str]:
    """The top-level names of the modules that a cell imports, anywhere in it."""
    tree = parse(source)
    nodes = [] if tree is None else ast.walk(tree)
    return {name.partition(".")[0] for node in nodes for name in imported(node)}


def written_module(source: str) -> str | None:
    """The module that a cell writes beside the notebook, so that others can import it."""
    found = _WRITTEN.match(source)
    return found[2] if found else None


def imported(node: ast.AST) -> list[str]:
    """The modules that a statement may import; `from a import b` imports a and perhaps a.b."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []
