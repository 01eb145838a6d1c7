"""Hidden checks of frozen_embedding.ipynb: the model, the frozen matrix, training and evaluation.

Models are attested: rebuilt outside from stock layers with the student's weights. What they are and
how well they judge is measured there, with labels that the student's process never sees. Most
checks use small models that the notebook itself gives (``example_model``), so that a mistake in one
function does not show in the checks of another.
"""

import functools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course import measure, reference
from course.small import VECTORS_FILE, unpack_reviews
from glovebox import Failure, Mismatch, expect, expect_array, expect_type
from glovebox.bands import load_bands
from glovebox.calibration import Calibration
from glovebox.failures import CallFailure, StudentError, type_name
from glovebox.history import check_history, check_validation, history_of, record_curves
from glovebox.networks import (
    accuracy,
    changed,
    dense_layers,
    differ,
    embedding_of,
    frozen_architecture,
    kinds,
    outline,
    own_settings,
    weights_of,
)
from glovebox.training import (
    check_all_epochs,
    check_compiled,
    check_steps_on_one_batch,
    holds,
    kept_by_optimizer,
    number,
    possible_in,
    trained_by_its_optimizer,
    watch_training,
)

CALIBRATION = Calibration.load(Path(__file__).with_name("frozen_embedding.calibration.json"))
"""The share of fresh reviews that a sound model judges rightly, at least: docs/calibration.md."""
THRESHOLD = CALIBRATION.rule.threshold
BANDS = load_bands(Path(__file__).with_name("frozen_embedding.curves.json"))
LEARNED = 0.7
"""The share of its own training reviews that a network without GloVe judges rightly, at the least.

After ten epochs it is 1.0, after one 0.85 or more, before the first one about a half.
"""
MAX_WORDS, MAXLEN, DIMENSION, N_TRAIN = 4000, 100, 50, 200
LAYERS = ["Embedding", "Flatten", "Dense", "Dense"]

WORDS, DIM, LENGTH = 12, 4, 5
"""Sizes of the small models: words, numbers a word, words a review."""
MOST_POINTS = 1000
"""Points of a line that are looked at; the checks draw a handful."""
PATIENCE = 60.0
"""Seconds that a call may take. Training takes two, on a machine that has nothing else to do."""


@pytest.fixture(scope="module", autouse=True)
def patience(student):
    """Time for Keras: what it does for the first time it compiles, and that may take a while."""
    with student.time_limit(PATIENCE):
        yield


# --- what the checks know -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def course_data(data_folder):
    """The notebook's own arrays, from its own files: word index, matrix, data, labels."""
    return read_course(data_folder)


@functools.cache
def read_course(folder):
    """The arrays that the files of a folder give; every submission is given the same files."""
    unpack_reviews(folder)
    texts, labels = reference.read_reviews(folder / "aclImdb" / "train")
    index = reference.build_word_index(texts)
    vectors = reference.parse_glove(folder / VECTORS_FILE, DIMENSION)
    matrix = reference.build_embedding_matrix(index, vectors, MAX_WORDS, DIMENSION)
    return index, matrix, reference.encode(texts, index, MAX_WORDS, MAXLEN), np.array(labels)


@pytest.fixture(scope="module")
def fresh_reviews(course_data):
    """1,000 reviews that are in nobody's files, encoded, and their labels."""
    return measure.fresh_reviews(course_data[0], MAX_WORDS)


@functools.cache
def small_matrix():
    """Vectors for the small models. Column 0 is zero for all words: see `frozen_for_certain`."""
    matrix = np.random.default_rng(5).normal(size=(WORDS, DIM)).astype("float32")
    matrix[:, 0] = 0
    return matrix


@functools.cache
def small_reviews():
    """Arrays to train and validate the small models on.

    The words 8 to 11 occur in validation reviews only, and most of their labels are the opposite of
    most training labels: a model that learns from the training reviews alone does badly on them.
    97 reviews make four batches of 32, and another number of larger or of much smaller ones; so do
    the 128 of both kinds, as who learns from all of them has not chosen another size of batches.
    """
    random = np.random.default_rng(6)
    x_train, x_val = random.integers(1, 8, (97, LENGTH)), random.integers(1, WORDS, (31, LENGTH))
    x_val[:, 0] = random.integers(8, WORDS, 31)
    return x_train, np.arange(97) % 4 != 0, x_val, np.arange(31) % 4 == 0


@functools.cache
def validation_marked():
    """Vectors to start with: column 0 is zero but for words of validation reviews.

    A weight that meets this column keeps every bit for as long as the vectors stay what they are
    and none of these words is trained on.
    """
    vectors = np.random.default_rng(7).uniform(-0.05, 0.05, (WORDS, DIM)).astype("float32")
    vectors[:8, 0] = 0
    return vectors


@functools.cache
def other_reviews():
    """Such arrays of other sizes: 32 reviews make one batch of 32, and more of smaller ones.

    In one batch, order does not matter. The 72 of both kinds make three.
    """
    x_train, y_train, x_val, y_val = small_reviews()
    again = np.resize(np.arange(31), 40)
    return x_train[:32], y_train[:32], x_val[again], y_val[again]


