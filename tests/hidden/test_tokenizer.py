"""Hidden checks of tokenizer.ipynb: from review files to padded, split arrays of word numbers.

Where a check is about one step, its inputs are such that mistakes in the other steps cannot show:
texts of lower-case words between single spaces come out alike from every way of splitting. Where
few of the possible inputs show a usual mistake, some of these are explicit examples: no point hangs
on the luck of the draw.
"""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course import reference
from glovebox import Failure, Mismatch, expect, expect_array, expect_type
from glovebox.show import shorten

DIGITS_TO_LETTERS = str.maketrans("0123456789", "abcdefghij")
# Not of one letter: who leaves such words out has made a mistake in split_words only.
WORD = st.text("abcde", min_size=2, max_size=3)
PLAIN_TEXT = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
# Numbers that sort in another way than their digits do.
FILE_NAME = st.builds("{}_{}.txt".format, st.sampled_from([2, 9, 10, 11, 100]), st.integers(1, 9))
# More than the notebook numbers, each once: a for the digit 0, b for 1 and so on.
MANY_WORDS = " ".join(str(number).translate(DIGITS_TO_LETTERS) for number in range(10, 10_060))
# More than any of the results here has in one direction, and more characters than any text.
LARGEST = 3_000
LONGEST = 20_000

# --- read_reviews ---------------------------------------------------------------------------------

read_reviews_cell = pytest.mark.grade_cell("test-read-reviews")


@st.composite
def review_folders(draw, texts):
    """Files of a small review folder: relative name -> text, at least two in neg and two in pos."""
    files = {}
    for kind in ("neg", "pos"):
        names = draw(st.lists(FILE_NAME, min_size=2, max_size=3, unique=True))
        files |= {f"{kind}/{name}": draw(texts) for name in names}
    # Written in any order, so that the order on disk says nothing.
    return dict(draw(st.permutations(list(files.items()))))


# Who looks for "pos" or "neg" in the whole path finds both, as in a folder of one's own.
FOLDER = "pos_and_neg"


def read(student, files):
    """What read_reviews makes of a folder with these files, as two lists."""
    place = student.files({f"{FOLDER}/{name}": content for name, content in files.items()})
    result = student.read_reviews(f"{place}/{FOLDER}")
    expect(
        isinstance(result, (tuple, list)) and len(result) == 2,
        "read_reviews should return two lists: the texts and the labels.",
    )
    texts, labels = (as_list(part, "each of the two results of read_reviews") for part in result)
    expect(
        all(len(text) <= LONGEST for text in texts if isinstance(text, str)),
        "One of the texts that read_reviews returned is far longer than any of the files.",
    )
    return texts, labels


def as_files(files):
    return {name: text.encode("utf-8") for name, text in files.items()}


# Sorted neither by name nor by number nor by rating, nor the other way round, in either folder.
FILES = {
    f"{kind}/{name}.txt": f"{kind} {name}"
    for name in ("10_4", "9_1", "100_3", "2_9", "11_8", "10_2")
    for kind in ("pos", "neg")
}


@read_reviews_cell
@pytest.mark.points(1, hint="Reviews in neg/ have the label 0, those in pos/ the label 1.")
@given(files=review_folders(st.text("abc", min_size=1, max_size=3)))
@settings(max_examples=10)
def test_every_review_has_its_label(student, files):
    """Every review is read and goes with its label"""
    texts, labels = read(student, as_files(files))
    expect(
        len(texts) == len(labels),
        f"read_reviews returned {len(texts)} texts but {len(labels)} labels.",
    )
    floats = [label for label in labels if isinstance(label, float)]
    expect(not floats, f"The labels should be the int 0 and 1, but {floats[:1]} is a float.")
    # In any order: another check looks at that.
    expected = sorted((text, int(name.startswith("pos/"))) for name, text in files.items())
    actual = list(zip(texts, labels, strict=True))
    if sorted(actual, key=repr) != sorted(expected, key=repr):
        given = f"files {files} in a folder named {FOLDER}"
        raise Mismatch(expected, actual, given=given)


@read_reviews_cell
@pytest.mark.points(1, hint="Folders are listed in no particular order: sort the file names.")
@given(files=review_folders(st.text("abc", min_size=1, max_size=3)))
@example(files=FILES)
@settings(max_examples=10)
def test_reviews_come_in_order(student, files):
    """The negative reviews come first, and in each folder the files are sorted by name"""
    texts, _ = read(student, as_files(files))
    expected = [files[name] for name in sorted(files)]
    if texts != expected:
        raise Mismatch(expected, texts, given=f"files {files}")


