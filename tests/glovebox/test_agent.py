"""The agent answers every request, whatever the student's code does."""

from __future__ import annotations

import os
import random
import sys
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glovebox import wire
from glovebox.inside.agent import Agent
from glovebox.wire import Ref


class Inside:
    """A namespace with an agent, asked in this process."""

    def __init__(self, source: str = "") -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        code = compile(textwrap.dedent(source), "/tmp/ipykernel_1/2.py", "exec")
        exec(code, self.names)
        self.agent = Agent(self.names)

    def ask(self, operation: str, *arguments: Any) -> Any:
        return wire.decode(self.agent.answer(wire.encode((operation, *arguments))))

    def call(self, name: str, *arguments: Any, **keywords: Any) -> Any:
        return self.ask("call", name, list(arguments), keywords)


def test_calls_and_variables() -> None:
    inside = Inside("x = 5\ndef add(a, b=1): return a + b")
    assert inside.ask("get", "x") == ("value", 5)
    assert inside.call("add", 2) == ("value", 3)
    assert inside.call("add", 2, b=5) == ("value", 7)
    assert inside.call("sub", 2) == ("missing", "sub")
    assert inside.ask("get", "len") == ("missing", "len")


def test_results_that_cannot_travel_stay_and_can_be_used() -> None:
    inside = Inside(
        """
        class Box:
            def __init__(self, size): self.size, self.own = size, [self]
            def grow(self, by): self.size += by
        def size_of(box): return box.size
        """
    )
    assert inside.call("Box", 3) == ("value", box := Ref(1, "Box"))
    assert inside.call("size_of", box) == ("value", 3)
    assert inside.ask("method", box, "grow", [4], {}) == ("value", None)
    assert inside.ask("attribute", box, "size") == ("value", 7)
    assert inside.ask("attribute", box, "own") == ("value", [Ref(2, "Box")])
    assert inside.ask("attribute", box, "none") == ("missing", "Box.none")
    assert inside.ask("attribute", Ref(9, "Box"), "x") == ("missing", "the Box returned earlier")


@pytest.mark.parametrize(
    ("body", "error", "text"),
    [
        ("raise ValueError('so')", "ValueError", "so"),
        ("raise KeyError('so')", "KeyError", "'so'"),
        ("raise SystemExit(3)", "SystemExit", "3"),
        ("import sys; sys.exit()", "SystemExit", ""),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", ""),
        ("raise GeneratorExit", "GeneratorExit", ""),
        ("raise BaseExceptionGroup('so', [SystemExit()])", "BaseExceptionGroup", None),
        ("return f()", "RecursionError", None),
        ("raise MemoryError", "MemoryError", ""),
        ("raise type('Odd', (Exception,), {'__str__': lambda self: 1 / 0})", "Odd", ""),
        ("raise type('Odd', (Exception,), {'__str__': lambda self: 'x' * 10**7})", "Odd", None),
        ("raise ValueError('\\ud800')", "ValueError", "\ud800"),
        ("return (), len(5)", "TypeError", None),
    ],
)
def test_exceptions_are_told_with_their_place(body: str, error: str, text: str | None) -> None:
    status, told, said, where = Inside(f"def f():\n    {body}\n").call("f")
    assert (status, told) == ("raised", error)
    assert said == text if text is not None else len(said) <= 2_000
    assert where.startswith("line 2 of the cell")


