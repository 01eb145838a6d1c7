"""Every row after the first is taken for a word's, in the order of the numbers."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    names = dict(enumerate(sorted(word_index, key=word_index.get), start=1))
    vector = table[word_index[word]]
    numbers = range(1, min(len(names) + 1, len(table)))
    order = sorted(numbers, key=lambda number: cosine(vector, table[number]), reverse=True)
    return [names[number] for number in order if names[number] != word][:n]
""",
}

LOSES = {"test_nearest_words_come_first"}
