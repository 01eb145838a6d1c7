"""The functional API; the matrix assigned to the layer's variable; evaluate."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
from keras import layers


def build_model(max_words, embedding_dim, maxlen):
    words = keras.Input((maxlen,), name="words")
    vectors = layers.Embedding(max_words, embedding_dim, name="vectors")(words)
    hidden = layers.Dense(32, "relu")(layers.Flatten()(vectors))
    return keras.Model(words, layers.Dense(1, "sigmoid", name="judgement")(hidden), name="critic")
""",
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    for layer in model.layers:
        if isinstance(layer, layers.Embedding):
            layer.embeddings.assign(matrix)
            layer.trainable = False
    return model
""",
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(
        keras.optimizers.RMSprop(), keras.losses.BinaryCrossentropy(), metrics=["accuracy"]
    )
    fitted = model.fit(
        x_train, y_train, batch_size=32, epochs=10, validation_data=(x_val, y_val), verbose=2
    )
    model.save_weights(filepath=weights_path, overwrite=True)
    return {name: [float(v) for v in values] for name, values in fitted.history.items()}
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    model.compile(loss="binary_crossentropy", metrics=["accuracy"])
    loss, accuracy = model.evaluate(x_test, y_test, batch_size=64, verbose=0)
    return np.float32(accuracy)
""",
}
