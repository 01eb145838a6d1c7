"""Whatever lies in the folders is read as a review."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, pole in enumerate(["neg", "pos"]):
        for path in sorted(Path(folder, pole).iterdir()):
            texts.append(path.read_text(encoding="utf-8", errors="replace"))
            labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_only_txt_files_are_read"}
