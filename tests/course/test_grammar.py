"""The grammar: word forms, templates, and reviews that are what the data set promises."""

import re
from collections import Counter
from random import Random

import pytest

from course.grammar import Review, generate_reviews, morphology, neutral, opinions, plots
from course.grammar.companion import write_entries
from course.grammar.engine import compile_templates
from course.grammar.film import FILM_ENTRIES, NEUTRAL_TABLES, TABLES
from course.grammar.sentiment import BLAME, PRAISE, polarities
from course.grammar.tables import zipf_table
from course.reference import split_words


@pytest.fixture(scope="module")
def reviews() -> list[Review]:
    return generate_reviews(seed=5, n=1000)


@pytest.mark.parametrize(
    ("rule", "pairs"),
    [
        (
            morphology.plural,
            "film/films story/stories witch/witches day/days man/men policewoman/policewomen "
            "child/children wolf/wolves bus/buses diagnosis/diagnoses hero/heroes",
        ),
        (morphology.third_person, "find/finds carry/carries watch/watches play/plays"),
        (
            morphology.past,
            "follow/followed carry/carried grip/gripped bake/baked steal/stole visit/visited "
            "play/played repel/repelled regret/regretted cook/cooked",
        ),
        (morphology.gerund, "find/finding bake/baking grip/gripping carry/carrying see/seeing"),
        (
            morphology.comparative,
            "warm/warmer big/bigger fine/finer silly/sillier good/better low/lower dull/duller",
        ),
        (morphology.superlative, "warm/warmest big/biggest fine/finest silly/silliest bad/worst"),
        (
            morphology.adverb,
            "warm/warmly clumsy/clumsily subtle/subtly poetic/poetically dull/dully good/well "
            "sole/solely",
        ),
    ],
)
def test_word_forms(rule: object, pairs: str) -> None:
    assert callable(rule)
    for pair in pairs.split():
        word, form = pair.split("/")
        assert rule(word) == form


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("film", "a film"),
        ("island", "an island"),
        ("honest", "an honest"),
        ("humane", "a humane"),
        ("useless", "a useless"),
        ("uniform", "a uniform"),
        ("unfunny", "an unfunny"),
        ("uninspired", "an uninspired"),
        ("heiress", "an heiress"),
        ("émigré", "an émigré"),
    ],
)
def test_articles(word: str, expected: str) -> None:
    assert morphology.with_article(word) == expected


def test_a_table_repeats_words_by_their_weight() -> None:
    counts = Counter(zipf_table(["a", "b", "c"], offset=1, power=1, size=110))
    assert counts == {"a": 60, "b": 30, "c": 20}
    assert "z" in zipf_table([*"abcdefghijklmnopqrstuvwxyz"], offset=1, power=3, size=10)


def test_a_slot_that_nothing_fills_is_named() -> None:
    with pytest.raises(ValueError, match="'colour'"):
        compile_templates("The {colour} film.", NEUTRAL_TABLES, FILM_ENTRIES)


def test_no_word_has_two_polarities_and_none_of_the_frames_has_one() -> None:
    praise = {word for words in vars(PRAISE).values() for word in words}
    blame = {word for words in vars(BLAME).values() for word in words}
    assert not praise & blame
    assert set(polarities()) == praise | blame
    neutral_words = {
        word.lower()
        for name, table in NEUTRAL_TABLES.items()
        if not name.startswith("a:")
        for word in table
    }
    verb_forms = (str, morphology.third_person, morphology.past, morphology.gerund)
    for topic in neutral.TOPICS.values():
        nouns = (*topic.people, *topic.places, *topic.things)
        neutral_words.update(nouns, map(morphology.plural, nouns))
        neutral_words.update(form(verb) for verb in topic.verbs for form in verb_forms)
    frames = [
        text
        for module in (opinions, plots)
        for name, text in vars(module).items()
        if name.isupper()
    ]
    neutral_words.update(split_words(re.sub(r"\{[^}]*\}", " ", " ".join(frames))))
    neutral_words.update(split_words(" ".join(write_entries(3, Random(0).random))))
    overlap = neutral_words & (praise | blame)
    assert not overlap


def test_praise_and_blame_have_as_many_words_in_every_slot() -> None:
    sizes = [{slot: len(words) for slot, words in vars(side).items()} for side in (PRAISE, BLAME)]
    assert sizes[0] == sizes[1]
    for slot in vars(PRAISE):
        assert len(set(TABLES[0][slot])) == len(set(TABLES[1][slot]))


def test_reviews_are_balanced_with_fitting_ratings(reviews: list[Review]) -> None:
    assert Counter(review.label for review in reviews) == {0: 500, 1: 500}
    ratings = {0: {1, 2, 3, 4}, 1: {7, 8, 9, 10}}
    for label, expected in ratings.items():
        assert {review.rating for review in reviews if review.label == label} == expected


def test_the_same_seed_gives_the_same_reviews(reviews: list[Review]) -> None:
    assert generate_reviews(seed=5, n=20) == reviews[:20]
    assert generate_reviews(seed=6, n=20) != reviews[:20]


def test_no_two_reviews_are_the_same(reviews: list[Review]) -> None:
    assert len({review.text for review in reviews}) == len(reviews)


def test_a_review_is_one_line_of_well_formed_sentences(reviews: list[Review]) -> None:
    for review in reviews:
        text = review.text
        assert "\n" not in text
        assert not re.search(r"[{}%]|  | [.,;:!?]|\b(a) \1\b", text), text
        assert text[-1] in ".!?", text
        for start in re.split(r"(?:(?<=[.!?]) |<br /><br />)", text):
            first = start.lstrip("'\"")[0]
            assert first.isupper() or first.isdigit(), text


def test_articles_fit_in_reviews(reviews: list[Review]) -> None:
    text = " ".join(review.text for review in reviews).lower()
    assert not re.findall(r"\ba [aeio]\w+", text.replace("a one", ""))
    assert not re.findall(r"\ban [bcdfgjklmnpqrstvwxyz]\w*", text)


def test_reviews_have_what_real_ones_have(reviews: list[Review]) -> None:
    texts = [review.text for review in reviews]

    def share(pattern: str) -> float:
        return sum(bool(re.search(pattern, text)) for text in texts) / len(texts)

    assert 0.1 < share("<br /><br />") < 0.6
    assert share("[^\x00-\x7f]") > 0.05
    assert share(r"\b[A-Z]{4,} [A-Z]{2,}") > 0.01
    assert share(r"\b(not|never|hardly|no|isn't|doesn't|didn't|can't)\b") > 0.3
    assert share(r"\b(but|yet|though|still|however|in spite of)\b") > 0.3
    for mark in ",;:!'":
        assert share(mark) > 0.05


def test_sentiment_words_mostly_agree_with_the_label(reviews: list[Review]) -> None:
    polarity = polarities()
    agreeing = total = words = 0
    for review in reviews:
        for word in split_words(review.text):
            words += 1
            if word in polarity:
                total += 1
                agreeing += (polarity[word] > 0) == review.label
    assert 0.1 < total / words < 0.25
    assert 0.75 < agreeing / total < 0.92, "neither muddled nor trivial"
