"""How much time and space a submission may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits for one notebook; times in seconds of the clock, sizes in bytes."""

    startup: float = 120.0
    cell: float = 60.0
    notebook: float = 300.0
    """All cells and all calls of the checks together: time in the student's process, and what it
    takes to read its answers."""
    call: float = 10.0
    """One call of a check into the student's code."""
    grace: float = 3.0
    """After an interrupt, before the kernel is killed."""
    restarts: int = 3
    """How often a dead kernel is replaced."""
    output_bytes: int = 1_000_000
    """Outputs kept of one cell."""
    message_bytes: int = 300 << 20
    """One reply from the kernel, with the result of a call; of a larger one nothing is kept."""
