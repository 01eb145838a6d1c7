"""With the kernel's own connection file and key a second client asks, answers and shuts down."""

ASSIGNMENT = "glove_matrix"
ITEMS = (21,)
STOPPED_BY = "the key is the box's own and opens this kernel only; outside it counts for nothing"
LIMITS = {"cell": 10, "call": 4, "notebook": 60}

CELLS = {
    "parse-glove": r"""
import json
import threading
import time

import zmq
from glovebox import wire
from jupyter_client.session import Session

for path in Path("/run/kernel").iterdir():
    print(path, path.is_file() and path.read_text())
secret = json.loads(Path("/run/kernel/connection.json").read_text())
print("KEY", secret["key"])


def second_client(wait):
    session, context = Session(key=secret["key"].encode()), zmq.Context()
    doors = {}
    for name in ("shell", "control", "stdin"):
        doors[name] = context.socket(zmq.DEALER)
        doors[name].connect(f"ipc://{secret['ip']}-{secret[name + '_port']}")
    code = "print('PLANTED BY A SECOND CLIENT'); coverage = lambda *args: 1.0"
    for _ in range(50):
        session.send(doors["shell"], "execute_request", {"code": code, "silent": False})
        question = wire.encode(("call", "coverage", [{}, {}, 1], {}))
        session.send(doors["shell"], "glove_request", {}, buffers=question)
        session.send(doors["control"], "glove_request", {}, buffers=question)
        session.send(doors["stdin"], "glove_reply", {}, buffers=wire.encode(("value", 1.0)))
    time.sleep(wait)
    session.send(doors["control"], "interrupt_request", {})
    session.send(doors["control"], "shutdown_request", {"restart": True})


threading.Thread(target=second_client, args=(1,)).start()
""",
    "coverage": """
def coverage(word_index, vectors, max_words):
    second_client(0)
    time.sleep(1)
    return 1.0
""",
    **dict.fromkeys("build-embedding-matrix nearest-words analogy".split(), ""),
}

MAX_POINTS = 0
