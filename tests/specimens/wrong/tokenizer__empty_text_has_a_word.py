"""Runs of spaces count as one, but a text without words gives one empty word."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
import re


def split_words(text):
    return re.split(" +", re.sub("[" + re.escape(FILTERS) + "]", " ", text.lower()).strip(" "))
""",
}

LOSES = {"test_no_empty_words"}
