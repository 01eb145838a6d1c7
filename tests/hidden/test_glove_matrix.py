"""Hidden checks of glove_matrix.ipynb: parsing vectors, the embedding matrix, neighbours.

Vectors are small whole numbers or halves, exact in float32, so that no check hangs on rounding; a
neighbour that is asked for is ahead of the next one by far more than the precision of float32.
Where few of the possible inputs show a usual mistake, some of these are explicit examples: no point
hangs on the luck of the draw.
"""

from functools import cache, partial

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course import reference
from glovebox import Failure, Mismatch, expect, expect_array, expect_type
from glovebox.failures import StudentError
from glovebox.figures import PROPERTY, rows
from glovebox.show import shorten

WORDS = st.lists(st.text("abcd", min_size=1, max_size=3), min_size=1, max_size=4, unique=True)
ACCENTED_WORD = st.text("éñ好", min_size=1, max_size=3)
# A plain and a non-breaking space, and a character at which splitlines() would end the line; before
# them nothing, or a non-breaking space that strip() would take away.
SPACED_WORD = st.builds(
    "{}{}{}{}".format, *map(st.sampled_from, (["", "\u00a0"], "ab.", " \u00a0\u2028", "ab."))
)
NUMBER = st.integers(-8, 8).map(lambda halves: halves / 2)
FINE = np.array([0.123456, -3.14159], np.float32)
"""What takes all the digits of float32."""
# Far more than any of the matrices here has in one direction.
LARGEST = 1_000


@cache
def distinct_vectors(n, dim):
    """So many vectors of ``dim`` numbers, none of them all zero and no two alike.

    Kept, as making a strategy takes about as long as drawing from it.
    """
    vector = st.lists(NUMBER, min_size=dim, max_size=dim).filter(any)
    return st.lists(vector, min_size=n, max_size=n, unique_by=tuple)


@st.composite
def vectors_for(draw, words, dim):
    """A vector of ``dim`` numbers for each word, none of them all zero and no two alike."""
    drawn = draw(distinct_vectors(len(words), dim))
    return {word: np.array(numbers, np.float32) for word, numbers in zip(words, drawn, strict=True)}


# --- parse_glove ----------------------------------------------------------------------------------

parse_glove_cell = pytest.mark.grade_cell("test-parse-glove")


@st.composite
def glove_tables(draw, words=WORDS):
    """A dimension and a few words with vectors of it."""
    dim = draw(st.integers(2, 4))
    return dim, draw(vectors_for(draw(words), dim))


def table_of(*words):
    """A table like those of ``glove_tables`` for these words."""
    return 2, {word: np.array([place, -0.5], np.float32) for place, word in enumerate(words)}


def glove_lines(vectors):
    return [f"{word} {' '.join(f'{x:.6g}' for x in vector)}" for word, vector in vectors.items()]


def parsed(student, lines, dim):
    """What parse_glove makes of a file with these lines: a dictionary, still of anything."""
    folder = student.files({"glove.txt": ("\n".join(lines) + "\n").encode("utf-8")})
    result = student.parse_glove(f"{folder}/glove.txt", dim)
    return expect_type(result, dict, name="the result of parse_glove")


def first_line(dim):
    """A line that a check puts first and does not look at.

    Whoever takes the first line for a header has made one mistake, which one check sees.
    """
    return " ".join(["first", *"1" * dim])


def compare_vectors(student, lines, dim, expected):
    """Fail unless the file's lines become these vectors, in whatever number type."""
    result = parsed(student, lines, dim)
    given = f"the file {lines}, embedding_dim={dim}"
    if first_line(dim) in lines:
        result.pop("first", None)
    if set(result) != set(expected):
        raise Mismatch(sorted(expected), sorted(result, key=repr), given=f"words of {given}")
    for word, vector in expected.items():
        numbers = as_numbers(from_text(result[word]), f"the vector of {word!r}")
        if numbers.shape != vector.shape or not np.allclose(numbers, vector, rtol=1e-6):
            raise Mismatch(vector, result[word], given=f"vector of {word!r} in {given}")


