"""Words without polarity: parts of a film, everyday adjectives, gender pairs, topics of plots."""

from dataclasses import dataclass

FILMS = "film movie picture feature story drama".split()
GENRES = """
drama comedy thriller western romance mystery musical documentary epic adventure fantasy sequel
remake adaptation satire fable biopic melodrama
""".split()
PARTS = """
script plot acting story dialogue camera direction ending music score editing cast opening
screenplay photography soundtrack lighting narration climax setting casting finale pacing sound
staging premise framing prologue epilogue choreography costume décor
""".split()
THINGS_IN_FILMS = """
performances characters scenes songs jokes effects dialogues costumes sets images locations stunts
flashbacks subplots twists actors shots lines colours landscapes chases speeches faces voices
shadows
""".split()
DEGREES = "very really quite truly simply rather utterly completely thoroughly entirely".split()
DAYS = "Friday Saturday Sunday Monday Tuesday Wednesday Thursday night week weekend".split()
SEASONS = "summer winter spring autumn January April June July October December".split()
COMPANIONS = """
sister brother wife husband mother father friend neighbour daughter son cousin aunt uncle roommate
boss grandmother grandfather niece nephew fiancé fiancée
""".split()
OCCASIONS = """
cinema theatre festival café library club matinée premiere television plane train hotel
""".split()
VIEWERS = "audience viewer viewers crowd critics public children people".split()
NATIONALITIES = """
French Italian American British German Spanish Polish Russian Japanese Indian Danish Irish Swedish
Mexican Korean Turkish Greek Scottish
""".split()
NUMBERS = "two three four five six seven eight nine ten twelve twenty thirty forty fifty".split()

GENDER_PAIRS = tuple(
    pair.split("/")
    for pair in """
    man/woman boy/girl king/queen prince/princess father/mother son/daughter brother/sister
    husband/wife actor/actress uncle/aunt nephew/niece hero/heroine waiter/waitress duke/duchess
    grandfather/grandmother widower/widow emperor/empress wizard/witch host/hostess groom/bride
    monk/nun policeman/policewoman baron/baroness heir/heiress fiancé/fiancée gentleman/lady
    """.split()
)
"""Pairs of a man's and a woman's word for the same role."""

_FAMILY = "father son brother husband uncle nephew fiancé"
HEROES = tuple(pair for pair in GENDER_PAIRS if pair[0] not in _FAMILY.split())
"""The pairs that a film can be about."""

RELATIVES = (
    "father mother brother sister cousin aunt uncle friend neighbour grandmother son".split()
)
HUMAN = """
old young tall quiet strange shy proud lonely small strong rough curious brave calm stubborn
talkative naïve bearded restless nameless jealous
""".split()
"""Everyday adjectives for people."""
ADJECTIVES = """
old young long short small big dark tall strange quiet slow fast new loud low high deep wide heavy
light early late strong soft hard bright rough smooth calm narrow thick tight brave proud shy rare
near plain grand simple mild firm quick
""".split()
"""Everyday adjectives that form comparatives in -er."""


@dataclass(frozen=True)
class Topic:
    """What a plot can be about: its people, places, things and verbs (base forms)."""

    people: tuple[str, ...]
    places: tuple[str, ...]
    things: tuple[str, ...]
    verbs: tuple[str, ...]


def _topic(people: str, places: str, things: str, verbs: str) -> Topic:
    return Topic(
        tuple(people.split()), tuple(places.split()), tuple(things.split()), tuple(verbs.split())
    )


