"""Glovebox grades student notebooks from outside their process."""

from glovebox.failures import Failure, Mismatch, Partly, expect, expect_array, expect_type
from glovebox.settings import bind

__all__ = ["Failure", "Mismatch", "Partly", "bind", "expect", "expect_array", "expect_type"]
__version__ = "0.1.0"
