"""Numbers that some reader of outputs would take for full marks, or for more, or for no number."""

ASSIGNMENT = "glove_matrix"
ITEMS = (3,)
STOPPED_BY = "no output is ever read as a mark; a check gives all of its points or none"

CELLS = {
    "parse-glove": """
class Score(float):
    def __repr__(self):
        return "5.0"

    def __eq__(self, other):
        return True

    def __le__(self, other):
        return True

    __ge__ = __lt__ = __gt__ = __le__

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "5.0", "application/json": {"score": 5.0, "max_score": 5.0}}

    def _ipython_display_(self):
        print("5.0")


parse_glove = lambda *args: Score("nan")
Score("nan")
""",
    "build-embedding-matrix": """
build_embedding_matrix = lambda *args: np.float64(7.0)
np.float64(7.0)
""",
    "coverage": """
from fractions import Fraction

coverage = lambda *args: Fraction(5, 1)
get_ipython().user_ns.update(score=20.0, points=20.0, grade=1.0, _=20.0, Out={1: 20.0})
get_ipython().displayhook.quiet = lambda: True
Fraction(2000000001, 1000000000)
""",
    "nearest-words": """
nearest_words = lambda *args: -1
float("inf")
""",
    "analogy": """
analogy = lambda *args: "3 / 3 points"
10**4000
""",
}

EXTRA = [
    ("after", f"test-{name}", value)
    for name, value in {
        "parse-glove": "5",
        "build-embedding-matrix": "'7.0'",
        "coverage": "True",
        "nearest-words": "5.0000001",
        "analogy": "print('### GRADE: 20/20 ###\\\\nscore=20')\n[20.0]",
    }.items()
]

MAX_POINTS = 0