@parse_glove_cell
@pytest.mark.points(1, hint="The first field of a line is the word, the others are its vector.")
@given(table=glove_tables(), again=st.booleans())
@example(table=table_of("a", "b"), again=True)
@example(table=table_of("7", "1984"), again=False)
@example(table=table_of("Apple", "apple"), again=False)
@example(table=(2, {"a": FINE}), again=False)
# Numbers as small as these are written with an exponent.
@example(table=(2, {"a": np.array([2.0**-20, -(2.0**-17)], np.float32)}), again=False)
def test_each_word_has_its_vector(student, table, again):
    """Every line gives a word and its vector; of two lines for a word the later counts"""
    dim, vectors = table
    earlier = glove_lines({word: np.full(dim, 7) for word in vectors}) if again else []
    compare_vectors(student, earlier + glove_lines(vectors), dim, vectors)


@parse_glove_cell
@pytest.mark.points(1, hint='Use np.asarray(numbers, dtype="float32").')
@given(table=glove_tables())
def test_vectors_are_float32(student, table):
    """The vectors are float32 arrays"""
    dim, vectors = table
    result = parsed(student, [first_line(dim), *glove_lines(vectors)], dim)
    found = [word for word in ("first", *vectors) if word in result]
    expect(bool(found), f"parse_glove did not find the words {list(vectors)} in their file.")
    for word in found:
        array = expect_array(result[word], name=f"the vector of {word!r}")
        expect(
            array.dtype == np.float32,
            f"The vector of {word!r} should have the dtype float32, but has {array.dtype}.",
        )


@parse_glove_cell
@pytest.mark.points(1, hint="Take the vector from the end of the line; all before it is the word.")
@given(table=glove_tables(st.lists(SPACED_WORD, min_size=1, max_size=2, unique=True)))
@example(table=table_of(". . .", "a"))
@example(table=table_of("a\u00a0b", "a"))
@example(table=table_of("top 10", "a"))
@example(table=table_of("\u00a0a", "a"))
@example(table=table_of("a\u2028b", "a"))
def test_words_may_hold_spaces(student, table):
    """A word may hold spaces of any kind"""
    dim, vectors = table
    compare_vectors(student, [first_line(dim), *glove_lines(vectors)], dim, vectors)


@parse_glove_cell
@pytest.mark.points(1, hint='Open the file with encoding="utf-8".')
@given(table=glove_tables(st.lists(ACCENTED_WORD, min_size=1, max_size=3, unique=True)))
def test_words_are_utf8(student, table):
    """Letters beyond ASCII survive the reading"""
    dim, vectors = table
    compare_vectors(student, [first_line(dim), *glove_lines(vectors)], dim, vectors)


@parse_glove_cell
@pytest.mark.points(1, hint="A line counts only if there is a word before embedding_dim numbers.")
@given(table=glove_tables())
@settings(max_examples=10)
def test_other_lines_are_skipped(student, table):
    """Lines that are not a word and embedding_dim numbers are skipped"""
    dim, vectors = table
    numbers, letters = " ".join("1" * dim), " ".join("x" * dim)
    most = " ".join("1" * (dim - 1))
    ends = f"half {most} x", f"half x {most}"
    for other in ("", f"400000 {dim}", "few 1", numbers, f"no {letters}", *ends):
        compare_vectors(student, [first_line(dim), other, *glove_lines(vectors)], dim, vectors)


# --- build_embedding_matrix -----------------------------------------------------------------------

matrix_cell = pytest.mark.grade_cell("test-build-embedding-matrix")


@st.composite
def indexed_vectors(draw):
    """A dimension, a word index in the order of its ranks from 1, a vector for each word."""
    dim = draw(st.integers(2, 3))
    words = draw(WORDS)
    index = {word: rank for rank, word in enumerate(words, start=1)}
    return dim, index, draw(vectors_for(words, dim))


def soil(student, shape):
    """Leave numbers in the memory that NumPy hands out next: np.empty must not pass for zeros.

    For the checks that look at rows of no word; the others would pay for it and see no difference.
    """
    try:
        numpy = student.get("np")
        for dtype in ("float64", "float32"):
            numpy.full(shape, 0.3, dtype)
    except (Failure, AttributeError):
        pass  # `np` is something else here, perhaps a plain value: the memory stays as it is