TOPICS = {
    "sea": _topic(
        "captain sailor fisherman pirate diver mate navigator",
        "harbour island ship beach lighthouse bay reef deck",
        "map anchor boat sail net whale lantern barrel compass shell rope raft",
        "sail steer load moor launch tow board chart",
    ),
    "crime": _topic(
        "detective inspector thief lawyer witness judge spy banker forger",
        "bank prison court alley station warehouse museum vault",
        "diamond clue gun letter necklace diary key safe alibi painting fingerprint ransom",
        "steal question chase search trace copy unlock follow",
    ),
    "west": _topic(
        "sheriff rancher outlaw cowboy blacksmith preacher trapper",
        "saloon desert ranch canyon town stable railway mine",
        "horse wagon saddle rifle fence windmill herd map badge bottle",
        "ride trade water track chase claim win saddle",
    ),
    "court": _topic(
        "knight servant minister jester guard archer herald page",
        "castle palace kingdom tower hall dungeon chapel stable",
        "crown sword throne ring banner shield goblet cloak scroll carriage",
        "crown serve guard seal inherit sharpen order steal",
    ),
    "war": _topic(
        "soldier general sergeant pilot nurse medic deserter messenger",
        "village trench camp bridge front airfield barracks border",
        "medal letter tank helmet boot uniform radio bomb photograph ration",
        "fight defend salute carry search order bandage bomb",
    ),
    "space": _topic(
        "astronaut engineer scientist robot commander mechanic alien",
        "planet moon rocket laboratory crater station galaxy dome",
        "signal engine machine star satellite capsule meteor antenna screen battery",
        "launch orbit repair scan invent measure program test",
    ),
    "school": _topic(
        "teacher pupil headmaster student janitor librarian poet",
        "classroom school library playground attic university village gymnasium",
        "book exam essay bicycle desk poem prize blackboard pencil satchel",
        "read study copy learn borrow teach write win",
    ),
    "family": _topic(
        "child cousin neighbour lodger orphan maid gardener twin",
        "house kitchen garden cottage nursery porch street cellar",
        "wedding dinner photograph piano cake quarrel birthday quilt suitcase clock",
        "wash wrap inherit plan share pack mend photograph",
    ),
    "music": _topic(
        "singer pianist drummer composer violinist conductor dancer",
        "stage theatre studio ballroom street club conservatory festival",
        "piano violin song concert guitar trumpet record melody drum ticket",
        "sing play record compose tune rehearse perform hum",
    ),
    "sport": _topic(
        "boxer coach runner goalkeeper swimmer jockey referee champion",
        "stadium gym track pool arena field clubhouse dugout",
        "match trophy race team glove medal whistle bicycle ball jersey",
        "throw win catch kick train race grab drop",
    ),
    "ghost": _topic(
        "ghost vampire gravedigger butler medium hunter stranger",
        "cellar graveyard manor forest attic crypt marsh corridor",
        "curse candle coffin mirror portrait key shadow bell door secret",
        "lock light conjure dig hang open smell hear",
    ),
    "food": _topic(
        "chef baker cook butcher grocer farmer customer",
        "restaurant café bakery market kitchen vineyard cellar inn",
        "recipe cake soup oven bottle menu knife loaf apple cheese",
        "cook bake taste chop season order peel serve",
    ),
    "farm": _topic(
        "farmer shepherd miller ploughman vet beekeeper tramp",
        "farm barn valley meadow mill village orchard hillside",
        "cow goat tractor field plough lamb harvest fence goose egg",
        "plant milk harvest shear mend feed fence trade",
    ),
    "hospital": _topic(
        "doctor patient surgeon nurse dentist professor chemist",
        "hospital clinic ward laboratory corridor sanatorium chapel town",
        "cure bandage diagnosis pill wheelchair needle bed chart drug fever",
        "heal bathe examine prescribe weigh need order fetch",
    ),
    "circus": _topic(
        "clown acrobat juggler magician trainer strongman puppeteer",
        "circus tent caravan fairground ring stage carnival square",
        "elephant lion trick mask puppet trapeze balloon wagon ticket poster",
        "juggle tame swing balance train conjure parade lift",
    ),
    "press": _topic(
        "reporter editor photographer printer critic novelist typist",
        "office newspaper café archive city courthouse bookshop hotel",
        "article headline camera typewriter story rumour deadline notebook scandal column",
        "print publish photograph report type edit leak write",
    ),
    "travel": _topic(
        "traveller guide porter driver pilgrim tourist stowaway",
        "train airport hotel mountain border road station monastery",
        "passport ticket suitcase compass postcard mule bus bridge tunnel timetable",
        "miss board pack cross explore photograph stamp drive",
    ),
    "winter": _topic(
        "skier hermit woodcutter trapper explorer widower ranger",
        "cabin forest glacier lake village mountain valley lodge",
        "sledge wolf fire axe blanket snowstorm fur lantern stove avalanche",
        "chop track burn shovel hunt light freeze mend",
    ),
}

VERBS = """
find hide sell carry lose repair buy borrow guard return draw paint clean forget discover break
bury keep send open leave choose collect
""".split()
"""What anybody can do to a thing."""

MEETINGS = """
meet follow rescue marry visit invite watch remember trust hire help join trick protect warn fool
introduce photograph recognise
""".split()
"""What one person can do to another."""
