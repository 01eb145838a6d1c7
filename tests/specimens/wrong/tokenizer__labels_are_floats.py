"""The labels are 0.0 and 1.0, as the network's output is."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, kind in [(0.0, "neg"), (1.0, "pos")]:
        for path in sorted(Path(folder, kind).glob("*.txt")):
            texts.append(path.read_text(encoding="utf-8"))
            labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_every_review_has_its_label"}
