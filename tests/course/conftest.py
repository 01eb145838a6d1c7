"""Fixtures of the course's tests: the data sets, read once."""

import os
from pathlib import Path

import pytest

from course import data, measure
from course.dataset import DataSet

# Before TensorFlow is first imported: quiet, and no more threads than a busy machine has to spare.
for variable, value in {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}.items():
    os.environ.setdefault(variable, value)


@pytest.fixture(scope="session")
def small() -> DataSet:
    """The small data set, generated when the cache does not have it."""
    return data.small()


@pytest.fixture(scope="session")
def encoded_small(small: DataSet) -> measure.Encoded:
    return measure.encode(small)


@pytest.fixture(scope="session")
def full() -> DataSet:
    """The real reviews and the best-covering vectors; the test is skipped where there are none."""
    folder = os.environ.get(data.DATA_VARIABLE)
    if not folder:
        pytest.skip(f"{data.DATA_VARIABLE} is not set: there are no real reviews and vectors")
    return data.full(Path(folder))


@pytest.fixture(scope="session")
def encoded_full(full: DataSet) -> measure.Encoded:
    return measure.encode(full)
