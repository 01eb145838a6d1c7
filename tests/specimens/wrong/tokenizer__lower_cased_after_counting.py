"""Words are counted and looked up with their capitals; only the index is lower-cased."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    filters_to_spaces = str.maketrans(FILTERS, " " * len(FILTERS))
    return [word for word in text.translate(filters_to_spaces).split(" ") if word]
""",
    "build-word-index": """
def build_word_index(texts):
    counts = Counter(word for text in texts for word in split_words(text))
    return {word.lower(): rank for rank, (word, _) in enumerate(counts.most_common(), start=1)}
""",
}

LOSES = {"test_words_are_lower_case"}
