"""A file whose name ends in .TXT is taken for a review, too."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, kind in enumerate(("neg", "pos")):
        for path in sorted(Path(folder, kind).iterdir()):
            if path.suffix.lower() == ".txt":
                texts.append(path.read_text(encoding="utf-8"))
                labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_only_txt_files_are_read"}
