"""A beginner's long way: if, index loops, copied code for the second network, counting by hand."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    model = keras.Sequential()
    input_layer = keras.Input(shape=(maxlen,))
    model.add(input_layer)
    emb = keras.layers.Embedding(max_words, embedding_dim)
    model.add(emb)
    flat = keras.layers.Flatten()
    model.add(flat)
    dense1 = keras.layers.Dense(32, activation="relu")
    model.add(dense1)
    dense2 = keras.layers.Dense(1, activation="sigmoid")
    model.add(dense2)
    print("built a model with", model.count_params(), "parameters")
    return model
""",
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    number_of_layers = len(model.layers)
    for i in range(number_of_layers):
        name = model.layers[i].name
        if "embedding" in name:
            layer = model.get_layer(name)
            w = layer.get_weights()
            w[0] = matrix
            layer.set_weights(w)
            layer.trainable = False
    return model
""",
    "plot-curves": """
def plot_curves(history):
    figure = plt.figure()
    axes1 = figure.add_axes([0.1, 0.1, 0.35, 0.8])
    axes2 = figure.add_axes([0.55, 0.1, 0.35, 0.8])
    epochs = []
    for i in range(len(history["accuracy"])):
        epochs.append(i + 1)
    axes1.plot(epochs, history["accuracy"], "go")
    axes1.plot(epochs, history["val_accuracy"], "r-")
    axes1.set_title("accuracy")
    axes2.plot(epochs, history["loss"], "go")
    axes2.plot(epochs, history["val_loss"], "r-")
    axes2.set_title("loss")
    plt.close(figure)
    return figure
""",
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    model2 = keras.Sequential()
    model2.add(keras.Input(shape=(maxlen,)))
    model2.add(keras.layers.Embedding(max_words, embedding_dim))
    model2.add(keras.layers.Flatten())
    model2.add(keras.layers.Dense(32, activation="relu"))
    model2.add(keras.layers.Dense(1, activation="sigmoid"))
    return model2
""",
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    result = read_reviews(folder)
    texts = result[0]
    labels = result[1]
    x_test = encode(texts, word_index, max_words, maxlen)
    y_test = np.zeros(len(labels))
    for i in range(len(labels)):
        y_test[i] = labels[i]
    return x_test, y_test
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    predictions = model.predict(x_test)
    correct = 0
    wrong = 0
    for i in range(len(predictions)):
        p = predictions[i][0]
        if p > 0.5:
            answer = 1
        else:
            answer = 0
        if answer == int(y_test[i]):
            correct = correct + 1
        else:
            wrong = wrong + 1
    return correct / (correct + wrong)
""",
}
