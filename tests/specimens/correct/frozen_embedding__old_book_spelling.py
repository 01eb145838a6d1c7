"""As in an old book: input_shape on the first layer, pyplot's state machine, "bo" and "b"."""

ASSIGNMENT = "frozen_embedding"

CELLS = {
    "build-model": """
from keras.models import Sequential
from keras.layers import Embedding, Flatten, Dense


def build_model(max_words, embedding_dim, maxlen):
    model = Sequential()
    model.add(Embedding(max_words, embedding_dim, input_shape=(maxlen,)))
    model.add(Flatten())
    model.add(Dense(32, activation='relu'))
    model.add(Dense(1, activation='sigmoid'))
    model.summary()
    return model
""",
    "load-and-freeze": """
def load_and_freeze(model, matrix):
    model.layers[0].set_weights([matrix])
    model.layers[0].trainable = False
    return model
""",
    "train": """
def train(model, x_train, y_train, x_val, y_val, weights_path):
    model.compile(optimizer='rmsprop',
                  loss='binary_crossentropy',
                  metrics=['accuracy'])
    history = model.fit(x_train, y_train,
                        epochs=10,
                        batch_size=32,
                        validation_data=(x_val, y_val))
    model.save_weights(weights_path)
    return history.history
""",
    "plot-curves": """
def plot_curves(history):
    acc = history['accuracy']
    val_acc = history['val_accuracy']
    loss = history['loss']
    val_loss = history['val_loss']
    epochs = range(1, len(acc) + 1)

    fig = plt.figure(figsize=(10, 4))
    plt.subplot(121)
    plt.plot(epochs, acc, 'bo', label='Training acc')
    plt.plot(epochs, val_acc, 'b', label='Validation acc')
    plt.title('Training and validation accuracy')
    plt.legend()

    plt.subplot(122)
    plt.plot(epochs, loss, 'bo', label='Training loss')
    plt.plot(epochs, val_loss, 'b', label='Validation loss')
    plt.title('Training and validation loss')
    plt.legend()
    plt.close(fig)
    return fig
""",
    "test-accuracy": """
def test_accuracy(model, weights_path, x_test, y_test):
    model.load_weights(weights_path)
    model.compile(loss='binary_crossentropy', metrics=['acc'])
    return model.evaluate(x_test, y_test)[1]
""",
}
