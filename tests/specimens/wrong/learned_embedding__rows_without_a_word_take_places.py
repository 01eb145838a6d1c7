"""Rows without a word are among the n nearest, and drop out only then."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    names = {number: other for other, number in word_index.items()}
    vector = table[word_index[word]]
    nearness = [cosine(vector, row) for row in table]
    nearness[word_index[word]] = -2
    order = np.argsort(nearness)[::-1][:n]
    return [names[number] for number in order if number in names and names[number] != word]
""",
}

LOSES = {"test_n_words_with_a_row_without_the_word_itself"}
