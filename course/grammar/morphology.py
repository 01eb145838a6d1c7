"""English word forms by rule: plurals, verb forms, comparatives, adverbs, articles.

The rules are those of a school grammar, with tables for the irregular words that the lexicon uses.
"""

_VOWELS = "aeiou"

_PLURALS = {
    "child": "children",
    "wife": "wives",
    "knife": "knives",
    "thief": "thieves",
    "wolf": "wolves",
    "loaf": "loaves",
    "goose": "geese",
    "hero": "heroes",
    "sheep": "sheep",
    "diagnosis": "diagnoses",
    "shambles": "shambles",
}

_PASTS = {
    "break": "broke",
    "buy": "bought",
    "catch": "caught",
    "choose": "chose",
    "dig": "dug",
    "draw": "drew",
    "drive": "drove",
    "feed": "fed",
    "fight": "fought",
    "find": "found",
    "forget": "forgot",
    "freeze": "froze",
    "hear": "heard",
    "hide": "hid",
    "keep": "kept",
    "leave": "left",
    "light": "lit",
    "lose": "lost",
    "meet": "met",
    "read": "read",
    "ride": "rode",
    "sell": "sold",
    "send": "sent",
    "sing": "sang",
    "steal": "stole",
    "swing": "swung",
    "teach": "taught",
    "throw": "threw",
    "win": "won",
    "write": "wrote",
}

_COMPARATIVES = {
    "good": ("better", "best"),
    "bad": ("worse", "worst"),
}

_DOUBLING = ("abhor", "forget", "program", "regret", "repel", "shovel")
"""Verbs of two syllables that double their last letter."""

_ADVERBS = {"good": "well"}


def plural(noun: str) -> str:
    """The plural: film -> films, story -> stories, witch -> witches, man -> men."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("man"):
        return noun[:-3] + "men"
    return noun + "s" if not _hisses(noun) and not _ends_in_y(noun) else _with_es(noun)


def third_person(verb: str) -> str:
    """The form after "she": find -> finds, carry -> carries, watch -> watches, go -> goes."""
    if verb.endswith("o"):
        return verb + "es"
    return verb + "s" if not _hisses(verb) and not _ends_in_y(verb) else _with_es(verb)


def past(verb: str) -> str:
    """The simple past: follow -> followed, carry -> carried, grip -> gripped, find -> found."""
    if verb in _PASTS:
        return _PASTS[verb]
    if verb.endswith("e"):
        return verb + "d"
    return _stem(verb) + "ed"


def gerund(verb: str) -> str:
    """The -ing form: find -> finding, make -> making, grip -> gripping, carry -> carrying."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return (_stem(verb) if not verb.endswith("y") else verb) + "ing"


def comparative(adjective: str) -> str:
    """The comparative of a short adjective: warm -> warmer, big -> bigger, good -> better."""
    if adjective in _COMPARATIVES:
        return _COMPARATIVES[adjective][0]
    return adjective + "r" if adjective.endswith("e") else _stem(adjective) + "er"


def superlative(adjective: str) -> str:
    """The superlative of a short adjective: warm -> warmest, big -> biggest, good -> best."""
    if adjective in _COMPARATIVES:
        return _COMPARATIVES[adjective][1]
    return adjective + "st" if adjective.endswith("e") else _stem(adjective) + "est"


def adverb(adjective: str) -> str:
    """The adverb: warm -> warmly, clumsy -> clumsily, subtle -> subtly, poetic -> poetically."""
    if adjective in _ADVERBS:
        return _ADVERBS[adjective]
    if _ends_in_y(adjective):
        return adjective[:-1] + "ily"
    if adjective.endswith("le") and adjective[-3] not in _VOWELS:
        return adjective[:-1] + "y"
    if adjective.endswith("ll"):
        return adjective + "y"
    return adjective + ("ally" if adjective.endswith("ic") else "ly")


def with_article(word: str) -> str:
    """The word after its indefinite article: a film, an island, an honest man, a useful clue."""
    sounds_like_vowel = word[0].lower() in "aeiouéå" and not word.startswith(("unif", "use", "one"))
    return (
        "an " if sounds_like_vowel or word.startswith(("hono", "hone", "heir")) else "a "
    ) + word


def _hisses(word: str) -> bool:
    return word.endswith(("s", "x", "z", "ch", "sh"))


def _ends_in_y(word: str) -> bool:
    """Whether the word ends in y after a consonant, where the y changes to i."""
    return word.endswith("y") and word[-2] not in _VOWELS


def _with_es(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word + "es"


def _stem(word: str) -> str:
    """What an ending that starts with a vowel is put after: carri-, gripp-, warm-."""
    if _ends_in_y(word):
        return word[:-1] + "i"
    one_syllable = sum(letter in _VOWELS for letter in word) == 1
    closed = len(word) > 2 and word[-2] in _VOWELS and word[-1] not in _VOWELS + "wxy"
    doubles = (one_syllable and closed) or word in _DOUBLING
    return word + word[-1] if doubles else word
