"""Ten calls of fit with one epoch each, their histories joined."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "train": """
from collections import defaultdict


def train(model, x, y):
    model.compile("RMSprop", "binary_crossentropy", metrics=["accuracy"])
    joined = defaultdict(list)
    for epoch in range(10):
        once = model.fit(x, y, batch_size=32, validation_split=0.2, verbose=0,
                         initial_epoch=epoch, epochs=epoch + 1)
        for name, values in once.history.items():
            joined[name] += values
    return dict(joined)
""",
    "pad-reviews": """
from collections import deque


def pad_reviews(sequences, maxlen):
    rows = [deque([0] * maxlen, maxlen) for _ in sequences]
    for row, sequence in zip(rows, sequences):
        row.extend(sequence)
    return np.array(rows, dtype=np.int64)
""",
}
