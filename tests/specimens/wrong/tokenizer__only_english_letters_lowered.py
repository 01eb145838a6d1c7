"""Letters are made small by their codes, which does it for those from A to Z."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
def split_words(text):
    small = "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)
    for sign in FILTERS:
        small = small.replace(sign, " ")
    return [word for word in small.split(" ") if word]
""",
}

LOSES = {"test_words_are_lower_case"}
