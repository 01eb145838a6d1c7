"""The network without GloVe is made anew after the test, and left untrained."""

ASSIGNMENT = "frozen_embedding"

CELLS = {}

EXTRA = [
    (
        "before",
        "test-whole-chain",
        "scratch_model = build_scratch_model(MAX_WORDS, EMBEDDING_DIM, MAXLEN)",
    ),
]

LOSES = {"test_notebook_networks_are_what_they_should_be"}
