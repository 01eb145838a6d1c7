"""The labels are the names of the folders, "neg" and "pos", instead of 0 and 1."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for pole in ["neg", "pos"]:
        for path in sorted(Path(folder, pole).glob("*.txt")):
            texts.append(path.read_text(encoding="utf-8"))
            labels.append(pole)
    return texts, labels
""",
}

LOSES = {"test_every_review_has_its_label"}
