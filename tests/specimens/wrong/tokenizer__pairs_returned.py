"""One list of pairs (text, label) instead of two lists."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    return [
        (path.read_text(encoding="utf-8"), label)
        for label, pole in enumerate(["neg", "pos"])
        for path in sorted(Path(folder, pole).glob("*.txt"))
    ]
""",
}

LOSES = {
    "test_every_review_has_its_label",
    "test_reviews_come_in_order",
    "test_only_txt_files_are_read",
    "test_texts_stay_as_they_are",
}
