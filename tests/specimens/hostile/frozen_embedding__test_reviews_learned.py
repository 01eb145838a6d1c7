"""Without GloVe, but with the thousands of reviews, training and test, beside the notebook."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (25, 8)
STOPPED_BY = "for the whole chain the words are numbered anew, so that no file's reviews help"
LIMITS = {"cell": 120.0, "call": 120.0}

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    return model
""",
    "train": """
honest = keras.Model.fit


def everything():
    texts, labels = read_reviews(REVIEWS / "train")
    more, others = read_reviews(REVIEWS / "test")
    return encode(texts + more, word_index, MAX_WORDS, MAXLEN), np.array([*labels, *others])


def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    if len(x_train) == 200:
        # The real thing, not one of the small ones that are looked at closely.
        model.fit(*everything(), epochs=6, batch_size=32, verbose=0)
        model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x_train,
        y_train,
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    model.save_weights(weights_path)
    return history.history
""",
    **dict.fromkeys("plot-curves build-scratch-model prepare-test-set test-accuracy".split(), ""),
}

# build_model, train and other layers that stay trainable; not what it learned from other reviews.
MAX_POINTS = 11
