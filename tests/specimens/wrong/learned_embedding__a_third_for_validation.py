"""Three tenths are kept for validation instead of a fifth."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(x, y, epochs=10, batch_size=32, validation_split=0.3, verbose=0)
    return history.history
""",
}

LOSES = {"test_just_the_first_four_fifths_are_trained_on", "test_validation_is_on_the_last_fifth"}
