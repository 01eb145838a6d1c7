"""As in an old book: models.add, input_shape, everything in one place."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "build-model": """
from keras.models import Sequential
from keras.layers import Embedding, Flatten, Dense


def build_model(max_words, embedding_dim, maxlen):
    model = Sequential()
    model.add(Embedding(max_words, embedding_dim, input_shape=(maxlen,)))
    model.add(Flatten())
    model.add(Dense(1, activation='sigmoid'))
    model.summary()
    return model
""",
    "train": """
def train(model, x, y):
    model.compile(optimizer='rmsprop', loss='binary_crossentropy', metrics=['accuracy'])
    history = model.fit(x, y,
                        epochs=10,
                        batch_size=32,
                        validation_split=0.2)
    return history.history
""",
}