# --- build_model ----------------------------------------------------------------------------------

build_model_cell = pytest.mark.grade_cell("test-build-model")


@pytest.fixture(scope="module")
def built(student):
    """The student's model at the sizes of the real data, attested."""
    return student.attest(student.build_model(10_000, 100, 100))


@build_model_cell
@pytest.mark.points(
    1, hint="Embedding, Flatten, Dense, Dense: give them sizes and activations, nothing else."
)
def test_model_has_the_layers(built):
    """The layers are Embedding, Flatten, Dense and Dense, all else at Keras's defaults"""
    if kinds(built) != LAYERS:
        raise Mismatch(LAYERS, kinds(built), given="layers of build_model")
    for layer in built.layers:
        own = ", ".join(own_settings(layer))
        expect(not own, f"The layer {layer.name} sets {own}; that is to stay at Keras's default.")


@build_model_cell
@pytest.mark.points(1, hint="32 units judge the review, and one unit says how positive it is.")
def test_dense_layers_have_their_units(built):
    """The first Dense layer has 32 units, the last one has 1"""
    units = dense_layers(built, "units")
    if units != [32, 1]:
        raise Mismatch([32, 1], units, given="units of the first and the last Dense layer")


@build_model_cell
@pytest.mark.points(1, hint="A probability of one class wants sigmoid; softmax of one unit is 1.")
def test_dense_layers_have_their_activations(built):
    """The first Dense layer has the activation ReLU, the last one sigmoid"""
    activations = dense_layers(built, "activation")
    if activations != ["relu", "sigmoid"]:
        given = "activations of the first and the last Dense layer"
        raise Mismatch(["relu", "sigmoid"], activations, given=given)


@build_model_cell
@pytest.mark.points(
    1, hint="Embedding(max_words, embedding_dim) on an input of shape (maxlen,); no compile."
)
def test_sizes_follow_the_arguments(student, built):
    """max_words, embedding_dim and maxlen set the sizes; nothing is frozen or compiled"""
    other = student.attest(student.build_model(7, 3, 5))
    for model, (max_words, dim, maxlen) in ((other, (7, 3, 5)), (built, (10_000, 100, 100))):
        call = f"build_model({max_words}, {dim}, {maxlen})"
        if model.model.input_shape != (None, maxlen):
            raise Mismatch((None, maxlen), model.model.input_shape, given=f"input shape of {call}")
        shape = embedding_of(model).weights[0].shape
        if shape != (max_words, dim):
            raise Mismatch(
                (max_words, dim), shape, given=f"weights of the Embedding layer of {call}"
            )
        expect(
            model.trainable_params() == model.count_params(),
            f"Some of the {model.count_params():,} parameters of {call} cannot be trained.",
        )
        expect(model.compile is None, f"The model of {call} is compiled already.")
        for layer in model.of_class("Embedding") + model.of_class("Dense"):
            expect(
                float(layer.weights[0].std()) > 0 or layer.weights[0].size == 1,
                f"The weights of the {layer.class_name} layer do not start at random.",
            )
    # Other layers or units have cost their own points; their number of parameters must differ.
    as_asked = kinds(built) == kinds(other) == LAYERS
    if as_asked and dense_layers(built, "units") == [32, 1] and built.count_params() != 1_320_065:
        raise Mismatch(1_320_065, built.count_params(), given="parameters of the whole model")


# --- load_and_freeze ------------------------------------------------------------------------------

load_and_freeze_cell = pytest.mark.grade_cell("test-load-and-freeze")


@pytest.fixture(scope="module")
def loaded(student):
    """What load_and_freeze made of a small model, and what became of the matrix it was given."""
    model = student.example_model(WORDS, DIM, LENGTH)
    result, arguments = student.call_and_return_arguments("load_and_freeze", model, small_matrix())
    return result, arguments[1]


@pytest.fixture(scope="module")
def frozen(student, loaded):
    """What load_and_freeze made of a small model, attested before and after a fit."""
    handle, _ = loaded
    before = student.attest(handle)
    x_train, y_train, _, _ = small_reviews()
    # For a few steps, compiling a graph takes longer than doing without one.
    handle.compile(optimizer="rmsprop", loss="binary_crossentropy", run_eagerly=True)
    handle.fit(x_train, y_train.astype(int), epochs=2, verbose=0)
    return before, student.attest(handle)


