"""What in a cell's source works on one machine only, found without being taken in by texts."""

from __future__ import annotations

import pytest

from glovebox.habits import habits
from glovebox.syntax import imports, names, written_module

ODD = [
    ("import pandas as pd", "import", "imports pandas"),
    ("def f():\n    from sklearn.metrics import f1_score", "import", "imports sklearn"),
    ("import helper", "import", "imports helper"),
    ("%%time\nimport pandas", "import", "imports pandas"),
    ("from google.colab import drive", "import", "imports google"),
    ("open('/home/ann/reviews.txt')", "path", "“/home/ann/reviews.txt”"),
    ("where = '/content/drive/MyDrive/x'", "path", "“/content/drive/MyDrive/x”"),
    ("where = '/Users/ann'", "path", "“/Users/ann”"),
    ("np.load('/scratch/a.npy')", "path", "“/scratch/a.npy”"),
    (r"Path('C:\\Users\\ann')", "path", r"“C:\Users\ann”"),
    ("Path('d:/course/x.txt')", "path", "“d:/course/x.txt”"),
    ("os.path.expanduser('~/course')", "path", "“~/course”"),
    ("open('../other/x.txt')", "path", "“../other/x.txt”"),
    ("name = 'x'\nopen(f'/home/{name}/x')", "path", "“/home/”"),
    ("get_file('x', origin='https://example.org/x.zip')", "network", "“https://example.org/x.zip”"),
    ("keras.datasets.imdb.load_data()", "network", "keras.datasets.imdb.load_data()"),
    ("import urllib.request", "network", "imports urllib.request"),
    ("from urllib import request", "network", "imports urllib.request"),
    ("!pip install pandas", "network", "runs pip"),
    ("!python -m pip install pandas", "network", "runs pip"),
    ("%pip install pandas", "network", "runs pip"),
    ("lines = !wget -q x.org/y", "network", "runs wget"),
    ("%%bash\nls\ncurl x.org", "network", "runs curl"),
]
PLAIN = [
    "import os, tensorflow.keras as k\nfrom mpl_toolkits import mplot3d",
    "from IPython.display import display",
    "try:\n    import pandas\nexcept ImportError:\n    pandas = None",
    "try:\n    import pandas\nexcept:\n    pandas = None",
    "from . import x",
    "from urllib.parse import quote",
    "# see https://example.org and /home/ann\nx = 1",
    '"""Run pip install in /home/ann, https://example.org."""',
    "def f(path):\n    '''Reads ~/x, see http://example.org.'''\n    return path",
    "text.split('/'), text.split('..'), text.split('~'), '/10', 'a/b', '</s>'",
    "open('aclImdb/train/pos/0_9.txt'), Path('.') / 'x'",
    "open('/dev/null'), open('/tmp/x')",
    "print('Read more at https://example.org')",
    "words('http:// is no address')",
    "!ls\n%matplotlib inline\n%timeit f()",
    "data.load_data()",
    "def (",
    "while x:",
    "\0",
    "x = '" + "a" * 200_000 + "'",
    "import pandas\n" + "x = 1\n" * 20_000,  # longer than what anybody writes
]


@pytest.mark.parametrize(("source", "kind", "said"), ODD)
def test_what_works_on_one_machine_only_is_found(source: str, kind: str, said: str) -> None:
    (found,) = habits(source)
    assert found.kind == kind
    assert said in found.message


@pytest.mark.parametrize("source", PLAIN)
def test_what_works_everywhere_is_not(source: str) -> None:
    assert habits(source) == []


def test_what_the_course_itself_imports_is_there() -> None:
    assert habits("import pandas, sklearn", frozenset({"pandas"})) == habits("import sklearn")


def test_a_habit_is_told_once_and_in_order() -> None:
    source = "open('~/b')\nimport pandas\nopen('~/b')"
    assert [one.kind for one in habits(source)] == ["path", "import"]


@pytest.mark.parametrize("terms", [2_000, 40_000])
def test_source_without_end_does_not_overflow(terms: int) -> None:
    # Deep enough for one of Python's limits or another, which differ from version to version.
    found = habits("import pandas\nx = " + "+".join("1" * terms))
    assert found in ([], habits("import pandas"))
    assert habits("x = " + "(" * terms) == []


def test_magic_without_end_is_not_looked_at() -> None:
    assert names("%time a = 1\nb = 2") == {"b"}
    assert names("%time a = 1\n" * 5_000 + "b = 2") == set()


def test_names_and_imports_of_a_cell() -> None:
    source = (
        "import a.b\nfrom c import d as e\nf = 1\n(g, h), *i = x\nif x:\n    def j(k): l = 2\n"
        "class M: n = 3\nfor o in p: pass\n!ls\n@q\nasync def r(): pass"
    )
    assert names(source) == set("a e f g h i j M o r".split())
    assert imports(source) == {"a", "c"}
    assert names("%%capture\ndef f(): pass") == {"f"}
    assert names("def f(") == imports("def f(") == names("%%bash\nf=1") == set()


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("%%writefile words.py\nx = 1", "words"),
        ("\n%%file -a './words.py'\nx = 1", "words"),
        ('%%writefile --append "words.py"  \nx = 1', "words"),
        ("%%writefile notes.txt\nx", None),
        ("%%writefile words.py.old\nx", None),
        ("%%writefile elsewhere/words.py\nx", None),
        ("# %%writefile words.py", None),
        ("import words", None),
    ],
)
def test_modules_that_a_cell_writes_are_known(source: str, module: str | None) -> None:
    assert written_module(source) == module
