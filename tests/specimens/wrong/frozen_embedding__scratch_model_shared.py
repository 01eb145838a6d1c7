"""One model is built once and returned at every call."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-scratch-model": """
scratch_models = {}


def build_scratch_model(max_words, embedding_dim, maxlen):
    sizes = (max_words, embedding_dim, maxlen)
    if sizes not in scratch_models:
        scratch_models[sizes] = build_model(*sizes)
    return scratch_models[sizes]
""",
}

LOSES = {"test_scratch_model_starts_at_random"}
