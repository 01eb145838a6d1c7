"""Only the most frequent 10,000 words get a number, though the cut comes with the sequences."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
from collections import Counter


def build_word_index(texts):
    counts = Counter(word for text in texts for word in split_words(text))
    ranked = counts.most_common(9_999)
    return {word: rank for rank, (word, _) in enumerate(ranked, start=1)}
""",
}

LOSES = {"test_numbers_run_from_one"}