@read_reviews_cell
@pytest.mark.points(1, hint="Look at how each file name ends before you open the file.")
@given(files=review_folders(st.text("abc", min_size=1, max_size=3)))
@settings(max_examples=10)
def test_only_txt_files_are_read(student, files):
    """Only files whose names end in .txt are reviews"""
    others = "pos/notes.md", "neg/.DS_Store", "pos/7_7.txt.bak", "neg/list_txt", "pos/7_7.TXT"
    for other in others:
        # Bytes that are no UTF-8, as in the index files that some systems leave in a folder.
        texts, _ = read(student, {**as_files(files), other: b"no review \xff\xfe"})
        if sorted(map(repr, texts)) != sorted(map(repr, files.values())):
            raise Mismatch(list(files.values()), texts, given=f"files {[*files, other]}")


@read_reviews_cell
@pytest.mark.points(1, hint='Open the files with encoding="utf-8" and change nothing in the text.')
@given(
    files=review_folders(
        st.lists(st.sampled_from([*"aéñ—好B \t\n", "<br />"]), min_size=1, max_size=4).map("".join)
    )
)
@example(files={"neg/0_1.txt": "First line.\nSecond line,\n\nlast line.\n", "pos/0_8.txt": "a"})
@example(files={"neg/0_1.txt": "a", "pos/0_8.txt": "Über allem:<br /><br />das Ende, 100&nbsp;%."})
@example(files={"neg/0_1.txt": "", "pos/0_8.txt": "a"})
@example(files={"neg/0_1.txt": "As long as reviews get. " * 600, "pos/0_8.txt": "a"})
@example(files={"neg/0_1.txt": "  Spaces  before, between and behind. ", "pos/0_8.txt": "a"})
@settings(max_examples=10)
def test_texts_stay_as_they_are(student, files):
    """The texts are read as UTF-8 and stay as they are"""
    texts, _ = read(student, as_files(files))
    if sorted(map(repr, texts)) != sorted(map(repr, files.values())):
        raise Mismatch(list(files.values()), texts, given=f"UTF-8 files {shorten(files)}")


# --- split_words ----------------------------------------------------------------------------------

split_words_cell = pytest.mark.grade_cell("test-split-words")


def compare_words(student, text):
    """Fail unless split_words makes the same words of the text as the reference."""
    words = as_list(student.split_words(text), "the result of split_words")
    expected = reference.split_words(text)
    if words != expected:
        raise Mismatch(expected, words, given=f"split_words({text!r})")


@split_words_cell
@pytest.mark.points(1, hint='"Great" and "great" are one word: lower-case the text.')
@given(words=st.lists(st.text("abAB", min_size=2, max_size=3), min_size=1, max_size=4))
def test_words_are_lower_case(student, words):
    """Capitals become small letters"""
    compare_words(student, " ".join(words))
    # Whether letters with accents stay at all has a check of its own.
    text, expected = "ÉTÉ Übel", ["été", "übel"]
    words = as_list(student.split_words(text), "the result of split_words")
    if any(isinstance(word, str) and word != word.lower() for word in words):
        raise Mismatch(expected, words, given=f"split_words({text!r})")


@split_words_cell
@pytest.mark.points(1, hint="Each filter character is replaced by a space, not just deleted.")
@given(first=WORD, rest=st.lists(st.tuples(st.sampled_from(reference.FILTERS), WORD), max_size=5))
@example(first="aa", rest=[(separator, "bb") for separator in reference.FILTERS])
@settings(max_examples=40)
def test_filter_characters_separate_words(student, first, rest):
    """Every filter character separates words, as a space does"""
    # One separator at a time, so that no empty words arise: they have a check of their own.
    compare_words(student, first + "".join(separator + word for separator, word in rest))
    # Of a tag the name stays, a word like any other.
    text, expected = "end.<br /><br />so", ["end", "br", "br", "so"]
    words = [word for word in as_list(student.split_words(text), "the result") if word != ""]
    if words != expected:
        raise Mismatch(expected, words, given=f"words in split_words({text!r})")


