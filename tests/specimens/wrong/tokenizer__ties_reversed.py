"""Sorted by rising count and then reversed, which turns the ties round."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    counts = {}
    for text in texts:
        for word in split_words(text):
            counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=counts.get)[::-1]
    return {word: rank for rank, word in enumerate(ranked, 1)}
""",
}

LOSES = {"test_ties_keep_the_order_of_appearance"}
