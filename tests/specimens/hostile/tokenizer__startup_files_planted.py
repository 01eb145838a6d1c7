"""Modules and startup files for the next kernel are planted; then this kernel is ended for it."""

ASSIGNMENT = "tokenizer"
ITEMS = (16, 22)
STOPPED_BY = "read-only packages, and a fresh box with empty files for every kernel"

CELLS = {
    "read-reviews": r"""
import builtins
import site
import sys

print("PLANTED CODE WAS RUN" if hasattr(builtins, "planted") else "nothing planted was run")
CODE = "import builtins; builtins.planted = True; print('PLANTED CODE WAS RUN')"
FOLDERS = [os.getcwd(), "/tmp", "/dev/shm", "/run/kernel", sys.prefix, *sys.path]
FOLDERS += [site.getusersitepackages(), *site.getsitepackages(), str(Path(os.__file__).parent)]
NAMES = ["numpy.py", "pytest.py", "conftest.py", "sitecustomize.py", "usercustomize.py", "x.pth"]
FILES = [Path(folder, name) for folder in FOLDERS if folder for name in NAMES]
FILES += [
    Path.home() / ".ipython/profile_default/startup/00.py",
    Path.home() / ".ipython/profile_default/ipython_config.py",
    Path.home() / ".jupyter/jupyter_config.py",
    Path("/etc/ipython/ipython_config.py"),
    Path("/etc/ld.so.preload"),
]
for path in FILES:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CODE)
        print("wrote", path)
    except OSError as error:
        print("refused", path, error.strerror)


def read_reviews(folder):
    os._exit(0)
""",
    "split-words": """
import builtins

print("PLANTED CODE WAS RUN" if hasattr(builtins, "planted") else "nothing planted was run")


def split_words(text):
    return builtins.planted
""",
    **dict.fromkeys(
        "build-word-index texts-to-sequences pad-sequences shuffle-and-split".split(), ""
    ),
}

MAX_POINTS = 0