@split_words_cell
@pytest.mark.points(1, hint="Several spaces in a row, or at the ends, must not give empty words.")
@given(
    words=st.lists(WORD, max_size=3),
    spaces=st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
@example(words=[], spaces=[0, 0, 0, 0])
@example(words=[], spaces=[2, 0, 0, 0])
@example(words=["aa", "bb"], spaces=[0, 1, 0, 0])
def test_no_empty_words(student, words, spaces):
    """There are no empty words, however many spaces there are"""
    parts = [" " * spaces[0]]
    for word, extra in zip(words, spaces[1:], strict=False):
        parts += [word, " " * (1 + extra)]
    compare_words(student, "".join(parts))


@split_words_cell
@pytest.mark.points(
    1, hint='Only FILTERS and the space separate words: use split(" "), not split().'
)
@given(words=st.lists(st.text("a'é9\u00a0", min_size=1, max_size=4), min_size=1, max_size=4))
@example(words=["film's", "straße", "a—b", "a…", "’a", "a\rb", "a\x0bb", "abcdefghij" * 3])
def test_other_characters_stay(student, words):
    """Apostrophes, digits, accented letters and non-breaking spaces stay in their words"""
    compare_words(student, " ".join(words))


# --- build_word_index -----------------------------------------------------------------------------

build_word_index_cell = pytest.mark.grade_cell("test-build-word-index")

DISTINCT_WORDS = st.lists(WORD, min_size=2, max_size=4, unique=True)


def index_of(student, texts):
    """The student's word index of the texts, made sure to map words to numbers."""
    index = expect_type(
        student.build_word_index(texts), dict, name="the result of build_word_index"
    )
    for word, number in index.items():
        if not (isinstance(word, str) and is_whole(number)):
            raise Failure(
                "build_word_index should map words to whole numbers, not "
                f"{shorten(word, 50)} to {shorten(number, 50)}."
            )
    return index


def compare_ranking(student, texts, expected):
    """Fail unless the words, sorted by their numbers, come in the expected order.

    Where the numbers begin plays no part: that has a check of its own.
    """
    index = index_of(student, texts)
    expect(
        len(set(index.values())) == len(index),
        "No two words may share a number, but "
        f"build_word_index({texts!r}) returned {shorten(index)}.",
    )
    ranking = sorted(index, key=lambda word: index[word])
    if ranking != expected:
        raise Mismatch(expected, ranking, given=f"words by rank in build_word_index({texts!r})")


@build_word_index_cell
@pytest.mark.points(1, hint="Sort by falling count: number 1 goes to the most frequent word.")
@given(words=DISTINCT_WORDS, data=st.data())
def test_frequent_words_come_first(student, words, data):
    """The more frequent a word, the smaller its number"""
    # words[0] occurs in every text, words[-1] in the first only, each once a text: counting texts
    # gives the same ranking as counting words, and there are no ties.
    texts = [
        " ".join(data.draw(st.permutations(words[: len(words) - i]), label="text"))
        for i in range(len(words))
    ]
    compare_ranking(student, texts, words)


@build_word_index_cell
@pytest.mark.points(1, hint="Number 0 stays free, it stands for padding: the first rank is 1.")
@given(texts=st.lists(PLAIN_TEXT, max_size=3))
@example(texts=[])
@example(texts=[MANY_WORDS])
def test_numbers_run_from_one(student, texts):
    """The numbers are 1, 2, 3 and so on, one for each distinct word"""
    numbers = sorted(index_of(student, texts).values())
    floats = [number for number in numbers if isinstance(number, float)]
    expect(not floats, f"The numbers should be int, but {floats[:1]} is a float.")
    expected = sorted(reference.build_word_index(texts).values())
    if len(expected) > LARGEST:
        few = f"Of {len(expected)} distinct words {len(numbers)} got a number."
        expect(len(numbers) == len(expected), few)
    if numbers != expected:
        raise Mismatch(expected, numbers, given=f"numbers in build_word_index({texts!r})")


@st.composite
def ties(draw):
    """Texts in which all words are equally frequent, and the words as they first appear."""
    words = draw(DISTINCT_WORDS)
    cut = draw(st.integers(1, len(words) - 1))
    again = draw(st.lists(st.permutations(words).map(" ".join), max_size=1))
    return [" ".join(words[:cut]), " ".join(words[cut:]), *again], words


@build_word_index_cell
@pytest.mark.points(1, hint="Among equally frequent words the one seen first comes first.")
@given(tie=ties())
@example(tie=(["cc aa dd bb"] * 2, ["cc", "aa", "dd", "bb"]))
@example(tie=(["cc aa", "dd bb"], ["cc", "aa", "dd", "bb"]))
@example(tie=(["aa cc", "cc aa"], ["aa", "cc"]))
def test_ties_keep_the_order_of_appearance(student, tie):
    """Words of equal frequency are numbered in the order in which they first appear"""
    texts, words = tie
    compare_ranking(student, texts, words)


@build_word_index_cell
@pytest.mark.points(1, hint="Count every occurrence of a word, also the second one in a review.")
@given(
    words=st.lists(WORD, min_size=2, max_size=2, unique=True),
    reviews=st.integers(2, 3),
    extra=st.integers(1, 2),
    place=st.integers(0, 3),
)
def test_every_occurrence_counts(student, words, reviews, extra, place):
    """A word counts as often as it occurs, not once a review"""
    texts = [words[1]] * reviews
    texts.insert(place, " ".join([words[0]] * (reviews + extra)))
    compare_ranking(student, texts, words)


@build_word_index_cell
@pytest.mark.points(1, hint="Split the texts with split_words before you count.")
@given(
    texts=st.lists(
        st.text("abAB. ,'", min_size=1, max_size=8).map("aa{}".format), min_size=1, max_size=2
    )
)
@example(texts=["aa B", "b,a'b."])
@example(texts=["the end of 7 and it is br in 1984"])
def test_indexed_words_are_split_words(student, texts):
    """The words that get a number are those that split_words finds"""
    words = set(index_of(student, texts))
    expected = {word for text in texts for word in reference.split_words(text)}
    # A mistake in split_words has cost its own points; here its words are as good, if it finds any.
    if words != expected and words != (set().union(*own_words(student, texts)) or None):
        raise Mismatch(expected, words, given=f"words in build_word_index({texts!r})")


# --- texts_to_sequences ---------------------------------------------------------------------------

texts_to_sequences_cell = pytest.mark.grade_cell("test-texts-to-sequences")

WORD_INDEX = st.dictionaries(
    WORD, st.integers(1, 9), min_size=2, max_size=4
).filter(lambda index: len(set(index.values())) == len(index))  # fmt: skip


def sequences_of(student, texts, index, max_words):
    """The student's sequences, made sure to be lists."""
    result = as_list(
        student.texts_to_sequences(texts, index, max_words), "the result of texts_to_sequences"
    )
    sequences = [as_list(sequence, "each sequence") for sequence in result]
    expect(
        not any(isinstance(number, np.ndarray) for sequence in sequences for number in sequence),
        "The sequences should be lists of numbers, but there is an array in one.",
    )
    return sequences


def compare_sequences(student, texts, index, max_words, aspect=list):
    """The student's sequences; fails unless they are the reference's, in this aspect of each."""
    sequences = sequences_of(student, texts, index, max_words)
    expected = reference.texts_to_sequences(texts, index, max_words)
    if [aspect(row) for row in sequences] != [aspect(row) for row in expected]:
        call = f"texts_to_sequences({texts!r}, {index!r}, {max_words})"
        raise Mismatch(expected, sequences, given=call)
    return sequences


@texts_to_sequences_cell
@pytest.mark.points(1, hint="Look each word up in word_index and keep the order of the text.")
@given(index=WORD_INDEX, data=st.data())
def test_words_become_their_numbers(student, index, data):
    """Each text becomes the list of its words' numbers, in order"""
    words = st.lists(st.sampled_from(sorted(index)), min_size=1, max_size=5)
    texts = data.draw(st.lists(words.map(" ".join), max_size=2), label="texts")
    # A text where a word comes again, whatever is drawn.
    sequences = compare_sequences(student, [*texts, " ".join([*index, *index])], index, 100)
    for number in (number for sequence in sequences for number in sequence):
        expect(isinstance(number, int), f"The numbers should be int, but one is {number!r}.")
    # Of long texts, too: cutting them is for pad_sequences.
    lengths = [len(row) for row in sequences_of(student, ["aa " * 2_500], {"aa": 1}, 100)]
    if lengths != [2_500]:
        raise Mismatch([2_500], lengths, given="lengths of the sequences of a text of 2,500 words")


@texts_to_sequences_cell
@pytest.mark.points(1, hint="A word that is not in word_index is left out; it gets no number.")
@given(index=WORD_INDEX, data=st.data())
def test_unknown_words_are_left_out(student, index, data):
    """Words without a number are left out; a text of such words, or none, is an empty list"""
    word = st.sampled_from([*sorted(index), "zz", "yy"])
    text = st.lists(word, min_size=1, max_size=4).map(" ".join)
    texts = data.draw(st.lists(text, max_size=2), label="texts")
    compare_sequences(student, [*texts, min(index), "zz", "", " "], index, 100, which)


@texts_to_sequences_cell
@pytest.mark.points(1, hint="With max_words = 10 the largest number that may stay is 9.")
@given(words=st.lists(WORD, min_size=2, max_size=4, unique=True), data=st.data())
def test_rare_words_are_cut(student, words, data):
    """Words with numbers from max_words on are left out, and only those"""
    # The rarest first: the numbers decide, not the order of the dictionary.
    index = {word: len(words) - place for place, word in enumerate(words)}
    max_words = data.draw(st.integers(2, len(words)), label="max_words")
    # Every word occurs, so those on both sides of the cut do.
    text = " ".join(data.draw(st.permutations(words), label="text"))
    compare_sequences(student, [text], index, max_words, which)


@texts_to_sequences_cell
@pytest.mark.points(1, hint="Split the texts with split_words, as for the word index.")
@given(text=st.text("abAB. ,'", min_size=1, max_size=8).map("aa{}".format))
@example(text="aa B,a'b.")
def test_sequences_use_split_words(student, text):
    """Raw text is split into words as split_words does it"""
    # A mistake in split_words has cost its own points; here its words are as good.
    splits = [reference.split_words(text), *own_words(student, [text])]
    words = dict.fromkeys(word for words in splits for word in words)
    index = {word: n for n, word in enumerate(words, start=1)}
    allowed = [[which([index[word] for word in words])] for words in splits]
    sequences = [which(row) for row in sequences_of(student, [text], index, 100)]
    if sequences not in allowed:
        call = f"numbers that occur in texts_to_sequences({[text]!r}, {index!r}, 100)"
        raise Mismatch(allowed[0], sequences, given=call)


# --- pad_sequences --------------------------------------------------------------------------------

pad_sequences_cell = pytest.mark.grade_cell("test-pad-sequences")

NUMBERS = st.integers(1, 9)


def compare_padded(student, sequences, maxlen):
    """Fail unless the padded sequences hold the reference's numbers, in whatever number type."""
    rows = student.pad_sequences(sequences, maxlen)
    call = f"pad_sequences({sequences!r}, {maxlen})"
    expected = reference.pad_sequences(sequences, maxlen)
    if isinstance(rows, np.ndarray):
        expect_array(rows, shape=expected.shape, dtype_kind="iuf", name=f"the result of {call}")
    rows = [as_list(row, "each row") for row in as_list(rows, "the result of pad_sequences")]
    if rows != expected.tolist():
        raise Mismatch(expected.tolist(), rows, given=call)


def sequences_after(student, sequences, maxlen):
    """What pad_sequences leaves of the lists it was given; what they were, where it fails."""
    try:
        _, (after, *_) = student.call_and_return_arguments("pad_sequences", sequences, maxlen)
    except Failure:
        return sequences
    return after


@pad_sequences_cell
@pytest.mark.points(1, hint="The zeros go in front, so that the end of the review comes last.")
@given(sequences=st.lists(st.lists(NUMBERS, min_size=1, max_size=4), min_size=1, max_size=3))
@example(sequences=[[9_999, 1], [300]])
def test_short_sequences_get_zeros_in_front(student, sequences):
    """Sequences shorter than maxlen are filled with zeros in front"""
    compare_padded(student, sequences, maxlen=4)


@pad_sequences_cell
@pytest.mark.points(1, hint="Cut at the front: of a long review its last maxlen words stay.")
@given(sequences=st.lists(st.lists(NUMBERS, min_size=3, max_size=6), min_size=1, max_size=3))
def test_long_sequences_keep_their_end(student, sequences):
    """Of sequences longer than maxlen the last maxlen numbers are kept"""
    compare_padded(student, sequences, maxlen=3)


@pad_sequences_cell
@pytest.mark.points(1, hint="Make an array with dtype=int and copy into it; change no list.")
@given(
    rows=st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), max_size=3),
    sequences=st.lists(st.lists(NUMBERS, min_size=1, max_size=5), max_size=3),
)
@example(rows=[], sequences=[[7, 8], [1, 2, 3, 4, 5]])
def test_padded_is_an_integer_array(student, rows, sequences):
    """The result is an integer array of shape (sequences, maxlen), and the lists stay unchanged"""
    # Sequences of just the right length: here only the kind of the result counts.
    padded = student.pad_sequences([list(row) for row in rows], 3)
    expect_array(padded, shape=(len(rows), 3), dtype_kind="iu", name="the result of pad_sequences")
    # What may have come into the lists, arrays for instance, is not to be compared with numbers.
    after = sequences_after(student, sequences, 3)
    if repr(after) != repr(sequences):
        raise Mismatch(sequences, after, given="the lists after the call of pad_sequences")


