"""Of a file only so many characters are read as most reviews have."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, pole in enumerate(["neg", "pos"]):
        for path in sorted(Path(folder, pole).glob("*.txt")):
            with path.open(encoding="utf-8") as file:
                texts.append(file.read(10_000))
            labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_texts_stay_as_they_are"}