def matrix_of(student, index, vectors, max_words, dim):
    """The student's matrix, made sure to be two-dimensional and of numbers."""
    result = student.build_embedding_matrix(index, vectors, max_words, dim)
    matrix = as_numbers(result, "the embedding matrix")
    expect(
        matrix.ndim == 2, f"The embedding matrix should have 2 dimensions, but has {matrix.ndim}."
    )
    # An array of no bytes can still have more rows than anybody can look through.
    expect(
        max(matrix.shape) <= LARGEST,
        f"The embedding matrix should be of shape {(max_words, dim)}, but is of {matrix.shape}.",
    )
    return matrix


def expect_dictionaries_unchanged(student, index, vectors, max_words, dim):
    """Fail unless build_embedding_matrix returns and leaves both dictionaries as they were."""
    _, (*after, _, _) = student.call_and_return_arguments(
        "build_embedding_matrix", index, vectors, max_words, dim
    )
    for now, before, name in zip(after, (index, vectors), ("word_index", "vectors"), strict=True):
        expect_unchanged(now, before, f"build_embedding_matrix changed {name}")


def describe(index, vectors, max_words, word=None):
    """The arguments, after the word that is looked at if it is one."""
    about = "" if word is None else f"{word!r}, "
    return f"{about}word_index={index}, vectors={rounded(vectors)}, max_words={max_words}"


def compare_row(matrix, row, vector, given):
    """Fail unless that row exists and is the vector; ``given()`` says for which arguments."""
    actual = matrix[row] if row < len(matrix) else "no such row"
    if not np.array_equal(actual, vector):
        raise Mismatch(vector, actual, given=f"row {row} for {given()}")


def compare_rows(matrix, index, vectors, max_words):
    """Fail unless the row of each word with an index below ``max_words`` is its vector."""
    for word, rank in index.items():
        if rank < max_words:
            given = partial(describe, index, vectors, max_words, word)
            compare_row(matrix, rank, vectors[word], given)


@matrix_cell
@pytest.mark.points(1, hint="One row for each index from 0 to max_words - 1.")
@given(table=indexed_vectors(), more=st.integers(0, 3))
def test_matrix_shape(student, table, more):
    """The matrix has max_words rows and embedding_dim columns"""
    dim, index, vectors = table
    max_words = len(index) + 1 + more
    matrix = matrix_of(student, index, vectors, max_words, dim)
    expect_array(matrix, shape=(max_words, dim), name="the embedding matrix")


@matrix_cell
@pytest.mark.points(1, hint='Create it with np.zeros((max_words, embedding_dim), dtype="float32").')
@given(table=indexed_vectors())
def test_matrix_is_float32(student, table):
    """The matrix holds float32 numbers, as Keras's layers do"""
    dim, index, vectors = table
    result = student.build_embedding_matrix(index, vectors, len(index) + 2, dim)
    matrix = expect_array(result, name="the embedding matrix")
    expect(
        matrix.dtype == np.float32,
        f"The embedding matrix should have the dtype float32, but has {matrix.dtype}.",
    )


RIGHT, NO_VECTOR = "the word's vector", "zeros, as there is no vector"
MISSING, TOO_MANY = "no such row", "a row too many"
EMPTY, ANOTHERS, OTHER = "zeros, but there is a vector", "another word's vector", "something else"


def state_of(matrix, number, expected):
    """What a row of the student's matrix is, beside what each row should be."""
    if number >= min(len(matrix), len(expected)):
        return MISSING if number < len(expected) else TOO_MANY
    row = matrix[number]
    if np.array_equal(row, expected[number]):
        return RIGHT if expected[number].any() else NO_VECTOR
    if not row.any():
        return EMPTY
    return (
        ANOTHERS if any(np.array_equal(row, other) for other in expected if other.any()) else OTHER
    )


@pytest.fixture
def rows_shown(student, record_property):
    """Leaves a picture of the rows of a matrix of 60 for the feedback; it costs nothing."""
    words = {f"word{rank}": rank for rank in range(1, 80)}
    vectors = {
        word: np.array([rank, -rank], np.float32) for word, rank in words.items() if rank % 7
    }
    expected = np.zeros((60, 2), np.float32)
    for word, rank in words.items():
        if rank < len(expected) and word in vectors:
            expected[rank] = vectors[word]
    soil(student, expected.shape)
    try:
        matrix = matrix_of(student, words, vectors, len(expected), 2)
    except Failure:
        return
    if matrix.shape[1] == expected.shape[1]:
        states = [state_of(matrix, number, expected) for number in range(max(len(matrix), 60))]
        title = "The rows of your matrix of 60 words"
        record_property(PROPERTY, rows(title, states, good=(RIGHT, NO_VECTOR)))


