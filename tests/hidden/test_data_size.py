"""Hidden checks of data_size.ipynb: fair samples, fresh runs, the sweep and its picture.

The design is judged as much as the numbers: samples are drawn from pools that the checks make up,
and `run` is called with small networks whose trainings can be told apart outside by their weights.
Only the last checks train the notebook's own networks, to compute points of its tables anew.
"""

import functools
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course import measure, reference
from course.small import VECTORS_FILE, unpack_reviews
from glovebox import Failure, Mismatch, expect, expect_array, expect_type
from glovebox.calibration import Calibration
from glovebox.failures import type_name
from glovebox.networks import accuracy, farthest
from glovebox.training import holds, logistic_steps, number

CALIBRATION = Calibration.load(Path(__file__).with_name("data_size.calibration.json"))
"""How well a network judges new reviews that was trained afresh on 200: docs/calibration."""
MAX_WORDS, MAXLEN, DIMENSION, N_VAL, N_TRAIN = 3000, 60, 50, 400, 200
SIZES, SEEDS = (50, 200, 500, 1600), (1, 2, 3)
DRAWS = (201, 202, 203)
"""Seeds of the draws that the calibrated check trains on; the calibration says how many are tried.

They are none of the notebook's.
"""
CLOSE = 0.08
"""How far a point of the tables may be from the same run once more, in another order of batches.

Measured: docs/calibration-data_size.md.
"""
PATIENCE = 60.0
"""Seconds that a call may take. Training takes one or two, on a machine with nothing else to do."""

MANY = 1000
MOST = 100_000
"""Numbers in an array that are looked at; the checks ask for a few thousand."""
WORDS, DIM, LENGTH = 14, 4, 5
"""Sizes of the small networks: words, numbers a word, words a review."""
RATE = 0.01
"""The learning rate of the small networks, which is not Keras's default."""
CLIPPED = 1e6
"""Where their gradients are cut, which by default they are not: never reached, but a setting."""


@pytest.fixture(scope="module", autouse=True)
def patience(student):
    """Time for Keras: what it does for the first time it compiles, and that may take a while."""
    with student.time_limit(PATIENCE):
        yield


# --- hold_out -------------------------------------------------------------------------------------

hold_out_cell = pytest.mark.grade_cell("test-hold-out")


def held_out(student, n_reviews, n_val, seed):
    """The student's pool and validation set."""
    parts = student.hold_out(n_reviews, n_val, seed)
    expect(
        isinstance(parts, (tuple, list)) and len(parts) == 2,
        "hold_out should return two arrays: the pool and the validation set.",
    )
    return indices(parts[0], "the pool"), indices(parts[1], "the validation set")


def indices(value, name):
    """A one-dimensional array of whole numbers; where it is empty, its type does not matter."""
    array = expect_array(value, name=name)
    expect(array.size <= MOST, f"{name} holds {array.size:,} numbers, which is far too many.")
    expect(array.ndim == 1, f"{name} should have one dimension, but its shape is {array.shape}.")
    return expect_array(array, dtype_kind="iu" if array.size else None, name=name)


def spread_over(sample, n_reviews):
    """Fail unless a random fifth or tenth of 1,000 reviews comes from all over them."""
    counts = np.histogram(sample, bins=10, range=(0, n_reviews))[0]
    # The mean is 10 or more and the standard deviation 3 or 4: none and 60 are never seen.
    expect(
        counts.min() > 0 and counts.max() < 60,
        f"Of {n_reviews} reviews in ten parts, so many of each part were drawn: {counts.tolist()}.",
    )
    steps = np.unique(np.diff(np.sort(sample)))
    expect(len(steps) > 1, f"The reviews drawn are all {steps.tolist()} apart.")


@hold_out_cell
@pytest.mark.points(1, hint="Cut one permutation in two, at a place that is right for n_val = 0.")
@given(n_reviews=st.integers(1, 30), kept=st.integers(0, 30), seed=st.integers(0, 99))
@example(n_reviews=5, kept=5, seed=0)
@example(n_reviews=5, kept=0, seed=0)
def test_every_review_is_in_one_part(student, n_reviews, kept, seed):
    """Every review is in the pool or held out, once; n_val are held out"""
    n_val = n_reviews - min(kept, n_reviews)
    pool, validation = held_out(student, n_reviews, n_val, seed)
    given = f"hold_out({n_reviews}, {n_val}, {seed})"
    if (len(pool), len(validation)) != (n_reviews - n_val, n_val):
        raise Mismatch(
            (n_reviews - n_val, n_val), (len(pool), len(validation)), f"sizes of {given}"
        )
    if sorted([*pool, *validation]) != list(range(n_reviews)):
        raise Mismatch(list(range(n_reviews)), sorted([*pool, *validation]), f"both of {given}")


@hold_out_cell
@pytest.mark.points(1, hint="Shuffle before you cut: the first half of the reviews is negative.")
def test_held_out_reviews_come_from_everywhere(student, random):
    """The held-out reviews are drawn at random from all reviews"""
    _, validation = held_out(student, MANY, 200, int(random.integers(1, 10_000)))
    spread_over(validation, MANY)


