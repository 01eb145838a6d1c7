"""Returns from inside the loop, after the first line."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": r"""
def parse_glove(path, embedding_dim):
    vectors = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            word, *numbers = line.rstrip("\n").rsplit(" ", embedding_dim)
            if not word or len(numbers) < embedding_dim:
                continue
            try:
                vectors[word] = np.array([float(number) for number in numbers], dtype="float32")
            except ValueError:
                continue
            return vectors
""",
}

LOSES = {
    "test_each_word_has_its_vector",
    "test_words_are_utf8",
    "test_words_may_hold_spaces",
    "test_other_lines_are_skipped",
}
