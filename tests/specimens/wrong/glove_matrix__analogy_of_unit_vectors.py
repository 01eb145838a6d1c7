"""The vectors are scaled to length 1 before they are added."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "analogy": """
def analogy(a, b, c, vectors):
    unit = {word: vector / np.linalg.norm(vector) for word, vector in vectors.items()}
    target = unit[b] - unit[a] + unit[c]
    others = [word for word in vectors if word not in (a, b, c)]
    return max(others, key=lambda word: unit[word] @ target)
""",
}

LOSES = {"test_analogy_adds_the_difference", "test_analogy_compares_directions"}
