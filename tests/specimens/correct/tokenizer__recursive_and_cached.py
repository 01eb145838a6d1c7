"""Recursion, functools.cache on what is hashable, a merge sort, zip_longest for the padding."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
from functools import cache, lru_cache
from itertools import zip_longest


def read_reviews(folder, poles=("neg", "pos"), label=0):
    if not poles:
        return [], []
    first, *others = poles
    names = sorted(e.name for e in os.scandir(Path(folder) / first) if e.name.endswith(".txt"))
    texts = [(Path(folder) / first / name).read_text(encoding="utf8") for name in names]
    more_texts, more_labels = read_reviews(folder, others, label + 1)
    return texts + more_texts, [label] * len(texts) + more_labels
""",
    "split-words": """
@lru_cache(maxsize=None)
def words_between(text, separators):
    if separators == "":
        return (text,) if text else ()
    parts = text.split(separators[0])
    return tuple(word for part in parts for word in words_between(part, separators[1:]))


def split_words(text):
    return list(words_between(text.lower(), FILTERS + " "))
""",
    "build-word-index": """
def merge_sort(items, key):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = merge_sort(items[:middle], key), merge_sort(items[middle:], key)
    merged, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if key(left[i]) >= key(right[j]):  # of equals the left one, which was seen first
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]


def build_word_index(texts):
    counts = Counter(word for text in texts for word in split_words(text))
    ranked = merge_sort(list(counts), key=counts.__getitem__)
    return {word: number for number, word in enumerate(ranked, start=1)}
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    @cache
    def number(word):
        try:
            return word_index[word] if word_index[word] < max_words else None
        except KeyError:
            return None

    return [[n for n in map(number, split_words(text)) if n is not None] for text in texts]
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    # Turned round, the zeros come behind; a row of maxlen zeros makes all rows long enough.
    backwards = [[0] * maxlen] + [sequence[::-1][:maxlen] for sequence in sequences]
    columns = list(zip_longest(*backwards, fillvalue=0))
    return np.array(columns[::-1], dtype=int).T[1:]
""",
}
