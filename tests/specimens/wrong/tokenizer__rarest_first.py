"""The rarest word gets number 1."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    counts = Counter(word for text in texts for word in split_words(text))
    ranked = sorted(counts, key=lambda word: counts[word])
    return {word: rank for rank, word in enumerate(ranked, start=1)}
""",
}

LOSES = {"test_frequent_words_come_first", "test_every_occurrence_counts"}
