"""A regular expression that knows no accents and no digits."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
import re


def split_words(text):
    return re.findall("[a-z']+", text.lower())
""",
}

LOSES = {"test_other_characters_stay"}
