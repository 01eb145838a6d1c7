"""Keeps what failing examples held from staying in memory.

Hypothesis remembers the exception of every example that fails, thousands while it shrinks one, and
an exception holds the frames it came through, with all their variables. A submission whose results
are large would fill the grader's memory with them.
"""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable
from typing import Any

_MARK = "forgetful"
"""Attribute of what has been wrapped; parametrized checks share one function."""


def lean(check: Any) -> None:
    """Have a check that generates its inputs forget its variables wherever it fails.

    A check without generated inputs is left as it is. Hypothesis documents the place for this:
    https://hypothesis.readthedocs.io/en/latest/extras.html, "custom function execution".
    """
    handle = getattr(check, "hypothesis", None)
    if handle is not None and not hasattr(handle.inner_test, _MARK):
        handle.inner_test = _forgetful(handle.inner_test)


def _forgetful(inner: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(inner)
    def check(*arguments: Any, **keywords: Any) -> Any:
        try:
            return inner(*arguments, **keywords)
        except BaseException as error:
            _forget(error)
            raise

    setattr(check, _MARK, True)
    return check


def _forget(error: BaseException | None) -> None:
    """Clear the frames that an exception, and those it came of, hold."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
