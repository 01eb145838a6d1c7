"""Reviews: sentences about one invented film, most of them of the review's polarity."""

from dataclasses import dataclass
from math import log
from random import Random

from course.grammar import opinions, plots
from course.grammar.engine import Template, compile_templates
from course.grammar.film import FILM_ENTRIES, NEUTRAL_TABLES, TABLES, Film, invent_film
from course.grammar.tables import Chance, pick

RATINGS = ((1, 2, 3, 4), (7, 8, 9, 10))
"""Stars by label, as in the IMDB data: 1-4 negative, 7-10 positive."""

SHORTEST, TYPICAL_EXTRA, LONGEST = 48, 62.0, 255
"""Words: the shortest target, the mean of what is added to it, the longest target."""

_TYPICAL_CLOSING = 14
"""Words in a closing sentence, about."""

_AGREEING = {1: 0.96, 2: 0.93, 3: 0.87, 4: 0.82, 7: 0.82, 8: 0.87, 9: 0.93, 10: 0.96}
"""The chance that a sentence with an opinion has the polarity of the review, by rating."""


@dataclass(frozen=True)
class Review:
    """One review: its text, its label (0 negative, 1 positive) and its rating (1-4 or 7-10)."""

    text: str
    label: int
    rating: int


def _by_polarity(block: str) -> tuple[tuple[Template, ...], ...]:
    return tuple(compile_templates(block, tables, FILM_ENTRIES) for tables in TABLES)


_PLAIN = _by_polarity(opinions.PLAIN)
_NEGATED = _by_polarity(opinions.NEGATED)
_MIXED = _by_polarity(opinions.MIXED)
_OPENINGS = _by_polarity(opinions.OPENINGS)
_CLOSINGS = _by_polarity(opinions.CLOSINGS)
_PARTING_WORDS = tuple(
    compile_templates(block, NEUTRAL_TABLES, FILM_ENTRIES)
    for block in (opinions.ONLY_BLAME, opinions.ONLY_PRAISE)
)
_CONCESSIONS = [f"{words} " for words in opinions.CONCESSIONS.strip().splitlines()]
_PLAIN_OPENINGS = compile_templates(plots.OPENINGS, NEUTRAL_TABLES, FILM_ENTRIES)
_PLOTS = compile_templates(plots.PLOTS, NEUTRAL_TABLES, FILM_ENTRIES)
_FACTS = compile_templates(plots.FACTS, NEUTRAL_TABLES, FILM_ENTRIES)


def generate_reviews(seed: int, n: int) -> list[Review]:
    """``n`` reviews, negative and positive in turn; the same seed gives the same reviews."""
    chance = Random(seed).random
    return [write_review(index % 2, chance) for index in range(n)]


def write_review(label: int, chance: Chance) -> Review:
    """One review of 40 to 300 words."""
    rating = RATINGS[label][int(chance() * 4)]
    film = invent_film(chance)
    target = min(LONGEST, SHORTEST - TYPICAL_EXTRA * log(1 - chance()))
    writer = _Writer(film, label, _AGREEING[rating], chance)
    writer.write(target)
    return Review(writer.text(), label, rating)


class _Writer:
    """Writes the sentences of one review, none from the same template as a recent one."""

    def __init__(self, film: Film, label: int, agreeing: float, chance: Chance) -> None:
        self._film = film
        self._label = label
        self._agreeing = agreeing
        self._chance = chance
        self._used: list[Template] = []
        self._sentences: list[str] = []
        self._words = 0

    def write(self, target: float) -> None:
        """Add an opening, then plot and opinions up to about ``target`` words, then a closing."""
        chance = self._chance
        self._add(_OPENINGS[self._label] if chance() < 0.4 else _PLAIN_OPENINGS)
        plot_until = target * (0.1 + 0.5 * chance())
        ending = chance()
        last_words = _TYPICAL_CLOSING if ending < 0.6 else 0
        while self._words < target - last_words:
            about_plot = 0.6 if self._words < plot_until else 0.12
            kind = chance()
            if kind < about_plot:
                self._add(_PLOTS if chance() < 0.75 else _FACTS)
            else:
                self._opine()
        if ending < 0.6:
            self._add(_CLOSINGS[self._label])
        if ending < 0.08:
            self._add(_PARTING_WORDS[self._label])

    def _opine(self) -> None:
        chance = self._chance
        agrees = chance() < self._agreeing
        polarity = self._label if agrees else 1 - self._label
        # A sentence against the drift of the review says so.
        lead = "" if agrees else pick(_CONCESSIONS, chance)
        kind = chance()
        if kind < 0.1:
            self._add(_NEGATED[polarity], lead)
        elif kind < 0.22 and agrees:
            self._add(_MIXED[polarity])
        else:
            self._add(_PLAIN[polarity], lead)

    def _add(self, templates: tuple[Template, ...], lead: str = "") -> None:
        template = templates[int(self._chance() * len(templates))]
        while template in self._used[-8:]:
            template = templates[int(self._chance() * len(templates))]
        self._used.append(template)
        sentence = template.fill(self._film, self._chance, lead)
        self._words += sentence.count(" ") + 1
        self._sentences.append(self._mannered(sentence))

    def _mannered(self, sentence: str) -> str:
        """Now and then a sentence is shouted or ends in more than a full stop."""
        whim = self._chance()
        if whim < 0.006:
            return sentence.upper()
        if whim < 0.05 and sentence.endswith("."):
            return sentence[:-1] + ("!" if whim < 0.03 else "...")
        return sentence

    def text(self) -> str:
        """The sentences in one line; some reviews have paragraphs, as HTML line breaks."""
        chance = self._chance
        paragraphs = chance() < 0.4
        parts = [self._sentences[0]]
        for sentence in self._sentences[1:]:
            parts.append("<br /><br />" if paragraphs and chance() < 0.12 else " ")
            parts.append(sentence)
        return "".join(parts)
