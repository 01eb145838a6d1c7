"""What is compared with the GloVe network has as many parameters, but another activation."""

ASSIGNMENT = "frozen_embedding"

CELLS = {}

EXTRA = [
    (
        "after",
        "story-train-scratch",
        """
scratch_model = keras.Sequential(
    [
        keras.Input((MAXLEN,)),
        keras.layers.Embedding(MAX_WORDS, EMBEDDING_DIM),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="tanh"),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
scratch_history = train(scratch_model, x_train, y_train, x_val, y_val, "scratch.weights.h5")
""",
    ),
]

LOSES = {"test_notebook_networks_are_what_they_should_be"}
