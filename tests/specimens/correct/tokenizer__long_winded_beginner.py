"""A beginner's long way: while loops, indices, flags and prints, no comprehension."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    folder = str(folder)
    print("reading from " + folder)
    all_texts = []
    all_labels = []
    # first the negative ones
    neg_names = sorted(os.listdir(folder + "/neg"))
    i = 0
    while i < len(neg_names):
        name = neg_names[i]
        if name[-4:] == ".txt":
            f = open(folder + "/neg/" + name, "r", encoding="utf-8")
            content = f.read()
            f.close()
            all_texts.append(content)
            all_labels.append(0)
        i = i + 1
    # then the positive ones
    pos_names = sorted(os.listdir(folder + "/pos"))
    i = 0
    while i < len(pos_names):
        name = pos_names[i]
        if name[-4:] == ".txt":
            f = open(folder + "/pos/" + name, "r", encoding="utf-8")
            content = f.read()
            f.close()
            all_texts.append(content)
            all_labels.append(1)
        i = i + 1
    print("found " + str(len(all_texts)) + " reviews")
    return all_texts, all_labels
""",
    "split-words": """
def split_words(text):
    text = text.lower()
    new_text = ""
    for character in text:
        is_filter = False
        for f in FILTERS:
            if character == f:
                is_filter = True
        if is_filter == True:
            new_text = new_text + " "
        else:
            new_text = new_text + character
    words = new_text.split(" ")
    while "" in words:
        words.remove("")
    return words
""",
    "build-word-index": """
def build_word_index(texts):
    my_counts = {}
    for text in texts:
        words = split_words(text)
        for word in words:
            if word in my_counts:
                my_counts[word] = my_counts[word] + 1
            else:
                my_counts[word] = 1
    # from word -> count to count -> words, in the order in which they came
    by_count = {}
    for word in my_counts:
        c = my_counts[word]
        if c not in by_count:
            by_count[c] = []
        by_count[c].append(word)
    result = {}
    number = 1
    for c in sorted(by_count.keys(), reverse=True):
        for word in by_count[c]:
            result[word] = number
            number += 1
    return result
""",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    result = []
    for text in texts:
        one = []
        for word in split_words(text):
            if word in word_index and word_index[word] < max_words:
                one.append(word_index[word])
        result.append(one)
    return result
""",
    "pad-sequences": """
def pad_sequences(sequences, maxlen):
    rows = len(sequences)
    a = np.zeros(shape=(rows, maxlen), dtype="int32")
    for r in range(rows):
        s = sequences[r]
        n = len(s)
        if n <= maxlen:
            for c in range(n):
                a[r][maxlen - n + c] = s[c]
        else:
            for c in range(maxlen):
                a[r][c] = s[n - maxlen + c]
    return a
""",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    np.random.seed(seed)
    order = np.random.permutation(len(data))
    shuffled_data = data[order]
    shuffled_labels = labels[order]
    x_train = shuffled_data[0:n_train]
    y_train = shuffled_labels[0:n_train]
    x_val = shuffled_data[n_train : n_train + n_val]
    y_val = shuffled_labels[n_train : n_train + n_val]
    return x_train, y_train, x_val, y_val
""",
}
