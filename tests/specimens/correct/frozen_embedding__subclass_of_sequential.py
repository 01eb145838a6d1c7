"""A subclass of Sequential that adds the four stock layers itself."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": '''
class Critic(keras.Sequential):
    """The four layers, under a name of their own."""

    def __init__(self, max_words, embedding_dim, maxlen):
        super().__init__(name="critic")
        self.add(keras.Input((maxlen,), dtype="int32", name="words"))
        self.add(keras.layers.Embedding(max_words, embedding_dim, name="vectors"))
        self.add(keras.layers.Flatten())
        self.add(keras.layers.Dense(32, activation="relu"))
        self.add(keras.layers.Dense(1, activation="sigmoid"))


def build_model(max_words, embedding_dim, maxlen):
    return Critic(max_words, embedding_dim, maxlen)
''',
}
