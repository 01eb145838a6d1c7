"""Mutation operators: every way to change one small thing in a piece of Python source."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

Alternative = tuple[ast.AST | None, str]
"""What stands in the place of a node (nothing: the statement is left out), and how it is shown."""

_CONTEXT, _LONG = 12, 60
"""Characters around a difference, and of a whole one, that are shown."""
_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.FloorDiv),
    ast.Div: (ast.Mult, ast.FloorDiv),
}
_NAMES = {
    "sorted": "list",
    "max": "min",
    "zeros": "empty",
    "rstrip": "strip",
    "rsplit": "split",
    "lower": "upper",
    "glob": "rglob",
    "permutation": "integers",
    "relu": "tanh",
    "float32": "float64",
    "sigmoid": "softmax",
    "rmsprop": "adam",
    "binary_crossentropy": "mse",
    "accuracy": "acc",
    "utf-8": "latin-1",
    "*.txt": "*",
}
"""Names and words that are taken for others by mistake."""


def mutations(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """All changes of one thing: the line, what became of it, and the changed tree.

    Docstrings and what compiles to nothing are left alone. Lines count from 1.
    """
    original = ast.parse(source)
    _without_docstrings(original)
    for place, node in enumerate(ast.walk(original)):
        for number, (_, shown) in enumerate(_alternatives(node)):
            tree = copy.deepcopy(original)
            twin = list(ast.walk(tree))[place]
            changed, _ = list(_alternatives(twin))[number]
            _Put(twin, changed).visit(tree)
            ast.fix_missing_locations(tree)
            try:
                compile(tree, "mutant", "exec")
            except (SyntaxError, ValueError):
                continue
            # A part of a comprehension has no line of its own.
            place_in = node.target if isinstance(node, ast.comprehension) else node
            yield getattr(place_in, "lineno", 0), shown, tree


class _Put(ast.NodeTransformer):
    """Puts a node in the place of another one, or ``pass`` for a statement that is left out."""

    def __init__(self, old: ast.AST, new: ast.AST | None) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> Any:
        if node is not self._old:
            return self.generic_visit(node)
        return ast.Pass() if self._new is None else self._new


def _without_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]


def _alternatives(node: ast.AST) -> Iterator[Alternative]:
    """What may stand in the place of one node."""
    for kind, operator in _OPERATORS:
        if isinstance(node, kind):
            before = _text(node)
            for changed in operator(node):
                after = "nothing" if changed is None else _text(changed)
                if after != before:
                    yield changed, _difference(before, after)


def _difference(before: str, after: str) -> str:
    """What became of what, with a little of what both have around it."""
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    first, last = max(start - _CONTEXT, 0), max(end - _CONTEXT, 0)
    shown = [_shortened(text[first : len(text) - last]) for text in (before, after)]
    return " → ".join(f"{'…' * (first > 0)}{text}{'…' * (last > 0)}" for text in shown)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginnings."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG // 2]}…{text[-_LONG // 2 :]}"


def _text(node: ast.AST) -> str:
    """A node as source, one line of it."""
    return ast.unparse(node).partition("\n")[0]


def _with(node: Any, **fields: Any) -> Any:
    """A copy of a node with some fields changed."""
    changed = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _constants(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool(value):
            yield ast.Constant(not value)
        case int(value) | float(value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case str(value):
            yield ast.Constant("")
            yield ast.Constant(_NAMES.get(value, value + "x"))


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    if len(node.ops) == 1:
        for other in _COMPARE.get(type(node.ops[0]), ()):
            yield _with(node, ops=[other()])


def _arithmetic(node: ast.BinOp) -> Iterator[ast.AST]:
    for other in _ARITHMETIC.get(type(node.op), ()):
        yield _with(node, op=other())
    yield node.left
    yield node.right


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _bool_operations(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    yield from node.values


def _conditions(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    for value in (True, False):
        yield _with(node, test=ast.Constant(value))


def _filters(node: ast.comprehension) -> Iterator[ast.AST]:
    if node.ifs:
        yield _with(node, ifs=[])
        yield _with(node, ifs=[ast.UnaryOp(ast.Not(), node.ifs[0]), *node.ifs[1:]])
    yield from (_with(node, iter=part) for part in _parts(node.iter))


def _loops(node: ast.For) -> Iterator[ast.AST]:
    yield from (_with(node, iter=part) for part in _parts(node.iter))


def _parts(iterated: ast.expr) -> Iterator[ast.expr]:
    """Nothing, all but the first and all but the last of what is iterated over."""
    listed = ast.Call(ast.Name("list", ast.Load()), [iterated], [])
    one, minus_one = ast.Constant(1), ast.UnaryOp(ast.USub(), ast.Constant(1))
    yield ast.List([], ast.Load())
    yield ast.Subscript(listed, ast.Slice(lower=one), ast.Load())
    yield ast.Subscript(listed, ast.Slice(upper=minus_one), ast.Load())


def _statements(node: ast.stmt) -> Iterator[ast.AST | None]:
    match node:
        case ast.Return(value=ast.Tuple(elts=elements)):
            for place in range(len(elements) - 1):
                yield _with(node, value=ast.Tuple(_swapped(elements, place), ast.Load()))
            yield ast.Return(ast.Constant(None))
        case ast.Return():
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
            yield None
        case ast.Expr() | ast.Assign() | ast.AugAssign():
            yield None


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    for place in range(len(node.keywords)):
        yield _with(node, keywords=node.keywords[:place] + node.keywords[place + 1 :])
    for place in range(len(node.args)):
        yield _with(node, args=node.args[:place] + node.args[place + 1 :])
    for place in range(len(node.args) - 1):
        yield _with(node, args=_swapped(node.args, place))
    # What the call is made on, or its only argument, as if it had not been made.
    if isinstance(node.func, ast.Attribute) and (
        not node.args or not isinstance(node.func.value, ast.Name)
    ):
        yield node.func.value
    elif len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]


def _swapped(items: list[Any], place: int) -> list[Any]:
    return [*items[:place], items[place + 1], items[place], *items[place + 2 :]]


def _lists(node: ast.List) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        for place in range(len(node.elts)):
            yield _with(node, elts=node.elts[:place] + node.elts[place + 1 :])
        for place in range(len(node.elts) - 1):
            yield _with(node, elts=_swapped(node.elts, place))


def _slices(node: ast.Slice) -> Iterator[ast.AST]:
    for bound in ("lower", "upper"):
        if (value := getattr(node, bound)) is not None:
            yield _with(node, **{bound: None})
            yield _with(node, **{bound: ast.BinOp(value, ast.Add(), ast.Constant(1))})


def _subscripts(node: ast.Subscript) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load):
        yield node.value


def _names(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in _NAMES and isinstance(node.ctx, ast.Load):
        yield _with(node, id=_NAMES[node.id])


def _attributes(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in _NAMES:
        yield _with(node, attr=_NAMES[node.attr])


_OPERATORS: tuple[tuple[Any, Callable[[Any], Iterator[ast.AST | None]]], ...] = (
    (ast.Constant, _constants),
    (ast.Compare, _comparisons),
    (ast.BinOp, _arithmetic),
    (ast.UnaryOp, _unary),
    (ast.BoolOp, _bool_operations),
    ((ast.If, ast.IfExp), _conditions),
    (ast.comprehension, _filters),
    (ast.For, _loops),
    (ast.stmt, _statements),
    (ast.Call, _calls),
    (ast.List, _lists),
    (ast.Slice, _slices),
    (ast.Subscript, _subscripts),
    (ast.Name, _names),
    (ast.Attribute, _attributes),
)
