"""A tokenizer class, as Keras once had, behind thin functions."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "split-words": '''
class Tokenizer:
    """Counts words, numbers them, and turns texts into numbers."""

    def __init__(self, filters=FILTERS):
        self.table = {ord(character): " " for character in filters}
        self.counts = {}
        self.word_index = {}

    def split(self, text):
        return list(filter(None, text.lower().translate(self.table).split(" ")))

    def fit(self, texts):
        for text in texts:
            for word in self.split(text):
                self.counts[word] = self.counts.get(word, 0) + 1
        pairs = sorted(self.counts.items(), key=lambda pair: pair[1], reverse=True)
        self.word_index = {pair[0]: i + 1 for i, pair in enumerate(pairs)}
        return self

    def transform(self, texts, num_words):
        for text in texts:
            numbers = map(self.word_index.get, self.split(text))
            yield [n for n in numbers if n is not None and n < num_words]


def split_words(text):
    return Tokenizer().split(text)
''',
    "build-word-index": """
def build_word_index(texts):
    return Tokenizer().fit(texts).word_index
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    tokenizer = Tokenizer()
    tokenizer.word_index = word_index
    return list(tokenizer.transform(texts, max_words))
""",
}
