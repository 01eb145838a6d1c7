"""The matrix's first row is cleared in place, after it was loaded."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    embedding = embedding_layer(model)
    embedding.set_weights([matrix])
    embedding.trainable = False
    matrix[0] = 0
    return model
""",
}

LOSES = {"test_matrix_is_loaded"}
