"""Keras's own functions wherever there is one."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    indices = np.array(numbers, dtype="int32")
    return keras.ops.convert_to_numpy(keras.ops.one_hot(indices, max_words, dtype="float32"))
""",
    "lookup": """
def lookup(table, numbers):
    return np.array(keras.ops.take(keras.ops.convert_to_tensor(table), np.array(numbers), axis=0))
""",
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    return keras.utils.pad_sequences(sequences, maxlen=maxlen)
""",
    "build-model": """
from keras.layers import Dense, Embedding, Flatten


def build_model(max_words, embedding_dim, maxlen):
    model = keras.models.Sequential(name="first_model")
    model.add(keras.Input(shape=(maxlen,), dtype="int32"))
    model.add(Embedding(input_dim=max_words, output_dim=embedding_dim, name="vectors"))
    model.add(Flatten())
    model.add(Dense(units=1, activation=keras.activations.sigmoid))
    return model
""",
    "train": """
def train(model, x, y):
    model.compile(
        optimizer=keras.optimizers.RMSprop(),
        loss=keras.losses.BinaryCrossentropy(),
        metrics=[keras.metrics.BinaryAccuracy(name="accuracy")],
    )
    return model.fit(x=x, y=y, batch_size=32, epochs=10, validation_split=0.2, verbose=2).history
""",
}
