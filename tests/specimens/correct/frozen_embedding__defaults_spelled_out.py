"""Keras's defaults written out: of the layers, of the optimizer and of the loss."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
def build_model(max_words, embedding_dim, maxlen):
    return keras.Sequential(
        [
            keras.Input(shape=(maxlen,), dtype="float32"),
            keras.layers.Embedding(
                max_words,
                embedding_dim,
                embeddings_initializer="uniform",
                embeddings_regularizer=None,
                mask_zero=False,
                dtype="float32",
            ),
            keras.layers.Flatten(data_format="channels_last"),
            keras.layers.Dense(
                32, activation="relu", use_bias=True, kernel_initializer="glorot_uniform"
            ),
            keras.layers.Dense(1, activation="sigmoid", bias_initializer="zeros"),
        ]
    )
""",
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    optimizer = keras.optimizers.RMSprop(
        learning_rate=1e-3,
        rho=0.9,
        momentum=0,
        epsilon=1e-7,
        centered=False,
        weight_decay=0.0,
        clipnorm=None,
        name="rms",
    )
    loss = keras.losses.BinaryCrossentropy(from_logits=False, label_smoothing=0, name="surprise")
    model.compile(optimizer, loss, metrics=["accuracy"], jit_compile=False)
    history = model.fit(
        x_train, y_train, 32, 10, verbose=0, validation_data=(x_val, y_val), shuffle=True
    ).history
    model.save_weights(weights_path)
    return {name: np.array(values).tolist() for name, values in history.items()}
""",
}
