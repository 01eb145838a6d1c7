"""a - b + c instead of b - a + c."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "analogy": """
def analogy(a, b, c, vectors):
    target = vectors[a] - vectors[b] + vectors[c]
    others = [word for word in vectors if word not in (a, b, c)]
    return max(others, key=lambda word: cosine(target, vectors[word]))
""",
}

LOSES = {"test_analogy_adds_the_difference", "test_analogy_compares_directions"}
