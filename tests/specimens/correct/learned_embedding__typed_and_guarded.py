"""Types, assertions on the arguments, generators, tuples for lists."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
from collections.abc import Sequence


def one_hot(numbers: Sequence[int], max_words: int) -> np.ndarray:
    numbers = np.asarray(numbers, dtype=np.intp)
    assert numbers.ndim == 1 and ((0 <= numbers) & (numbers < max_words)).all()
    rows = np.zeros(numbers.shape + (max_words,), dtype=np.dtype("float32"))
    rows[np.arange(numbers.size), numbers] = 1.0
    return rows
""",
    "lookup": """
def lookup(table: np.ndarray, numbers) -> np.ndarray:
    numbers = np.asarray(numbers)
    assert np.issubdtype(numbers.dtype, np.integer)
    return table.take(numbers.ravel(), axis=0).reshape(numbers.shape + table.shape[1:])
""",
    "pad-reviews": """
def pad_reviews(sequences: list[list[int]], maxlen: int) -> np.ndarray:
    assert maxlen >= 1

    def rows():
        for sequence in sequences:
            kept = tuple(sequence[-maxlen:])
            yield (0,) * (maxlen - len(kept)) + kept

    return np.array(list(rows()), dtype=np.uint16)
""",
    "nearest-words": """
def nearest_words(word: str, word_index: dict[str, int], table: np.ndarray, n: int) -> list:
    rows = {number: other for other, number in word_index.items() if 0 < number < len(table)}
    del rows[word_index[word]]
    numbers = np.fromiter(rows, dtype=int)
    near = [cosine(table[word_index[word]], table[number]) for number in numbers]
    return [rows[number] for number in numbers[np.argsort(near)[::-1]][:n].tolist()]
""",
}
