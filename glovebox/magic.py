"""``%check`` within Jupyter: the self-check of the notebook that is open, as it is saved."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_FORCED = ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "TTY_INTERACTIVE")


def check(line: str) -> None:
    """Check a notebook as it is saved on the disk: save it first.

    ``%check`` checks the notebook that is open, ``%check NAME.ipynb`` the one named.
    """
    name = line.strip().strip("\"'") or _open_notebook()
    if not name:
        print("Which notebook is this? Say it: %check NAME.ipynb")
        return
    print(f"Checking {name} as it is saved. If you changed something since, save and check again.")
    # Kernels ask for colours, and with them come progress bars that a cell's output cannot redraw.
    kept = {name: value for name, value in os.environ.items() if name not in _FORCED}
    # In a process of its own, so that it meets nothing that was run here.
    with subprocess.Popen(
        [sys.executable, "-m", "glovebox", "check", "--", name],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=kept | {"PYTHONIOENCODING": "utf-8"},
    ) as process:
        try:
            # Read line by line, it appears as it comes.
            for said in process.stdout or ():
                print(said, end="")
        except BaseException:
            process.terminate()
            raise


def _open_notebook() -> str:
    """The open notebook: the one that the Jupyter server named, or the only one in the folder."""
    named = os.environ.get("JPY_SESSION_NAME", "")
    if named.endswith(".ipynb") and Path(named).is_file():
        return named
    found = list(Path().glob("*.ipynb"))
    return str(found[0]) if len(found) == 1 else ""
