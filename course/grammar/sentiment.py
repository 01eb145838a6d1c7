"""The words that praise and the words that blame, by part of speech; each list falls in frequency.

Every list has as many words of praise as of blame and both are drawn with the same weights, so that
neither side is the commoner one at any rank.
"""

from collections.abc import Callable
from dataclasses import dataclass

from course.grammar import morphology

_GOOD_ADJECTIVES = """
good great wonderful brilliant funny moving charming clever delightful superb touching gripping
lovely fresh tender excellent witty beautiful memorable engaging graceful sharp splendid honest
elegant warm inspired lively absorbing sincere magnificent smart sweet vivid subtle thrilling
remarkable bold powerful stylish sparkling enchanting marvellous gentle perfect radiant thoughtful
hilarious original humane joyful luminous poetic polished stirring uplifting terrific fantastic
amazing masterful assured nimble playful rewarding satisfying captivating compelling convincing
dazzling deft delicate disarming earnest effortless eloquent endearing energetic entertaining
exciting exhilarating exquisite fascinating fearless fine flawless generous genuine glorious
glowing gorgeous heartfelt hypnotic imaginative impeccable impressive incisive infectious
ingenious inspiring intelligent inventive irresistible jubilant likeable lovable lucid lyrical
majestic mature mesmerising meticulous nuanced outstanding passionate perceptive persuasive
pleasing precise profound refined refreshing resonant riveting robust seamless sensitive serene
shrewd skilful soulful spirited spellbinding stellar striking stunning sublime tasteful triumphant
truthful unforgettable vibrant vigorous wise wry zestful adorable affecting agile artful astute
breathtaking buoyant cheerful classy crisp dynamic edifying enthralling
""".split()

_BAD_ADJECTIVES = """
bad dull awful boring silly weak clumsy tedious terrible flat lazy hollow poor stale dreary
shallow bland messy annoying cheap pointless horrible wooden predictable lifeless tiresome muddled
limp empty crude ugly forced false sloppy stupid feeble dismal forgettable irritating painful
ridiculous confused soulless mechanical pompous leaden trite banal contrived sluggish stilted
insipid vapid inept inane incoherent infuriating insufferable laughable lame lacklustre listless
lumbering mawkish meandering mediocre mindless miserable misguided monotonous mundane murky
nonsensical obnoxious obvious offensive overblown overlong overwrought pallid paltry pathetic
pedestrian perfunctory phoney plodding pretentious preachy ponderous puerile rambling repetitive
rotten sappy shabby shoddy shrill sickly simplistic slack slapdash smug soggy static sterile
stodgy strained superficial tacky tasteless tawdry threadbare thoughtless tired toothless tortured
treacly trivial turgid unbearable unconvincing uneven unfunny uninspired uninvolving unpleasant
unwatchable useless vacant vacuous vulgar wasteful wobbly woeful worthless wretched abysmal
aimless amateurish anaemic appalling arid artificial atrocious awkward baffling blasé botched
brainless careless charmless clunky crass cynical deadly derivative dire dreadful
""".split()

_GOOD_COMPARABLE = (
    "good great warm smart sharp fresh lively sweet bold fine wise crisp lovely witty".split()
)
_BAD_COMPARABLE = (
    "bad dull silly weak clumsy lazy poor stale bland cheap crude ugly limp lame".split()
)

_GOOD_ADVERBIAL = """
good beautiful brilliant wonderful superb clever graceful charming elegant splendid delightful
tender honest deft gentle sharp subtle vivid sincere marvellous magnificent perfect assured
masterful poetic lovable thoughtful playful joyful exquisite gorgeous impeccable flawless delicate
effortless eloquent lyrical precise sensitive skilful stylish stunning radiant imaginative
ingenious intelligent convincing compelling generous glorious majestic meticulous passionate
persuasive profound remarkable
""".split()

_BAD_ADVERBIAL = """
bad awful clumsy terrible poor dull lazy weak tedious dreadful horrible feeble foolish sloppy
crude stupid painful tiresome ridiculous mechanical pompous limp lame sluggish inept incoherent
laughable listless mindless miserable predictable pointless wretched woeful careless cheap shoddy
awkward aimless artificial appalling atrocious abysmal crass cynical desperate drab pretentious
repetitive shabby smug tasteless thoughtless trite vacuous monotonous
""".split()