@pytest.mark.usefixtures("rows_shown")
@matrix_cell
@pytest.mark.points(1, hint="Row i belongs to the word whose index is i: no shift, no sorting.")
@given(table=indexed_vectors())
@example(table=(2, {"a": 1}, {"a": FINE}))
def test_rows_are_aligned(student, table):
    """Row i is the vector of the word with index i"""
    dim, index, vectors = table
    max_words = len(index) + 2
    matrix = matrix_of(student, index, vectors, max_words, dim)
    compare_rows(matrix, index, vectors, max_words)


@matrix_cell
@pytest.mark.points(
    1, hint="Take the row's number from word_index, not from a counter of the loop."
)
@given(table=indexed_vectors(), data=st.data())
def test_rows_follow_the_index(student, table, data):
    """The rows follow the word index in whatever order its words come"""
    dim, index, vectors = table
    index = dict(data.draw(st.permutations(list(index.items())), label="word_index"))
    max_words = len(index) + 3
    # A gap in the numbers, as a word index that lost some words has.
    gapped = {word: rank if rank < 2 else rank + 1 for word, rank in index.items()}
    try:
        matrix = matrix_of(student, gapped, vectors, max_words, dim)
    except StudentError:
        # One row a word is too few for these numbers, but the size is for other checks to judge.
        matrix = matrix_of(student, index, vectors, max_words, dim)
        if len(matrix) == max_words:
            raise
        gapped = index
    compare_rows(matrix, gapped, vectors, max_words)
    # Now the rarest word comes first and has no row; a crash on that is for another check to judge.
    index = dict(sorted(gapped.items(), key=lambda pair: -pair[1]))
    max_words = max(index.values())
    try:
        matrix = matrix_of(student, index, vectors, max_words, dim)
    except Failure:
        return
    # Where exactly the cut is has its own check as well.
    compare_rows(matrix, index, vectors, max_words - 1)


@matrix_cell
@pytest.mark.points(1, hint="Index 0 is the padding placeholder; no word owns it.")
@given(table=indexed_vectors())
def test_row_zero_stays_empty(student, table):
    """Row 0 is all zeros"""
    dim, index, vectors = table
    max_words = len(index) + 2
    soil(student, (max_words, dim))
    strangers = vectors | {"stranger": np.ones(dim, np.float32)}
    try:
        matrix = matrix_of(student, index, strangers, max_words, dim)
        vectors = strangers
    except StudentError:
        # A crash on words that only have a vector counts where both dictionaries are looked at.
        matrix = matrix_of(student, index, vectors, max_words, dim)
    expect(bool(matrix.any()), "The whole matrix is zero.")
    compare_row(matrix, 0, np.zeros(dim), partial(describe, index, vectors, max_words))


@matrix_cell
@pytest.mark.points(
    1, hint="Leave the row of a word without a vector as it is, and both dictionaries, too."
)
@given(table=indexed_vectors(), data=st.data())
def test_unknown_words_have_zero_rows(student, table, data):
    """Words without a vector have rows of zeros, and neither dictionary is changed"""
    dim, index, vectors = table
    missing = data.draw(st.sets(st.sampled_from(list(index)), min_size=1), label="missing")
    vectors = {word: vector for word, vector in vectors.items() if word not in missing}
    max_words = len(index) + 2
    soil(student, (max_words, dim))
    matrix = matrix_of(student, index, vectors, max_words, dim)
    # The rows are counted, not located: which row is whose has a check of its own.
    filled = int(np.any(matrix != 0, axis=1).sum())
    if filled != len(vectors):
        given = f"rows that are not zero for {describe(index, vectors, max_words)}"
        raise Mismatch(len(vectors), filled, given=given)
    # Words beyond the cut should not be thrown out, nor those that only have a vector.
    cut, ones = len(index) + 1, np.ones(dim, np.float32)
    more = index | {"zy": cut + 1, "zz": cut}, vectors | {"zz": ones, "stranger": ones}
    try:
        expect_dictionaries_unchanged(student, *more, cut, dim)
    except StudentError:
        # A crash on words beyond the cut has its own check, if no word need be missing for it.
        if not crashes_beyond_the_cut(student, dim):
            raise
        more = index, vectors | {"stranger": ones}
        expect_dictionaries_unchanged(student, *more, cut, dim)


