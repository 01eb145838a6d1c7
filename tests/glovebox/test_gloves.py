"""The gloves: what a check gets from a student's function, and what it says if it gets nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from glovebox import Failure, wire
from glovebox.failures import CallFailure, Doubtful, StudentError
from glovebox.gloves import Handle, Student
from glovebox.inside.agent import Agent
from glovebox.limits import Limits
from glovebox.run import KernelGone, OutOfTime
from glovebox.session import CallTimeout, Execution, KernelDied
from glovebox.verdict import Oddity
from glovebox.wire import Ref


class Run:
    """Stands for a notebook's run: an agent in this process, or whatever a test wants answered."""

    def __init__(self, source: str = "") -> None:
        names: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(textwrap.dedent(source), "/tmp/ipykernel_1/2.py", "exec"), names)
        self.limits = Limits(call=7)
        self.started = 1
        self.oddities: list[Oddity] = []
        self.notebook = new_notebook(cells=[new_code_cell("hungry = np.ones((10**6, 10**6))")])
        stopped = {"output_type": "error", "ename": "MemoryError", "evalue": "", "traceback": []}
        self.executions = {0: Execution(outputs=[stopped])}
        self.left_out: dict[int, str] = {}
        self.asked: list[float] = []
        self.answer: Callable[[Sequence[bytes]], list[bytes]] = Agent(names).answer

    def ask(self, message: Sequence[bytes], timeout: float, read: Callable[..., Any]) -> Any:
        self.asked.append(timeout)
        return read(self.answer(message))

    def grade_cell(self) -> str:
        return "test-f"


def gloves(run: Run) -> Student:
    return Student(run)  # type: ignore[arg-type]


def replying(reply: Any) -> Student:
    """A student whose process answers everything with this value, or these parts of a message."""
    run = Run()
    parts = reply if isinstance(reply, list) else wire.encode(reply)
    run.answer = lambda message: parts
    return gloves(run)


def raising(error: Exception) -> tuple[Student, Run]:
    run = Run()

    def answer(message: Sequence[bytes]) -> list[bytes]:
        raise error

    run.answer = answer
    return gloves(run), run


def test_values_go_in_and_come_out_as_copies() -> None:
    student = gloves(
        Run(
            """
            import numpy as np
            from collections import Counter
            def change(a, d): a += 1; d["x"] = 2; return a
            def kinds(): return np.float64(0.5), np.int32(3), np.bool_(True), Counter("aa")
            total = 5
            """
        )
    )
    array, table = np.zeros(2), {}
    assert student.change(array, d=table).tolist() == [1, 1]
    assert array.tolist() == [0, 0]
    assert table == {}
    assert student.get("total") == 5
    assert [type(value) for value in student.kinds()] == [float, int, bool, dict]


def test_what_is_not_defined_is_named() -> None:
    student = gloves(Run())
    for ask in (lambda: student.double(2), lambda: student.get("double")):
        with pytest.raises(CallFailure, match=r"^`double` is not defined\.$"):
            ask()
    with pytest.raises(CallFailure, match=r"defined: its cell stopped with MemoryError\.$"):
        student.hungry()


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (
            "def f(a, b):\n    return a / b",
            [
                "`f` raised ZeroDivisionError: division by zero",
                "line 2 of the cell",
                "called as: f(1, b=0)",
            ],
        ),
        (
            "def f(a): return a",
            ["`f` raised TypeError: f() got an unexpected keyword argument 'b'"],
        ),
        ("f = 5", ["`f` raised TypeError: 'int' object is not callable"]),
        ("def f(a, b): raise SystemExit", ["`f` raised SystemExit"]),
        (
            "def f(a, b): raise NotImplementedError()",
            ["`f` is not written yet: it raises NotImplementedError."],
        ),
    ],
)
def test_exceptions_are_told_to_the_student(source: str, lines: list[str]) -> None:
    with pytest.raises(StudentError) as raised:
        gloves(Run(source)).f(1, b=0)
    for line in lines:
        assert line in raised.value.message


def test_a_call_with_large_arguments_is_told_briefly() -> None:
    with pytest.raises(StudentError) as raised:
        gloves(Run("def f(x, y): return 1 / 0")).f(list(range(10**6)), np.zeros((5,) * 8))
    assert len(raised.value.message) < 1_000


def test_what_cannot_travel_is_held() -> None:
    run = Run(
        """
        class Model:
            size = 3
            def fit(self, by=1): self.size += by; return self
        def make(): return {"model": Model(), "n": 1}
        def size(model): return model.size
        """
    )
    student = gloves(run)
    made = student.make()
    model = made["model"]
    assert type(model) is Handle
    assert made["n"] == 1
    assert model.type_name == "Model"
    assert student.size(model) == 3
    assert type(model.fit(by=2)) is Handle
    assert model.attr("size") == 5
    with pytest.raises(CallFailure, match=r"`Model\.missing` is not defined"):
        model.attr("missing")
    with pytest.raises(StudentError, match=r"`Model\.fit` raised TypeError"):
        model.fit(1, 2, 3)
    # A kernel later, nothing is left of it.
    run.started += 1
    with pytest.raises(CallFailure, match="the Model was lost when the kernel died"):
        student.size([model])


@pytest.mark.parametrize("thing", [object(), print, Run()])
def test_a_check_cannot_send_objects_of_ours(thing: object) -> None:
    with pytest.raises(wire.WireError):
        gloves(Run("def f(x): return x")).f(thing)


