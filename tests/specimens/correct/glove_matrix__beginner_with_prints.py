"""A beginner's long way: indices, flags, sorting by hand, cosines by hand, prints."""

ASSIGNMENT = "glove_matrix"

CELLS = {
    "parse-glove": """
def parse_glove(path, embedding_dim):
    result = {}
    skipped = 0
    f = open(path, encoding="utf-8")
    for line in f:
        if line[-1] == "\\n":
            line = line[0 : len(line) - 1]
        values = line.split(" ")
        if len(values) < embedding_dim + 1:
            skipped = skipped + 1
            continue
        number_of_word_parts = len(values) - embedding_dim
        word = values[0]
        for i in range(1, number_of_word_parts):
            word = word + " " + values[i]
        if word == "":
            skipped = skipped + 1
            continue
        ok = True
        coefs = []
        for v in values[number_of_word_parts:]:
            try:
                coefs.append(float(v))
            except:
                ok = False
        if ok:
            result[word] = np.asarray(coefs, dtype="float32")
        else:
            skipped = skipped + 1
    f.close()
    print("Found %s word vectors, skipped %s lines." % (len(result), skipped))
    return result
""",
    "build-embedding-matrix": """
def build_embedding_matrix(word_index, vectors, max_words, embedding_dim):
    embedding_matrix = np.zeros((max_words, embedding_dim), dtype=np.float32)
    for word, i in word_index.items():
        if i < max_words:
            embedding_vector = vectors.get(word)
            if embedding_vector is not None:
                # words not found stay all zeros
                for j in range(embedding_dim):
                    embedding_matrix[i][j] = embedding_vector[j]
    return embedding_matrix
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    found = 0
    not_found = 0
    for word in word_index:
        if word_index[word] >= max_words:
            pass
        elif word in vectors:
            found += 1
        else:
            not_found += 1
    total = found + not_found
    if total == 0:
        return 0.0
    return found / total
""",
    "nearest-words": """
def nearest_words(word, vectors, k):
    words = []
    scores = []
    for other in vectors:
        if other != word:
            words.append(other)
            scores.append(cosine(vectors[word], vectors[other]))
    result = []
    while len(result) < k and len(words) > 0:
        best = 0
        for i in range(len(words)):
            if scores[i] > scores[best]:
                best = i
        result.append(words[best])
        del words[best]
        del scores[best]
    return result
""",
    "analogy": """
import math


def analogy(a, b, c, vectors):
    target = []
    for i in range(len(vectors[a])):
        target.append(float(vectors[b][i]) - float(vectors[a][i]) + float(vectors[c][i]))
    best_word = ""
    best_score = -100
    for word in vectors:
        if word == a or word == b or word == c:
            continue
        dot = 0
        length1 = 0
        length2 = 0
        for i in range(len(target)):
            x = float(vectors[word][i])
            dot = dot + target[i] * x
            length1 = length1 + target[i] ** 2
            length2 = length2 + x**2
        if length1 == 0 or length2 == 0:
            score = 0
        else:
            score = dot / (math.sqrt(length1) * math.sqrt(length2))
        if score > best_score:
            best_score = score
            best_word = word
    return best_word
""",
}
