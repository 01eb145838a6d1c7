"""What a user can mend: one sentence that says what, where and what to do next."""

from __future__ import annotations


class UserError(Exception):
    """A problem with what the user asked for or provided; shown as its one sentence."""
