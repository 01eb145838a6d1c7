"""Every answer is one expression."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    return tuple(
        map(
            list,
            zip(
                *(
                    (path.read_text(encoding="utf-8"), int(pole == "pos"))
                    for pole in ("neg", "pos")
                    for path in sorted((Path(folder) / pole).glob("*.txt"))
                )
            ),
        )
    )
""",
    "split-words": """
split_words = lambda text: [
    w for w in text.lower().translate({ord(c): 32 for c in FILTERS}).split(" ") if w
]
""",
    "build-word-index": """
build_word_index = lambda texts: {
    w: i + 1
    for i, (w, _) in enumerate(Counter(w for t in texts for w in split_words(t)).most_common())
}
""",
    "texts-to-sequences": """
texts_to_sequences = lambda texts, word_index, max_words: [
    [word_index[w] for w in split_words(t) if word_index.get(w, max_words) < max_words]
    for t in texts
]
""",
    "pad-sequences": """
pad_sequences = lambda sequences, maxlen: np.array(
    [[0] * (maxlen - len(s)) + s[-maxlen:] for s in sequences], dtype=int
).reshape(-1, maxlen)
""",
    "shuffle-and-split": """
shuffle_and_split = lambda data, labels, n_train, n_val, seed: (
    lambda p: (data[p[:n_train]], labels[p[:n_train]])
    + (data[p[n_train:][:n_val]], labels[p[n_train:][:n_val]])
)(np.random.default_rng(seed).permutation(len(data)))
""",
}
