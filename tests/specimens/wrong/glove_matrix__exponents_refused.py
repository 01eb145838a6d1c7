"""A field is taken for a number only if it is digits, with a point and a sign at most."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": r"""
import re


def parse_glove(path, embedding_dim):
    line_form = re.compile(r"(.+?)((?: -?\d+(?:\.\d+)?){%d})\n" % embedding_dim, re.DOTALL)
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for form in filter(None, map(line_form.fullmatch, file)):
            vectors[form[1]] = np.array(form[2].split(" ")[1:], dtype="float32")
    return vectors
""",
}

LOSES = {"test_each_word_has_its_vector"}