@pad_sequences_cell
@pytest.mark.points(1, hint="Try [[]]: in Python, row[-0:] is the whole row, not an empty part.")
@given(
    before=st.lists(st.tuples(NUMBERS, NUMBERS), max_size=1),
    after=st.lists(st.tuples(NUMBERS, NUMBERS), max_size=1),
)
def test_empty_sequence_becomes_zeros(student, before, after):
    """A review without a known word becomes a row of zeros"""
    compare_padded(student, [list(numbers) for numbers in (*before, (), *after)], maxlen=2)


# --- shuffle_and_split ----------------------------------------------------------------------------

shuffle_and_split_cell = pytest.mark.grade_cell("test-shuffle-and-split")

SEEDS = st.integers(0, 1000)


def samples(n, shape=(2,)):
    """Data and labels of n samples; sample i has an array full of i and the label 100 + i."""
    data = np.repeat(np.arange(n), math.prod(shape)).reshape(n, *shape)
    return data, np.arange(100, 100 + n)


def split(student, n, n_train, n_val, seed, shape=(2,)):
    """The student's four arrays for n samples, made sure to have the right dimensions."""
    result = student.shuffle_and_split(*samples(n, shape), n_train, n_val, seed)
    expect(
        isinstance(result, (tuple, list)) and len(result) == 4,
        "shuffle_and_split should return four arrays: x_train, y_train, x_val, y_val.",
    )
    arrays = [np.asarray(part) if isinstance(part, list) else part for part in result]
    for part, name in zip(arrays, ("x_train", "y_train", "x_val", "y_val"), strict=True):
        expect_array(part, dtype_kind="iuf", name=name)
        wanted = (len(part), *shape) if name.startswith("x") and part.ndim else (part.size,)
        # A list of no samples has become an array of one dimension.
        expect_array(part, shape=wanted if part.size else None, name=name)
        expect(len(part) <= n, f"{name} has {len(part)} samples, but there are only {n} in all.")
    return arrays


