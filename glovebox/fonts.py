"""Gives each scratch folder Matplotlib's list of fonts, which otherwise takes seconds to make."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path


def provide_fonts(folder: Path) -> None:
    """Put the font list into a folder that will be a kernel's ``MPLCONFIGDIR``."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in font_lists():
        shutil.copy(path, folder)


@functools.cache
def font_lists() -> tuple[Path, ...]:
    """The list in the grader's own cache, made on the first import if need be."""
    import matplotlib
    import matplotlib.font_manager

    return tuple(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))
