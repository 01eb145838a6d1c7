"""Raw bytes on the grader's own connections: absurd frames, endless parts, no messages at all."""

ASSIGNMENT = "tokenizer"
ITEMS = (21, 10)
STOPPED_BY = "the channel reads frames within limits of its own and drops a connection that breaks"
LIMITS = {"cell": 4, "call": 3, "notebook": 40, "grace": 1}

CELLS = {
    "read-reviews": r'''
import socket

HEADER = b'{"msg_type": "glove_reply", "msg_id": "1"}'
FRAMES = {
    "huge": b"\x02" + (1 << 62).to_bytes(8, "big") + b"x" * 1000,
    "negative": b"\x03" + b"\xff" * 8,
    "command": b"\x04\x05\x04PING",
    "reserved": b"\xf0\x01x",
    "endless": b"\x01\x00" * 200_000,
    "deep": b"\x01\x09<IDS|MSG>\x01\x00\x01\x2a" + HEADER + b"\x03" + (100_000).to_bytes(8, "big")
    + b"[" * 100_000 + b"\x01\x02{}\x00\x02{}",
    "numbers": b"\x01\x09<IDS|MSG>\x01\x00\x01\x2a" + HEADER + b"\x01\x02{}\x01\x02{}\x03"
    + (9_000).to_bytes(8, "big") + b"9" * 9_000 + b"\x00\x00",
    "not there": b"\x01\x09<IDS|MSG>\x00\x00",
    "nothing": b"\x00\x00" * 100_000,
}


def connections():
    """Descriptors of what connected to the kernel's shell and iopub sockets."""
    for number in range(3, 200):
        try:
            door = socket.socket(fileno=os.dup(number))
            if door.getsockname() in ("/run/kernel/socket-1", "/run/kernel/socket-2"):
                door.getpeername()
                yield door
        except OSError:
            pass


def throw(name):
    for door in connections():
        try:
            door.setblocking(False)
            print("THREW", name, door.getsockname(), door.send(FRAMES[name]))
        except OSError as error:
            print("refused", name, error.strerror)


throw("deep")
throw("numbers")
''',
    "split-words": "throw('endless')\nthrow('nothing')\nthrow('not there')",
    "build-word-index": "throw('command')",
    "texts-to-sequences": """
def texts_to_sequences(texts, word_index, max_words):
    throw("negative")
""",
    "pad-sequences": "throw('reserved')",
    "shuffle-and-split": """
def shuffle_and_split(data, labels, n_train, n_val, seed):
    throw("huge")
""",
}

MAX_POINTS = 0
