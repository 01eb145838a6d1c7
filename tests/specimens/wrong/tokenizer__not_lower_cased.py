"""Capitals stay capitals."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    for character in FILTERS:
        text = text.replace(character, " ")
    return [word for word in text.split(" ") if word]
""",
}

LOSES = {"test_words_are_lower_case"}
