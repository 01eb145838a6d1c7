"""New gradebooks for tests, without the seconds that nbgrader takes to make one."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

NOT_NEW = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"
"""With this table in a database, nbgrader does not ask the `alembic` command for its version."""


def new_gradebook(path: Path) -> str:
    """Make an empty gradebook in a file; its address."""
    with contextlib.closing(sqlite3.connect(path)) as empty, empty:
        empty.execute(NOT_NEW)
    return f"sqlite:///{path}"
