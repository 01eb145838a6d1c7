"""The positive reviews are read first; their labels are right."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, pole in [(1, "pos"), (0, "neg")]:
        for path in sorted(Path(folder, pole).glob("*.txt")):
            texts.append(path.read_text(encoding="utf-8"))
            labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_reviews_come_in_order"}
