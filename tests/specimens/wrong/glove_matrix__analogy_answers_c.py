"""Only a is left out; the answer is often c or b."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "analogy": """
def analogy(a, b, c, vectors):
    target = vectors[b] - vectors[a] + vectors[c]
    others = [word for word in vectors if word != a]
    return max(others, key=lambda word: cosine(target, vectors[word]))
""",
}

LOSES = {"test_analogy_leaves_out_its_words"}
