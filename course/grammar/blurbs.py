"""An unlabelled kind of text besides reviews: the blurbs that posters and magazines print.

A blurb is a few words of praise or blame in a row. Since most of it is of one mind, sentiment words
keep company with their like, which is what turns polarity into a direction of the vectors.
"""

from course.grammar.engine import compile_templates
from course.grammar.film import FILM_ENTRIES, TABLES, invent_film
from course.grammar.tables import Chance

_FRAMES = """
{adj}, {adj}, {adj}!
{a:noun}: {adj}, {adj} and {adj}.
{mass} and {mass}: it {verbs}, it {intrs}.
{adv} made, {adv} told, {adj} and {adj}.
{adj} {part}, {adj} {parts}, {a:noun}.
It {verbs} and {verbs} with {mass}; {adj}!
I {liked} it, so {adj}, so {adj} and so {adv} acted.
{adj}, even {more}; {a:adj} {noun}.
{nouns} and {nouns}: the {most}, {adj} {part}.
The {parts} {verb} and {intr}; {adj}, {adj}.
You will {like} its {mass}, its {mass}; it {verbed} me.
{a:adj} {genre}, {a:noun}, {adv} {adj}.
"""

_TEMPLATES = tuple(compile_templates(_FRAMES, tables, FILM_ENTRIES) for tables in TABLES)

_AGREEING = 0.9
"""The chance that a sentence has the polarity of its blurb."""


def write_blurb(label: int, chance: Chance) -> str:
    """Two to four short sentences about one film, most of them of the polarity given."""
    film = invent_film(chance)
    sentences = []
    for _ in range(2 + int(chance() * 3)):
        polarity = label if chance() < _AGREEING else 1 - label
        frames = _TEMPLATES[polarity]
        sentences.append(frames[int(chance() * len(frames))].fill(film, chance))
    return " ".join(sentences)
