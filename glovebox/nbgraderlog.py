"""nbgrader's converters say what went wrong to their log only; here it is taken from there."""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Iterator

from sqlalchemy.exc import SAWarning


class _Problems(logging.Handler):
    """Collects error messages, each as a sentence for a user."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().strip()
        if "Traceback (most recent call last)" in message:
            # The exception's name tells a user nothing that our own sentences do not.
            self.found.append(re.sub(r"^glovebox[.\w]*: ", "", message.splitlines()[-1]))
        elif "for student" in message or not message.startswith(("There was an", "Please see")):
            self.found.append(message)


@contextlib.contextmanager
def collected_problems() -> Iterator[list[str]]:
    """The problems that nbgrader tells of within the block, which is otherwise silent."""
    log, handler = logging.getLogger("traitlets"), _Problems()
    log.addHandler(handler)
    propagate, log.propagate = log.propagate, False
    try:
        with warnings.catch_warnings():
            # nbgrader's own way of adding a submission; nothing that a user could mend.
            warnings.simplefilter("ignore", SAWarning)
            yield handler.found
    finally:
        log.removeHandler(handler)
        log.propagate = propagate
