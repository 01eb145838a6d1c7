"""Results that contain themselves, are a thousand deep, never end, or are large beyond measure."""

ASSIGNMENT = "tokenizer"
ITEMS = (10, 5)
STOPPED_BY = "limits of depth, items and bytes, inside when it is sent and outside when it is read"
LIMITS = {"call": 5, "notebook": 60}

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts = ["a"]
    texts.append(texts)
    labels = {}
    labels[0] = labels
    return texts, labels
""",
    "split-words": """
def split_words(text):
    words = []
    for _ in range(100_000):
        words = [words]
    return words
""",
    "build-word-index": """
class Growing(dict):
    def items(self):
        return zip(iter(int, 1), iter(int, 1))


class Forever(list):
    def __iter__(self):
        while True:
            yield "word"

    def __len__(self):
        return 1


def build_word_index(texts):
    return [Growing(a=1), Forever([1]), range(10**15), {10**3000: 1}][len(texts) % 4]
""",
    "texts-to-sequences": """

def texts_to_sequences(texts, word_index, max_words):
    return {number * (2**61 - 1): 0 for number in range(5_000)}
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    # 8 terabytes, of which 8 bytes exist.
    return np.broadcast_to(np.int64(1), (10**6, 10**6))
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    same = ["x" * 1000] * 1000
    for _ in range(6):
        same = [same] * 1000
    return same, same, same, same
""",
}

MAX_POINTS = 0
