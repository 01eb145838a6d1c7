"""Imports inside the functions, logging, a progress line, two generators of the same seed."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    import codecs
    import fnmatch
    import logging

    log = logging.getLogger("reviews")
    texts, labels = [], []
    for label in (0, 1):
        path = Path(folder) / {0: "neg", 1: "pos"}[label]
        for name in sorted(fnmatch.filter(os.listdir(path), "*.txt")):
            log.warning("reading %s", name)
            with codecs.open(str(path / name), "r", "utf-8") as file:
                texts.append(file.read())
            labels.append(label)
    return texts, labels
""",
    "split-words": """
def split_words(text):
    from io import StringIO
    from string import punctuation

    marks = set(punctuation + "\\t\\n") - {"'"}
    assert marks == set(FILTERS)
    buffer = StringIO()
    for character in text:
        buffer.write(" " if character in marks else character)
    return [word for word in buffer.getvalue().lower().split(" ") if word]
""",
    "build-word-index": """
def build_word_index(texts):
    import sys
    import warnings
    from heapq import nlargest

    counts = Counter()
    for done, text in enumerate(texts, start=1):
        counts.update(split_words(text))
        if done % 100 == 0:
            print(f"\\r{done} of {len(texts)} texts", end="", file=sys.stderr)
    if not counts:
        warnings.warn("there are no words")
    ranked = nlargest(len(counts), counts, key=counts.get)
    return {word: rank for rank, word in enumerate(ranked, 1)}
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    import copy

    rows = copy.deepcopy(sequences)
    for row in rows:
        while len(row) < maxlen:
            row.insert(0, 0)
        del row[:-maxlen]
    if rows == []:
        return np.ndarray((0, maxlen), dtype="int64")
    return np.vstack(rows)
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    # The same seed twice: both copies are shuffled alike.
    x, y = data.copy(), labels.copy()
    np.random.default_rng(seed).shuffle(x)
    np.random.default_rng(seed).shuffle(y)
    end = n_train + n_val
    return x[:n_train], y[:n_train], x[n_train:end], y[n_train:end]
""",
}
