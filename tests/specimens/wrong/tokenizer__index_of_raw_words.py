"""The texts are split at spaces for the index, without split_words."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    counts = Counter(word for text in texts for word in text.split())
    return {word: rank for rank, (word, _) in enumerate(counts.most_common(), start=1)}
""",
}

LOSES = {"test_indexed_words_are_split_words"}
