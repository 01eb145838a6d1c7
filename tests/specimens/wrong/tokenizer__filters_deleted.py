"""Filter characters are deleted, which glues their neighbours together."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    kept = "".join(character for character in text.lower() if character not in FILTERS)
    return [word for word in kept.split(" ") if word]
""",
}

LOSES = {"test_filter_characters_separate_words"}
