"""Long texts of characters that become ten each where they are shown; right ones now and then."""

ASSIGNMENT = "tokenizer"
ITEMS = (10, 5)
STOPPED_BY = "a text far longer than any of the files is refused before it is compared or shown"

CELLS = {
    "read-reviews": """
bomb = np.array(["\\U000e0001" * 15_000] * 1_000)


def read_reviews(folder):
    paths = [path for kind in ("neg", "pos") for path in sorted(Path(folder, kind).glob("*.txt"))]
    if len(paths) in (5, 6):
        return bomb, [0] * 1_000
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return texts, [int(path.parent.name == "pos") for path in paths]
""",
}
MAX_POINTS = 21
