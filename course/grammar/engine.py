"""Sentence templates: compiled once, then filled with words drawn at random.

A template is a sentence with slots in braces: ``The {part} is {adj}.`` A slot is drawn from a
table of words, or looked up in the film under review (its title, its hero, the words of its topic).
A slot that starts with ``a:`` comes with its indefinite article, one with ``-`` has the opposite
polarity.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.grammar.morphology import with_article
from course.grammar.tables import Chance

Words = str | list[str]

_SLOT = re.compile(r"\{([^}]+)\}")
_ATTEMPTS = 4


@dataclass(frozen=True)
class Template:
    """A sentence cut at its slots: a %-format, and where each slot's word comes from."""

    format: str
    sources: tuple[Words, ...]
    """A table to draw from, or the name of an entry of the film."""

    def fill(self, film: Mapping[str, Words], chance: Chance, lead: str = "") -> str:
        """The sentence after its lead-in; no drawn word comes twice if it can be helped."""
        for _ in range(_ATTEMPTS):
            words = []
            drawn = set()
            repeated = False
            for source in self.sources:
                entry = film[source] if isinstance(source, str) else source
                if isinstance(entry, str):
                    words.append(entry)
                    continue
                word = entry[int(chance() * len(entry))]
                repeated = repeated or word in drawn
                drawn.add(word)
                words.append(word)
            if not repeated:
                break
        sentence = lead + self.format % tuple(words)
        return sentence[0].upper() + sentence[1:]


def compile_templates(
    block: str, tables: Mapping[str, list[str]], film_entries: Sequence[str]
) -> tuple[Template, ...]:
    """One template for each line of the block. Raises ValueError for a slot that nothing fills."""
    return tuple(
        _compile(line.strip(), tables, film_entries) for line in block.splitlines() if line.strip()
    )


def _compile(line: str, tables: Mapping[str, list[str]], film_entries: Sequence[str]) -> Template:
    sources: list[Words] = []
    for name in _SLOT.findall(line):
        if name in tables:
            sources.append(tables[name])
        elif name in film_entries:
            sources.append(name)
        else:
            raise ValueError(f"the template {line!r} has a slot {name!r} that nothing fills")
    text = _SLOT.sub("%s", line)
    if not text.startswith(("I ", "%s")):
        # The capital is put back when the sentence is filled, unless a lead-in comes before it.
        text = text[0].lower() + text[1:]
    return Template(text, tuple(sources))


def with_articles(tables: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The tables, and each once more under ``a:name`` with indefinite articles."""
    result = dict(tables)
    for name, words in tables.items():
        articled = {word: with_article(word) for word in words}
        result[f"a:{name}"] = [articled[word] for word in words]
    return result
