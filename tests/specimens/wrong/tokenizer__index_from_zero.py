"""The most frequent word gets number 0."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    counts = Counter(word for text in texts for word in split_words(text))
    return {word: rank for rank, (word, _) in enumerate(counts.most_common())}
""",
}

LOSES = {"test_numbers_run_from_one"}
