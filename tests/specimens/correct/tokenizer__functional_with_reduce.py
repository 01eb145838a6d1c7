"""Functional throughout: reduce, partial, itemgetter, starmap, chain; no loop anywhere."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
from functools import partial, reduce
from itertools import chain, compress, count, repeat, starmap
from operator import add, attrgetter, itemgetter, methodcaller

read_utf8 = methodcaller("read_text", encoding="utf-8")


def reviews_of(folder, pole):
    paths = filter(lambda path: path.suffix == ".txt", Path(folder, pole).iterdir())
    return list(map(read_utf8, sorted(paths, key=attrgetter("name"))))


def read_reviews(folder):
    poles = list(map(partial(reviews_of, folder), ("neg", "pos")))
    labels = chain.from_iterable(map(repeat, count(), map(len, poles)))
    return reduce(add, poles), list(labels)
""",
    "split-words": """
def split_words(text):
    plain = reduce(lambda so_far, mark: so_far.replace(mark, " "), FILTERS, text.lower())
    return list(filter(None, plain.split(" ")))
""",
    "build-word-index": """
def build_word_index(texts):
    counts = Counter(chain.from_iterable(map(split_words, texts)))
    ranked = sorted(counts.items(), key=itemgetter(1), reverse=True)
    return dict(zip(map(itemgetter(0), ranked), count(1)))
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    def numbers(words):
        found = list(map(word_index.get, words, repeat(max_words)))
        return list(compress(found, map(max_words.__gt__, found)))

    return list(map(numbers, map(split_words, texts)))
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    row = lambda sequence: add([0] * maxlen, sequence)[-maxlen:]
    flat = chain.from_iterable(map(row, sequences))
    return np.array(list(flat), dtype=int).reshape(len(sequences), maxlen)
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.random.default_rng(seed).permutation(len(data))
    parts = np.split(order, [n_train, n_train + n_val])[:2]
    return tuple(chain.from_iterable(map(lambda part: (data[part], labels[part]), parts)))
""",
}