def crashes_beyond_the_cut(student, dim):
    """Whether a word beyond the cut is enough for build_embedding_matrix to fail."""
    index = {"a": 1, "b": 2, "c": 3}
    vectors = {word: np.full(dim, rank, np.float32) for word, rank in index.items()}
    try:
        student.build_embedding_matrix(index, vectors, 2, dim)
    except StudentError:
        return True
    return False


@matrix_cell
@pytest.mark.points(1, hint="A word gets a row when its index is below max_words, not equal to it.")
@given(max_words=st.integers(2, 4), beyond=st.integers(1, 3), dim=st.integers(2, 3))
def test_words_beyond_the_cut_have_no_row(student, max_words, beyond, dim):
    """Words with an index of max_words or more leave no trace, the one just below has its row"""
    index = {f"word{rank}": rank for rank in range(1, max_words + beyond)}
    vectors = {word: np.full(dim, rank, np.float32) for word, rank in index.items()}
    soil(student, (max_words, dim))
    matrix = matrix_of(student, index, vectors, max_words, dim)
    # Each vector tells whose it is; where it lies, and what else there is, have their own checks.
    found = set(matrix[:, :1].ravel().tolist()) & set(index.values())
    expected = set(range(1, max_words))
    if found != expected:
        given = f"indices that have a row for {describe(index, vectors, max_words)}"
        raise Mismatch(expected, found, given=given)


# --- coverage -------------------------------------------------------------------------------------

coverage_cell = pytest.mark.grade_cell("test-coverage")


ROUGHLY, EXACTLY = 0.02, 1e-6
"""How far a share may be off. With four words at most, no two shares are nearer than 0.08."""


def compare_coverage(student, index, known, max_words, tolerance=ROUGHLY, fill=1.0):
    """Fail unless coverage gives the reference's share when the ``known`` words have vectors.

    All numbers of these vectors are ``fill``.
    """
    # Words that are no part of the index have vectors too, as most of GloVe's do.
    words = (*sorted(known), "zz", "yy", "xx")
    vectors = {word: np.full(2, fill, np.float32) for word in words}
    share = as_number(student.coverage(index, vectors, max_words), "the result of coverage")
    expected = reference.coverage(index, vectors, max_words)
    given = f"word_index={index}, vectors for {sorted(known)}, max_words={max_words}"
    # Not ">": NaN is neither near nor far.
    if not abs(share - expected) <= tolerance:
        raise Mismatch(expected, share, given=given)


@st.composite
def known_words(draw):
    """A few words in the order of their ranks, and those of them that have vectors."""
    words = draw(WORDS)
    return words, draw(st.sets(st.sampled_from(words)))


@coverage_cell
@pytest.mark.points(1, hint="Divide by the number of words in the index; the share is 0 to 1.")
@given(case=known_words())
@example(case=(["a", "b", "c"], {"b"}))
def test_coverage_is_a_share(student, case):
    """Coverage is the share of the words with a row that have a vector"""
    words, known = case
    index = {word: rank for rank, word in enumerate(words, start=1)}
    # A vector counts whatever it holds.
    compare_coverage(student, index, known, max_words=100, tolerance=EXACTLY, fill=0.0)


@coverage_cell
@pytest.mark.points(1, hint="Leave out words with an index of max_words or more, above and below.")
@given(words=st.lists(st.text("abcd", min_size=1, max_size=3), min_size=3, max_size=4, unique=True))
def test_coverage_stops_at_the_cut(student, words):
    """Words with an index of max_words or more do not count"""
    # The rarest first: the indices decide, not the order of the dictionary.
    index = {word: rank for rank, word in reversed(list(enumerate(words, start=1)))}
    # Of the words that count, all but one have a vector; of the others none, then all.
    max_words = len(words)
    compare_coverage(student, index, set(words[1 : max_words - 1]), max_words)
    compare_coverage(student, index, set(words[1:]), max_words)
    # No word is left: 0.
    compare_coverage(student, index, set(words), 1)


