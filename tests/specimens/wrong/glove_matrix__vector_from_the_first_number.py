"""The vector begins at the first number after the word, so "top 10" is no word."""

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
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\\n").split(" ")
            first = 1
            while first < len(fields) and not is_number(fields[first]):
                first += 1
            word, numbers = " ".join(fields[:first]), fields[first:]
            if word and len(numbers) == embedding_dim and all(map(is_number, numbers)):
                vectors[word] = np.array(numbers, dtype="float32")
    return vectors
""",
}

LOSES = {"test_words_may_hold_spaces"}
