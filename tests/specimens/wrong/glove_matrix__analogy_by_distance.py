"""The answer is the word at the smallest distance from the target."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "analogy": """
def analogy(a, b, c, vectors):
    target = vectors[b] - vectors[a] + vectors[c]
    others = [word for word in vectors if word not in (a, b, c)]
    return min(others, key=lambda word: np.linalg.norm(target - vectors[word]))
""",
}

LOSES = {"test_analogy_compares_directions"}
