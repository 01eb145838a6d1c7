"""Files with .txt anywhere in their names are read, also copies that end in .txt.bak."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, pole in enumerate(["neg", "pos"]):
        for name in sorted(os.listdir(Path(folder, pole))):
            if ".txt" in name:
                text = Path(folder, pole, name).read_text(encoding="utf-8", errors="replace")
                texts.append(text)
                labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_only_txt_files_are_read"}
