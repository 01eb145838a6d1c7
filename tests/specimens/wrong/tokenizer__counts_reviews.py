"""Counts in how many reviews a word occurs, not how often."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    counts = Counter()
    for text in texts:
        counts.update(dict.fromkeys(split_words(text), 1))
    return {word: rank for rank, (word, _) in enumerate(counts.most_common(), start=1)}
""",
}

LOSES = {"test_every_occurrence_counts"}
