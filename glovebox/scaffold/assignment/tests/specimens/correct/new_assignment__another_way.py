"""Lets the standard library do it."""

ASSIGNMENT = "new_assignment"

CELLS = {
    "exercise-1": """
import statistics


def median(numbers):
    return statistics.median(numbers)
""",
}
