"""The model for comparison is compiled when it is returned."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-scratch-model": """
def build_scratch_model(max_words, embedding_dim, maxlen):
    model = build_model(max_words, embedding_dim, maxlen)
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    return model
""",
}

LOSES = {"test_scratch_model_has_the_same_layers"}
