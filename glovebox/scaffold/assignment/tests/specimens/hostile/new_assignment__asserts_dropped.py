"""Takes every assert out of the cells that follow, and solves nothing."""

ASSIGNMENT = "new_assignment"
ITEMS = (1,)
STOPPED_BY = "visible asserts earn nothing; the checks call the function from outside"

CELLS = {
    "exercise-1": """
import ast


class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)


get_ipython().ast_transformers.append(NoAsserts())


def median(numbers):
    return 0
""",
}

MAX_POINTS = 0