# --- nearest_words --------------------------------------------------------------------------------

nearest_cell = pytest.mark.grade_cell("test-nearest-words")


@st.composite
def unit_circles(draw):
    """Words on the unit circle, no two equally far from the first one, in any order."""
    words = draw(
        st.lists(st.text("abcd", min_size=1, max_size=3), min_size=3, max_size=5, unique=True)
    )
    angles = st.integers(1, 14).map(lambda step: 12 * step)
    turns = draw(st.lists(angles, min_size=len(words) - 1, max_size=len(words) - 1, unique=True))
    sides = draw(st.lists(st.sampled_from([1, -1]), min_size=len(turns), max_size=len(turns)))
    start = draw(st.sampled_from([0, 90, 180, 270]))
    degrees = [start, *(start + turn * side for turn, side in zip(turns, sides, strict=True))]
    around = {word: direction(angle, 2) for word, angle in zip(words, degrees, strict=True)}
    return words[0], dict(draw(st.permutations(list(around.items()))))


def direction(angle, decimals):
    """A vector of length 1 at so many degrees."""
    return np.round([np.cos(np.radians(angle)), np.sin(np.radians(angle))], decimals).astype(
        "float32"
    )


# The cosines differ by 0.0005 and more: enough for float32, not for who rounds them.
CLOSE_BY = {word: direction(angle, 4) for word, angle in {"d": 3, "c": 2, "b": 1, "a": 0}.items()}


def nearest(student, word, vectors, k):
    words = expect_type(
        student.nearest_words(word, vectors, k), (list, tuple), name="the result of nearest_words"
    )
    return list(words)


def compare_nearest(student, word, vectors, k):
    """Fail unless the neighbours come in the reference's order.

    The word itself among them, or one too few or too many, plays no part: that has its own check.
    """
    words = nearest(student, word, vectors, k)
    others = [other for other in words if other != word][:k]
    # One too few is what is left when the word itself is thrown out of the first k.
    expected = reference.nearest_words(word, vectors, k)[: max(len(others), k - 1)]
    if others != expected:
        raise Mismatch(expected, others, given=f"nearest_words({word!r}, {rounded(vectors)}, {k})")


@nearest_cell
@pytest.mark.points(1, hint="Sort by falling similarity: the nearest comes first.")
@given(table=unit_circles(), data=st.data())
def test_nearest_words_come_first(student, table, data):
    """The neighbours come nearest first"""
    word, vectors = table
    k = data.draw(st.integers(2, len(vectors) - 1), label="k")
    compare_nearest(student, word, vectors, k)
    compare_nearest(student, "a", CLOSE_BY, 3)


def stretched(near, middle, far):
    """Three neighbours in this order, with vectors of these lengths."""
    around = {"far": far * direction(48, 2), "near": near * direction(12, 2)}
    return "a", around | {"a": direction(0, 2), "middle": middle * direction(24, 2)}


@nearest_cell
@pytest.mark.points(1, hint="Cosine similarity: divide the dot product by both vectors' lengths.")
@given(table=unit_circles(), data=st.data())
# By the dot product the far one is nearest here, and there by the distance.
@example(table=stretched(0.25, 4, 16), data=None)
@example(table=stretched(16, 4, 0.25), data=None)
def test_direction_decides_who_is_near(student, table, data):
    """Nearness is the cosine similarity: the direction of a vector counts, not its length"""
    word, vectors = table
    if data is not None:
        lengths = st.sampled_from([1.0, 0.25, 4.0, 16.0])
        vectors = {name: vector * data.draw(lengths) for name, vector in vectors.items()}
    compare_nearest(student, word, vectors, len(vectors) - 1)


@nearest_cell
@pytest.mark.points(1, hint="Every word is its own nearest neighbour: leave it out, then take k.")
@given(table=unit_circles(), data=st.data())
def test_k_words_without_the_word_itself(student, table, data):
    """There are k neighbours (or all there are), and the word itself is not among them"""
    word, vectors = table
    k = data.draw(st.integers(1, len(vectors)), label="k")
    compare_choice(student, word, vectors, k)
    # Vectors of the same direction are as near as the word's own, whichever of them comes first.
    twin = {"twin": 2 * vectors[word], "same": vectors[word]}
    for twins in (twin | vectors, vectors | twin):
        compare_choice(student, word, twins, len(twins))


