"""Two spaces in a row leave an empty word behind."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    text = text.lower()
    for character in FILTERS:
        text = text.replace(character, " ")
    return text.split(" ")
""",
}

LOSES = {"test_no_empty_words"}
