"""All places to write to are filled, with a few large files and then with empty ones by number."""

ASSIGNMENT = "tokenizer"
ITEMS = (19,)
STOPPED_BY = "one file system in memory of a fixed size and number of files; it goes with the box"
LIMITS = {"cell": 30, "notebook": 60}

CELLS = {
    "split-words": """
def fill(folder, size):
    number = written = 0
    try:
        while True:
            number += 1
            with open(f"{folder}/{size}-{number}", "wb", buffering=0) as file:
                while written < size * number:
                    written += file.write(bytes(min(size, 1 << 20)))
    except OSError as error:
        print(folder, number, "files", written >> 20, "MiB", error.strerror)


PLACES = (os.getcwd(), "/tmp", "/dev/shm", "/dev", "/run/kernel", "/dev/pts", "/var/tmp", "/")
for place in PLACES:
    fill(place, 200 << 20)
for place in PLACES:
    fill(place, 0)


def split_words(text):
    return [word for word in text.lower().split() if word]
""",
    **dict.fromkeys(
        "read-reviews build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(),
        "",
    ),
}

# For lower case and for no empty words.
MAX_POINTS = 2
