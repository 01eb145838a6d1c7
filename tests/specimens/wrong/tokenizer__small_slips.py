"""Five functions that look right, each with a slip that the notebook's own data do not show."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for kind in ("neg", "pos"):
        for path in sorted(Path(folder, kind).glob("*.txt")):
            texts.append(path.read_text(encoding="utf-8"))
            labels.append(int("pos" in str(path)))  # of the whole path
    return texts, labels
""",
    "split-words": """
def split_words(text):
    text = text.lower().replace("'s ", " ")  # film's is no film
    for character in FILTERS:
        text = text.replace(character, " ")
    return [word for word in text.split(" ") if word]
""",
    "build-word-index": """
def build_word_index(texts):
    counts = Counter(word for text in texts for word in split_words(text))
    ranked = [word for word, _ in counts.most_common()]
    return dict(zip(ranked, np.linspace(1, len(ranked), len(ranked)).round().tolist()))
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    sequences = []
    for text in texts:
        if not text.strip():
            continue  # nothing in it
        numbers = [word_index.get(word, max_words) for word in split_words(text)]
        sequences.append([int(number) for number in numbers if number < max_words])
    return sequences
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    order = np.random.default_rng(seed).permutation(len(data))
    train, validation = order[:n_train], order[-n_val:]  # of none, that is all
    return data[train], labels[train], data[validation], labels[validation]
""",
}

LOSES = {
    "test_every_review_has_its_label",
    "test_numbers_run_from_one",
    "test_other_characters_stay",
    "test_parts_have_their_sizes_and_share_nothing",
    "test_unknown_words_are_left_out",
}
