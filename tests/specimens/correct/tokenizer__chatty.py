"""Prints, warnings, logging on stderr, own cells and imports between the exercises."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
import logging
import sys
import warnings

logging.basicConfig(stream=sys.stderr, level=logging.DEBUG)


def split_words(text):
    warnings.warn("splitting a text")
    logging.warning("%d characters", len(text))
    for character in FILTERS:
        text = text.replace(character, " ")
    return [word for word in text.lower().split(" ") if word != ""]
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    print("padding", len(sequences), "sequences", file=sys.stderr)
    padded = np.zeros((len(sequences), maxlen), dtype=int)
    for row, sequence in enumerate(sequences):
        print(end=".")
        kept = sequence[-maxlen:]
        padded[row, maxlen - len(kept) :] = kept
    return padded
""",
}

EXTRA = [
    (
        "before",
        "split-words",
        """
%matplotlib inline
import re
import time

started = time.time()
!echo "a shell command"
""",
    ),
    (
        "after",
        "split-words",
        """
print(split_words("Let me try this!"))
texts = ["a name of mine that the notebook uses, too"]
1 / 0
""",
    ),
    (
        "after",
        "test-pad-sequences",
        """
import sys
print(f"{time.time() - started:.1f} s so far", file=sys.stderr)
""",
    ),
]
