"""In the brackets of a regular expression the backslash of FILTERS escapes its neighbour."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
import re


def split_words(text):
    return [word for word in re.split(f"[{FILTERS} ]", text.lower()) if word]
""",
}

LOSES = {"test_filter_characters_separate_words"}
