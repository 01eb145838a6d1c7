"""Counts are added up so that, of equally frequent words, those of later texts come first."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "build-word-index": """
def build_word_index(texts):
    counts = Counter()
    for text in texts:
        counts = Counter(split_words(text)) + counts
    return {word: rank for rank, (word, _) in enumerate(counts.most_common(), start=1)}
""",
}

LOSES = {"test_ties_keep_the_order_of_appearance"}