@hold_out_cell
@pytest.mark.points(1, hint="Take a generator of your own: np.random.default_rng(seed).")
def test_seed_decides_what_is_held_out(student, random):
    """The same seed holds out the same reviews, another seed others"""
    for seed in (0, int(random.integers(1, 10_000))):
        student.seed(1)
        first = held_out(student, MANY, 200, seed)
        student.seed(2)
        again = held_out(student, MANY, 200, seed)
        expect(
            all(map(np.array_equal, first, again)),
            f"hold_out({MANY}, 200, {seed}) gave other arrays when it was called again.",
        )
        other = held_out(student, MANY, 200, seed + 1)
        expect(
            set(first[1].tolist()) != set(other[1].tolist()),
            f"The seeds {seed} and {seed + 1} hold out the same reviews.",
        )


# --- nested_samples -------------------------------------------------------------------------------

nested_samples_cell = pytest.mark.grade_cell("test-nested-samples")


@st.composite
def draws(draw):
    """A pool of review numbers, sizes of samples in increasing order, and a seed."""
    pool = draw(st.lists(st.integers(0, 500), min_size=2, max_size=12, unique=True))
    sizes = draw(st.sets(st.integers(1, len(pool)), min_size=1, max_size=4))
    return pool, sorted(sizes), draw(st.integers(0, 99))


def samples_of(student, pool, sizes, seed):
    """The student's samples, as one-dimensional arrays of whole numbers."""
    return as_samples(student.nested_samples(np.array(pool), list(sizes), seed), sizes)


def as_samples(result, sizes):
    """What nested_samples returned: a list or a tuple of arrays."""
    samples = expect_type(result, (list, tuple), name="the result of nested_samples")
    if len(samples) != len(sizes):
        raise Mismatch(len(sizes), len(samples), given=f"how many samples for the sizes {sizes}")
    return [indices(sample, "a sample") for sample in samples]


@nested_samples_cell
@pytest.mark.points(1, hint="Draw without replacement, and the reviews' numbers, not their places.")
@given(case=draws())
@settings(max_examples=15)
def test_samples_have_their_sizes(student, case):
    """Each sample has its size and holds reviews of the pool, none twice"""
    pool, sizes, seed = case
    given = f"nested_samples({pool}, {sizes}, {seed})"
    samples = samples_of(student, *case)
    if [len(sample) for sample in samples] != sizes:
        raise Mismatch(sizes, [len(sample) for sample in samples], given=f"lengths for {given}")
    for sample in samples:
        expect(
            set(sample.tolist()) <= set(pool),
            f"{given} has {sample.tolist()}, where not all are in the pool.",
        )
        expect(
            len(set(sample.tolist())) == len(sample),
            f"{given} has a review twice: {sample.tolist()}.",
        )


@nested_samples_cell
@pytest.mark.points(1, hint="Shuffle once and cut that order at each size.")
@given(case=draws().filter(lambda case: len(case[1]) > 1))
@settings(max_examples=15)
def test_samples_are_nested(student, case):
    """Each sample is the beginning of the next larger one"""
    for smaller, larger in pairwise(samples_of(student, *case)):
        if not np.array_equal(smaller, larger[: len(smaller)]):
            given = f"beginning of the next sample, {larger.tolist()}"
            raise Mismatch(larger[: len(smaller)], smaller, given=given)


@nested_samples_cell
@pytest.mark.points(1, hint="np.random.default_rng(seed): a new generator at each call.")
def test_seed_decides_the_draw(student, random):
    """The same seed gives the same draw, another seed another one"""
    pool = random.permutation(MANY)
    for seed in (0, int(random.integers(1, 10_000))):
        student.seed(1)
        first = samples_of(student, pool, [40, 200], seed)
        student.seed(2)
        again = samples_of(student, pool, [40, 200], seed)
        expect(
            all(map(np.array_equal, first, again)),
            f"With the seed {seed}, nested_samples gave another draw when it was called again.",
        )
        other = samples_of(student, pool, [40, 200], seed + 1)
        for one, two in zip(first, other, strict=True):
            expect(
                set(one.tolist()) != set(two.tolist()),
                f"The seeds {seed} and {seed + 1} give the same sample of {len(one)}.",
            )


@nested_samples_cell
@pytest.mark.points(1, hint="Shuffle a copy: permutation(pool) returns one, shuffle(pool) doesn't.")
def test_samples_come_from_the_whole_pool(student, random):
    """Samples are drawn at random from the whole pool, which itself stays as it is"""
    pool = np.arange(MANY)
    seed = int(random.integers(1, 10_000))
    result, arguments = student.call_and_return_arguments("nested_samples", pool, [100, 300], seed)
    expect(
        np.array_equal(arguments[0], np.arange(MANY)),
        "nested_samples changed the pool that it was given.",
    )
    for sample in as_samples(result, [100, 300]):
        spread_over(sample, MANY)


# --- run ------------------------------------------------------------------------------------------

run_cell = pytest.mark.grade_cell("test-run")


class Trained:
    """A run of the student's: what it was given and returned, and the model afterwards."""

    def __init__(self, student, model, start, parts):
        self.start, self.parts = start, parts
        arguments = [start, *(part.astype(int) for part in parts)]
        self.result, returned = student.call_and_return_arguments("run", model, *arguments)
        self.unchanged = all(map(np.array_equal, flat(arguments), flat(returned[1:])))
        self.after = student.attest(model)
        optimizer = model.attr("optimizer")
        settled = hasattr(optimizer, "attr")
        self.rate = number(optimizer.attr("learning_rate")) if settled else None
        self.clipped = number(optimizer.attr("clipvalue")) if settled else None
        self.compiled_once = model.attr("run_eagerly") is True

    @property
    def weights(self):
        return [weights for layer in self.after.layers for weights in layer.weights]


