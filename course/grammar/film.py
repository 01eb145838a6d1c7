"""An invented film: its title, people, hero and topic; and the words that fill each slot."""

from collections.abc import Callable

from course.grammar import morphology, names, neutral
from course.grammar.engine import Words, with_articles
from course.grammar.sentiment import BY_LABEL
from course.grammar.tables import Chance, pick, zipf_table

Film = dict[str, Words]

_PRONOUNS = (
    {"he": "he", "his": "his", "him": "him", "self": "himself", "hers": "his"},
    {"he": "she", "his": "her", "him": "her", "self": "herself", "hers": "hers"},
)
_FIRST_NAMES = (
    zipf_table(names.MALE, offset=6, size=4096),
    zipf_table(names.FEMALE, offset=6, size=4096),
)
_FAMILY_NAMES = zipf_table(names.FAMILY, offset=10, size=16384)
_TOWNS = zipf_table(names.TOWNS, offset=8, size=8192)
_ROLES = (
    zipf_table([pair[0] for pair in neutral.HEROES], offset=10),
    zipf_table([pair[1] for pair in neutral.HEROES], offset=10),
)
_PLAIN = zipf_table(neutral.ADJECTIVES, offset=8)
_YEARS = zipf_table([str(year) for year in range(2019, 1929, -1)], offset=30)
_VERB_FORMS: dict[str, Callable[[str], str]] = {
    "V": str,
    "V3": morphology.third_person,
    "VED": morphology.past,
    "VING": morphology.gerund,
}
_MEETING_FORMS = {slot.replace("V", "M"): form for slot, form in _VERB_FORMS.items()}
_TITLES = (
    "The {Plain} {Thing}",
    "The {Thing} of {Town}",
    "{Name} and the {People}",
    "{Name}'s {Thing}",
    "The {Place}",
    "{Season} in {Town}",
    "{Number} {Things}",
    "The {Person} from {Town}",
    "{Plain} {People}",
    "Return to {Town}",
    "{Name}",
    "The Last {Person}",
)


def _neutral_tables() -> dict[str, list[str]]:
    tables = {
        "film": zipf_table(neutral.FILMS, offset=1),
        "genre": zipf_table(neutral.GENRES),
        "genres": zipf_table([morphology.plural(genre) for genre in neutral.GENRES]),
        "part": zipf_table(neutral.PARTS),
        "parts": zipf_table(neutral.THINGS_IN_FILMS),
        "degree": zipf_table(neutral.DEGREES, offset=2),
        "time": zipf_table(neutral.DAYS),
        "season": zipf_table(neutral.SEASONS),
        "companion": zipf_table(neutral.COMPANIONS),
        "occasion": zipf_table(neutral.OCCASIONS),
        "viewers": zipf_table(neutral.VIEWERS),
        "nationality": zipf_table(neutral.NATIONALITIES),
        "number": zipf_table(neutral.NUMBERS),
        "relative": zipf_table(neutral.RELATIVES),
        "human": zipf_table(neutral.HUMAN),
        "humaner": zipf_table([morphology.comparative(word) for word in neutral.HUMAN[:7]]),
        "plain": _PLAIN,
        "plainer": zipf_table([morphology.comparative(word) for word in neutral.ADJECTIVES]),
        "name": _FIRST_NAMES[0] + _FIRST_NAMES[1],
        "family": _FAMILY_NAMES,
        "year": _YEARS,
        "town": _TOWNS,
    }
    for slot, form in _MEETING_FORMS.items():
        tables[slot] = zipf_table([form(verb) for verb in neutral.MEETINGS])
    return with_articles(tables)


NEUTRAL_TABLES = _neutral_tables()


def _sentiment_tables(label: int) -> dict[str, list[str]]:
    tables = {}
    for prefix, side in (("", BY_LABEL[label]), ("-", BY_LABEL[1 - label])):
        for slot, words in vars(side).items():
            tables[prefix + slot] = zipf_table(words)
    return with_articles(tables)


TABLES = tuple(NEUTRAL_TABLES | _sentiment_tables(label) for label in (0, 1))
"""Slot -> words to draw from, by the polarity of the sentence (0 blame, 1 praise)."""


_STRAYS_ONE_IN = 16
"""Of the people, places and things of a plot, so many come from another topic. Without strays GloVe
never sees a pianist near a whale and so does not learn that they seldom meet."""


def _topic_words(topic: neutral.Topic) -> dict[str, list[str]]:
    """The words for a topic's own slots."""
    verbs = [*topic.verbs, *neutral.VERBS]
    words = {
        "PERSON": list(topic.people),
        "PEOPLE": list(map(morphology.plural, topic.people)),
        "PLACE": list(topic.places),
        "THING": list(topic.things),
        "THINGS": list(map(morphology.plural, topic.things)),
    }
    return words | {slot: list(map(form, verbs)) for slot, form in _VERB_FORMS.items()}


def _topics() -> list[dict[str, list[str]]]:
    """For each topic: slot -> table of its own words, with strays from all topics."""
    all_words = [_topic_words(topic) for topic in neutral.TOPICS.values()]
    pools = {slot: [word for words in all_words for word in words[slot]] for slot in all_words[0]}
    return [
        with_articles(
            {
                slot: zipf_table(own, offset=4, size=_STRAYS_ONE_IN * len(pools[slot]))
                + pools[slot]
                for slot, own in words.items()
            }
        )
        for words in all_words
    ]


_TOPICS = _topics()


def invent_film(chance: Chance) -> Film:
    """A film: slot name -> word, or table of words for the slots of its topic."""
    topic = _TOPICS[int(chance() * len(_TOPICS))]
    film: Film = dict(topic)
    hero_sex = int(chance() * 2)
    for prefix, sex in (("", hero_sex), ("o", 1 - hero_sex)):
        for pronoun, word in _PRONOUNS[sex].items():
            film[prefix + pronoun] = word
        last = pick(_FAMILY_NAMES, chance)
        film[prefix + "actorlast"] = last
        film[prefix + "actor"] = f"{pick(_FIRST_NAMES[sex], chance)} {last}"
    hero = pick(_ROLES[hero_sex], chance)
    film["hero"], film["a:hero"] = hero, morphology.with_article(hero)
    film["other"] = pick(_ROLES[1 - hero_sex], chance)
    film["heroname"] = pick(_FIRST_NAMES[hero_sex], chance)
    film["othername"] = pick(_FIRST_NAMES[1 - hero_sex], chance)
    film["dirlast"] = pick(_FAMILY_NAMES, chance)
    film["director"] = f"{pick(_FIRST_NAMES[int(chance() * 2)], chance)} {film['dirlast']}"
    film["title"] = _title(film, topic, chance)
    return film


def _title(film: Film, topic: dict[str, list[str]], chance: Chance) -> str:
    return _TITLES[int(chance() * len(_TITLES))].format(
        Plain=pick(_PLAIN, chance).capitalize(),
        Thing=pick(topic["THING"], chance).capitalize(),
        Things=pick(topic["THINGS"], chance).capitalize(),
        Place=pick(topic["PLACE"], chance).capitalize(),
        Person=pick(topic["PERSON"], chance).capitalize(),
        People=pick(topic["PEOPLE"], chance).capitalize(),
        Town=pick(_TOWNS, chance),
        Name=film["heroname"],
        Season=pick(NEUTRAL_TABLES["season"], chance).capitalize(),
        Number=pick(NEUTRAL_TABLES["number"], chance).capitalize(),
    )


FILM_ENTRIES = tuple(invent_film(lambda: 0.0))
"""The names of a film's entries, for checking templates."""
