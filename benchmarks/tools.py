"""Programs that only the benchmarks need: each in an environment of its own, made when asked for."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def installed(folder: Path, requirement: str) -> Path:
    """The folder of a tool's programs, after installing it (with pip) where it is not yet there."""
    if not (folder / "installed").exists():
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run([str(folder / "bin/pip"), "install", "-q", requirement], check=True)
        (folder / "installed").touch()
    return folder / "bin"
