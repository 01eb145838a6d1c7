"""Generators throughout, itertools, a heap for the ranks, __missing__, unsigned integers."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
import glob
import itertools
import os.path


def _files(folder):
    for label, pole in enumerate(["neg", "pos"]):
        pattern = os.path.join(glob.escape(str(folder)), pole, "*")
        for path in sorted(glob.iglob(pattern, include_hidden=True), key=os.path.basename):
            if os.path.splitext(path)[1] == ".txt":
                yield label, path


def read_reviews(folder):
    texts, labels = [], np.empty(0, dtype=int).tolist()
    for label, path in _files(folder):
        with open(path, "rb") as stream:
            texts += [str(stream.read(), "utf8")]
        labels += [label]
    return [texts, labels]
""",
    "split-words": """
def split_words(text):
    separates = {*FILTERS, " "}.__contains__
    runs = itertools.groupby(text.lower(), separates)
    return ["".join(run) for separating, run in runs if not separating]
""",
    "build-word-index": '''
import heapq


def build_word_index(texts):
    """Ranks from a heap of (minus count, first place, word)."""
    counts, places = {}, {}
    for place, word in enumerate(itertools.chain.from_iterable(map(split_words, texts))):
        counts[word] = counts.get(word, 0) + 1
        places.setdefault(word, place)
    heap = [(-count, places[word], word) for word, count in counts.items()]
    heapq.heapify(heap)
    numbers = itertools.count(1)
    index = {}
    while heap:
        index[heapq.heappop(heap)[-1]] = next(numbers)
    return index
''',
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    class Numbers(dict):
        def __missing__(self, word):
            return max_words

    numbers = Numbers(word_index)
    below = lambda number: number < max_words
    return [[*filter(below, map(numbers.__getitem__, split_words(text)))] for text in texts]
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    def numbers():
        for sequence in sequences:
            yield from ([0] * maxlen + sequence)[len(sequence) :]

    return np.fromiter(numbers(), dtype=np.uint16).reshape(-1, maxlen)
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    np.random.RandomState(seed).shuffle(order := list(range(len(data))))

    def part(start, stop):
        chosen = order[start:stop]
        return np.take(data, chosen, axis=0), np.take(labels, chosen, axis=0)

    return [*part(0, n_train), *part(n_train, n_train + n_val)]
""",
}
