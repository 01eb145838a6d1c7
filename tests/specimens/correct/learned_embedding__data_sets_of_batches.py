"""tf.data cuts the batches; a callback watches the training."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
import tensorflow as tf


class Watch(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(epoch, logs)


def train(model, x, y):
    n = int(len(x) * 0.8)
    first = tf.data.Dataset.from_tensor_slices((x[:n], y[:n])).shuffle(n).batch(32)
    last = tf.data.Dataset.from_tensor_slices((x[n:], y[n:])).batch(64)
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return model.fit(first, epochs=10, validation_data=last, callbacks=[Watch()], verbose=0).history
""",
}
