"""A subclass of keras.Model around a functional graph; a loop over named axes; evaluate."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": '''
class Critic(keras.Model):
    """Judges reviews of maxlen words."""

    def __init__(self, max_words, embedding_dim, maxlen):
        words = keras.Input(shape=(maxlen,), dtype="int64", name="words")
        x = keras.layers.Embedding(max_words, embedding_dim, name="vectors")(words)
        x = keras.layers.Flatten(name="row")(x)
        x = keras.layers.Dense(32, activation="relu", name="hidden")(x)
        judgement = keras.layers.Dense(1, activation="sigmoid", name="judgement")(x)
        super().__init__(inputs=words, outputs=judgement, name="critic")


def build_model(max_words, embedding_dim, maxlen):
    return Critic(max_words, embedding_dim, maxlen)
''',
    "plot-curves": """
def plot_curves(history):
    figure, panels = plt.subplot_mosaic([["accuracy", "loss"]], figsize=(9, 3), sharex=True)
    for name in ("accuracy", "loss"):
        values, val_values = history[name], history[f"val_{name}"]
        epochs = [epoch + 1 for epoch in range(len(values))]
        panels[name].plot(epochs, values, "o", epochs, val_values, "-")
        panels[name].set_title(name)
        panels[name].legend(["training", "validation"])
    plt.close(figure)
    return figure
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    loss, accuracy = model.evaluate(x_test, y_test, verbose=0)
    return accuracy
""",
}
