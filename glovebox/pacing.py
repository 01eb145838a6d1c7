"""How often work is graded while somebody watches: a pause between, and so many an hour.

What was graded is remembered in a file, so that a restart forgives nothing.
"""

from __future__ import annotations

import contextlib
import json
import math
from pathlib import Path

from glovebox.files import write_whole

_HOUR = 3600.0


class Pace:
    """When each student may be graded again.

    Args:
        path: the file; one that is missing, or none of ours, remembers nothing.
        cool_down: seconds from one grading of a student to the next.
        per_hour: how many of a student's submissions are graded within an hour, at most.
    """

    def __init__(self, path: Path, cool_down: float, per_hour: int) -> None:
        self._path, self._cool_down, self._per_hour = path, cool_down, per_hour
        self._graded = _read(path)

    def wait(self, student: str, now: float) -> float:
        """Seconds until a student may be graded; 0 if they may be.

        ``now`` is in seconds since the epoch. A clock that was put back makes nobody wait longer.
        """
        times = self._times(student, now)
        wait = max((time + self._cool_down - now for time in times[-1:]), default=0.0)
        if len(times) >= self._per_hour:
            wait = max(wait, times[-self._per_hour] + _HOUR - now)
        return max(wait, 0.0)

    def note(self, student: str, now: float) -> None:
        """A student's submission has been graded. Raises OSError if that cannot be written down."""
        self._graded[student] = [*self._times(student, now), now]
        span = max(_HOUR, self._cool_down)
        kept = {
            who: [time for time in times if time > now - span]
            for who, times in self._graded.items()
        }
        self._graded = {who: times for who, times in kept.items() if times}
        write_whole(self._path, json.dumps(self._graded, indent=1).encode())

    def _times(self, student: str, now: float) -> list[float]:
        """When a student was graded; what lies in the future, by a clock put back, is now."""
        times = [min(time, now) for time in self._graded.get(student, ())]
        if times:
            self._graded[student] = times
        return times


def _read(path: Path) -> dict[str, list[float]]:
    graded: dict[str, list[float]] = {}
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        for student, times in json.loads(path.read_bytes()).items():
            graded[str(student)] = sorted(float(time) for time in times if math.isfinite(time))
    return graded
