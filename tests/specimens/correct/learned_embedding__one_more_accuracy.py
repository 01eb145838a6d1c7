"""Another accuracy is measured, too, whose name comes first."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    surely = keras.metrics.BinaryAccuracy(name="acc_if_sure", threshold=0.7)
    model.compile(
        optimizer=keras.optimizers.RMSprop(),
        loss=keras.losses.BinaryCrossentropy(),
        metrics=["accuracy", surely],
    )
    return dict(model.fit(x, y, 32, 10, 0, validation_split=0.2).history)
""",
}