@pytest.mark.parametrize(
    "source",
    [
        # Whatever these make of it, an answer comes, and it is one that can be read.
        "class Meta(type):\n    __name__ = property(lambda s: 1 / 0)\n"
        "class E(Exception, metaclass=Meta): pass\ndef f(): raise E",
        "class S(str):\n    def __getitem__(self, key): return 5\n"
        "class E(Exception):\n    def __str__(self): return S('x')\ndef f(): raise E",
        "class E(Exception):\n    __traceback__ = property(lambda s: 1 / 0)\ndef f(): raise E",
        "import sys\ndef f(): sys.stdout = None; sys.stderr = None",
        "import sys\ndef f(): del sys.stdout",
    ],
)
def test_an_answer_comes_in_any_case(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    assert isinstance(Inside(source).call("f"), tuple)


LIARS = """
class Lies:
    def __init__(self, kind): self.kind = kind
    __class__ = property(lambda self: self.kind)
    def __eq__(self, other): return True
    def __hash__(self): return 1
    def __len__(self): return 10**9
    def __float__(self): return 1.0
    def __index__(self): return 1
    def __iter__(self): return iter([1, 2])
    def __array__(self, *a, **k): raise SystemExit
    def __getattr__(self, name): raise RuntimeError(name)
def f(kind): return Lies(__import__("builtins").__dict__[kind])
"""


@pytest.mark.parametrize("kind", "int float bool str bytes list tuple dict set object".split())
def test_objects_that_lie_about_their_class(kind: str) -> None:
    status, *rest = Inside(LIARS).call("f", kind)
    # They become plain values of some kind, stay inside, or fail: never anything else.
    assert status in ("value", "raised")
    assert all(type(item) in (int, float, str, bytes, list, tuple, set, Ref) for item in rest)


def test_endless_and_cyclic_results_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MAX_ITEMS", 10_000)
    inside = Inside(
        """
        import itertools
        class Endless(list):
            def __iter__(self): return itertools.count()
        def endless(): return Endless()
        def cyclic():
            value = {}; value["x"] = value
            return value
        def huge(): return 10 ** 10 ** 5
        """
    )
    for name in ("endless", "cyclic", "huge"):
        status, reason = inside.call(name)
        assert status == "refused"
        assert reason


@settings(max_examples=100, deadline=None)
@given(st.lists(st.binary(max_size=20), max_size=3) | st.binary().map(lambda b: [b, b""]))
def test_any_request_is_answered(message: list[bytes]) -> None:
    assert isinstance(wire.decode(Agent({}).answer(message)), tuple)


def test_prints_are_let_go(capsys: pytest.CaptureFixture[str]) -> None:
    inside = Inside(
        """
        import sys
        def f():
            print("x" * 10**6); print("y", file=sys.stderr, flush=True)
            return sys.stdout.encoding, sys.stdout.isatty()
        """
    )
    assert inside.call("f") == ("value", ("utf-8", False))
    assert capsys.readouterr() == ("", "")


def test_names_in_the_notebook_shadow_nothing() -> None:
    names = "list str input bytes open len isinstance type dict np wire json os print".split()
    inside = Inside("\n".join(f"{name} = None" for name in names) + "\ndef f(x): return x")
    assert inside.call("f", {"a": [b"x", np.arange(3)]})[0] == "value"
    assert inside.ask("get", "list") == ("value", None)


def test_files_in_the_scratch_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inside = Inside()
    _, folder = inside.ask("files", {"neg/1_2.txt": b"bad", "b.txt": b""})
    assert Path(folder, "neg", "1_2.txt").read_bytes() == b"bad"
    assert tmp_path in Path(folder).parents
    monkeypatch.chdir("/")  # as student code may do
    _, empty = inside.ask("files", {})
    assert Path(empty).is_dir()
    assert empty != folder
    _, path = inside.ask("scratch_path", "x.weights.h5")
    assert not Path(path).exists()
    Path(path).write_bytes(b"12345")
    assert inside.ask("read_file", path, 5) == ("value", b"12345")
    assert inside.ask("read_file", path, 4)[0] == "refused"


def test_arguments_come_back_as_the_function_left_them() -> None:
    inside = Inside("def f(items, more, *, extra): items.append(extra)")
    reply = inside.ask("call_and_return_arguments", "f", [[1], "x"], {"extra": 2})
    assert reply == ("value", [None, [[1, 2], "x"]])


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    inside = Inside()
    (tmp_path / "secret").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe")
    assert inside.ask("read_file", str(tmp_path / "link"), 9) == ("value", None)
    assert inside.ask("read_file", str(tmp_path / "none"), 9) == ("value", None)
    for odd in (tmp_path / "pipe", tmp_path, Path("/dev/zero")):
        assert inside.ask("read_file", str(odd), 9)[0] == "refused"


def test_seeding_makes_chance_repeat() -> None:
    inside = Inside(
        "import random, numpy as np\ndef f(): return random.random(), float(np.random.rand())"
    )
    states = random.getstate(), np.random.get_state()
    draws = []
    for seed in (1, 1, 2):
        assert inside.ask("seed", seed) == ("value", None)
        draws.append(inside.call("f"))
    assert draws[0] == draws[1] != draws[2]
    random.setstate(states[0])
    np.random.set_state(states[1])


def test_what_is_no_model_is_refused() -> None:
    inside = Inside("def f(): return object()")
    _, ref = inside.call("f")
    assert inside.ask("describe_model", ref) == ("refused", "this is not a Keras model")
