"""A beginner's loops over indices, with prints."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "one-hot": """
def one_hot(numbers, max_words):
    result = np.zeros((len(numbers), max_words), dtype="float32")
    for i in range(len(numbers)):
        for j in range(max_words):
            if numbers[i] == j:
                result[i][j] = 1
            else:
                result[i][j] = 0
    print("one hot:", result.shape)
    return result
""",
    "lookup": """
def lookup(table, numbers):
    numbers = np.array(numbers)
    flat = numbers.flatten()
    result = np.zeros((len(flat), table.shape[1]))
    for i in range(len(flat)):
        for j in range(table.shape[1]):
            result[i][j] = table[flat[i]][j]
    new_shape = list(numbers.shape)
    new_shape.append(table.shape[1])
    return result.reshape(new_shape)
""",
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    result = []
    for sequence in sequences:
        new = []
        for number in sequence:
            new.append(number)
        while len(new) > maxlen:
            new.pop(0)
        while len(new) < maxlen:
            new.insert(0, 0)
        result.append(new)
    result = np.array(result)
    print(result)
    return result
""",
    "train": """
def train(model, x, y):
    model.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
    how_many = len(x) * 4 // 5
    x_train = x[:how_many]
    y_train = y[:how_many]
    x_val = x[how_many:]
    y_val = y[how_many:]
    h = model.fit(x_train, y_train, epochs=10, batch_size=32, validation_data=(x_val, y_val))
    print(h.history["val_accuracy"])
    return h.history
""",
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    found = []
    for other in word_index:
        if other == word:
            continue
        if word_index[other] >= len(table):
            continue
        c = cosine(table[word_index[word]], table[word_index[other]])
        found.append((c, other))
    found.sort()
    found.reverse()
    answer = []
    for i in range(n):
        if i < len(found):
            answer.append(found[i][1])
    return answer
""",
}