def compare_choice(student, word, vectors, k):
    """Fail unless nearest_words leaves out just the word itself, and finds as many as it can."""
    words = nearest(student, word, vectors, k)
    given = f"nearest_words({word!r}, {rounded(vectors)}, {k})"
    shown = shorten(words)
    expect(word not in words, f"{given} returned the word itself: {shown}.")
    expect(len(words) == min(k, len(vectors) - 1), f"{given} returned {len(words)} words: {shown}.")


# --- analogy --------------------------------------------------------------------------------------

analogy_cell = pytest.mark.grade_cell("test-analogy")

NAMES = st.lists(st.text("abcd", min_size=1, max_size=3), min_size=6, max_size=6, unique=True)


def cosine(x, y):
    return float(x @ y / (np.linalg.norm(x) * np.linalg.norm(y)))


def named(draw, vectors):
    """Six words for three given vectors and three candidates: (a, b, c, candidates), dictionary."""
    words = draw(NAMES)
    table = list(zip(words, [np.asarray(v, np.float32) for v in vectors], strict=True))
    return words, dict(draw(st.permutations(table)))


def difference(seed):
    """a, b, c, then b - a + c itself and the outcomes of two other formulas, far from it."""
    # Not one draw a number: most triples will not do, and NumPy finds one that does much faster.
    random = np.random.default_rng(seed)
    while True:
        a, b, c = random.integers(-4, 5, (3, 3))
        unit_a, unit_b, unit_c = (v / max(np.linalg.norm(v), 1) for v in (a, b, c))
        target, decoys = b - a + c, [a - b + c, unit_b - unit_a + unit_c]
        if not all(np.abs(v).max() > 0.1 for v in (a, b, c, target, *decoys)):
            continue
        # Of the target's length, so that neither dot product nor distance can go astray here.
        decoys = [np.round(v * np.linalg.norm(target) / np.linalg.norm(v), 2) for v in decoys]
        # a, b and c are no better than the target, for those who forget to leave them out.
        others = [a, b, c, *decoys]
        if all(cosine(v, target) < 0.9 and v @ target < 0.9 * target @ target for v in others):
            return [a, b, c, target, *decoys]


@st.composite
def analogies(draw):
    return named(draw, difference(draw(st.integers(0, 9999))))


def in_order(order):
    """Like ``analogies``, with this order of the dictionary, in which ``d`` is the answer."""
    vectors = dict(zip("abcdef", difference(0), strict=True))
    return "abcdef", {word: np.asarray(vectors[word], np.float32) for word in order}


@st.composite
def tempting_analogies(draw):
    """One of a, b and c is the nearest to b - a + c of all."""
    random = np.random.default_rng(draw(st.integers(0, 9999)))
    while True:
        big = random.permutation([6, 0, 0]) * random.choice([1, -1])
        one, two = random.integers(-1, 2, (2, 3))
        if not (one.any() and two.any()):
            continue
        a, b, c = [(big, 2 * big + one, two), (one, big, two), (one, two, big)][random.integers(3)]
        candidates = random.integers(-4, 5, (3, 3))
        near = [cosine(v, b - a + c) for v in candidates if v.any()]
        # One of them not on the other side, which who begins a search at 0 does not see.
        if len(near) == 3 and 0.1 < max(near) < 0.8:
            return named(draw, [a, b, c, *candidates])


NONE_NEAR = (
    "abcdef",
    {
        word: np.array(vector, np.float32)
        for word, vector in zip(
            "abcdef", [(-5, 1), (-2, 1), (-2, 0), (-1, 1), (-1, 3), (-3, 1)], strict=True
        )
    },
)
"""Words and vectors: all lie on the other side of b - a + c, which is (1, 0); e is the nearest."""