LIARS = """
class Yes:
    __eq__ = __lt__ = __contains__ = __bool__ = lambda *a: True
    __hash__ = lambda self: 0
    def __getattr__(self, name): return lambda *a, **k: Yes()
class Number(float):
    __eq__ = lambda *a: True
    __hash__ = float.__hash__
    __repr__ = lambda self: "5.0"
class Table(dict):
    __getitem__ = get = lambda self, *a: 5
    __eq__ = lambda *a: True
import numpy as np
class Array(np.ndarray):
    __eq__ = lambda *a: True
    def __array_function__(self, *a): return True
    def __array_ufunc__(self, *a, **k): return True
def yes(): return Yes()
def number(): return Number(1)
def table(): return Table(a=1)
def array(): return np.zeros(3).view(Array)
def nested(): return [Yes(), {"x": Number(2)}]
"""


def test_objects_that_equal_everything_equal_nothing_here() -> None:
    student = gloves(Run(LIARS))
    assert student.number() == 1.0 != 5.0
    assert type(student.number()) is float
    assert student.table() == {"a": 1}
    assert type(student.table()) is dict
    assert type(student.array()) is np.ndarray
    assert not np.array_equal(student.array(), np.ones(3))
    yes = student.yes()
    assert type(yes) is Handle
    assert yes != 5
    with pytest.raises(TypeError):
        float(yes)
    with pytest.raises(TypeError):
        len(yes)
    with pytest.raises(TypeError):
        iter(yes)
    with pytest.raises((TypeError, ValueError)):
        np.asarray(yes, dtype=float)
    assert type(student.nested()[0]) is Handle


def test_names_that_shadow_builtins_do_not_matter() -> None:
    shadowing = "\n".join(
        f"{n} = 'mine'" for n in "list str input bytes open dict len print type id".split()
    )
    student = gloves(Run(f"{shadowing}\ndef double(x): return x * 2"))
    assert student.double([b"a"]) == [b"a", b"a"]
    assert student.get("list") == "mine"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CallTimeout(), "`f` took longer than 7 seconds."),
        (KernelDied("no memory"), "the kernel died in `f`: no memory."),
        (KernelGone("too often."), "`f` could not be called: too often."),
        (OutOfTime("no time."), "`f` could not be called: no time."),
    ],
)
def test_a_call_that_gets_lost_is_not_tried_again(error: Exception, words: str) -> None:
    student, run = raising(error)
    for _ in range(3):
        with pytest.raises(CallFailure) as raised:
            student.f(1)
        assert raised.value.message == words
        # Hypothesis would call a failure flaky if it came from elsewhere the second time.
        assert raised.value.__context__ is None
    assert len(run.asked) == 1
    assert [(oddity.message, oddity.review, oddity.cell) for oddity in run.oddities] == [
        (words, True, "test-f")
    ]
    with pytest.raises(CallFailure):
        student.g(1)
    assert len(run.asked) == 2


def test_time_limits_are_set_and_restored() -> None:
    run = Run("def f(): pass")
    student = gloves(run)
    student.f()
    with pytest.raises(CallFailure), student.time_limit(60):
        student.missing()
    student.f()
    assert run.asked == [7, 60, 7]


@pytest.mark.parametrize(
    "reply",
    [
        [],
        [b"nonsense"],
        [b"\xc1", b""],
        (),
        5,
        ("value",),
        ("value", 1, 2),
        ("other", 1),
        ("missing", 5),
        ("raised", "E", "text"),
        ("raised", 1, 2, 3),
    ],
)
def test_an_answer_out_of_turn_is_doubtful(reply: Any) -> None:
    with pytest.raises(Doubtful):
        replying(reply).f()


def test_texts_from_the_other_side_are_cut() -> None:
    long = "x" * 10**6
    for reply in (("missing", long), ("refused", long), ("raised", long, long, long)):
        with pytest.raises(Failure) as raised:
            replying(reply).f()
        assert len(raised.value.message) < 10_000


def test_files() -> None:
    student = replying(("value", "/scratch/x"))
    assert student.files({"a.txt": b""}) == "/scratch/x"
    assert student.scratch_path("x") == "/scratch/x"
    assert replying(("value", b"12")).read_file("x", 2) == b"12"
    for lie in ("12", b"123"):
        with pytest.raises(Doubtful):
            replying(("value", lie)).read_file("x", 2)
    with pytest.raises(Failure, match="no file at the path that was given"):
        replying(("value", None)).read_file("x", 2)


def test_arguments_come_back() -> None:
    student = replying(("value", [5, [1, [2]]]))
    assert student.call_and_return_arguments("f", 1, [3], deep=True) == (5, [1, [2]])
    for lie in (5, [5], [5, 6], [5, [1], 6]):
        with pytest.raises(Doubtful):
            replying(("value", lie)).call_and_return_arguments("f", 1)


def test_attesting_takes_a_handle() -> None:
    with pytest.raises(CallFailure, match="a Keras model was expected, but a dict came"):
        replying(("value", None)).attest({})


def test_private_names_are_no_functions_of_the_student() -> None:
    student = gloves(Run())
    handle = Handle(student, Ref(1, "Box"), 1)
    for thing in (student, handle):
        assert not hasattr(thing, "__array__")
        assert not hasattr(thing, "_private")
    assert repr(handle) == "<Box inside>"
