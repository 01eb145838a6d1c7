"""A well-known callback ends the training at an accuracy of 99 %."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
class GoodEnough(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs["accuracy"] > 0.99:
            self.model.stop_training = True


def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    stop = GoodEnough()
    return model.fit(
        x, y, epochs=10, batch_size=32, validation_split=0.2, callbacks=[stop], verbose=0
    ).history
""",
}

LOSES = {"test_training_is_as_asked"}
