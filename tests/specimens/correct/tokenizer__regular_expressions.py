"""Regular expressions, a Counter subclass as word index, one comprehension per step."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
import re

SEPARATORS = re.compile("[" + re.escape(FILTERS) + " ]+")


def split_words(text):
    return [word for word in SEPARATORS.split(text.lower()) if word]
""",
    "build-word-index": '''
class WordIndex(Counter):
    """A dictionary of numbers that says 0 of what it does not know."""


def build_word_index(texts):
    counts = Counter(word for text in texts for word in split_words(text))
    return WordIndex({word: rank + 1 for rank, (word, _) in enumerate(counts.most_common())})
''',
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    known = {word: number for word, number in word_index.items() if number < max_words}
    return tuple(tuple(known[w] for w in split_words(text) if w in known) for text in texts)
""",
    "shuffle-and-split": """
import random


def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = list(range(len(labels)))
    random.Random(seed).shuffle(order)
    train, val = order[:n_train], order[n_train : n_train + n_val]
    return data[train], labels[train], data[val], labels[val]
""",
}