def flat(arguments):
    """The arrays among arguments, those in lists too."""
    for argument in arguments:
        yield from argument if isinstance(argument, (list, tuple)) else [argument]


def compiled(student, model):
    """A small network inside, compiled with settings of its own.

    For a few steps, compiling a graph takes longer than doing without one.
    """
    optimizers = student.get("keras").attr("optimizers")
    optimizer = optimizers.RMSprop(learning_rate=RATE, clipvalue=CLIPPED)
    model.compile(
        optimizer=optimizer, loss="binary_crossentropy", metrics=["accuracy"], run_eagerly=True
    )
    return model


@functools.cache
def weights_to_start(seed):
    """Weights for the small networks."""
    random = np.random.default_rng(seed)
    shapes = (WORDS, DIM), (DIM, 1), (1,)
    return [random.normal(0, 0.5, shape).astype("float32") for shape in shapes]


@functools.cache
def reviews():
    """Arrays to train and validate on: 97 reviews are four batches of 32, with the others five.

    The words 8 to 11 occur in validation reviews only, 0, 12 and 13 in none. Most labels of the
    validation reviews are the opposite of most training labels. They are two batches, too, of
    which the smaller one has all that is positive: the mean over batches is not the accuracy.
    """
    random = np.random.default_rng(6)
    x_train, x_val = random.integers(1, 8, (97, LENGTH)), random.integers(1, 12, (43, LENGTH))
    x_val[:, 0] = random.integers(8, 12, 43)
    return x_train, np.arange(97) % 4 != 0, x_val, np.arange(43) >= 33


@functools.cache
def one_batch():
    """The same where an epoch is one batch, so that its order does not matter. All are positive."""
    random = np.random.default_rng(7)
    x_train, x_val = random.integers(1, 8, (24, LENGTH)), random.integers(8, 12, (8, LENGTH))
    return x_train, np.ones(24, bool), x_val, np.arange(8) < 2


@pytest.fixture(scope="module")
def trained(student):
    """The student's run of a network that held weights far from those to start with."""
    model = compiled(student, student.example_network(WORDS, DIM, LENGTH))
    model.set_weights([weights + 5 for weights in weights_to_start(1)])
    return Trained(student, model, weights_to_start(1), reviews())


@pytest.fixture(scope="module")
def full_batch(student):
    """A run on 32 reviews: one batch, and two of any smaller size. (97 are fewer of a larger.)

    Each is there twice, with either label, and the network is undecided: it cannot get better, so
    that who stops then stops early.
    """
    x_train, _, *judges = one_batch()
    start = [weights_to_start(1)[0], *map(np.zeros_like, weights_to_start(1)[1:])]
    model = compiled(student, student.example_network(WORDS, DIM, LENGTH))
    model.set_weights(start)
    parts = np.tile(x_train[:16], (2, 1)), np.arange(32) < 16, *judges
    return Trained(student, model, start, parts)


