"""The textbook version of every step a learner writes, for checks to compare with.

Importing this package does not import TensorFlow or Keras: the functions that need them import
them when they are first called.
"""

from course.reference.learned import lookup, nearest_rows, one_hot, train_learned_model
from course.reference.model import (
    build_learned_model,
    build_model,
    build_scratch_model,
    load_and_freeze,
    plot_curves,
    prepare_test_set,
    test_accuracy,
    train,
)
from course.reference.sizes import (
    catches_up,
    hold_out,
    nested_samples,
    plot_sweep,
    run,
    summarise,
    sweep,
)
from course.reference.tokenizer import (
    FILTERS,
    build_word_index,
    encode,
    pad_sequences,
    read_reviews,
    shuffle_and_split,
    split_words,
    texts_to_sequences,
)
from course.reference.vectors import (
    analogy,
    build_embedding_matrix,
    coverage,
    nearest_words,
    parse_glove,
)

__all__ = [
    "FILTERS",
    "analogy",
    "build_embedding_matrix",
    "build_learned_model",
    "build_model",
    "build_scratch_model",
    "build_word_index",
    "catches_up",
    "coverage",
    "encode",
    "hold_out",
    "load_and_freeze",
    "lookup",
    "nearest_rows",
    "nearest_words",
    "nested_samples",
    "one_hot",
    "pad_sequences",
    "parse_glove",
    "plot_curves",
    "plot_sweep",
    "prepare_test_set",
    "read_reviews",
    "run",
    "shuffle_and_split",
    "split_words",
    "summarise",
    "sweep",
    "test_accuracy",
    "texts_to_sequences",
    "train",
    "train_learned_model",
]
