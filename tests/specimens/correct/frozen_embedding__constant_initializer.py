"""A copy of the model whose embedding starts from the matrix; Sequential.add."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    model = keras.models.Sequential()
    model.add(keras.layers.InputLayer(shape=(maxlen,), dtype="int32"))
    model.add(keras.layers.Embedding(input_dim=max_words, output_dim=embedding_dim))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(units=32, activation=keras.activations.relu))
    model.add(keras.layers.Dense(units=1, activation=keras.activations.sigmoid))
    return model
""",
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    def with_matrix(layer):
        if not isinstance(layer, keras.layers.Embedding):
            return layer.__class__.from_config(layer.get_config())
        return keras.layers.Embedding(
            *matrix.shape,
            embeddings_initializer=keras.initializers.Constant(matrix),
            trainable=False,
        )

    return keras.models.clone_model(model, clone_function=with_matrix)
""",
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(Path(folder))
    x_test = encode(texts, word_index, max_words, maxlen).astype("int32")
    y_test = np.asarray(labels, dtype="float32")
    return [x_test, y_test]
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    copy = keras.models.clone_model(model)
    copy.load_weights(weights_path)
    guesses = np.round(copy.predict(x_test, verbose=0)).flatten()
    return (guesses == y_test).sum() / len(y_test)
""",
}
