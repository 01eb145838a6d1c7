"""Words of one letter are thought to be nothing."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    words = text.lower().translate(str.maketrans(FILTERS, " " * len(FILTERS))).split(" ")
    return [word for word in words if len(word) > 1]
""",
}

LOSES = {"test_other_characters_stay"}
