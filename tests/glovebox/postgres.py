"""A PostgreSQL server of the tests' own, on a socket in a private folder and on no port."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

_NOBODY_IS_ROOT = "postgres"
"""Who runs the server when the tests are run by root, which it refuses."""
_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
"""Where Debian puts it, the latest version last."""


class Server:
    """A running server; every database in it belongs to the tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, database: str) -> str:
        """The address of a database for SQLAlchemy."""
        return f"postgresql+psycopg://glovebox@/{database}?host={self._folder}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database, as a copy of another one that nobody is connected to; its address."""
        self._execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def connect(self, database: str) -> psycopg.Connection:
        """A connection to a database."""
        return psycopg.connect(f"host={self._folder} user=glovebox dbname={database}")

    def _execute(self, statement: str) -> None:
        # CREATE and DROP DATABASE are done in no transaction.
        with contextlib.closing(self.connect("postgres")) as connection:
            connection.autocommit = True
            connection.execute(statement.encode())


def missing() -> str:
    """Why there can be no server here; empty if there can."""
    if not _PROGRAMS:
        return "PostgreSQL's server is not installed (Debian: apt install postgresql)"
    if os.geteuid() == 0:
        try:
            pwd.getpwnam(_NOBODY_IS_ROOT)
        except KeyError:
            return f"root cannot run PostgreSQL, and there is no user {_NOBODY_IS_ROOT}"
    return ""


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server for the time of the block, empty at its beginning."""
    # A socket's path must be short: not in pytest's folder.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    prefix: list[str] = []
    if os.geteuid() == 0:
        user = pwd.getpwnam(_NOBODY_IS_ROOT)
        os.chown(folder, user.pw_uid, user.pw_gid)
        prefix = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [
                *prefix,
                str(_PROGRAMS[-1].with_name(program)),
                "-D",
                str(folder / "data"),
                *arguments,
            ],
            check=True,
            cwd="/",
            env={"PATH": os.defpath, "LANG": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
        )

    try:
        run("initdb", "--auth=trust", "--username=glovebox", "--no-sync", "--encoding=UTF8")
        settings = f"-k {folder} -c listen_addresses= -c fsync=off"
        run("pg_ctl", "start", "--wait", f"--log={folder / 'log'}", f"--options={settings}")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "stop", "--mode=immediate")
    finally:
        shutil.rmtree(folder)
