"""split() without an argument, which splits at non-breaking spaces, too."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    return text.lower().translate({ord(character): " " for character in FILTERS}).split()
""",
}

LOSES = {"test_other_characters_stay"}