def frozen_for_certain(before, after, model):
    """Fail unless the Embedding layer was frozen all through a training.

    Weights that are equal before and after could have been swapped back. But column 0 of the matrix
    is zero for all words, so the weights that its numbers meet get a gradient of exactly zero and
    keep every bit, unless the column was another one in between. And where those were put back,
    too, the optimizer remembers that it has met the matrix.
    """
    matrix, trained = embedding_of(before).weights[0], embedding_of(after).weights[0]
    expect(
        trained.tobytes() == matrix.tobytes(), "The training changed the Embedding layer's weights."
    )
    if not matrix[:, 0].any():
        kernels = [model.of_class("Dense")[0].weights[0][::DIM] for model in (before, after)]
        expect(
            kernels[0].tobytes() == kernels[1].tobytes(),
            "The Embedding layer's weights moved during the training.",
        )
    for memory in kept_by_optimizer(model):
        expect(
            memory.shape != matrix.shape or not memory.any(),
            "The Embedding layer's weights were among those that the optimizer trained.",
        )


@load_and_freeze_cell
@pytest.mark.points(1, hint="set_weights takes a list, also of one array: set_weights([matrix]).")
def test_matrix_is_loaded(loaded, frozen):
    """The weights of the Embedding layer are the matrix, which itself stays unchanged"""
    weights = embedding_of(frozen[0]).weights[0]
    if weights.tobytes() != small_matrix().tobytes():
        raise Mismatch(small_matrix(), weights, given="weights of the Embedding layer")
    expect(np.array_equal(loaded[1], small_matrix()), "load_and_freeze changed the matrix itself.")


@load_and_freeze_cell
@pytest.mark.points(1, hint="Set trainable = False on the Embedding layer itself.")
def test_embedding_is_frozen(loaded, frozen):
    """The Embedding layer is not trainable"""
    expect(not embedding_of(frozen[0]).trainable, "The Embedding layer is still trainable.")
    # The flag is the word of the student's process; who raises it and learns on is not frozen.
    frozen_for_certain(*frozen, loaded[0])
    fixed = frozen[0].count_params() - frozen[0].trainable_params()
    expect(
        fixed >= WORDS * DIM,
        f"Only {fixed} parameters are frozen; the matrix alone has {WORDS * DIM}.",
    )


@load_and_freeze_cell
@pytest.mark.points(1, hint="Freeze the Embedding layer, not the whole model.")
def test_other_layers_stay_trainable(frozen):
    """The other layers stay as they are, and training changes the Dense layers"""
    expected = ["Embedding", "GlobalAveragePooling1D", "Dense"]
    if kinds(frozen[0]) != expected:
        raise Mismatch(expected, kinds(frozen[0]), given="layers of load_and_freeze's model")
    before, after = (model.of_class("Dense") for model in frozen)
    for layer, trained in zip(before, after, strict=True):
        expect(layer.trainable, f"The layer {layer.name} is frozen, too.")
        expect(
            any(map(differ, layer.weights, trained.weights)),
            f"Training changed nothing in the layer {layer.name}.",
        )


@load_and_freeze_cell
@pytest.mark.points(1, hint="Frozen weights are the same, bit for bit, after any training.")
def test_matrix_survives_a_fit(loaded, frozen):
    """Training leaves the Embedding layer's weights alone"""
    # Where the Dense layers are frozen, too (which has its own check), no weight can change.
    may_learn = any(layer.trainable for layer in frozen[0].of_class("Dense"))
    expect(changed(*frozen) or not may_learn, "Training changed no weight at all.")
    frozen_for_certain(*frozen, loaded[0])


# --- train ----------------------------------------------------------------------------------------

train_cell = pytest.mark.grade_cell("test-train")


@pytest.fixture(scope="module")
def trained(student):
    """The student's training of a small model: attested before, after, history, file, model."""
    model = student.example_model(WORDS, DIM, LENGTH)
    model.set_weights(embedding_first(student.attest(model), validation_marked()))
    return *run_training(student, model, *small_reviews()), model


@pytest.fixture(scope="module")
def trained_frozen(student):
    """The same, of a model whose Embedding layer is frozen; or the Failure that it came to.

    Other numbers of reviews are trained on. What fails here is for one check to judge.
    """
    models = student.get("keras").attr("models")
    model = models.model_from_json(frozen_architecture(WORDS, DIM, LENGTH))
    model.set_weights(embedding_first(student.attest(model), small_matrix()))
    try:
        return *run_training(student, model, *other_reviews()), model
    except Failure as failure:
        return failure


def run_training(student, model, x_train, y_train, x_val, y_val):
    path = student.scratch_path("check.weights.h5")
    labels = [y.astype(int) for y in (y_train, y_val)]

    def train():
        return student.train(model, x_train, labels[0], x_val, labels[1], path)

    return *watch_training(student, model, train), path


