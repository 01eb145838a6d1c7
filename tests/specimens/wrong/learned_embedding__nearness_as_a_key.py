"""Words that are equally near push each other out of a dictionary."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "nearest-words": """
def nearest_words(word, word_index, table, n):
    vector = table[word_index[word]]
    by_nearness = {}
    for other, number in word_index.items():
        if number < len(table) and other != word:
            by_nearness[cosine(vector, table[number])] = other
    return [by_nearness[near] for near in sorted(by_nearness, reverse=True)][:n]
""",
}

LOSES = {"test_n_words_with_a_row_without_the_word_itself"}
