"""Reads a Keras weights file that a stranger wrote."""

from __future__ import annotations

import io
from typing import Any

import h5py
import numpy as np

from glovebox.failures import Failure

_MAX_ENTRIES = 10_000
"""Groups and arrays in a file."""


def read_weights(content: bytes, max_values: int = 50_000_000) -> dict[str, np.ndarray[Any, Any]]:
    """The arrays of a ``.weights.h5`` file, by their path in it.

    Links out of the file, external storage and odd types are refused, so that a forged file can
    name nothing of this machine.

    Raises:
        Failure: the content is not an HDF5 file of plain arrays.
    """
    arrays: dict[str, np.ndarray[Any, Any]] = {}
    seen = 0

    def walk(group: Any, prefix: str, left: int) -> int:
        nonlocal seen
        for key in group:
            # Hard links can make a file of a few bytes look like an endless tree.
            if (seen := seen + 1) > _MAX_ENTRIES:
                raise Failure("the weights file holds too many objects.")
            if not isinstance(group.get(key, getlink=True), h5py.HardLink):
                raise Failure("the weights file holds links, which Keras does not write.")
            item, path = group[key], f"{prefix}/{key}"
            if isinstance(item, h5py.Group) and prefix.count("/") < 20:
                left = walk(item, path, left)
                continue
            plain = isinstance(item, h5py.Dataset) and item.dtype.kind in "biuf"
            if not plain or item.external or item.is_virtual or (left := left - item.size) < 0:
                raise Failure("the weights file holds something else than weights.")
            arrays[path] = item[()]
        return left

    try:
        with h5py.File(io.BytesIO(content), "r") as file:
            walk(file, "", max_values)
    except Failure:
        raise
    except Exception as error:  # h5py raises whatever its C library meets in a damaged file
        raise Failure("the weights file is not a readable HDF5 file.") from error
    return arrays
