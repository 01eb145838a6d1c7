"""Loads the modules beside the hidden checks that measure something, each once a process."""

from __future__ import annotations

import functools
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType


@functools.lru_cache(maxsize=1)
def load(path: Path) -> ModuleType:
    """The module in a file, which no other module can import."""
    loader = SourceFileLoader(path.stem, str(path))
    module = ModuleType(path.stem)
    loader.exec_module(module)
    return module


@functools.lru_cache(maxsize=1)
def prepared(experiment: Path, data: Path) -> object:
    """What the runs of an experiment have in common, from the files beside the notebook."""
    return load(experiment).prepare(data)
