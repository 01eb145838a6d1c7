"""splitlines() also ends a line at rare characters inside words."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    vectors = {}
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        *words, = line.split(" ")[:-embedding_dim]
        numbers = line.split(" ")[-embedding_dim:]
        word = " ".join(words)
        try:
            if word and len(numbers) == embedding_dim:
                vectors[word] = np.array([float(number) for number in numbers], dtype="float32")
        except ValueError:
            pass
    return vectors
""",
}

LOSES = {"test_words_may_hold_spaces"}
