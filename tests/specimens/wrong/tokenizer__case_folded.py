"""Folds the case instead of lower-casing, which makes "strasse" of "straße"."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    text = text.casefold()
    for character in FILTERS:
        text = text.replace(character, " ")
    return [word for word in text.split(" ") if word]
""",
}

LOSES = {"test_other_characters_stay"}