@train_cell
@pytest.mark.points(
    1, hint='compile(optimizer="rmsprop", loss="binary_crossentropy", …), then fit.'
)
def test_training_is_as_asked(student, trained, trained_frozen):
    """RMSprop with its default settings, binary cross-entropy, 10 epochs, batches of 32"""
    before, after, history, _, model = trained
    check_compiled(model, after)
    if after.iterations != 40 or isinstance(trained_frozen, Failure):
        values = [v for v in history_of(history, model).values() if isinstance(v, list)]
        if epochs := {len(value) for value in values} - {10}:
            raise Mismatch(10, max(epochs), given="epochs in the history")
    if after.iterations != 40:
        given = "batches in all, when 97 reviews are trained on for 10 epochs"
        raise Mismatch(40, after.iterations, given=given)
    steps = 10 if isinstance(trained_frozen, Failure) else trained_frozen[1].iterations
    if steps not in (10, 30):  # 30: of training and validation reviews, which has its own check
        given = "batches in all, when 32 reviews are trained on for 10 epochs"
        raise Mismatch(10, steps, given=given)
    trained_by_its_optimizer(model, before, after)
    possible_in(40, before, after)
    # What is thawed, and what else was trained on, lead elsewhere and have their own checks.
    if steps == 10 and holds(test_training_respects_frozen_layers, trained_frozen):
        x, y, _, _ = other_reviews()
        check_steps_on_one_batch(*trained_frozen[:2], x, y)
        check_all_epochs(student, WORDS, DIM, LENGTH, functools.partial(train_there, student))


def train_there(student, model, x, y):
    """The student's training, validated on the same reviews."""
    return student.train(model, x, y, x, y, student.scratch_path("check.weights.h5"))


@train_cell
@pytest.mark.points(1, hint='Return history.history; metrics=["accuracy"] names the lists.')
def test_history_is_returned(trained):
    """train returns the history: accuracy and loss, of training and validation"""
    history = expect_type(trained[2], dict, name="the result of train")
    # Another number of epochs than the one asked for has its own check.
    check_history(history, epochs=10 if trained[1].iterations == 40 else None)


@train_cell
@pytest.mark.points(
    1, hint="Pass validation_data=(x_val, y_val) to fit, and keep the last epoch's weights."
)
def test_validation_is_on_the_validation_data(trained):
    """The validation accuracy and loss are those on x_val and y_val"""
    _, after, history, _, model = trained
    _, _, x_val, y_val = small_reviews()
    check_validation(history_of(history, model), model, after, x_val, y_val)


@train_cell
@pytest.mark.points(1, hint="Fit to x_train and y_train alone; x_val is only evaluated.")
def test_validation_data_are_not_trained_on(trained):
    """Nothing is learned from the validation reviews"""
    embeddings = [embedding_of(model) for model in trained[:2]]
    before, after = (layer.weights[0] for layer in embeddings)
    # Only training moves a word's vector, and only if the word occurs in what is trained on.
    expect(
        not differ(before[8:], after[8:]),
        "The vectors of words changed that occur in the validation reviews only.",
    )
    if not differ(before[1:8], after[1:8]):
        # No vector moves where train freezes the layer, which is for other checks to judge. But
        # then the weights move that meet the vectors.
        kernels = [model.of_class("Dense")[0].weights[0] for model in trained[:2]]
        learned = not embeddings[1].trainable and differ(*(kernel[1:] for kernel in kernels))
        expect(learned, "Nothing was learned from the training reviews.")
        expect(
            not differ(*(kernel[:1] for kernel in kernels)),
            "The network has learned from words that occur in the validation reviews only.",
        )
    # Vectors can be put back. An optimizer remembers the gradients that a word has had.
    for memory in kept_by_optimizer(trained[-1]):
        expect(
            memory.shape != after.shape or not memory[8:].any(),
            "The optimizer has met words that occur in the validation reviews only.",
        )


@train_cell
@pytest.mark.points(
    1, hint="After fit, save to the path you are given: model.save_weights(weights_path)."
)
def test_saved_weights_are_the_trained_ones(student, trained):
    """The file at weights_path holds the weights after the training"""
    _, after, _, path, _ = trained
    # Imported here because it brings Keras along.
    from glovebox.attest import read_weights

    # In the file of a whole model, which load_weights cannot read, arrays have other places.
    arrays = read_weights(student.read_file(path))
    saved = [array for place, array in arrays.items() if "/vars/" in place]
    expect(bool(saved), "The file does not hold weights as model.save_weights writes them.")
    for layer in after.layers:
        for weights in layer.weights:
            expect(
                any(not differ(weights, array) for array in saved),
                f"The file does not hold the trained weights of the layer {layer.name}.",
            )


@train_cell
@pytest.mark.points(1, hint="Leave trainable alone in train: load_and_freeze has seen to it.")
def test_training_respects_frozen_layers(trained_frozen):
    """What is frozen before the training stays frozen in it"""
    if isinstance(trained_frozen, Failure):
        raise trained_frozen
    before, after, _, _, model = trained_frozen
    frozen_for_certain(before, after, model)
    # A thawed training's optimizer can be replaced, but the new one would have no memory of it.
    trained_by_its_optimizer(model, before, after)


def embedding_first(model, matrix):
    """The weights of a model, layer by layer, with the matrix for the Embedding layer's."""
    return [
        matrix if layer.class_name == "Embedding" else weights
        for layer in model.layers
        for weights in layer.weights
    ]


# --- plot_curves ----------------------------------------------------------------------------------

plot_curves_cell = pytest.mark.grade_cell("test-plot-curves")


