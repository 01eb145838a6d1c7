"""The splitting stands in a module of its own, which a cell writes beside the notebook."""

ASSIGNMENT = "tokenizer"

EXTRA = (
    (
        "before",
        "split-words",
        """%%writefile my_words.py
SIGNS = '!"#$%&()*+,-./:;<=>?@[\\\\]^_`{|}~\\t\\n'


def words_of(text):
    return [w for w in text.lower().translate({ord(c): " " for c in SIGNS}).split(" ") if w]
""",
    ),
)

CELLS = {
    "split-words": """
import my_words


def split_words(text):
    return my_words.words_of(text)
""",
}
