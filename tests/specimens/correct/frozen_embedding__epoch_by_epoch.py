"""Ten calls of fit with one epoch each, their histories joined; all weights set at once."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    weights = model.get_weights()
    position = [array.shape for array in weights].index(matrix.shape)
    weights[position] = matrix
    model.set_weights(weights)
    for layer in model.layers:
        layer.trainable = not isinstance(layer, keras.layers.Embedding)
    return model
""",
    "train": """
from collections import defaultdict


def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile("RMSprop", keras.losses.BinaryCrossentropy(), metrics=["accuracy"])
    joined = defaultdict(list)
    for epoch in range(10):
        once = model.fit(
            x_train,
            y_train,
            batch_size=32,
            initial_epoch=epoch,
            epochs=epoch + 1,
            validation_data=(x_val, y_val),
            verbose=0,
        )
        for name, values in once.history.items():
            joined[name] += values
        print(f"epoch {epoch + 1:2}: {once.history['val_accuracy'][0]:.3f}")
    model.save_weights(weights_path)
    return dict(joined)
""",
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    blueprint = build_model(max_words, embedding_dim, maxlen).get_config()
    return keras.Sequential.from_config(blueprint)
""",
    "prepare-test-set": """
def prepare_test_set(folder, word_index, max_words, maxlen):
    texts, labels = read_reviews(folder)
    positive = sum(labels)
    y_test = np.concatenate([np.zeros(len(texts) - positive, int), np.ones(positive, int)])
    return encode(texts, word_index, max_words, maxlen), y_test
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    right = 0
    for (output,), label in zip(model.predict(x_test, verbose=0), y_test):
        guess = 1 if output > 0.5 else 0
        if guess == label:
            right += 1
    return right / len(y_test)
""",
}
