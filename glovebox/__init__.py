"""Glovebox grades student notebooks from outside their process."""

from typing import Any

from glovebox.failures import Failure, Mismatch, Partly, expect, expect_array, expect_type
from glovebox.settings import bind

__all__ = ["Failure", "Mismatch", "Partly", "bind", "expect", "expect_array", "expect_type"]
__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """Give a Jupyter notebook the magic ``%check``, by ``%load_ext glovebox``."""
    from glovebox.magic import check

    shell.register_magic_function(check)
