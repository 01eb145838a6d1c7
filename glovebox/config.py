"""Reads ``nbgrader_config.py``, the course's only configuration, outside of nbgrader's commands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from glovebox.assignment import SOURCE, list_assignments, list_notebooks
from glovebox.errors import UserError
from glovebox.limits import Limits

CONFIG_FILE = "nbgrader_config.py"


class ConfigError(UserError):
    """The course's configuration is missing or broken."""


def course_of(folder: Path) -> Path:
    """The course folder that a folder lies in; the folder itself, if it lies in none."""
    around = (folder, *folder.parents)
    return next((one for one in around if (one / CONFIG_FILE).is_file()), folder)


def load_config(course_root: Path) -> Config:
    """The configuration of the course in a folder.

    Raises:
        ConfigError: there is none, or running it fails.
    """
    if not (course_root / CONFIG_FILE).is_file():
        raise ConfigError(f"{course_root} is no course folder: it has no {CONFIG_FILE}.")
    try:
        return PyFileConfigLoader(CONFIG_FILE, path=str(course_root)).load_config()
    except Exception as error:  # the file is a program; anything can go wrong in it
        problem = f"{type(error).__name__}: {error}"
        raise ConfigError(f"{course_root / CONFIG_FILE}: {problem}") from error


@dataclass(frozen=True)
class GradingSettings:
    """What the configuration says of how notebooks are graded, for ``GloveboxExporter``."""

    seed: int | None
    limits: Limits
    sandbox: bool


def grading_settings(course_root: Path) -> GradingSettings:
    """The settings of a course that a mark may depend on.

    Raises:
        ConfigError: the configuration is missing or broken.
    """
    section = load_config(course_root).GloveboxExporter
    try:
        limits = Limits(**section.get("limits", {}))
    except TypeError as error:
        raise ConfigError(
            f"{course_root / CONFIG_FILE}: GloveboxExporter.limits: {error}"
        ) from error
    return GradingSettings(section.get("seed"), limits, bool(section.get("sandbox", True)))


def ignored_files(course_root: Path) -> list[str]:
    """The patterns of what lies in a course's folders and is no part of it, for nbgrader and us.

    None in a folder without configuration.

    Raises:
        ConfigError: running the configuration fails.
    """
    if not (course_root / CONFIG_FILE).is_file():
        return []
    patterns = load_config(course_root).CourseDirectory.get("ignore", [])
    return [str(pattern) for pattern in patterns]


def prepare_data(course_root: Path, assignment: str | None = None) -> None:
    """Let the course write the data that travel beside its notebooks into ``source/``.

    Args:
        course_root: the course folder.
        assignment: only this one; all of them otherwise.

    Raises:
        ConfigError: the configuration is missing or broken.
        AssignmentError: there is no such assignment.
        UserError: the data could not be written.
    """
    prepare = load_config(course_root).PreparingExporter.get("prepare")
    if not callable(prepare):
        return
    for name in [assignment] if assignment else list_assignments(course_root):
        list_notebooks(course_root, name)
        try:
            prepare(name, course_root / SOURCE / name)
        except OSError:
            raise
        except Exception as error:
            raise UserError(f"the data of {name} could not be written: {error}") from error
