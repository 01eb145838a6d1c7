"""What stands in an answer cell until the learner writes in it."""

UNWRITTEN = "This exercise is not written yet; your code replaces this line."
"""What a function that nobody has written yet says when it is called."""

CODE_STUB = f"""# YOUR CODE HERE
raise NotImplementedError("{UNWRITTEN}")"""
"""Replaces solutions; nbgrader's own stub raises the same error without a word."""
