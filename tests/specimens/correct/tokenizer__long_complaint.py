"""The cell goes on to assert something false, and quotes a million numbers when that fails."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    for mark in FILTERS:
        text = text.replace(mark, " ")
    return [word for word in text.lower().split(" ") if word]


numbers = list(range(1_000_000))
assert len(numbers) == 5, numbers
""",
}
