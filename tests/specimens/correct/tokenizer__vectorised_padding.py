"""No Python loop over the numbers: masks for padding, findall for words, NumPy's argsort."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": r'''
import re

WORD = re.compile(f"[^ {re.escape(FILTERS)}]+")


def split_words(text):
    """What lies between the filter characters."""
    return WORD.findall(text.lower())
''',
    "build-word-index": """
def build_word_index(texts):
    numbers = {}
    ids = [numbers.setdefault(w, len(numbers)) for text in texts for w in split_words(text)]
    counts = np.bincount(np.array(ids, dtype=np.int64), minlength=len(numbers))
    ranks = np.empty(len(numbers), dtype=np.int64)
    ranks[np.argsort(-counts, kind="stable")] = np.arange(1, len(numbers) + 1)
    return dict(zip(numbers, ranks.tolist()))
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    def encode(text):
        numbers = np.array([word_index.get(word, max_words) for word in split_words(text)], int)
        return numbers[numbers < max_words].tolist()

    return [encode(text) for text in texts]
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    kept = [sequence[-maxlen:] for sequence in sequences]
    lengths = np.array([len(sequence) for sequence in kept], dtype=np.intp)
    padded = np.zeros((len(kept), maxlen), dtype=np.int64)
    filled = np.arange(maxlen) >= maxlen - lengths[:, np.newaxis]
    padded[filled] = np.concatenate([*kept, []]).astype(np.int64)
    return padded
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.argsort(np.random.default_rng(seed).random(labels.shape[0]))
    x, y = data.take(order, axis=0), labels.take(order)
    cut = slice(0, n_train), slice(n_train, n_train + n_val)
    return x[cut[0]], y[cut[0]], x[cut[1]], y[cut[1]]
""",
}
