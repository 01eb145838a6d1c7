"""The files are sorted by the number in their names, not by the names."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, pole in enumerate(["neg", "pos"]):
        paths = Path(folder, pole).glob("*.txt")
        for path in sorted(paths, key=lambda path: int(path.name.split("_")[0])):
            texts.append(path.read_text(encoding="utf-8"))
            labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_reviews_come_in_order"}
