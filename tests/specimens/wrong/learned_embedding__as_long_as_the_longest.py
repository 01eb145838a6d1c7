"""All reviews become as long as the longest one."""

ASSIGNMENT = "learned_embedding"

CELLS = {
    "pad-reviews": """
def pad_reviews(sequences, maxlen):
    longest = max(len(sequence) for sequence in sequences)
    padded = np.zeros((len(sequences), longest), dtype=int)
    for i, sequence in enumerate(sequences):
        padded[i, longest - len(sequence) :] = sequence
    return padded
""",
}

LOSES = {
    "test_a_short_review_gets_zeros_in_front",
    "test_notebook_network_is_what_it_should_be",
    "test_of_a_long_review_the_end_is_kept",
}