@st.composite
def histories(draw):
    """A history of a few epochs in which no two lists are alike."""
    epochs = draw(st.integers(2, 4))
    value = st.integers(0, 99).map(lambda percent: percent / 100)
    values = st.lists(value, min_size=epochs, max_size=epochs)
    lists = draw(st.lists(values, min_size=4, max_size=4, unique_by=tuple))
    return dict(zip(("accuracy", "loss", "val_accuracy", "val_loss"), lists, strict=True))


def axes_of(figure):
    """The axes of a figure; of a class of the student's own, too, as long as it offers them."""
    try:
        axes = figure.attr("axes") if hasattr(figure, "attr") else None
    except CallFailure:  # no such attribute
        axes = None
    expect(
        isinstance(axes, list) and all(hasattr(panel, "get_lines") for panel in axes),
        "What plot_curves returns is not a Matplotlib figure.",
    )
    return axes


def curves(student, history):
    """The lines on each axes of the student's figure: (x, y, marker, line style)."""
    return [
        [
            (
                as_numbers(line.get_xdata()),
                as_numbers(line.get_ydata()),
                line.get_marker(),
                line.get_linestyle(),
            )
            for line in axes.get_lines()
        ]
        for axes in axes_of(student.plot_curves(history))
    ]


@plot_curves_cell
@pytest.mark.points(1, hint="Accuracy on the first axes, loss on the second, both over 1, 2, 3, …")
@given(history=histories())
@settings(max_examples=4)
def test_curves_show_the_history(student, history):
    """Two axes show accuracy and loss, of training and validation, over the epochs"""
    panels = curves(student, history)
    expect(len(panels) == 2, f"The figure should have two axes, but has {len(panels)}.")
    for lines, name in zip(panels, ("accuracy", "loss"), strict=True):
        for key in (name, f"val_{name}"):
            wanted = (list(range(1, len(history[key]) + 1)), history[key])
            drawn = [(x, y) for x, y, _, _ in lines]
            if not any(all(map(same_numbers, wanted, line)) for line in drawn):
                raise Mismatch(wanted, drawn, given=f'line of "{key}": its x and its y values')
        expect(
            len(lines) == 2,
            f"The axes of {name} should have two lines, but have {len(lines)}.",
        )


@plot_curves_cell
@pytest.mark.points(1, hint='axes.plot(epochs, values, "o") draws dots, "-" draws a line.')
@given(history=histories())
@settings(max_examples=4)
def test_training_is_dots_and_validation_a_line(student, history):
    """Training values are dots, validation values are a line"""
    lines = [line for panel in curves(student, history) for line in panel]
    for key, values in history.items():
        # Which axes they are on, and over which epochs, has a check of its own.
        styles = [(marker, style) for _, y, marker, style in lines if same_numbers(y, values)]
        expect(bool(styles), f'No line shows the values of "{key}".')
        validation = key.startswith("val_")
        wanted = ("None", "-") if validation else ("o", "None")
        plain = [tuple("None" if part in ("", " ", None) else part for part in s) for s in styles]
        if wanted not in plain:
            raise Mismatch(wanted, plain[0], given=f'marker and line style of "{key}"')


# --- build_scratch_model --------------------------------------------------------------------------

build_scratch_model_cell = pytest.mark.grade_cell("test-build-scratch-model")


@pytest.fixture(scope="module")
def scratch(student):
    """The student's model without GloVe at the notebook's own sizes, attested."""
    return student.attest(student.build_scratch_model(MAX_WORDS, DIMENSION, MAXLEN))


OUTLINE = [
    ("Embedding", None, None, {}, [(MAX_WORDS, DIMENSION)]),
    ("Flatten", None, None, {}, []),
    ("Dense", 32, "relu", {}, [(MAXLEN * DIMENSION, 32), (32,)]),
    ("Dense", 1, "sigmoid", {}, [(32, 1), (1,)]),
]
"""The outline of the chapter's network at the notebook's own sizes."""


@build_scratch_model_cell
@pytest.mark.points(1, hint="Only one thing should differ: call your own build_model.")
def test_scratch_model_has_the_same_layers(student, scratch):
    """The model without GloVe has the same layers as the one with it, and isn't compiled"""
    if outline(scratch) != OUTLINE or scratch.compile is not None:
        # A mistake in build_model has cost its own points; here it is as good.
        own = student.attest(student.build_model(MAX_WORDS, DIMENSION, MAXLEN))
        if outline(scratch) not in (OUTLINE, outline(own)):
            raise Mismatch(OUTLINE, outline(scratch), given="layers of build_scratch_model")
        expect(
            scratch.compile is None or own.compile is not None,
            "The model of build_scratch_model is compiled already.",
        )


@build_scratch_model_cell
@pytest.mark.points(1, hint="Without GloVe the vectors must be learned: freeze nothing.")
def test_scratch_model_is_trainable(scratch):
    """Everything in the model without GloVe is trainable"""
    for layer in scratch.layers:
        expect(layer.trainable, f"The layer {layer.name} is frozen.")
    expect(
        scratch.trainable_params() == scratch.count_params(),
        f"{scratch.count_params() - scratch.trainable_params():,} parameters are frozen.",
    )