_GOOD_THINGS = """
triumph delight gem treat joy masterpiece pleasure wonder winner jewel marvel treasure revelation
success classic feast blessing celebration victory knockout charmer inspiration achievement beauty
stunner humdinger landmark corker sensation tonic
""".split()
_BAD_THINGS = """
bore mess disaster failure waste flop chore dud disappointment ordeal embarrassment insult
shambles letdown slog muddle catastrophe fiasco travesty nuisance mistake misfire stinker headache
calamity bungle blunder clunker eyesore hodgepodge
""".split()

_GOOD_STUFF = """
charm wit warmth grace heart energy beauty magic intelligence tenderness imagination sparkle
elegance depth honesty style skill spirit poetry passion courage flair brilliance confidence
generosity freshness gusto precision sincerity vitality
""".split()
_BAD_STUFF = """
boredom nonsense tedium clumsiness noise padding rubbish laziness stupidity drivel clutter
monotony vanity sloppiness cynicism pretension confusion bombast smugness dullness waffle
emptiness cliché incompetence apathy fatigue tripe silliness vulgarity schmaltz
""".split()

_GOOD_TRANSITIVE = """
charm delight move thrill dazzle grip enchant reward amuse captivate inspire impress surprise
touch entertain absorb stir satisfy fascinate refresh excite uplift convince warm intrigue
""".split()
_BAD_TRANSITIVE = """
bore annoy irritate disappoint tire insult exhaust frustrate baffle bother embarrass offend
confuse weary repel alienate infuriate numb patronise depress anger deaden sicken pester disgust
""".split()

_GOOD_INTRANSITIVE = """
shine sparkle soar succeed glow gleam excel triumph blossom glitter resonate flourish beguile
twinkle dance
""".split()
_BAD_INTRANSITIVE = """
drag fail stumble sag flounder limp falter flop plod collapse drone creak fizzle wilt grate
""".split()

_GOOD_REACTIONS = (
    "love enjoy adore admire like treasure savour cherish relish applaud praise".split()
)
_BAD_REACTIONS = (
    "hate dislike loathe endure regret resent detest despise suffer dread abhor".split()
)


@dataclass(frozen=True)
class SentimentWords:
    """The words of one polarity, by the slot of a template they fill; each falls in frequency."""

    adj: tuple[str, ...]
    adv: tuple[str, ...]
    noun: tuple[str, ...]
    nouns: tuple[str, ...]
    mass: tuple[str, ...]
    verbs: tuple[str, ...]
    verbed: tuple[str, ...]
    verb: tuple[str, ...]
    intr: tuple[str, ...]
    intrs: tuple[str, ...]
    liked: tuple[str, ...]
    like: tuple[str, ...]
    more: tuple[str, ...]
    most: tuple[str, ...]


def _each(rule: Callable[[str], str], words: list[str]) -> tuple[str, ...]:
    return tuple(map(rule, words))


def _side(
    adjectives: list[str],
    comparable: list[str],
    adverbial: list[str],
    things: list[str],
    stuff: list[str],
    transitive: list[str],
    intransitive: list[str],
    reactions: list[str],
) -> SentimentWords:
    return SentimentWords(
        adj=tuple(adjectives),
        adv=_each(morphology.adverb, adverbial),
        noun=tuple(things),
        nouns=_each(morphology.plural, things),
        mass=tuple(stuff),
        verb=tuple(transitive),
        verbs=_each(morphology.third_person, transitive),
        verbed=_each(morphology.past, transitive),
        intr=tuple(intransitive),
        intrs=_each(morphology.third_person, intransitive),
        like=tuple(reactions),
        liked=_each(morphology.past, reactions),
        more=_each(morphology.comparative, comparable),
        most=_each(morphology.superlative, comparable),
    )


PRAISE = _side(
    _GOOD_ADJECTIVES,
    _GOOD_COMPARABLE,
    _GOOD_ADVERBIAL,
    _GOOD_THINGS,
    _GOOD_STUFF,
    _GOOD_TRANSITIVE,
    _GOOD_INTRANSITIVE,
    _GOOD_REACTIONS,
)
BLAME = _side(
    _BAD_ADJECTIVES,
    _BAD_COMPARABLE,
    _BAD_ADVERBIAL,
    _BAD_THINGS,
    _BAD_STUFF,
    _BAD_TRANSITIVE,
    _BAD_INTRANSITIVE,
    _BAD_REACTIONS,
)

BY_LABEL = (BLAME, PRAISE)
"""Indexed by a review's label: 0 negative, 1 positive."""


def polarities() -> dict[str, int]:
    """Every sentiment word -> +1 (praise) or -1 (blame)."""
    result: dict[str, int] = {}
    for sign, side in ((1, PRAISE), (-1, BLAME)):
        for words in vars(side).values():
            result.update(dict.fromkeys(words, sign))
    return result
