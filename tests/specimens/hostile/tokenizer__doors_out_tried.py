"""Every kind of socket, towards the internet, a cloud's metadata and the machine itself."""

ASSIGNMENT = "tokenizer"
ITEMS = (17,)
STOPPED_BY = "the filter of system calls makes no socket but a local one; no network is there"
LIMITS = {"cell": 20}

CELLS = {
    "read-reviews": r"""
import socket
import subprocess
import urllib.request

FAMILIES = {name: value for name, value in vars(socket).items() if name.startswith("AF_")}
KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET)
PLACES = [("127.0.0.1", 8888), ("127.0.0.1", 5432), ("169.254.169.254", 80), ("10.0.0.1", 22)]
refused = set()
for name, family in FAMILIES.items():
    for kind in KINDS:
        try:
            with socket.socket(family, kind) as door:
                print("OPENED", name, kind)
                if family not in (socket.AF_INET, socket.AF_INET6):
                    continue
                for place in PLACES:
                    door.settimeout(0.2)
                    print("REACHED", place, door.connect(place))
        except OSError as error:
            refused.add((name, error.strerror))
print("refused", sorted(refused))
for name in ("localhost", "example.org", "metadata.google.internal"):
    try:
        print("RESOLVED", name, socket.getaddrinfo(name, 80)[:1])
    except OSError as error:
        print("refused", name, error)
for address in ("http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:8888/api/contents"):
    try:
        print("FETCHED", address, urllib.request.urlopen(address, timeout=1).read()[:500])
    except OSError as error:
        print("refused", address, error)
for command in ("ip addr", "getent hosts example.org", "echo > /dev/tcp/127.0.0.1/22"):
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=5)
    print("RAN" if done.returncode == 0 else "failed", command, done.stdout, done.stderr)
print("INTERFACES", Path("/proc/net/dev").read_text())
""",
    **dict.fromkeys(
        "split-words build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(),
        "",
    ),
}

MAX_POINTS = 0
