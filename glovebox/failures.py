"""What a hidden check raises, and says, when the student's work is not right.

Every text here is written for the student. What is for the instructor only (a plain ``assert``, a
traceback of the check) never passes through this module.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np

from glovebox.show import SHORT, shorten
from glovebox.stub import UNWRITTEN

__all__ = [
    "SHORT",
    "CallFailure",
    "Doubtful",
    "Failure",
    "Mismatch",
    "Partly",
    "StudentError",
    "expect",
    "expect_array",
    "expect_type",
    "shorten",
    "type_name",
]

_T = TypeVar("_T")


class Failure(AssertionError):
    """The student's work is not right, and this sentence tells the student how."""

    said_all = False
    """Whether the check's hint, which is about the usual mistake, would only lead astray."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Partly(Failure):
    """The student's work is right in part: a share (0 to 1) of the check's points is earned."""

    def __init__(self, message: str, share: float) -> None:
        super().__init__(message)
        self.share = min(max(share, 0.0), 1.0)


class Mismatch(Failure):
    """An expected value beside the one that came, and the input that shows the difference."""

    def __init__(self, expected: Any, actual: Any, given: str = "") -> None:
        lines = [f"expected: {shorten(expected)}", f"but got:  {shorten(actual)}"]
        if given:
            lines.insert(0, f"given:    {given}")
        super().__init__("\n".join(lines))


class StudentError(Failure):
    """The student's own code raised an exception while a check called it."""

    def __init__(
        self, function: str, error: str, text: str, where: str = "", call: str = ""
    ) -> None:
        self.said_all = error == "NotImplementedError" and text in ("", UNWRITTEN)
        if self.said_all:
            lines = [f"`{function}` is not written yet: it raises NotImplementedError."]
        else:
            lines = [f"`{function}` raised {error}{': ' if text else ''}{text}"]
            lines += [line for line in (where, call and f"called as: {call}") if line]
        super().__init__("\n".join(lines))
        self.function, self.error, self.text = function, error, text


class CallFailure(Failure):
    """A call that could not be made, or gave nothing that can be looked at.

    The function is missing, too slow, ended the kernel, or returned what is refused.
    """

    said_all = True


class Doubtful(Exception):
    """The evidence contradicts itself: no points, and a person must look.

    Not a :class:`Failure`: it ends a check as an error, which asks for manual grading.
    """


def expect(condition: bool, message: str) -> None:
    """Fail with a sentence for the student unless the condition holds.

    Raises:
        Failure: the condition is false.
    """
    if not condition:
        raise Failure(message)


def expect_type(value: Any, kind: type[_T] | tuple[type, ...], name: str = "the result") -> _T:
    """Pass a value on when it is of the kind asked for.

    Raises:
        Failure: it is of another type.
    """
    kinds = kind if isinstance(kind, tuple) else (kind,)
    # bool is an int to Python, hardly ever to an exercise.
    if isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds):
        return value  # type: ignore[return-value]
    wanted = " or ".join(k.__name__ for k in kinds)
    raise Failure(f"{name} should be of type {wanted}, but is of type {type_name(value)}.")


def expect_array(
    value: Any,
    shape: tuple[int, ...] | None = None,
    dtype_kind: str | None = None,
    name: str = "the result",
) -> np.ndarray[Any, Any]:
    """Pass an array on when it has the shape and kind asked for.

    Args:
        value: what the student's function returned.
        shape: the exact shape, if it matters.
        dtype_kind: NumPy kind letters that are allowed, such as ``"iu"`` or ``"f"``.
        name: how the message calls the value.

    Raises:
        Failure: not an array, or another shape or kind.
    """
    if not isinstance(value, np.ndarray):
        raise Failure(f"{name} should be a NumPy array, but is of type {type_name(value)}.")
    if shape is not None and value.shape != shape:
        raise Failure(f"{name} should have the shape {shape}, but has the shape {value.shape}.")
    if dtype_kind is not None and value.dtype.kind not in dtype_kind:
        words = {"i": "whole numbers", "u": "whole numbers", "f": "floats", "b": "booleans"}
        wanted = " or ".join(dict.fromkeys(words.get(kind, kind) for kind in dtype_kind))
        raise Failure(f"{name} should hold {wanted}, but its dtype is {value.dtype}.")
    return value


def type_name(value: Any) -> str:
    """The type of a value as its owner would call it (a handle tells the type of its object)."""
    inside = getattr(value, "type_name", None)
    return inside if isinstance(inside, str) else type(value).__name__