@shuffle_and_split_cell
@pytest.mark.points(1, hint="Shuffle the indices once and use them for data and labels alike.")
@given(n=st.integers(4, 9), seed=SEEDS)
@example(n=9, seed=0)
def test_labels_stay_with_their_data(student, n, seed):
    """After the shuffle each sample still has its own label"""
    x_train, y_train, x_val, y_val = split(student, n, n - 2, 2, seed)
    # One sample over and over has its label, too. (Whether each occurs once has its own check.)
    drawn = {*x_train[:, 0].tolist(), *x_val[:, 0].tolist()}
    expect(n < 9 or len(drawn) > 1, f"Of {n} samples the split holds a single one, many times.")
    for x, y in ((x_train, y_train), (x_val, y_val)):
        expect(len(x) == len(y), f"There are {len(x)} samples but {len(y)} labels.")
        expected = x[:, 0] + 100
        if not np.array_equal(y, expected):
            raise Mismatch(expected, y, given=f"labels of the samples {x[:, 0].tolist()}")


@shuffle_and_split_cell
@pytest.mark.points(1, hint="Train on [:n_train], validate on [n_train:n_train + n_val].")
@given(n_train=st.integers(1, 4), n_val=st.integers(1, 4), rest=st.integers(0, 2), seed=SEEDS)
@example(n_train=3, n_val=2, rest=2, seed=0)
@example(n_train=3, n_val=0, rest=1, seed=0)
def test_parts_have_their_sizes_and_share_nothing(student, n_train, n_val, rest, seed):
    """There are n_train and n_val samples, and no sample occurs twice"""
    n = n_train + n_val + rest
    parts = split(student, n, n_train, n_val, seed)
    sizes, expected = [len(part) for part in parts], [n_train, n_train, n_val, n_val]
    call = f"shuffle_and_split of {n} samples with n_train={n_train}, n_val={n_val}"
    if sizes != expected:
        raise Mismatch(expected, sizes, given=f"lengths of the four arrays of {call}")
    drawn = [sample for x in (parts[0], parts[2]) if x.size for sample in x[:, 0].tolist()]
    expect(
        len(set(drawn)) == n_train + n_val, f"{call} drew the samples {drawn}, one of them twice."
    )


