"""Words of equal frequency get the same number."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    counts = Counter(word for text in texts for word in split_words(text))
    ranks = {n: rank for rank, n in enumerate(sorted(set(counts.values()), reverse=True), 1)}
    return {word: ranks[n] for word, n in counts.most_common()}
""",
}

LOSES = {"test_numbers_run_from_one", "test_ties_keep_the_order_of_appearance"}
