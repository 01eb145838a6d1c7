"""What a run of the tests does not grade all of."""

TRAINING = ("learned_embedding", "frozen_embedding", "data_size")
"""Notebooks that train networks: grading one takes from ten seconds to most of a minute."""
