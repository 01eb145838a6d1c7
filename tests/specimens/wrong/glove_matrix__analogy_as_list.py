"""analogy returns a list of one word, as nearest_words does."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "analogy": """
def analogy(a, b, c, vectors):
    target = vectors[b] - vectors[a] + vectors[c]
    others = [word for word in vectors if word not in (a, b, c)]
    others.sort(key=lambda word: cosine(target, vectors[word]), reverse=True)
    return others[:1]
""",
}

LOSES = {
    "test_analogy_adds_the_difference",
    "test_analogy_leaves_out_its_words",
    "test_analogy_compares_directions",
}
