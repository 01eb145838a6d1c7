"""Only full batches are trained on."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
import tensorflow as tf


def train(model, x, y):
    cut = len(x) - len(x) // 5
    data = tf.data.Dataset.from_tensor_slices((x[:cut], y[:cut])).shuffle(cut)
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        data.batch(32, drop_remainder=True),
        epochs=10, validation_data=(x[cut:], y[cut:]), verbose=0,
    )
    return history.history
""",
}

LOSES = {"test_training_is_as_asked"}
