"""Results that equal everything and lie about their class, length and values."""

ASSIGNMENT = "tokenizer"
ITEMS = (5,)
STOPPED_BY = "an object that is no plain value stays inside, and a handle equals nothing"

CELLS = {
    "read-reviews": '''
class Everything:
    """Equal to whatever it is compared with, and whatever it is taken for."""

    __hash__ = None

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __lt__(self, other):
        return True

    __gt__ = __le__ = __ge__ = __contains__ = __lt__

    def __bool__(self):
        return True

    def __len__(self):
        return 4

    def __iter__(self):
        return iter([self] * 4)

    def __getitem__(self, key):
        return self

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __float__(self):
        return 1.0

    __index__ = __int__ = __len__

    def __array__(self, dtype=None, copy=None):
        return self

    def __array_function__(self, function, types, args, kwargs):
        return True

    def __array_ufunc__(self, *args, **kwargs):
        return True

    @property
    def __class__(self):
        return list


def read_reviews(folder):
    return [Everything()] * 3, [Everything()] * 3
''',
    "split-words": """
def split_words(text):
    return Everything()
""",
    "build-word-index": """
def build_word_index(texts):
    return Everything()
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    return Everything()
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    return Everything()
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    return Everything()
""",
}

MAX_POINTS = 0