@build_scratch_model_cell
@pytest.mark.points(1, hint="Build a new model at each call, and load nothing into it.")
def test_scratch_model_starts_at_random(student, scratch, course_data):
    """It starts from random weights, afresh at each call, without GloVe"""
    weights = embedding_of(scratch).weights[0]
    expect(float(weights.std()) > 0, "All weights of the Embedding layer are the same.")
    expect(
        not holds_glove(weights, course_data[1]),
        "The Embedding layer holds vectors of the GloVe matrix.",
    )
    first, second = (student.build_scratch_model(7, 3, 5) for _ in range(2))
    first.set_weights([np.zeros_like(w) for w in weights_of(student.attest(first))])
    expect(
        any(w.any() for w in weights_of(student.attest(second))),
        "Two calls of build_scratch_model returned models that share their weights.",
    )


def holds_glove(weights, matrix):
    """Whether rows of the GloVe matrix, other than empty ones, are among these."""
    if weights.shape[1:] != matrix.shape[1:]:
        return False
    known = {row.tobytes() for row in matrix if row.any()}
    return any(row.tobytes() in known for row in weights)


# --- prepare_test_set -----------------------------------------------------------------------------

prepare_test_set_cell = pytest.mark.grade_cell("test-prepare-test-set")

REVIEW = st.lists(st.sampled_from(["a", "bad", "good", "film", "plot"]), min_size=1, max_size=5)
NUMBERS = st.permutations([1, 2, 3, 4, 5])


@st.composite
def review_folders(draw):
    """Files of a small review folder, a word index of other reviews, the cut and the length."""
    files = {
        f"{pole}/{number}_5.txt": " ".join(draw(REVIEW))
        for pole in ("neg", "pos")
        for number in range(draw(st.integers(1, 2)))
    }
    index = dict(zip(("a", "bad", "good", "film", "other"), draw(NUMBERS), strict=True))
    return files, index, draw(st.integers(3, 8)), draw(st.integers(2, 4))


NEW_WORD = {"neg/1_2.txt": "bad plot", "pos/1_9.txt": "good film"}, {"bad": 1, "good": 2}, 9, 3
"""A case where a word of the test reviews has no number, and there would be room for more."""


def prepared(student, case):
    """The two arrays of prepare_test_set, and the word index as it is after the call."""
    files, index, max_words, maxlen = case
    folder = student.files({name: text.encode() for name, text in files.items()})
    result, arguments = student.call_and_return_arguments(
        "prepare_test_set", folder, index, max_words, maxlen
    )
    expect(
        isinstance(result, (tuple, list)) and len(result) == 2,
        "prepare_test_set should return two arrays: x_test and y_test.",
    )
    return *result, arguments[1]


@prepare_test_set_cell
@pytest.mark.points(1, hint="Encode with the word_index that is passed; don't build a new one.")
@given(case=review_folders())
@example(case=NEW_WORD)
@settings(max_examples=8)
def test_test_reviews_use_the_training_index(student, case):
    """The test reviews are encoded with the word index of the training reviews"""
    files, index, max_words, maxlen = case
    texts = [files[name] for name in sorted(files)]
    expected = reference.encode(texts, index, max_words, maxlen)
    x_test, _, index_after = prepared(student, case)
    x_test = expect_array(x_test, dtype_kind="iu", name="x_test")
    given = f"{texts}, word_index={index}, max_words={max_words}, maxlen={maxlen}"
    if not np.array_equal(x_test, expected):
        raise Mismatch(expected, x_test, given=given)
    if index_after != index:
        raise Mismatch(index, index_after, given=f"word_index after the call for {given}")


@prepare_test_set_cell
@pytest.mark.points(1, hint="The labels are those that read_reviews returns, as an array.")
@given(case=review_folders())
@settings(max_examples=8)
def test_test_labels_are_in_order(student, case):
    """y_test has the label of each test review"""
    expected = np.array([int(name.startswith("pos")) for name in sorted(case[0])])
    _, y_test, _ = prepared(student, case)
    y_test = expect_array(y_test, dtype_kind="iufb", name="y_test")
    if not np.array_equal(y_test, expected):
        raise Mismatch(expected, y_test, given=f"files {sorted(case[0])}")


# --- test_accuracy --------------------------------------------------------------------------------

accuracy_cell = pytest.mark.grade_cell("test-test-accuracy")


@pytest.fixture(scope="module")
def saved_model(random):
    """Weights for the small model, and reviews that it is sure are positive, or are negative."""
    vectors, kernel = random.normal(size=(WORDS, DIM)), random.normal(size=(DIM, 1))
    reviews = random.integers(1, WORDS, (400, LENGTH))
    scores = (vectors[reviews].mean(axis=1) @ kernel)[:, 0]
    spread, middle = scores.std(), np.median(scores)
    weights = [vectors, kernel / spread, np.array([-middle / spread])]
    positive, negative = (reviews[sign * (scores - middle) > 0.2 * spread] for sign in (1, -1))
    return [array.astype("float32") for array in weights], positive, negative


