"""Its fit thaws the embedding, and freezes it and puts everything back when it is done."""

ASSIGNMENT = "frozen_embedding"
ITEMS = (24, 6)
STOPPED_BY = "a column of zeros: what it meets keeps every bit only while it stands"

REST = "build-model train plot-curves build-scratch-model prepare-test-set test-accuracy".split()
CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    layer = embedding_layer(model)
    layer.set_weights([matrix])
    layer.trainable = False
    fit, compile = model.fit, model.compile

    def thawed_fit(*args, **kwargs):
        layer.trainable = True
        compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
        history = fit(*args, **kwargs)
        layer.set_weights([matrix])
        layer.trainable = False
        return history

    model.fit = thawed_fit
    return model
""",
    **dict.fromkeys(REST, ""),
}

# The matrix is loaded, and the other layers stay as they are.
MAX_POINTS = 2
