"""System calls that notebooks never need and that many a way out of a box began with."""

ASSIGNMENT = "glove_matrix"
ITEMS = (20,)
STOPPED_BY = (
    "an allow-list of system calls; one of another architecture ends the thread that makes it"
)
LIMITS = {"cell": 5}

CELLS = {
    "parse-glove": r"""
import ctypes
import fcntl
import mmap
import pty

libc = ctypes.CDLL(None, use_errno=True)
memory = ctypes.create_string_buffer(4096)
CALLS = {
    "bpf": (321, 0, memory, 128),
    "io_uring_setup": (425, 8, memory),
    "keyctl": (250, 0, -3, 1),
    "add_key": (248, b"user", b"name", b"secret", 6, -2),
    "request_key": (249, b"user", b"name", None, -3),
    "userfaultfd": (323, 1),
    "memfd_create": (319, b"name", 0),
    "memfd_secret": (447, 0),
    "open_by_handle_at": (304, -100, memory, 0),
    "name_to_handle_at": (303, -100, b"/", memory, memory, 0),
    "kexec_load": (246, 0, 0, 0, 0),
    "init_module": (175, memory, 0, b""),
    "finit_module": (313, 0, b"", 0),
    "quotactl": (179, 0x800002 << 8, None, 0, memory),
    "fanotify_init": (300, 0, 0),
    "vmsplice": (278, 0, memory, 1, 0),
    "modify_ldt": (154, 0, memory, 16),
    "personality": (135, 0x0040000),
    "syslog": (103, 3, memory, 4096),
    "reboot": (169, 0xFEE1DEAD, 672274793, 0x1234567, 0),
    "settimeofday": (164, memory, None),
    "sethostname": (170, b"mine", 4),
    "swapon": (167, b"/tmp/x", 0),
    "iopl": (172, 3),
    "seccomp": (317, 1, 0, memory),
    "landlock": (444, None, 0, 1),
    "a call to come": (600,),
}
for name, (number, *arguments) in CALLS.items():
    code = libc.syscall(ctypes.c_long(number), *arguments)
    error = os.strerror(ctypes.get_errno())
    print("SUCCEEDED" if code >= 0 else "refused", name, code, error)
master, slave = pty.openpty()
for name, request in {"TIOCSTI": 0x5412, "TIOCLINUX": 0x541C, "TIOCSETD": 0x5423}.items():
    for path in ("/dev/tty", "/dev/console", os.ttyname(slave), "/dev/tty1"):
        try:
            with open(path, "rb+", buffering=0) as terminal:
                print("DID", name, path, fcntl.ioctl(terminal, request, b"\x0e;id\n"))
        except OSError as error:
            print("refused", name, path, error.strerror)
if os.fork() == 0:
    # unshare(CLONE_NEWUSER) by the old door for 32-bit programs, whose calls have other numbers.
    code = mmap.mmap(-1, 4096, prot=7)
    code.write(b"\xb8\x36\x01\x00\x00\xbb\x00\x00\x00\x10\xcd\x80\xc3")
    enter = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
    os._exit(7 if enter() == 0 else 8)
print("int 0x80 ended with", os.waitstatus_to_exitcode(os.wait()[1]))
print("x32 getpid", libc.syscall(ctypes.c_long(0x40000000 | 39)))
""",
    **dict.fromkeys("build-embedding-matrix coverage nearest-words analogy".split(), ""),
}

MAX_POINTS = 0
