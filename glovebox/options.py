"""What the commands of ``glovebox`` have in common: options, exit codes, sentences for mistakes."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

DONE, DIFFERENT, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

EPILOG = (
    "Exit codes: 0 all is well; 1 done, but not all of it, or something was found that is not "
    "right (the output names it); 2 the command could not be carried out (its message says why); "
    "130 interrupted."
)

Command = TypeVar("Command", bound=Callable[..., Any])

course_option = click.option(
    "--course",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="this folder",
    help="The course folder (with source/ and tests/hidden/).",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    show_default="one per processor",
    help="How many notebooks are graded at a time.",
)


def _address(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
    if given is not None and not given.strip():
        raise click.BadParameter("the address is empty; without the option, this machine grades.")
    return (given or "").strip()


scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    callback=_address,
    help="Grade on all workers of this Dask scheduler, such as tcp://10.0.0.1:8786, not here.",
)


def _tell_if_open(context: click.Context, option: click.Parameter, sandbox: bool) -> bool:
    if not sandbox:
        click.echo("glovebox: no sandbox; student code can do whatever you can.", err=True)
    return sandbox


sandbox_option = click.option(
    "--no-sandbox",
    "sandbox",
    flag_value=False,
    default=True,
    callback=_tell_if_open,
    help="Do not confine student code: it can then do whatever you can. Verdicts say so.",
)
page_option = click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the result into this Markdown page, between its two marks.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")


def one_sentence(command: Command) -> Command:
    """Turn a user's mistake, a full disk or Ctrl-C into one sentence and an exit code."""

    @functools.wraps(command)
    def wrapped(*arguments: Any, **keywords: Any) -> Any:
        from glovebox.errors import UserError

        try:
            return command(*arguments, **keywords)
        except UserError as error:
            click.echo(f"glovebox: {error}", err=True)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"glovebox: {place}{error.strerror or error}.", err=True)
        except KeyboardInterrupt:
            said = "interrupted; what was graded is kept. Run the command again to go on."
            click.echo(f"glovebox: {said}", err=True)
            sys.exit(INTERRUPTED)
        sys.exit(UNUSABLE)

    return wrapped  # type: ignore[return-value]
