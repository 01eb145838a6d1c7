"""``glovebox data``: the full data, downloaded or looked at."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glovebox.options import DIFFERENT, DONE, EPILOG, json_option, one_sentence

if TYPE_CHECKING:
    from course.archives import Archive

_folder_option = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the full data are.  [default: what GLOVEBOX_DATA names, or the user's cache]",
)


@click.group(epilog=EPILOG)
def data() -> None:
    """Download the full data of the course, or look at what is there."""


@data.command(epilog=EPILOG)
@click.option("--reviews", is_flag=True, help="Only the reviews (84 MB).")
@click.option("--vectors", is_flag=True, help="Only the GloVe vectors (862 MB).")
@_folder_option
@one_sentence
def fetch(reviews: bool, vectors: bool, folder: Path | None) -> None:
    """Download the reviews and the vectors, verify them, and unpack them.

    What is there already is not downloaded again. Interrupted, the next run goes on from there.
    """
    from course import archives
    from course.data import DATA_VARIABLE, DataError, full_folder
    from course.fetch import fetch as run
    from glovebox.errors import UserError
    from glovebox.progress import Bytes

    folder = (folder or full_folder()).resolve()
    wanted: list[Archive] = [archives.REVIEWS] if reviews or not vectors else []
    wanted += [archives.VECTORS] if vectors or not reviews else []
    for archive in wanted:
        try:
            with Bytes() as progress:
                new = run(archive, folder, progress.show)
        except DataError as error:
            raise UserError(str(error)) from error
        click.echo(f"{folder / archive.target}: {'there now' if new else 'was there already'}.")
    click.echo(f"Let the notebooks find them:  export {DATA_VARIABLE}={folder}")


@data.command(epilog=EPILOG)
@_folder_option
@json_option
@one_sentence
def check(folder: Path | None, as_json: bool) -> None:
    """Say which of the full data are there, and whether they are whole."""
    from dataclasses import asdict

    from course.data import full_folder
    from course.stock import take_stock

    stock = take_stock((folder or full_folder()).resolve())
    if as_json:
        click.echo(json.dumps([asdict(one) for one in stock], indent=1))
    else:
        for one in stock:
            click.echo(f"{'ok     ' if one.whole else 'MISSING'}  {one.what}: {one.said}")
    sys.exit(DONE if all(one.whole for one in stock) else DIFFERENT)