@pytest.fixture(scope="module")
def saved(student, saved_model):
    """The path inside of a file with those weights, as Keras writes it."""
    model = student.example_model(WORDS, DIM, LENGTH)
    model.set_weights(saved_model[0])
    path = student.scratch_path("saved.weights.h5")
    model.save_weights(path)
    return path


def sets_to_judge(random, saved_model):
    """Reviews, labels, and how many of them the saved model judges rightly: two sets.

    The model finds half of the first set positive. Comparing each answer with each label, as NumPy
    does with shapes (n, 1) and (n,), then gives a half, which is never the share of right answers.
    Its last six reviews, left over by batches of 32, 64 or 128, are all judged rightly or all not:
    the mean over batches is another. It finds all of the second set positive: whoever compares with
    the mean or the median answer gets some wrong. The sizes are such that the shares of right and
    wrong answers all differ.
    """
    weights, positive, negative = saved_model
    kinds = [random.choice(reviews, 67, replace=False) for reviews in (positive, negative)]
    order = random.permutation(134)
    wrong = np.full(134, random.random() < 0.5)
    some = int(random.choice([number for number in range(1, 128) if number not in (61, 67)]))
    wrong[:128] = random.permutation(128) >= some
    yield np.concatenate(kinds)[order], (order < 67) != wrong, int((~wrong).sum())
    x, right = random.choice(positive, 13, replace=False), int(random.integers(7, 12))
    # The surest of the answers are the wrong ones, so that no others make up for right ones lost.
    surest = np.argsort((weights[0][x].mean(axis=1) @ weights[1])[:, 0])[right:]
    yield x, ~np.isin(np.arange(13), surest), right


@pytest.fixture(scope="module")
def judged(student, random, saved_model, saved):
    """How the student's function judges the saved model on each set.

    For each: how many reviews there are and how many are judged rightly; the result for a model
    that has the saved weights already, and the one for its opposite; whether the latter has the
    saved weights now. A result may also be the student's exception.
    """
    (vectors, kernel, bias), *_ = saved_model
    answers = []
    for x, labels, right in sets_to_judge(random, saved_model):
        results = []
        for start in (saved_model[0], [vectors, -kernel, -bias]):
            model = student.example_model(WORDS, DIM, LENGTH)
            model.set_weights(start)
            try:
                results.append(student.test_accuracy(model, saved, x, labels.astype(int)))
            except StudentError as error:
                results.append(error)
        loaded = not any(map(differ, weights_of(student.attest(model)), saved_model[0]))
        answers.append((len(x), right, *results, loaded))
    return answers


@accuracy_cell
@pytest.mark.points(1, hint="Call model.load_weights(weights_path) before you evaluate.")
def test_saved_weights_are_loaded(judged):
    """The weights are loaded from the file before the model is evaluated"""
    for reviews, right, loaded_already, opposite, loaded in judged:
        # What else may be wrong with the result, or go wrong after the loading, has its own check.
        expected, result = map(number, (loaded_already, opposite))
        # A copy of the model may have been loaded instead; then only its accuracy tells.
        expect(
            loaded or (result is not None and abs(result - right / reviews) < 1e-4),
            "After test_accuracy the model still has its old weights, not those in the file.",
        )
        expect(
            None in (result, expected) or abs(result - expected) < 1e-4,
            "The model was evaluated with its old weights, not with those in the file.",
        )


@accuracy_cell
@pytest.mark.points(
    1, hint="A share from 0 to 1 of the reviews judged rightly; mind (n, 1) and (n,)."
)
def test_accuracy_is_the_share_of_right_answers(judged):
    """The result is the share of the reviews that the model gets right"""
    # With the right weights from the start: whether they are loaded has a check of its own.
    for reviews, right, result, _, _ in judged:
        if isinstance(result, StudentError):
            raise result
        share = number(result)
        if share is None or abs(share - right / reviews) > 1e-4:
            given = f"{reviews} reviews, {right} of them judged rightly"
            raise Mismatch(round(right / reviews, 4), result, given=given)


# --- the whole chain ------------------------------------------------------------------------------

whole_chain_cell = pytest.mark.grade_cell("test-whole-chain")


DRAWS = (101, 102, 103)
"""Seeds of the draws of training reviews; the calibration says how many are tried."""


