"""Memory that is nobody's: bytes under way in thousands of sockets that no one reads from."""

ASSIGNMENT = "glove_matrix"
ITEMS = (19,)
STOPPED_BY = "no buffer can be enlarged, and the keeper counts sockets with the box's memory"
LIMITS = {"cell": 40, "notebook": 60}

CELLS = {
    "parse-glove": """
import socket
import time

MAXIMUM, PART = 4 << 30, 1 << 29  # three are allowed; a little machine has more than this
report, tell = os.pipe()


def fill():
    held, sockets = 0, []
    try:
        while held < PART:
            sockets += socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
            for one in sockets[-2:]:
                one.setblocking(False)
                try:
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
                except OSError as error:
                    print("no larger buffer:", error) if len(sockets) == 2 else None
                try:
                    while True:
                        held += one.send(bytes(60_000))
                except BlockingIOError:
                    pass
    except OSError as error:
        print("no more sockets:", error)
    os.write(tell, held.to_bytes(8, "big"))
    time.sleep(60)
    os._exit(0)


total = 0
while total < MAXIMUM:
    try:
        if os.fork() == 0:
            fill()
    except OSError as error:
        print("no more processes:", error)
        break
    total += int.from_bytes(os.read(report, 8), "big")
    print("IN SOCKETS", total >> 20, "MiB", flush=True)
time.sleep(3)
print("SO MANY BYTES STAND:", total)
""",
    **dict.fromkeys("build-embedding-matrix coverage nearest-words analogy".split(), ""),
}

MAX_POINTS = 0
REVIEW = True
