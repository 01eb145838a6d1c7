"""Opens nbgrader's gradebook, a file or a database server, without ever making a new one.

And knows how its tables hang together.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Query

from glovebox.errors import UserError

_PATIENCE = "60"
"""Seconds to wait for somebody else who writes, where the gradebook's address says nothing else."""


class GradebookError(UserError):
    """The gradebook does not fit the assignment, or cannot be written; nothing was changed."""


class NoGradebook(GradebookError):
    """There is none at its address."""


@contextlib.contextmanager
def opened(db_url: str, course_id: str) -> Iterator[Gradebook]:
    """The gradebook; what is not committed within the block did not happen.

    Raises:
        GradebookError: it is not there, or the database fails, now or within the block.
    """
    try:
        with Gradebook(_address(db_url), course_id) as gradebook:
            yield gradebook
    except SQLAlchemyError as error:
        raise _unwritable(error) from error


def analyze(db_url: str, course_id: str) -> None:
    """Tell SQLite how large each table is, so that its planner joins them in a good order.

    Without that nbgrader's own export of a large class takes many times as long (``ANALYZE``,
    https://www.sqlite.org/lang_analyze.html). Other databases see to it themselves.

    Raises:
        GradebookError: the database cannot be written.
    """
    with opened(db_url, course_id) as gradebook:
        if gradebook.engine.dialect.name == "sqlite":
            gradebook.db.execute(text("ANALYZE"))
            gradebook.db.commit()


def joined(query: Query[Any], held: type[Grade] | type[Comment]) -> Query[Any]:
    """A query about grades or comments, with the cell, notebook and submission of each."""
    return (
        query.select_from(held)
        .join(BaseCell, BaseCell.id == held.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == held.notebook_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
    )


def _address(db_url: str) -> URL:
    """Where the gradebook is, such that opening it makes no new one.

    Raises:
        NoGradebook: there is none.
        GradebookError: what speaks with such a database is not installed.
    """
    url = make_url(db_url)
    if url.get_backend_name() != "sqlite":
        try:
            url.get_dialect().import_dbapi()
        except ModuleNotFoundError as error:
            raise GradebookError(
                f"the gradebook's address needs the Python package {error.name}; install it, or "
                "`pip install 'glovebox[postgresql]'` and begin it with postgresql+psycopg://."
            ) from error
        if url.get_driver_name().startswith("psycopg"):
            url = url.set(query={"options": f"-c lock_timeout={_PATIENCE}s", **url.query})
        return url
    path = Path(url.database or "")
    if not path.is_file():
        raise NoGradebook(
            f"there is no gradebook at {url.database}; put it back, or make one with "
            "`nbgrader generate_assignment`."
        )
    # It may go between that look and the opening, which would then make an empty one.
    query = {"timeout": _PATIENCE, **url.query, "mode": "rw", "uri": "true"}
    return url.set(database=f"file:{quote(str(path.absolute()))}", query=query)


def reason_of(error: BaseException) -> str:
    """What the database itself said, on one line."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _unwritable(error: SQLAlchemyError) -> GradebookError:
    return GradebookError(
        f"the gradebook cannot be used ({reason_of(error)}); nothing was recorded. Try again when "
        "it can be."
    )
