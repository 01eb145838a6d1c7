"""Samples in the order of salted hashes, pairs sorted twice, a generator of numbers."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": """
import re


def split_words(text):
    text = re.sub("[%s]" % re.escape(FILTERS), " ", text.lower())
    return re.sub(" +", " ", text).strip(" ").split(" ") if text.strip(" ") else []
""",
    "build-word-index": """
def build_word_index(texts):
    seen = dict()
    for text in texts:
        for word in split_words(text):
            seen.setdefault(word, []).append(word)
    pairs = [(len(copies), -place, word) for place, (word, copies) in enumerate(seen.items())]
    pairs.sort(reverse=True)
    return dict((word, rank) for rank, (*_, word) in enumerate(pairs, start=1))
""",
    "texts-to-sequences": """
def numbers_of(text, word_index, max_words):
    for word in split_words(text):
        try:
            number = word_index[word]
        except KeyError:
            continue
        else:
            if not number >= max_words:
                yield number


def texts_to_sequences(texts, word_index, max_words):
    return [[*numbers_of(text, word_index, max_words)] for text in texts]
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    padded = np.tile(0, (len(sequences), maxlen))
    for i, sequence in enumerate(sequences):
        start = max(0, len(sequence) - maxlen)
        for j, number in enumerate(sequence[start:]):
            padded[i, j] = number
        padded[i] = np.roll(padded[i], maxlen - (len(sequence) - start))
    return padded
""",
    "shuffle-and-split": """
import hashlib


def shuffle_and_split(data, labels, n_train, n_val, seed):
    def lot(i):
        return hashlib.sha256(f"{seed}/{i}".encode()).hexdigest()

    order = np.array(sorted(range(len(data)), key=lot), dtype=int)
    train, val, _ = np.split(order, np.cumsum([n_train, n_val]))
    return data[train], labels[train], data[val], labels[val]
""",
}
