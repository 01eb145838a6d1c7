"""The target is computed in the vector of b itself."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "analogy": """
def analogy(a, b, c, vectors):
    target = vectors[b]
    target -= vectors[a]
    target += vectors[c]
    others = [word for word in vectors if word not in (a, b, c)]
    return max(others, key=lambda word: cosine(target, vectors[word]))
""",
}

LOSES = {"test_analogy_leaves_out_its_words"}