@shuffle_and_split_cell
@pytest.mark.points(1, hint="Draw one permutation of all samples, then index with parts of it.")
@given(seed=SEEDS)
@settings(max_examples=5)
def test_shuffled_before_the_split(student, seed):
    """The samples are shuffled before the split, and data and labels stay in their order"""
    # An honest shuffle fails once in 10^11 times: validation is the first 20 of the 40 left.
    x_train, _, x_val, _ = split(student, 60, 20, 20, seed)
    train, validation = x_train[:, 0].tolist(), x_val[:, 0].tolist()
    left = [sample for sample in range(60) if sample not in train]
    of_all = "Of 60 samples in order, exactly the first"
    expect(sorted(train) != list(range(20)), f"{of_all} 20 came into the training set.")
    expect(sorted(train + validation) != list(range(40)), f"{of_all} 40 were used.")
    expect(
        sorted(validation) != left[:20],
        "The validation samples are the first of those that are left, not drawn at random.",
    )
    for part, name in ((train, "training"), (validation, "validation")):
        expect(part != sorted(part), f"The {name} samples are in the order in which they came in.")
    expect_unchanged_order(student, seed)


def expect_unchanged_order(student, seed):
    """Fail if the arrays that were passed are not what they were; they crossed as copies."""
    before = samples(60)
    _, after = student.call_and_return_arguments("shuffle_and_split", *before, 20, 20, seed)
    for was, now, name in zip(before, after, ("data", "labels"), strict=False):
        expect(
            np.array_equal(was, now),
            f"shuffle_and_split changed the array {name} itself; shuffle indices or a copy.",
        )