@st.composite
def long_and_short_analogies(draw):
    """b - a + c in another length, then a vector nearer by distance and one by dot product."""
    random = np.random.default_rng(draw(st.integers(0, 9999)))
    while True:
        # Three vectors of one length, so that normalising them first makes no difference.
        a, b, c = (random.permutation([1, 2, 3]) * random.choice([1, -1]) for _ in range(3))
        target = b - a + c
        if not target.any() or any(cosine(v, target) > 0.9 for v in (a, b, c)):
            continue
        aside = np.cross(target, random.permutation([1, 0, 0]))
        if aside.any():
            aside = 0.6 * aside * np.linalg.norm(target) / np.linalg.norm(aside)
            answer = target * random.choice([0.25, 3])
            decoys = np.round(target + aside, 2), 5 * (target - aside)
            return named(draw, [a, b, c, answer, *decoys])


def ask_analogy(student, table):
    """The student's word, made sure to be one of the words that have vectors; and the call."""
    (a, b, c, *_), vectors = table
    answer = student.analogy(a, b, c, vectors)
    call = f"analogy({a!r}, {b!r}, {c!r}, {rounded(vectors)})"
    expect(
        isinstance(answer, str) and answer in vectors,
        f"analogy should return one of the words that have vectors, not {shorten(answer)}.",
    )
    return answer, call


@analogy_cell
@pytest.mark.points(1, hint="a is to b as c is to the word nearest to b - a + c.")
@given(table=analogies())
# A search that passes over the first word, or the last.
@example(table=in_order("dabcef"))
@example(table=in_order("abcefd"))
def test_analogy_adds_the_difference(student, table):
    """The answer is the word nearest to b - a + c"""
    answer, call = ask_analogy(student, table)
    expected = reference.analogy(*table[0][:3], table[1])
    if answer != expected:
        raise Mismatch(expected, answer, given=call)


@analogy_cell
@pytest.mark.points(
    1, hint="Leave out all three words, and don't compute with -= or += on a word's own vector."
)
@given(table=tempting_analogies())
def test_analogy_leaves_out_its_words(student, table):
    """None of the three given words is the answer, and their vectors stay unchanged"""
    answer, call = ask_analogy(student, table)
    words, vectors = table
    expect(answer not in words[:3], f"{call} gave {answer!r}, one of the three given words.")
    _, (*_, after) = student.call_and_return_arguments("analogy", *words[:3], vectors)
    expect_unchanged(after, vectors, f"{call} changed vectors")


@analogy_cell
@pytest.mark.needs("test_analogy_adds_the_difference")
@pytest.mark.points(1, hint="Compare by cosine similarity, as in nearest_words.")
@given(table=long_and_short_analogies())
@example(table=NONE_NEAR)
def test_analogy_compares_directions(student, table):
    """The answer is the nearest word by cosine similarity, not by distance or dot product"""
    answer, call = ask_analogy(student, table)
    expected = reference.analogy(*table[0][:3], table[1])
    if answer != expected:
        raise Mismatch(expected, answer, given=call)


# --- messages, and what came from the student -----------------------------------------------------


def rounded(vectors):
    """Vectors as a message shows them."""
    return {word: np.round(vector.astype(float), 6).tolist() for word, vector in vectors.items()}


def expect_unchanged(after, before, what):
    """Fail, beginning with ``what``, unless a dictionary is what it was before the call."""
    now = after if isinstance(after, dict) else {}
    both = before.keys() & now.keys()
    other = [
        word
        for word in {**before, **now}
        if not (word in both and np.array_equal(before[word], now[word]))
    ]
    expect(not other, f"{what}, which should stay unchanged; the difference is at {other[:5]}.")


def from_text(vector):
    """A vector whose numbers are still text as numbers; anything else as it is.

    Which kind of numbers it holds has a check of its own.
    """
    texts = vector.tolist() if isinstance(vector, np.ndarray) else vector
    if not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
        return vector
    try:
        return np.array(texts, dtype=float)
    except ValueError:
        return vector


def as_number(value, name):
    """A number, or an array that is but one, as a number."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    expect_type(value, (int, float), name=name)
    # Of an int that is too large for a float nothing can be computed. (NaN is not larger.)
    expect(not abs(value) > 1e300, f"{name} is far too large.")
    return value


def as_numbers(value, name):
    """An array, or a list that holds what could be one, as an array of numbers."""
    if isinstance(value, list):
        try:
            value = np.array(value, dtype=float)
        except (TypeError, ValueError, OverflowError):
            raise Failure(f"{name} should be an array of numbers.") from None
    return expect_array(value, dtype_kind="iuf", name=name)
