"""Takes the one in the middle of the numbers as they come."""

ASSIGNMENT = "new_assignment"

CELLS = {
    "exercise-1": """
def median(numbers):
    return numbers[len(numbers) // 2]
""",
}

LOSES = {"test_median"}
