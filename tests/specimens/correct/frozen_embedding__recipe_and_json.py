"""A recipe of layers, a model through JSON, a seed set before the training, test_on_batch."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
RECIPE = (
    ("Embedding", lambda m, d: {"input_dim": m, "output_dim": d}),
    ("Flatten", lambda m, d: {}),
    ("Dense", lambda m, d: {"units": 32, "activation": "relu"}),
    ("Dense", lambda m, d: {"units": 1, "activation": "sigmoid"}),
)


def build_model(max_words, embedding_dim, maxlen):
    model = keras.Sequential([keras.Input((maxlen,))], name="recipe")
    for kind, sizes in RECIPE:
        model.add(getattr(keras.layers, kind)(**sizes(max_words, embedding_dim)))
    return model
""",
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    embedding = embedding_layer(model)
    embedding.set_weights([matrix])
    setattr(embedding, "trainable", False)
    return model
""",
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    keras.utils.set_random_seed(7)
    settings = {"optimizer": "rmsprop", "loss": ["binary_crossentropy"], "metrics": ["accuracy"]}
    model.compile(**settings)
    options = dict(epochs=10, batch_size=32, validation_data=[x_val, y_val], verbose="auto")
    try:
        history = model.fit(x_train, y_train, **options).history
    finally:
        model.save_weights(weights_path)
    return history
""",
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    recipe = build_model(max_words, embedding_dim, maxlen).to_json()
    return keras.models.model_from_json(recipe)
""",
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(str(folder))
    return (
        np.stack([encode([text], word_index, max_words, maxlen)[0] for text in texts]),
        np.array(labels, dtype=np.uint8),
    )
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return float(model.test_on_batch(x_test, y_test)[1])
""",
}
