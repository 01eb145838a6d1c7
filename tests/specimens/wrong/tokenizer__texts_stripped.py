"""Spaces and line ends around a review are taken off when it is read."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, pole in enumerate(["neg", "pos"]):
        for path in sorted(Path(folder, pole).glob("*.txt")):
            texts.append(path.read_text(encoding="utf-8").strip())
            labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_texts_stay_as_they_are"}
