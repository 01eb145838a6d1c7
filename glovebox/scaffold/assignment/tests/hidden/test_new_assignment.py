"""Hidden checks of new_assignment.ipynb."""

import statistics

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glovebox import Mismatch, expect_type
from glovebox.gloves import Student

# `student.median(...)` calls the student's function in its box; only plain values come back.
# Each grading draws other numbers, so no answer can be known beforehand. The examples are always
# tried: no point hangs on the luck of the draw.


@pytest.mark.grade_cell("test-exercise-1")
@pytest.mark.points(2, hint="Sort first. If two numbers are in the middle, take their mean.")
@given(numbers=st.lists(st.integers(-99, 99), min_size=1, max_size=6))
@example(numbers=[3, 1, 2])
@example(numbers=[4, 1, 3, 2])
def test_median(student: Student, numbers: list[int]) -> None:
    """Takes the median of any numbers, in any order."""
    result: float = expect_type(student.median(numbers), (int, float), name="the median")
    expected = statistics.median(numbers)
    if result != expected:
        raise Mismatch(expected, result, given=f"median({numbers})")
