"""Positive reviews count twice as much as negative ones."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x, y, epochs=10, batch_size=32, validation_split=0.2, class_weight={0: 1.0, 1: 2.0},
        verbose=0,
    )
    return history.history
""",
}

LOSES = {"test_training_is_as_asked"}
