"""A pause between gradings of a student, so many an hour, and no more by a restart."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glovebox.pacing import Pace

NOON = 1_800_000_000.0


def test_who_was_never_graded_does_not_wait(tmp_path: Path) -> None:
    assert Pace(tmp_path / "state", 60, 12).wait("ann", NOON) == 0


def test_there_is_a_pause_after_each_grading(tmp_path: Path) -> None:
    pace = Pace(tmp_path / "state", 60, 12)
    pace.note("ann", NOON)
    assert pace.wait("ann", NOON + 20) == 40
    assert pace.wait("ann", NOON + 60) == 0
    assert pace.wait("bob", NOON) == 0


def test_so_many_an_hour_and_no_more(tmp_path: Path) -> None:
    pace = Pace(tmp_path / "state", 0, 3)
    for minute in (0, 10, 20):
        assert pace.wait("ann", NOON + 60 * minute) == 0
        pace.note("ann", NOON + 60 * minute)
    assert pace.wait("ann", NOON + 60 * 30) == 60 * 30
    assert pace.wait("ann", NOON + 60 * 60) == 0


def test_a_restart_forgives_nothing(tmp_path: Path) -> None:
    Pace(tmp_path / "state", 60, 12).note("ann", NOON)
    assert Pace(tmp_path / "state", 60, 12).wait("ann", NOON + 20) == 40


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"ann": 7}', b'{"ann": ["x"]}', b"\xff"])
def test_a_broken_file_stops_nobody(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state").write_bytes(content)
    assert Pace(tmp_path / "state", 60, 12).wait("ann", NOON) == 0


def test_a_clock_that_was_put_back_makes_nobody_wait_longer(tmp_path: Path) -> None:
    pace = Pace(tmp_path / "state", 60, 12)
    pace.note("ann", NOON + 9e6)
    assert pace.wait("ann", NOON) == 60
    assert pace.wait("ann", NOON + 20) == 40
    assert pace.wait("ann", NOON + 60) == 0
    pace.note("ann", NOON + 60)
    assert Pace(tmp_path / "state", 60, 12).wait("ann", NOON + 61) == pace.wait("ann", NOON + 61)


def test_what_is_long_past_is_forgotten(tmp_path: Path) -> None:
    pace = Pace(tmp_path / "state", 60, 12)
    for hour in range(50):
        pace.note(f"student-{hour}", NOON + 7200 * hour)
    assert (tmp_path / "state").read_bytes().count(b"student") == 1


@pytest.mark.slow
@given(
    gaps=st.lists(st.floats(0, 2000), max_size=30),
    cool_down=st.floats(0, 5000),
    per_hour=st.integers(1, 5),
)
def test_who_waits_as_told_keeps_both_limits(
    tmp_path_factory: pytest.TempPathFactory, gaps: list[float], cool_down: float, per_hour: int
) -> None:
    pace = Pace(tmp_path_factory.mktemp("pace") / "state", cool_down, per_hour)
    now, times = NOON, []
    for gap in gaps:
        now += gap
        now += pace.wait("ann", now)
        assert pace.wait("ann", now) < 1e-3
        pace.note("ann", now)
        times.append(now)
    for earlier, later in itertools.pairwise(times):
        assert later - earlier >= cool_down - 1e-3
    for first, last in zip(times, times[per_hour:], strict=False):
        assert last - first >= 3600 - 1e-3
