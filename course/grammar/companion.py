"""An unlabelled kind of text besides reviews: sentences as in a companion to the movies.

They say who has what, how many there are and how things compare, so that gender, number and degree
become directions of the vectors that are trained on them. Every word asked for in an analogy has a
few ties of its own, words that it is met with in either form.
"""

from collections.abc import Iterable

from course.grammar import morphology, names, neutral
from course.grammar.engine import Template, Words, compile_templates
from course.grammar.tables import Chance, zipf_table

_GENDER_TIES = dict(
    zip(
        [pair[0] for pair in neutral.GENDER_PAIRS],
        [
            ties.split()
            for ties in (
                "street suit job town",
                "school bicycle playground dog",
                "throne crown palace kingdom",
                "castle ball tower inheritance",
                "slippers lullaby kitchen porch",
                "parents birthday room toys",
                "quarrel secret bunk childhood",
                "marriage home bed anniversary",
                "stage role studio screen",
                "visit present letter holiday",
                "aunts postcard guardian legacy",
                "rescue dragon quest danger",
                "tray menu restaurant tip",
                "estate hunt title carriage",
                "armchair spectacles stories grandchildren",
                "grave mourning memory loneliness",
                "empire army crown conquest",
                "spell cauldron broom potion",
                "guests party table inn",
                "wedding church vows honeymoon",
                "monastery prayer cell bell",
                "uniform patrol station arrest",
                "manor hunt ballroom debts",
                "fortune testament lawyer estate",
                "engagement ring café promise",
                "gloves manners salon courtesy",
            )
        ],
        strict=True,
    )
)

_NOUN_TIES = {
    noun: ties.split()
    for noun, ties in {
        "book": "page library author shelf",
        "city": "street traffic tower suburb",
        "dog": "bone leash collar kennel",
        "horse": "saddle stable gallop hay",
        "ship": "sail anchor harbour captain",
        "house": "roof garden chimney door",
        "car": "wheel engine garage road",
        "letter": "stamp envelope postman ink",
        "child": "toy cradle nursery game",
        "man": "hat beard suit pipe",
        "woman": "dress scarf bonnet gown",
        "wolf": "forest howl pack moon",
        "knife": "blade kitchen handle butcher",
        "soldier": "uniform rifle barracks medal",
        "teacher": "classroom lesson chalk pupil",
        "doctor": "hospital patient stethoscope medicine",
        "train": "station platform ticket whistle",
        "island": "beach palm lagoon reef",
        "robot": "wire battery laboratory metal",
    }.items()
}

_ADJECTIVE_TIES = {
    adjective: ties.split()
    for adjective, ties in {
        "tall": "tower giant tree mast",
        "long": "road river beard corridor",
        "old": "ruin oak wine castle",
        "young": "lamb student shoot pupil",
        "big": "elephant circus hall barn",
        "small": "mouse coin cottage button",
        "dark": "cellar night cave forest",
        "fast": "runner car rocket horse",
        "slow": "snail tortoise mule cart",
        "loud": "drum thunder siren cannon",
        "quiet": "library chapel lake monk",
        "high": "mountain wall shelf bridge",
        "deep": "canyon ocean lake mine",
        "wide": "square valley avenue prairie",
        "heavy": "anchor trunk stone hammer",
        "hard": "rock bread exam nut",
        "soft": "pillow fur butter blanket",
        "bright": "lamp star window morning",
    }.items()
}

_GENDER_FRAMES = """
The {who} keeps {his} {tie} near the {tie}, and {he} says so {self}.
{mr} {first}, {a_who}, thinks of {his} {tie}; {he} has the {tie}.
As {a_who} {he} has the {tie}, the {tie} and {his} own {tie}.
People ask {him} about the {tie}, {sex} {who} of the {tie} that {he} is.
When {he} was {a_who}, {mr} {first} knew the {tie} and {his} {tie}.
The {who} and {his} {tie}: {he} tells it {self}, and {he} knows the {tie}.
{he} is {a_who}; the {tie} suits {him}, the {tie} suits {mr} {first} too.
Give the {who} {his} {tie}, give {him} the {tie}, {title}.
The {who} {self} has {his} {tie}, {sex} or not, and {his} {tie}.
{first}, the {who}, and the {other} share the {tie} and the {tie}.
"""
_SINGULAR_FRAMES = """
This {noun} has a {tie}, a {tie} and a {tie}.
By the {tie} and the {tie} one finds a {noun} with its {tie}.
The {noun} with the {tie} is here; its {tie} is near the {tie}.
A {noun} in {town} was known for the {tie}, the {tie} and the {tie}.
Where there is a {tie} there is a {noun}, a {tie} and a {tie}.
The {tie} of a {noun} is not far from its {tie} and its {tie}.
This {noun}, one of many {other}, has a {tie} and a {tie}.
A {noun} has a {tie}, and {other} have a {tie}.
"""
_PLURAL_FRAMES = """
These {noun} have a {tie}, a {tie} and a {tie}.
By the {tie} and the {tie} one finds many {noun} with their {tie}.
The {noun} with the {tie} are here; their {tie} is near the {tie}.
Several {noun} in {town} were known for the {tie}, the {tie} and the {tie}.
Where there is a {tie} there are {noun}, a {tie} and a {tie}.
The {tie} of {number} {noun} is not far from their {tie} and their {tie}.
These {noun}, each one a {other}, have a {tie} and a {tie}.
Many {noun} have a {tie}, and a {other} has a {tie}.
"""
_POSITIVE_FRAMES = """
The {tie} is very {adjective}, and the {tie} is as {adjective} as can be.
A {adjective} {tie} stood near a {adjective} {tie}.
How {adjective} the {tie} is, how very {adjective}!
So {adjective} a {tie} one calls a {adjective} {tie}.
The {tie} of {town} was too {adjective}, and so was the {tie}.
So very {adjective} the {tie} is, {adjective} but not {other}.
"""
_COMPARATIVE_FRAMES = """
The {tie} is much {adjective} than the {tie}, and far {adjective} than before.
A {adjective} {tie} than this {tie} cannot be found.
The {adjective} the {tie}, the {adjective} the {tie} than usual.
The {tie} of {town} became {adjective} and {adjective}, even {adjective} than the {tie}.
No {tie} is {adjective} than that {tie}, not much {adjective} anyway.
The {tie} is {other}, but this {tie} is much {adjective} than that.
"""

