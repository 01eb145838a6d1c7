"""Descriptors that the kernel was left with: read, written to, and used as ways out of its root."""

ASSIGNMENT = "glove_matrix"
ITEMS = (21, 15)
STOPPED_BY = "every descriptor but three is closed before the kernel is forked; those are /dev/null"

CELLS = {
    "parse-glove": r"""
import fcntl
import select
import socket
import stat

OWN = "socket:[", "pipe:[", "anon_inode:"
names = os.listdir("/proc/self/fd")[:-1]
links = {int(name): os.readlink(f"/proc/self/fd/{name}") for name in names}
print("DESCRIPTORS", links)
for number, link in links.items():
    mode = os.fstat(number).st_mode
    flags = fcntl.fcntl(number, fcntl.F_GETFL)
    print(number, link, stat.filemode(mode), oct(flags), os.get_inheritable(number))
    if stat.S_ISDIR(mode):
        for path in ("..", "../..", "../../..", "etc/shadow"):
            try:
                inside = os.open(path, os.O_RDONLY, dir_fd=number)
                print("OPENED", link, path, os.listdir(inside))
            except OSError as error:
                print("refused", link, path, error.strerror)
    elif stat.S_ISSOCK(mode):
        with socket.socket(fileno=os.dup(number)) as door:
            try:
                who = door.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
                print("PEER", number, door.family, door.getsockname(), door.getpeername(), who)
            except OSError as error:
                print("refused", number, error.strerror)
    elif not link.startswith(OWN):
        try:
            readable = select.select([number], [], [], 0)[0]
            print("READ", link, os.read(number, 1000) if readable else "nothing there")
            print("WROTE", link, os.write(number, b'{"ready": true}'))
        except OSError as error:
            print("refused", link, error.strerror)
for number in range(1024):
    try:
        if number not in links:
            print("HIDDEN DESCRIPTOR", number, os.fstat(number))
    except OSError:
        pass
""",
    **dict.fromkeys("build-embedding-matrix coverage nearest-words analogy".split(), ""),
}

MAX_POINTS = 0
