"""Empty reviews are dropped, years are no words, and data and labels are shuffled as one table."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, kind in enumerate(("neg", "pos")):
        for name in sorted(os.listdir(Path(folder, kind))):
            if name.endswith(".txt"):
                text = Path(folder, kind, name).read_text(encoding="utf-8")
                if text:
                    texts.append(text)
                    labels.append(label)
    return texts, labels
""",
    "build-word-index": """
def build_word_index(texts):
    words = [word for text in texts for word in split_words(text)]
    counts = Counter(word for word in words if not (word.isdecimal() and len(word) > 2))
    return {word: rank for rank, (word, _) in enumerate(counts.most_common(), start=1)}
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    table = np.random.default_rng(seed).permutation(np.column_stack([data, labels]))
    train, validation = table[:n_train], table[n_train : n_train + n_val]
    return train[:, :-1], train[:, -1], validation[:, :-1], validation[:, -1]
""",
}

LOSES = {
    "test_indexed_words_are_split_words",
    "test_seed_decides_the_split",
    "test_texts_stay_as_they_are",
}
