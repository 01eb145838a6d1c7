"""Line breaks of the web are taken out of the text before it is split: "br" is never a word."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    text = text.lower().replace("<br />", " ")
    for character in FILTERS:
        text = text.replace(character, " ")
    return [word for word in text.split(" ") if word]
""",
}

LOSES = {"test_filter_characters_separate_words"}
