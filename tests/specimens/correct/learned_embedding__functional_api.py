"""The functional API, an RMSprop object, a history of plain floats."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
from keras import layers


def build_model(max_words, embedding_dim, maxlen):
    words = keras.Input((maxlen,), name="words")
    vectors = layers.Embedding(max_words, embedding_dim, name="vectors")(words)
    praise = layers.Dense(1, "sigmoid", name="praise")(layers.Flatten()(vectors))
    return keras.Model(words, praise, name="critic")
""",
    "train": """
def train(model, x, y):
    loss = keras.losses.binary_crossentropy
    model.compile(keras.optimizers.RMSprop(), loss, metrics=["accuracy"])
    fitted = model.fit(x, y, validation_split=0.2, epochs=10, batch_size=32, verbose=0)
    return {name: [float(value) for value in values] for name, values in fitted.history.items()}
""",
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    angles = {}
    for other, number in word_index.items():
        if other != word and number < len(table):
            similarity = cosine(table[number], table[word_index[word]])
            angles[other] = np.arccos(np.clip(similarity, -1, 1))
    return sorted(angles, key=angles.get)[:n]
""",
}
