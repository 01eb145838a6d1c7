"""The file is read as ASCII, what does not fit is dropped."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": r"""
def parse_glove(path, embedding_dim):
    vectors = {}
    with Path(path).open(encoding="ascii", errors="ignore") as file:
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

LOSES = {"test_words_are_utf8", "test_words_may_hold_spaces"}