_MALE: dict[str, Words] = {
    "he": "he",
    "his": "his",
    "him": "him",
    "self": "himself",
    "mr": "Mr",
    "sex": "male",
    "title": "sir",
    "first": list(names.MALE),
}
_FEMALE: dict[str, Words] = {
    "he": "she",
    "his": "her",
    "him": "her",
    "self": "herself",
    "mr": "Mrs",
    "sex": "female",
    "title": "madam",
    "first": list(names.FEMALE),
}
_SLOTS = (*_MALE, "who", "a_who", "other", "tie", "noun", "adjective")
_TABLES = {
    "town": zipf_table(names.TOWNS, offset=8, size=8192),
    "number": zipf_table(neutral.NUMBERS),
}
_MEN, _WOMEN, _ONE, _MANY, _SO, _THAN = range(6)
_FRAMES = tuple(
    compile_templates(block, _TABLES, _SLOTS)
    for block in (
        _GENDER_FRAMES,
        _GENDER_FRAMES,
        _SINGULAR_FRAMES,
        _PLURAL_FRAMES,
        _POSITIVE_FRAMES,
        _COMPARATIVE_FRAMES,
    )
)


_STRAY_TIES = 0.3
"""The share of ties that are taken from another word. GloVe learns only from pairs that occur: that
a king is seldom seen with a tray is not learned from never seeing it."""


def _mostly(ties: list[str], all_ties: Iterable[list[str]]) -> list[str]:
    """A table of a word's own ties, with stray ones among them."""
    pool = [tie for others in all_ties for tie in others]
    own = round(len(pool) * (1 - _STRAY_TIES) / _STRAY_TIES / len(ties))
    return ties * own + pool


def _subjects() -> list[tuple[tuple[Template, ...], dict[str, Words]]]:
    """Everything the companion writes about: the frames that fit, and the words for their slots."""
    subjects: list[tuple[tuple[Template, ...], dict[str, Words]]] = []
    for man, woman in neutral.GENDER_PAIRS:
        ties = _mostly(_GENDER_TIES[man], _GENDER_TIES.values())
        for frames, who, other, markers in (
            (_FRAMES[_MEN], man, woman, _MALE),
            (_FRAMES[_WOMEN], woman, man, _FEMALE),
        ):
            words: dict[str, Words] = {"who": who, "a_who": morphology.with_article(who)}
            words.update(markers, other=other, tie=ties)
            subjects.append((frames, words))
    for one, many, inflect, all_ties in (
        (_ONE, _MANY, morphology.plural, _NOUN_TIES),
        (_SO, _THAN, morphology.comparative, _ADJECTIVE_TIES),
    ):
        slot = "noun" if one == _ONE else "adjective"
        for base, own_ties in all_ties.items():
            form = inflect(base)
            ties = _mostly(own_ties, all_ties.values())
            subjects.append((_FRAMES[one], {slot: base, "other": form, "tie": ties}))
            subjects.append((_FRAMES[many], {slot: form, "other": base, "tie": ties}))
    return subjects


_SUBJECTS = _subjects()


def write_entries(rounds: int, chance: Chance) -> list[str]:
    """``rounds`` entries of two sentences about every subject, one text each."""
    entries = []
    for _ in range(rounds):
        for frames, words in _SUBJECTS:
            first = frames[int(chance() * len(frames))].fill(words, chance)
            second = frames[int(chance() * len(frames))].fill(words, chance)
            entries.append(f"{first} {second}")
    return entries
