"""train thaws the embedding, learns with it, and puts the old matrix and flag back."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (24,)
STOPPED_BY = "a column of zeros: what it meets keeps every bit only while it stands"

CELLS = {
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    layer = embedding_layer(model)
    before, flag = layer.get_weights(), layer.trainable
    layer.trainable = True
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(
        x_train,
        y_train,
        epochs=10,
        batch_size=32,
        validation_data=(x_val, y_val),
        verbose=0,
    )
    layer.trainable = flag
    if not flag:
        layer.set_weights(before)
    model.save_weights(weights_path)
    return history.history
""",
}

MAX_POINTS = 24