def trained_accuracy(student, draw, course_data, fresh_reviews, random, record_property):
    """Accuracy on fresh reviews after the student's own functions learned from 200 others.

    The words are numbered anew, and the matrix's rows with them, which is all the same to who
    learns from what is passed. Of reviews in other files, encoded with the notebook's word index,
    nothing can be learned that way.
    """
    _, matrix, data, labels = course_data
    numbers = np.concatenate([[0], 1 + random.permutation(MAX_WORDS - 1)])
    renumbered = np.zeros_like(matrix)
    renumbered[numbers] = matrix
    parts = reference.shuffle_and_split(numbers[data], labels, N_TRAIN, 100, seed=draw)
    path = student.scratch_path("chain.weights.h5")
    student.seed(draw)
    model = student.build_model(MAX_WORDS, matrix.shape[1], MAXLEN)
    model = student.load_and_freeze(model, renumbered)
    history = student.train(model, *parts, path)
    if draw == DRAWS[0]:
        record_curves(record_property, history, BANDS)
    trained = student.attest(model)
    expect(
        about_the_same(embedding_of(trained).weights[0], renumbered),
        "After the training the network's Embedding layer holds something else than the matrix "
        "that load_and_freeze was given.",
    )
    reviews, truth = fresh_reviews
    return accuracy(trained, numbers[reviews], truth)[0]


def about_the_same(weights, matrix):
    """Whether an Embedding layer was given a matrix, frozen or not.

    A training moves it by little; that nothing may move has its own checks. Without the vectors, a
    network that has learned from thousands of other reviews gets far with these 200, too.
    """
    if weights.shape != matrix.shape:
        return False
    return float(np.abs(weights - matrix).mean()) < 0.2 * float(np.abs(matrix).mean())


@whole_chain_cell
@pytest.mark.points(
    1, hint="If a check above failed, mend that first. If none did, run all cells anew."
)
def test_own_functions_learn_to_judge_reviews(
    student, course_data, fresh_reviews, random, record_property
):
    """Built, loaded, frozen and trained by your functions, a network judges new reviews well"""
    CALIBRATION.judge(
        lambda number: trained_accuracy(
            student, DRAWS[number], course_data, fresh_reviews, random, record_property
        ),
        f"The share of 1,000 new reviews that the network judged rightly, after {N_TRAIN} others",
    )


@whole_chain_cell
@pytest.mark.points(
    1,
    hint="If a check above failed, mend that first. If none did: no cell of your own may "
    "change glove_model or scratch_model, or what they are made with.",
)
def test_notebook_networks_are_what_they_should_be(student, course_data, fresh_reviews):
    """glove_model holds the frozen matrix and judges new reviews well; scratch_model has none"""
    _, matrix, data, labels = course_data
    glove = student.attest(student.get("glove_model"))
    scratch = student.attest(student.get("scratch_model"))
    if outline(glove) != OUTLINE:
        # A mistake in build_model has cost its own points, but the network must come from it.
        own = student.attest(student.build_model(MAX_WORDS, DIMENSION, MAXLEN))
        if outline(glove) != outline(own):
            raise Mismatch(OUTLINE, outline(glove), given="layers of glove_model")
    expect(
        embedding_of(glove).weights[0].tobytes() == matrix.tobytes(),
        "The Embedding layer of glove_model does not hold the GloVe matrix.",
    )
    expect(not embedding_of(glove).trainable, "The Embedding layer of glove_model is not frozen.")
    share, _ = accuracy(glove, *fresh_reviews)
    expect(
        share >= THRESHOLD,
        f"glove_model judged {share:.0%} of 1,000 new reviews rightly; "
        f"at least {THRESHOLD:.0%} are expected.",
    )
    expect(
        not holds_glove(embedding_of(scratch).weights[0], matrix),
        "scratch_model holds GloVe vectors.",
    )
    expect(
        scratch.trainable_params() == scratch.count_params(), "A part of scratch_model is frozen."
    )
    if outline(scratch) != outline(glove):
        given = "layers of scratch_model, which should be those of glove_model"
        raise Mismatch(outline(glove), outline(scratch), given=given)
    # What was learned is measured: the steps that an optimizer counts are lost when test_accuracy
    # compiles the model. (Another network than the one asked for may learn more slowly.)
    x_train, y_train, *_ = reference.shuffle_and_split(data, labels, N_TRAIN, 0, seed=0)
    share, _ = accuracy(scratch, x_train, y_train)
    expect(
        share >= LEARNED or outline(scratch) != OUTLINE,
        f"scratch_model judged {share:.0%} of the {N_TRAIN} training reviews rightly, as if it had "
        "not been trained on them.",
    )


# --- what came from the student -------------------------------------------------------------------


def as_numbers(values):
    """The values of a line as a list, or in words what they are instead."""
    if isinstance(values, np.ndarray):
        # Looked at before they are listed: an array of no bytes can have a million rows.
        if values.ndim != 1 or values.size > MOST_POINTS:
            return f"an array of shape {values.shape}"
        values = values.tolist()
    if not isinstance(values, (list, tuple)):
        return type_name(values)
    return list(values) if len(values) <= MOST_POINTS else f"{len(values):,} values"


def same_numbers(one, other):
    """Whether two lists hold the same numbers, as far as single precision tells."""
    if isinstance(one, str) or isinstance(other, str) or len(one) != len(other):
        return False
    pairs = [(number(a), number(b)) for a, b in zip(one, other, strict=True)]
    return all(None not in pair and math.isclose(*pair, rel_tol=1e-6) for pair in pairs)