@shuffle_and_split_cell
@pytest.mark.points(1, hint="Give the seed to the random generator: np.random.default_rng(seed).")
@given(seeds=st.lists(SEEDS, min_size=2, max_size=2, unique=True))
@example(seeds=[0, 1])
@settings(max_examples=5)
def test_seed_decides_the_split(student, seeds):
    """The same seed gives the same split, another seed another one"""
    # Each sample may be an array of any shape.
    first, again, other = (
        split(student, 40, 30, 10, seed, shape=(2, 2)) for seed in (*seeds[:1], *seeds)
    )
    same = [np.array_equal(a, b) for a, b in zip(first, again, strict=True)]
    expect(all(same), f"Two calls with seed {seeds[0]} gave two different splits.")
    expect(
        not np.array_equal(first[0], other[0]),
        f"The seeds {seeds[0]} and {seeds[1]} gave the same split: is the seed used?",
    )


# --- what came from the student -------------------------------------------------------------------


def own_words(student, texts):
    """What the student's own split_words makes of the texts; nothing where it does not work."""
    try:
        lists = [student.split_words(text) for text in texts]
    except Failure:
        return []
    return [words for words in lists if isinstance(words, list) and all(map(is_text, words))]


def as_list(value, name):
    """A list, tuple or array as a list; anything else is the student's mistake."""
    if isinstance(value, np.ndarray):
        # An array of no bytes can still have millions of rows, each of which would become a list.
        expect(
            value.ndim in (1, 2) and max(value.shape) <= LARGEST,
            f"{name} should be a list, but is an array of shape {value.shape}.",
        )
        value = value.tolist()
    return list(expect_type(value, (list, tuple), name=name))


def which(numbers):
    """Which numbers there are: how often and in which order has a check of its own."""
    return sorted(set(numbers)) if all(map(is_whole, numbers)) else numbers


def is_text(value):
    return isinstance(value, str)


def is_whole(value):
    """Whether a value is a whole number, be it an int or a float."""
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return whole and not isinstance(value, bool)
