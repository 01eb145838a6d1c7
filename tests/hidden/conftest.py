"""Fixtures that the hidden checks of several notebooks share."""

import secrets

import numpy as np
import pytest


@pytest.fixture(scope="module")
def random(pytestconfig):
    """Random numbers that only the run's own seed tells: no answer can be known beforehand."""
    seed = pytestconfig.getoption("--hypothesis-seed", None)
    return np.random.default_rng(secrets.randbits(32) if seed is None else int(seed))
