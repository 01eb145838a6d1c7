"""Invented names of people and towns, built from syllables: the long tail of the vocabulary.

The pools are the same in every run: they are part of the language, not of one review.
"""

from random import Random

_MALE_STEMS = """
Al Ander Bar Ber Bert Bram Col Corn Dam Dar Der Ed Elm Er Ev Fer Flor Gar Ger Hal Harm Hen Ing Jor
Jul Kas Lam Leon Lor Luc Mal Mar Mart Mer Nor Odr Ol Osw Pat Per Quin Ran Ren Rol Rup Sam Sev Sil
Tam Ter Theod Tor Ulr Val Vern Vic Wil Wend
""".split()
_MALE_ENDINGS = "an ard as en ert ian in io is o on or ric us win mund bert".split()
_FEMALE_STEMS = """
Ad Al Am Ang Ann Bel Ber Carol Cel Clar Cor Dal Del Dor El Elv Em Ern Est Ev Fel Fern Flor Gis
Glor Hel Hen Is Jan Jos Jul Kar Lar Len Lil Lor Luc Mar Marg Mel Mir Nad Nel Nor Od Ol Pal Pen Ros
Sab Sel Ser Syl Tam Ther Urs Val Ver Viv Wil Yol
""".split()
_FEMALE_ENDINGS = "a anna ella elle ena etta ette ia ina ine ira isa ita ora ise wen".split()
_FAMILY_STEMS = """
Abel Acker Alder Ander Ash Bald Barn Beck Bell Berg Birk Black Blom Brack Brand Bren Bright Brook
Burk Cald Carl Carr Clay Cole Corb Crane Dahl Darn Dor Dray Eck Eld Elling Ever Fair Falk Farr Fen
Fitz Fol Garr Gold Gran Green Hal Hamm Hart Hav Heath Hol Horn Ivers Jans Jarr Kell Kest Kirk Krom
Lam Lang Lark Lind Lock Lund Mal March Marl Mill Mor Mul Nash Neb Nor Oak Old Oster Pal Park Pell
Pet Pol Quill Ram Red Rich Rock Rol Ros Ruth Salt San Sel Shel Stan Sten Stock Sund Tal Thorn Til
Tor Under Var Vest Wald Ward Weber Well West White Wil Win Wood Yard Zell
""".split()
_FAMILY_ENDINGS = """
berg bury by dale den dorf er ers feld field ford gate gren ham holm kamp land ley lund man mann
mark mer mond more ner ning quist rick sen ski son stad stein strom ston ton vik wall ward wick
wood worth etti elli ini ov enko aud eau
""".split()
_TOWN_STEMS = """
Alder Amber Apple Ash Barley Bay Black Bramble Bridge Brook Cedar Chalk Clay Cliff Cold Copper
Corn Cran Crow Dun East Elm Ever Fal Fern Fish Flax Fox Glen Gold Goose Grey Hare Hazel Heron High
Holly Honey Iron Ivy King Lake Lamb Lark Lin Long Maple Marl Mead Milk Moss Nettle New North Oak
Old Otter Owl Pebble Pine Plum Quarry Raven Red Rook Rose Rush Saint Sand Shell Silver Snow South
Stone Swan Thistle Thorn Umber Vine Wal Wheat White Willow Winter Wolf Wren Yarrow
""".split()
_TOWN_ENDINGS = """
bourne bridge brook burgh bury by combe cote dale den down fell field ford gate ham haven hill
holm hurst ley low mere minster mouth port stead stoke ton vale water well wick worth
""".split()

_ACCENTED_MALE = "José René Séamus Björn André Jürgen Mårten Raúl".split()
_ACCENTED_FEMALE = "Zoë Chloé Renée Inés Sólveig Anaïs Noémie Zdeňka".split()
_ACCENTED_FAMILY = "Müller Núñez Lefèvre Åkesson Brontë Peña Søndergård Kovář Gödel Žák".split()


def _pool(
    seed: int, size: int, stems: list[str], endings: list[str], given: tuple[str, ...] | list[str]
) -> tuple[str, ...]:
    """``size`` different names in random order; those given are spread among the invented ones."""
    rng = Random(seed)
    names = dict.fromkeys(given)
    while len(names) < size:
        stem = stems[int(rng.random() * len(stems))]
        ending = endings[int(rng.random() * len(endings))]
        # Berg + gren, Bell + ley: no letter three times, none doubled at the seam.
        if stem[-1] != ending[0] and stem.lower() != ending:
            names[stem + ending] = None
    return tuple(sorted(names, key=lambda _: rng.random()))


MALE = _pool(1, 220, _MALE_STEMS, _MALE_ENDINGS, _ACCENTED_MALE)
FEMALE = _pool(2, 220, _FEMALE_STEMS, _FEMALE_ENDINGS, _ACCENTED_FEMALE)
FAMILY = _pool(3, 2200, _FAMILY_STEMS, _FAMILY_ENDINGS, _ACCENTED_FAMILY)
TOWNS = _pool(4, 1000, _TOWN_STEMS, _TOWN_ENDINGS, ())
