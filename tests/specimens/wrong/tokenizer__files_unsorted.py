"""The files are read in the order in which the disk lists them."""

ASSIGNMENT = "tokenizer"

CELLS = {
    "read-reviews": """
def read_reviews(folder):
    texts, labels = [], []
    for label, pole in enumerate(["neg", "pos"]):
        directory = os.path.join(folder, pole)
        for name in os.listdir(directory):
            if name[-4:] == ".txt":
                with open(os.path.join(directory, name), encoding="utf-8") as file:
                    texts.append(file.read())
                labels.append(label)
    return texts, labels
""",
}

LOSES = {"test_reviews_come_in_order"}