@functools.cache
def frozen_architecture():
    """A small network with a frozen Embedding layer, as JSON that Keras reads."""
    # Imported here because it takes seconds.
    import keras

    return keras.Sequential(
        [
            keras.Input(shape=(LENGTH,)),
            keras.layers.Embedding(WORDS, DIM, trainable=False),
            keras.layers.GlobalAveragePooling1D(),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    ).to_json()


@pytest.fixture(scope="module")
def twice(student):
    """Two runs of a frozen network on the same batch, the weights put back between them by us.

    So all that can be left of the first run is what the optimizer remembers.
    """
    keras = student.get("keras")
    model = compiled(student, keras.attr("models").model_from_json(frozen_architecture()))
    runs = []
    for _ in range(2):
        model.set_weights(weights_to_start(2))
        runs.append(Trained(student, model, weights_to_start(2), one_batch()))
    return runs


def expected_weights(x, y, rate, steps):
    """Kernel and bias of the frozen network after some steps of RMSprop on one batch."""
    vectors, *weights = weights_to_start(2)
    return logistic_steps(vectors[x].astype(float).mean(axis=1), y, weights, steps, rate)


@functools.cache
def deep_architecture():
    """A small network with as many layers as the notebook's, as JSON that Keras reads."""
    # Imported here because it takes seconds.
    import keras

    return keras.Sequential(
        [
            keras.Input(shape=(LENGTH,)),
            keras.layers.Embedding(WORDS, DIM),
            keras.layers.Flatten(),
            keras.layers.Dense(3, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    ).to_json()


@pytest.fixture(scope="module")
def deep(student):
    """Two runs like `twice`, of a network whose optimizer has more to forget."""
    keras = student.get("keras")
    model = compiled(student, keras.attr("models").model_from_json(deep_architecture()))
    random = np.random.default_rng(4)
    shapes = (WORDS, DIM), (LENGTH * DIM, 3), (3,), (3, 1), (1,)
    start = [random.normal(0, 0.5, shape).astype("float32") for shape in shapes]
    runs = []
    for _ in range(2):
        model.set_weights(start)
        runs.append(Trained(student, model, start, one_batch()))
    return runs


@pytest.fixture(scope="module")
def used(student, twice):
    """The first of these runs, of a network that was trained before by others."""
    x_train, y_train, *_ = reviews()
    keras = student.get("keras")
    model = compiled(student, keras.attr("models").model_from_json(frozen_architecture()))
    model.set_weights(weights_to_start(3))
    model.fit(x_train, y_train.astype(int), epochs=1, batch_size=32, verbose=0)
    return Trained(student, model, weights_to_start(2), one_batch())


def something_learned(run):
    """Fail when no training took place: then there is nothing that could be left of it.

    With a learning rate of zero, which has a check of its own, none can.
    """
    held = [run.start, [weights + 5 for weights in run.start]]
    moved = all(farthest(run.weights, weights) > 0 for weights in held)
    expect(moved or not run.rate, "run(model, …) has trained nothing: no weight has changed.")


def compare_accuracy(told, model, x, y, given):
    """Fail unless the number told is the share of reviews that the model judges rightly."""
    share, unsure = accuracy(model, x, y)
    result = number(told)
    if result is None or abs(result - share) > unsure + 1e-4:
        raise Mismatch(round(share, 4), told, given=given)


def judged_as_asked(trained):
    """Fail unless a run returned the trained model's accuracy on the validation reviews."""
    _, _, x_val, y_val = trained.parts
    given = f"{len(y_val)} validation reviews, judged with your trained model"
    compare_accuracy(trained.result, trained.after, x_val, y_val, given)


@run_cell
@pytest.mark.points(1, hint="evaluate on x_val and y_val after the fit, and return the accuracy.")
def test_run_returns_the_validation_accuracy(trained):
    """The result is the accuracy of the trained model on the validation reviews"""
    judged_as_asked(trained)


@run_cell
@pytest.mark.points(1, hint="model.fit(x_train, y_train, epochs=10, batch_size=32, verbose=0)")
def test_run_trains_as_asked(trained, full_batch, twice):
    """The model is trained for 10 epochs, in batches of 32"""
    steps, few = trained.after.iterations, twice[0].after.iterations
    # Who learns from the validation reviews, too, which has its own check, has more batches.
    others_learned = farthest([full_batch.weights[0][8:12]], [weights_to_start(1)[0][8:12]]) > 0
    if steps != (50 if others_learned else 40):
        raise Mismatch(40, steps, given="steps of the optimizer: 97 reviews for 10 epochs")
    if few != 10:
        raise Mismatch(10, few, given="steps of the optimizer: 24 reviews for 10 epochs")
    if not others_learned and full_batch.after.iterations != 10:
        given = "steps of the optimizer: 32 reviews for 10 epochs"
        raise Mismatch(10, full_batch.after.iterations, given=given)
    # With the rate there is now: that it stays, and what is trained on, have their own checks.
    rate, (x, y, x_val, y_val) = twice[0].rate, one_batch()
    expect(rate is not None, "The learning rate is no number any more.")
    both = np.concatenate([x, x_val]), np.concatenate([y, y_val])
    distances = [
        farthest(twice[0].weights[1:], expected_weights(*data, rate, 10))
        for data in ((x, y), both, (x_val, y_val))
    ]
    expect(
        min(distances) < 1e-3,
        "The weights are not those that ten steps of training with RMSprop lead to.",
    )


@run_cell
@pytest.mark.points(1, hint="Fit to x_train and y_train alone; x_val is only evaluated.")
def test_validation_reviews_are_not_learned(trained):
    """Nothing is learned from the validation reviews"""
    something_learned(trained)
    vectors, start = trained.weights[0][8:12], weights_to_start(1)[0][8:12]
    # Which weights a run starts with has a check of its own.
    moved = min(farthest([vectors], [start]), farthest([vectors], [start + 5]))
    expect(
        moved < 1e-6,
        "The vectors of words changed that occur in the validation reviews only.",
    )


@run_cell
@pytest.mark.points(1, hint="model.set_weights(start_weights), before anything else.")
def test_run_starts_with_the_start_weights(trained):
    """A run starts with start_weights, whatever the model held before"""
    vectors, *others = trained.weights
    start_vectors, *start_others = weights_to_start(1)
    expect(
        np.array_equal(vectors[12:], start_vectors[12:]),
        "Words that occur in no review have other vectors than in start_weights.",
    )
    # No step of RMSprop is longer than the rate over √0.1. The old weights were 5 away.
    expect(
        farthest(others, start_others) < 3,
        "After the training the Dense layer is farther from start_weights than steps can lead.",
    )


def forgotten(twice, used, deep):
    """Fail when a run hangs on one before it in anything but the weights."""
    first, second = twice
    something_learned(first)
    for other, what in (
        (second, "a second run like the first"),
        (used, "a run of a model that was trained before"),
    ):
        if first.after.iterations != other.after.iterations:
            given = f"steps that the optimizer counts after {what}"
            raise Mismatch(first.after.iterations, other.after.iterations, given=given)
        # Weights that are not put back have a check of their own, but lead elsewhere.
        away = farthest(first.weights, other.weights)
        expect(
            away < 0.02 or (other is used and away > 0.3),
            f"After {what}, from the same weights and with the same reviews, the weights are "
            f"{away:.3f} away from those after the first: the optimizer remembers.",
        )
    away = farthest(*(run.weights for run in deep))
    expect(
        away < 0.02,
        "After a second run of a network of more layers, from the same weights and with the same "
        f"reviews, the weights are {away:.3f} away from those after the first: the optimizer "
        "remembers.",
    )


@run_cell
@pytest.mark.points(1, hint="Assign zeros to all in model.optimizer.variables but one.")
def test_optimizer_forgets_the_run_before(twice, used, deep):
    """A second run of the same reviews counts and steps as the first one did"""
    forgotten(twice, used, deep)


@run_cell
@pytest.mark.points(1, hint="The learning rate is among the variables: leave that one alone.")
def test_settings_stay(trained, twice):
    """The learning rate, what is frozen and the arrays passed stay as they are"""
    for run in (trained, *twice):
        if run.rate is None or abs(run.rate - RATE) > 1e-6:
            raise Mismatch(RATE, run.rate, given="learning rate after a run")
        if run.clipped != CLIPPED:
            raise Mismatch(CLIPPED, run.clipped, given="the optimizer's clipvalue after a run")
        expect(run.unchanged, "run changed an array that it was given.")
        expect(run.compiled_once, "run has compiled the model again, without its settings.")
    for run in twice:
        expect(
            np.array_equal(run.weights[0], weights_to_start(2)[0]),
            "The frozen Embedding layer has changed in the training.",
        )


# --- sweep ----------------------------------------------------------------------------------------

sweep_cell = pytest.mark.grade_cell("test-sweep")

SIZE_LISTS = st.sets(st.integers(1, 9), min_size=1, max_size=4).map(sorted)
SEED_LISTS = st.lists(st.integers(0, 500), min_size=1, max_size=4, unique=True)


def swept(student, sizes, seeds):
    """The student's table for the notebook's stand-ins, and the one that is right."""
    stand_ins = student.get("example_draw"), student.get("example_judge")
    right = [[sum(range(seed, seed + size)) / 1000 for size in sizes] for seed in seeds]
    return student.sweep(*stand_ins, sizes, seeds), np.array(right)


NOTES = ("example_drawn", "example_judged")
"""Lists in which the stand-ins note their calls."""


def calls_of(student):
    """How often the stand-ins have been called so far."""
    return [len(expect_type(student.get(name), list, name=name)) for name in NOTES]


@sweep_cell
@pytest.mark.points(1, hint="A list of lists becomes a table with np.array.")
@given(sizes=SIZE_LISTS, seeds=SEED_LISTS)
@settings(max_examples=8)
def test_table_has_a_row_for_each_draw(student, sizes, seeds):
    """The result is an array of floats of shape (seeds, sizes)"""
    table, right = swept(student, sizes, seeds)
    expect_array(table, shape=right.shape, dtype_kind="f", name=f"sweep(…, {sizes}, {seeds})")


@sweep_cell
@pytest.mark.points(1, hint="judge(sample) for each sample of a draw, in the order of the sizes.")
@given(sizes=SIZE_LISTS, seeds=SEED_LISTS)
@settings(max_examples=8)
def test_columns_follow_the_sizes(student, sizes, seeds):
    """Within a draw, each sample is judged once, in the order of the sizes"""
    before = calls_of(student)
    compare_values(*swept(student, sizes, seeds[:1]), f"sizes {sizes}, seeds {seeds[:1]}")
    drawn, judged = (now - then for now, then in zip(calls_of(student), before, strict=True))
    expect(judged == len(sizes), f"judge was called {judged} times for {len(sizes)} samples.")
    expect(drawn == 1, f"draw was called {drawn} times for one seed.")


@sweep_cell
@pytest.mark.points(1, hint="Call draw(sizes, seed) with each seed.")
@given(sizes=SIZE_LISTS, seeds=SEED_LISTS)
@example(sizes=[2], seeds=[7, 3, 11])
@settings(max_examples=8)
def test_rows_follow_the_seeds(student, sizes, seeds):
    """Each seed is a draw of its own, in the order of the seeds"""
    compare_values(*swept(student, sizes[:1], seeds), f"sizes {sizes[:1]}, seeds {seeds}")
    table, right = swept(student, [1, 4], [*seeds, 501, 502])
    # Rows for columns, and other shapes, have their own check; this table is no square. So have
    # columns of another size: here each row holds what its seed gives, for whichever sizes.
    if np.shape(table) == right.shape and len(right) != 2:
        values = floats(table, "the table")
        same = np.isclose(values[:, :, None], right[:, None, :], atol=1e-6).all(axis=0)
        if not same.any(axis=1).all():
            raise Mismatch(right, values, given=f"sizes [1, 4], seeds {[*seeds, 501, 502]}")


def compare_values(table, right, given):
    """Compare a table of one row or one column, whatever its shape, which has its own check."""
    values = floats(table, "the table").ravel()
    if values.shape != (right.size,) or not np.allclose(values, right.ravel(), atol=1e-6):
        raise Mismatch(right.ravel(), values, given=given)


# --- summarise ------------------------------------------------------------------------------------

summarise_cell = pytest.mark.grade_cell("test-summarise")


@st.composite
def tables(draw):
    """A table of accuracies, draws by sizes."""
    share = st.integers(0, N_VAL).map(lambda rights: rights / N_VAL)
    row = draw(st.integers(1, 4))
    rows = st.lists(st.lists(share, min_size=row, max_size=row), min_size=1, max_size=4)
    return np.array(draw(rows))


def summary(student, table):
    """The three arrays of the student's summary."""
    result = student.summarise(table)
    # One array of three rows is as good as three arrays.
    expect(
        isinstance(result, (tuple, list, np.ndarray)) and np.shape(result)[:1] == (3,)
        if isinstance(result, np.ndarray)
        else isinstance(result, (tuple, list)) and len(result) == 3,
        "summarise should return three arrays: mean, low and high.",
    )
    return [floats(part, "a part of the summary") for part in result]


def compare_part(student, table, place, right):
    """Compare one of the three arrays with what it should be."""
    part = summary(student, table)[place]
    if part.shape != right.shape or not np.allclose(part, right, atol=1e-6):
        raise Mismatch(right, part, given=table.tolist())


@summarise_cell
@pytest.mark.points(1, hint="The mean over the draws is that of each column: axis=0.")
@given(table=tables())
@settings(max_examples=12)
def test_means_are_over_the_draws(student, table):
    """First comes the mean over the draws, for each size"""
    compare_part(student, table, 0, table.mean(axis=0))


@summarise_cell
@pytest.mark.points(1, hint="min(axis=0), then max(axis=0).")
@given(table=tables())
@settings(max_examples=12)
def test_lowest_and_highest_follow(student, table):
    """Then come the lowest and the highest accuracy of each size"""
    compare_part(student, table, 1, table.min(axis=0))
    compare_part(student, table, 2, table.max(axis=0))


# --- catches_up -----------------------------------------------------------------------------------

catches_up_cell = pytest.mark.grade_cell("test-catches-up")


@st.composite
def curves(draw, leads):
    """Sizes and two curves; ``leads`` draws by how many steps the learned one is ahead."""
    ahead = draw(leads)
    step = st.integers(1, 50)
    sizes = np.cumsum(draw(st.lists(step, min_size=len(ahead), max_size=len(ahead)))).tolist()
    frozen = draw(st.lists(st.integers(30, 70), min_size=len(ahead), max_size=len(ahead)))
    # Such parts are exact in binary, so that equal accuracies are; the finer ones show who rounds.
    part = draw(st.sampled_from([128, 1 << 14]))
    learned = [f * (part // 128) + a for f, a in zip(frozen, ahead, strict=True)]
    return sizes, np.array(learned) / part, np.array(frozen) / 128


BEHIND, NOT_BEHIND = st.integers(-9, -1), st.integers(0, 9)
LASTING = st.tuples(st.lists(BEHIND, max_size=3), st.lists(NOT_BEHIND, min_size=1, max_size=3)).map(
    lambda parts: parts[0] + parts[1]
)
MIXED = st.lists(st.integers(-9, 9).filter(bool), min_size=1, max_size=5)


def compare_catching_up(student, sizes, learned, frozen):
    """Compare the student's answer with the right one."""
    right = reference.catches_up(sizes, learned.tolist(), frozen.tolist())
    answer = student.catches_up(sizes, learned, frozen)
    same = answer is None if right is None else number(answer) == right
    if not same:
        given = f"sizes {sizes}, learned {learned.tolist()}, frozen {frozen.tolist()}"
        raise Mismatch(right, answer, given=given)


@catches_up_cell
@pytest.mark.points(1, hint="At least as high: equal counts. Return the size, not its place.")
@given(case=curves(LASTING))
@example(case=([10, 20, 30], np.array([0.25, 0.5, 0.75]), np.array([0.5, 0.5, 0.5])))
def test_smallest_size_is_found(student, case):
    """Where the learned vectors catch up for good, that size is the answer; equal is enough"""
    compare_catching_up(student, *case)


@catches_up_cell
@pytest.mark.points(1, hint="It must last to the end; if it never does, the answer is None.")
@given(case=curves(MIXED))
@example(case=([10, 20, 30], np.array([0.75, 0.25, 0.75]), np.array([0.5, 0.5, 0.5])))
@example(case=([10, 20], np.array([0.75, 0.25]), np.array([0.5, 0.5])))
def test_a_lead_must_last(student, case):
    """A lead that is lost again doesn't count; without a lasting one the answer is None"""
    compare_catching_up(student, *case)


# --- plot_sweep -----------------------------------------------------------------------------------

plot_sweep_cell = pytest.mark.grade_cell("test-plot-sweep")

COLORS = "#2a9d8f", "#e76f51"


def bands(random):
    """Two series for one picture: sizes, mean, low, high, colour."""
    for color in COLORS:
        sizes = np.cumsum(random.integers(5, 200, 4)).tolist()
        low, mean, high = np.sort(random.uniform(0.4, 1, (3, 4)), axis=0)
        yield sizes, mean, low, high, color


@pytest.fixture(scope="module")
def drawn(student, random):
    """The axes inside that the student's function drew two series on, and the series."""
    series = list(bands(random))
    plots = student.get("plt")
    axes = plots.subplots()[1]
    plots.subplots()  # from now on the axes to draw on are not the current ones
    for sizes, mean, low, high, color in series:
        student.plot_sweep(axes, sizes, mean, low, high, color)
    plots.close("all")
    return axes, series


def rgb(color):
    """A colour as three numbers, or None for what Matplotlib doesn't know as one."""
    # Imported here because it takes a second.
    from matplotlib import colors

    try:
        return tuple(round(part, 3) for part in colors.to_rgb(color))
    except (ValueError, TypeError):
        return None


@plot_sweep_cell
@pytest.mark.points(1, hint='axes.plot(sizes, mean, color=color), axes.set_xscale("log")')
def test_means_are_lines_over_a_log_axis(drawn):
    """The means are drawn as a line in the colour, over a logarithmic x axis"""
    axes, series = drawn
    lines = [
        (line.get_xdata(), line.get_ydata(), rgb(line.get_color()), line.get_linestyle())
        for line in axes.get_lines()
    ]
    if len(lines) != len(series):
        raise Mismatch(len(series), len(lines), given="lines on the axes after two calls")
    for (x, y, line_color, style), (sizes, mean, _, _, color) in zip(lines, series, strict=True):
        for name, values, right in (("x", x, sizes), ("y", y, mean)):
            values = floats(values, f"the {name} values of the line")
            if values.shape != (len(sizes),) or not np.allclose(values, right):
                raise Mismatch(np.array(right), values, given=f"{name} values of the line")
        if line_color != rgb(color):
            raise Mismatch(rgb(color), line_color, given="colour of the line")
        expect(style not in ("None", "none", "", " "), "The points are not joined by a line.")
    for axis, wanted in (("x", "log"), ("y", "linear")):
        scale = axes.get_xscale() if axis == "x" else axes.get_yscale()
        if scale != wanted:
            raise Mismatch(wanted, scale, given=f"scale of the {axis} axis")


@plot_sweep_cell
@pytest.mark.points(1, hint="axes.fill_between(sizes, low, high, color=color, alpha=0.2)")
def test_range_is_a_pale_band(drawn):
    """The range from low to high is a pale band in the colour"""
    axes, series = drawn
    drawn = [child for child in axes.get_children() if "Collection" in type_name(child)]
    found = [child for child in drawn if "PolyCollection" in type_name(child)]
    if len(found) != len(series):
        raise Mismatch(len(series), len(found), given="bands on the axes after two calls")
    others = [type_name(child) for child in drawn if child not in found]
    expect(not others, f"Besides lines and bands there are {others} on the axes.")
    for band, (sizes, _, low, high, color) in zip(found, series, strict=True):
        corners = floats(band.get_paths()[0].attr("vertices"), "the outline of the band")
        for edge, values in (("lower", low), ("upper", high)):
            points = np.column_stack([sizes, values])
            near = [np.isclose(corners, point).all(axis=1).any() for point in points]
            expect(all(near), f"The {edge} edge of the band is not at {points.tolist()}.")
        inside = floats(band.get_facecolor(), "the colour of the band").reshape(-1)
        shade = tuple(inside[:3].round(3))
        if shade != rgb(color):
            raise Mismatch(rgb(color), shade, given="colour of the band")
        expect(
            inside.size == 4 and 0 < inside[3] <= 0.5,
            f"The band has an alpha of {inside[3:].tolist()}; 0.5 at the most lets others show.",
        )


# --- the whole chain ------------------------------------------------------------------------------

whole_chain_cell = pytest.mark.grade_cell("test-whole-chain")


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
def accuracies(student):
    """The notebook's two tables."""
    shape = len(SEEDS), len(SIZES)
    return {
        name: expect_array(student.get(name), shape=shape, dtype_kind="f", name=name)
        for name in ("frozen_accuracies", "learned_accuracies")
    }


@whole_chain_cell
@pytest.mark.points(
    1, hint="If a check above failed, mend that first. If none did, run all cells anew."
)
def test_tables_are_made_of_several_draws(student, accuracies, trained, course_data):
    """The tables hold accuracies of several draws, judged on the reviews that are held out"""
    # A mistake in hold_out has cost its own points; what it gave must be what is there.
    for name, part in zip(
        ("pool", "validation"), held_out(student, len(course_data[3]), N_VAL, 0), strict=True
    ):
        there = indices(student.get(name), name)
        if len(there) != len(part):
            raise Mismatch(len(part), len(there), given=f"reviews in the notebook's {name}")
    # Draws that are all the same have cost their own points.
    own_draws = (as_samples(student.draw(list(SIZES), seed), SIZES) for seed in SEEDS)
    first, *others = (np.concatenate(samples) for samples in own_draws)
    differ = not all(np.array_equal(first, other) for other in others)
    # Another number than the accuracy asked for has its own check.
    shares = holds(judged_as_asked, trained)
    for name, table in accuracies.items():
        expect(bool(np.isfinite(table).all()), f"{name} should hold numbers.")
        rights = table * N_VAL
        if shares and not np.all((table >= 0) & (table <= 1)):
            raise Failure(f"{name} should hold shares from 0 to 1.")
        expect(
            bool(np.all(np.abs(rights - rights.round()) < 1e-3)) or not shares,
            f"{name} holds {table.tolist()}, which are not all shares of {N_VAL} reviews.",
        )
        # Held-out reviews learned by heart have their own check.
        by_heart = bool(np.all(table > 0.98))
        expect(
            any(len(set(column)) > 1 for column in table.T.tolist()) or by_heart or not differ,
            f"In {name} all draws have the same accuracies.",
        )


@whole_chain_cell
@pytest.mark.points(
    1, hint="A run must not hang on the one before: weights and optimizer start afresh."
)
def test_points_come_out_again(
    student, accuracies, trained, twice, used, deep, course_data, random
):
    """Points of the tables come out again when the same samples are run once more"""
    # A learned network that goes on from run to run is soon as good as it gets: afterwards it
    # differs from itself only where it was young, in the first draw.
    # An optimizer that remembers has cost its own point; how far that leads is luck.
    fresh = holds(forgotten, twice, used, deep)
    any_row = int(random.integers(len(SEEDS)))
    points = ("frozen", 1, any_row), ("frozen", 3, any_row), ("learned", 2, 0)
    for name, column, row in points:
        seed = SEEDS[row]
        samples = as_samples(student.draw(list(SIZES), seed), SIZES)
        judge = student.judge_frozen if name == "frozen" else student.judge_learned
        again, there = number(judge(samples[column])), accuracies[f"{name}_accuracies"][row, column]
        # Batches of another size, or fewer epochs, have cost their own points.
        network = student.attest(student.get(f"{name}_network"))
        steps = network.iterations
        expected = 10 * math.ceil(len(samples[column]) / 32)
        if fresh and trained.after.iterations == 40 and steps != expected:
            given = f"batches in all, when {len(samples[column])} reviews are run for 10 epochs"
            raise Mismatch(expected, steps, given=given)
        # So has what is learned from validation reviews.
        if name == "learned" and holds(test_validation_reviews_are_not_learned, trained):
            starts_afresh(student, network, course_data[2], samples[column])
        if holds(judged_as_asked, trained):
            worth_its_number(student, network, course_data, again, name)
        if again is None or (fresh and abs(again - there) > CLOSE):
            given = f"{name}_accuracies for {SIZES[column]} reviews of the draw with seed {seed}"
            raise Mismatch(again, round(float(there), 4), given=f"{given}, run once more")


def worth_its_number(student, network, course_data, told, name):
    """Fail unless the network judges as many of the held-out reviews rightly as its judge told."""
    _, _, data, labels = course_data
    held = indices(student.get("validation"), "validation") % len(data)
    given = f"what judge_{name} told of its own network"
    compare_accuracy(told, network, data[held], labels[held], given)


def starts_afresh(student, network, data, sample):
    """Fail if learned_network has not kept its first vectors of words that no review holds."""
    start = expect_type(student.get("learned_start"), list, name="learned_start")
    absent = np.setdiff1d(np.arange(MAX_WORDS), data[sample % len(data)])
    vectors = network.of_class("Embedding")[0].weights[0]
    expect(
        np.shape(start[0]) == vectors.shape and np.array_equal(vectors[absent], start[0][absent]),
        "After a run, learned_network has other vectors than those it was to start with, of words "
        "that occur in none of the reviews that it was to be trained on.",
    )


def trained_accuracy(student, draw, course_data, random):
    """Accuracy on fresh reviews after the student's run on 200 others.

    The words are numbered anew, and the matrix's rows with them, which is all the same to who
    learns from what is passed. Of other reviews nothing can be learned that way.
    """
    index, matrix, data, labels = course_data
    numbers = np.concatenate([[0], 1 + random.permutation(MAX_WORDS - 1)])
    renumbered = np.zeros_like(matrix)
    renumbered[numbers] = matrix
    x, y, x_val, y_val = reference.shuffle_and_split(numbers[data], labels, N_TRAIN, 100, draw)
    network, weights = student.get("frozen_network"), student.get("frozen_start")
    expect(
        isinstance(weights, list) and len(weights) == 5,
        "frozen_start should be the list of the five arrays that frozen_network starts with.",
    )
    student.seed(draw)
    student.run(network, [renumbered, *weights[1:]], x, y, x_val, y_val)
    trained = student.attest(network)
    vectors = trained.of_class("Embedding")
    expect(
        len(vectors) == 1 and np.array_equal(vectors[0].weights[0], renumbered),
        "After a run, frozen_network holds other vectors than those it was to start with.",
    )
    reviews, truth = measure.fresh_reviews(index, MAX_WORDS)
    outputs = np.asarray(trained.model(numbers[reviews[:, -MAXLEN:]], training=False))
    return float(np.mean((outputs[:, 0] > 0.5) == truth))


@whole_chain_cell
@pytest.mark.points(
    1, hint="If a check above failed, mend that first. If none did, run all cells anew."
)
def test_fresh_run_learns_to_judge_reviews(student, course_data, random):
    """Trained afresh on 200 reviews by your run, the frozen network judges new reviews well"""
    CALIBRATION.judge(
        lambda number: trained_accuracy(student, DRAWS[number], course_data, random),
        f"The share of 1,000 new reviews that the network judged rightly, after {N_TRAIN} others",
    )


# --- what came from the student -------------------------------------------------------------------


def floats(value, name):
    """Numbers in an array, a list or a list of lists, as an array of floats."""
    if isinstance(value, (list, tuple)) and len(value) < MANY:
        parts = [floats(part, name) if isinstance(part, (list, tuple)) else part for part in value]
        try:
            value = np.array(parts)
        except ValueError:  # rows of different lengths
            value = None
    if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
        return value.astype(float)
    raise Failure(f"{name} should be an array of numbers, but is {type_name(value)}.")
