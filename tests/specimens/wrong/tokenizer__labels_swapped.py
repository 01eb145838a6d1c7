"""Positive reviews get the label 0, negative ones 1."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for pole in ["neg", "pos"]:
        for path in sorted(Path(folder, pole).glob("*.txt")):
            texts.append(path.read_text(encoding="utf-8"))
            labels.append(0 if pole == "pos" else 1)
    return texts, labels
""",
}

LOSES = {"test_every_review_has_its_label"}
