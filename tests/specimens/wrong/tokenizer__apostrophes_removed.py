"""The apostrophe separates words, too, as all of string.punctuation does."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
import string


def split_words(text):
    separators = string.punctuation + "\\t\\n"
    table = str.maketrans(separators, " " * len(separators))
    return [word for word in text.lower().translate(table).split(" ") if word]
""",
}

LOSES = {"test_other_characters_stay"}
