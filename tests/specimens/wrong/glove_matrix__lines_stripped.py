"""strip() takes a non-breaking space from the beginning of a word."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            word, *numbers = line.strip().rsplit(" ", embedding_dim)
            try:
                if word and len(numbers) == embedding_dim:
                    vectors[word] = np.array(numbers, dtype="float32")
            except ValueError:
                pass
    return vectors
""",
}

LOSES = {"test_words_may_hold_spaces"}
