"""Leaves out words that seem to say nothing, as a book on search engines advises."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
from collections import Counter

STOP_WORDS = {"the", "and", "of", "is", "it"}


def build_word_index(texts):
    words = (word for text in texts for word in split_words(text))
    counts = Counter(word for word in words if word not in STOP_WORDS)
    return {word: rank for rank, (word, _) in enumerate(counts.most_common(), start=1)}
""",
}

LOSES = {"test_indexed_words_are_split_words"}
