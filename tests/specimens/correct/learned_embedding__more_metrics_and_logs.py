"""Two metrics more, a callback that only logs, numbers of another kind."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
class Log(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(f"epoch {epoch + 1}: {logs['val_accuracy']:.2f}")


def train(model, x, y):
    model.compile(
        optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy", "mae", "auc"]
    )
    fitted = model.fit(
        x, y, batch_size=32, epochs=10, validation_split=0.2, callbacks=[Log()], verbose=0,
        shuffle=True, class_weight=None, sample_weight=None,
    )
    return {name: np.array(values).tolist() for name, values in fitted.history.items()}
""",
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    padded = np.zeros((len(sequences), maxlen), dtype=np.uint32)
    for row, sequence in zip(padded, sequences):
        for place, number in enumerate(reversed(sequence[-maxlen:]), start=1):
            row[-place] = number
    return padded
""",
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    layers = keras.layers
    uniform = keras.initializers.RandomUniform(-0.05, 0.05)
    return keras.Sequential(
        [
            keras.Input((maxlen,), dtype="int64"),
            layers.Embedding(
                max_words, embedding_dim, embeddings_initializer=uniform, dtype="float32"
            ),
            layers.Flatten(dtype=keras.DTypePolicy("float32")),
            layers.Dense(1, "sigmoid", kernel_initializer="glorot_uniform", dtype="float32"),
        ]
    )
""",
}
