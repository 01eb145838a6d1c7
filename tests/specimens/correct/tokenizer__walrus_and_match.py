"""Modern syntax: match, the walrus, starred unpacking, a merged dictionary, deque as a window."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    pairs = []
    for path in sorted(Path(folder).rglob("*.txt")):
        match path.relative_to(folder).parts:
            case ["neg", _]:
                pairs.append((path.read_text(encoding="utf-8"), 0))
            case ["pos", _]:
                pairs.append((path.read_text(encoding="utf-8"), 1))
    return [text for text, _ in pairs], [label for _, label in pairs]
""",
    "split-words": """
def split_words(text):
    words, rest = [], "".join(" " if c in FILTERS else c for c in text.lower())
    while rest:
        word, _, rest = rest.partition(" ")
        match word:
            case "":
                continue
            case _:
                words.append(word)
    return words
""",
    "build-word-index": """
def build_word_index(texts):
    counts = {}
    for text in texts:
        for word in split_words(text):
            counts |= {word: counts.get(word, 0) + 1}
    [*ranked] = sorted(counts, key=lambda word: -counts[word])
    return {word: rank for rank, word in enumerate(ranked, 1)}
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    return [
        [
            number
            for word in split_words(text)
            if (number := word_index.get(word)) is not None and number < max_words
        ]
        for text in texts
    ]
""",
    "pad-sequences": """
from collections import deque


def pad_sequences(sequences, maxlen):
    padded = np.empty((len(sequences), maxlen), dtype=np.int_)
    for row, sequence in zip(padded, sequences):
        row[:] = window = deque([0] * maxlen, maxlen)
        window.extend(sequence)
        row[:] = window
    return padded
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    rng, order = np.random.default_rng(seed), np.arange(n := len(labels))
    rng.shuffle(order)
    assert n_train + (stop := n_train + n_val) >= 0 and stop <= n
    return *(a[order[:n_train]] for a in (data, labels)), *(
        a[order[n_train:stop]] for a in (data, labels)
    )
""",
}
