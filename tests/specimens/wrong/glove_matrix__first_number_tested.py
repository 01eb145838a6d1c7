"""Looks whether the first field after the word is a number, and believes the others."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8", newline="\\n") as file:
        for line in file:
            word, *numbers = line.rstrip("\\n").rsplit(" ", embedding_dim)
            if word and len(numbers) == embedding_dim and is_number(numbers[0]):
                vectors[word] = np.asarray(numbers, dtype="float32")
    return vectors
""",
}

LOSES = {"test_other_lines_are_skipped"}
