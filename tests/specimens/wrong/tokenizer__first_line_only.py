"""readline() gives but the first line of each review."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, pole in enumerate(["neg", "pos"]):
        for path in sorted(Path(folder, pole).glob("*.txt")):
            with path.open(encoding="utf-8") as file:
                texts.append(file.readline())
            labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_texts_stay_as_they_are"}
