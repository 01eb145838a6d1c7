"""Running a notebook: one bad cell costs itself, a dead kernel is replaced, and time is bounded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from glovebox import run as module
from glovebox.gloves import Student
from glovebox.limits import Limits
from glovebox.missing import Missing
from glovebox.parse import parse_notebook
from glovebox.rebuild import rebuild
from glovebox.run import KernelGone, NoKernel, NotebookRun, OutOfTime
from glovebox.session import CallTimeout, Execution, KernelDied

Submit = Callable[..., bytes]


class Kernel:
    """Stands for a session: cells whose source says what happens, on a clock of its own."""

    def __init__(self, limits: Limits, data: Mapping[str, bytes], sandbox: bool) -> None:
        assert sandbox
        self.alive = False
        self.starts = 0
        self.refuses = 0
        self.log: list[str] = []
        self.now = 0.0
        self.closed = False
        self.note = ""
        self.memory = 0

    def clock(self) -> float:
        return self.now

    def start(self) -> None:
        self.starts += 1
        self.log.append("start")
        self.now += 1_000
        if self.refuses:
            self.refuses -= 1
            raise KernelDied("no")
        self.alive = True

    def _work(self, what: str, timeout: float) -> bool:
        """Spend the time; whether it was too long."""
        self.log.append(what)
        needed = float(what.partition("takes ")[2] or 0)
        self.now += min(needed, timeout)
        if "dies" in what:
            self.alive = False
            raise KernelDied("its process ended", Execution(outputs=[said("last words")]))
        return needed > timeout

    def execute(self, source: str, timeout: float) -> Execution:
        late = self._work(source, timeout)
        outputs = [said(source), *(ERRORS[word] for word in ERRORS if word in source)]
        return Execution(outputs, 1, timed_out=late, output_cut="floods" in source)

    def ask(self, message: Any, timeout: float) -> list[bytes]:
        if self._work(message, timeout):
            raise CallTimeout
        return [b"ok"]

    def kill(self) -> None:
        self.closed = True


def said(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def error(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": text, "traceback": []}


ERRORS = {
    "greedy": error("MemoryError", ""),
    "crooked": error("SyntaxError", "invalid syntax (2345.py, line 1)"),
}


@pytest.fixture
def start(tiny_pristine: NotebookNode, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Start a run with sources for cells; gives the run and its stand-in kernel."""
    monkeypatch.setattr(module, "Session", Kernel)

    def begin(limits: Limits | None = None, **sources: str) -> tuple[NotebookRun, Kernel]:
        notebook = nbformat.from_dict(tiny_pristine)
        for cell in notebook.cells:
            cell.source = sources.get(cell.id.replace("-", "_"), cell.id)
        run = NotebookRun(notebook, {}, limits or Limits(cell=10, notebook=100, call=5))
        kernel: Any = run._session
        return run, kernel

    return begin


def texts(run: NotebookRun, grade_id: str) -> list[str]:
    return [o.get("text", "") for o in run.notebook.cells[run.cells[grade_id]].outputs]


def kinds(run: NotebookRun) -> list[tuple[str, str, bool]]:
    return [(oddity.kind, oddity.cell, oddity.review) for oddity in run.oddities]


def test_cells_run_once_and_in_order(start: Any) -> None:
    run, kernel = start()
    run.advance_to("test-double")
    run.advance_to("double")
    assert kernel.log == ["start", "setup", "double", "test-double"]
    assert run.grade_cell() == "test-double"
    run.finish()
    assert kernel.log[4:] == ["mean", "test-mean"]
    assert run.grade_cell(0) == "test-double"
    assert run.grade_cell(run.cells["mean"]) == "test-mean"
    assert run.oddities == []
    with run:
        pass
    assert kernel.closed


def test_a_cell_over_its_time_costs_only_itself(start: Any) -> None:
    run, kernel = start(double="takes 11")
    run.finish()
    assert kernel.log.count("start") == 1
    assert kernel.log[-1] == "test-mean"
    assert texts(run, "double")[0] == "takes 11"
    assert texts(run, "double")[1].startswith("Interrupted after 10 seconds")
    assert kinds(run) == [("cell-timeout", "test-double", True)]


def test_a_fatal_cell_keeps_its_outputs_and_is_left_out_of_the_replay(start: Any) -> None:
    run, kernel = start(double="dies")
    run.finish()
    assert kernel.log == ["start", "setup", "dies", "start", "setup", "test-double", "mean",
                          "test-mean"]  # fmt: skip
    assert texts(run, "double") == [
        "last words",
        "The kernel died while this cell ran: its process ended.\n",
    ]
    assert kinds(run) == [("kernel-died", "test-double", True)]
    assert run.started == 2


def test_a_cell_that_is_fatal_only_in_the_replay_is_left_out_too(start: Any) -> None:
    run, kernel = start()
    run.advance_to("double")
    run.notebook.cells[run.cells["double"]].source = "dies now"
    kernel.alive = False
    run.advance_to("test-double")
    assert kernel.log[3:] == ["start", "setup", "dies now", "start", "setup", "test-double"]


def test_the_kernel_is_not_replaced_for_ever(start: Any) -> None:
    limits = Limits(cell=10, notebook=100, restarts=2)
    run, kernel = start(limits, setup="dies 1", double="dies 2", test_double="dies 3")
    run.finish()
    assert kernel.starts == 3
    assert texts(run, "mean") == ["This cell was not run: the kernel died too often.\n"]
    with pytest.raises(KernelGone):
        run.ask("f", 5, list)


def test_a_kernel_that_does_not_start_is_tried_again(start: Any) -> None:
    run, kernel = start()
    kernel.refuses = 2
    run.finish()
    assert kernel.log[:4] == ["start", "start", "start", "setup"]
    assert kinds(run) == [("no-kernel", "", True)]


def test_a_machine_that_starts_no_kernel_gives_no_mark(start: Any) -> None:
    run, kernel = start()
    kernel.refuses = 99
    # Pytest makes a check's error of the first; the second stops the grading.
    with pytest.raises(NoKernel, match="glovebox doctor"):
        run.advance_to("double")
    with pytest.raises(NoKernel, match="glovebox doctor"):
        run.finish()
    assert kernel.starts == 4


def test_a_kernel_that_cannot_be_replaced_costs_only_what_follows(start: Any) -> None:
    run, kernel = start(mean="dies")
    run.advance_to("test-double")
    kernel.refuses = 99
    run.finish()
    assert kernel.starts == 4
    assert "not run" in texts(run, "test-mean")[0]


def test_calls_wake_a_dead_kernel_in_the_state_it_had(start: Any) -> None:
    run, kernel = start()
    run.advance_to("test-double")
    with pytest.raises(KernelDied):
        run.ask("f dies", 5, list)
    assert run.ask("g", 5, list) == [b"ok"]
    assert kernel.log[4:] == ["f dies", "start", "setup", "double", "test-double", "g"]
    with pytest.raises(CallTimeout):
        run.ask("f takes 6", 5, list)


def test_time_is_bounded_and_only_the_students_counts(start: Any) -> None:
    run, kernel = start(Limits(cell=60, notebook=100), setup="takes 50", double="takes 200")
    # Starting took 1,000 seconds of the clock, and our own checks take as long as they like.
    kernel.now += 10_000
    run.advance_to("double")
    assert kernel.now - 11_000 == pytest.approx(100)
    run.finish()
    assert "This cell was not run: the notebook's 100 seconds were used up.\n" in texts(run, "mean")
    with pytest.raises(OutOfTime):
        run.ask("f", 5, list)
    assert [kind for kind, _, _ in kinds(run)].count("notebook-timeout") == 1


def test_calls_are_charged_too(start: Any) -> None:
    run, _ = start(Limits(notebook=10))
    run.finish()
    assert run.ask("f takes 8", 60, list) == [b"ok"]
    with pytest.raises(CallTimeout):
        run.ask("f takes 8", 60, list)
    with pytest.raises(OutOfTime):
        run.ask("g", 60, list)


def test_reading_what_a_call_gave_is_charged_too(start: Any) -> None:
    # The student's process chooses how much that is.
    run, kernel = start(Limits(notebook=10))

    def read(reply: list[bytes]) -> str:
        kernel.now += 8
        return reply[0].decode()

    run.finish()
    assert [run.ask("f", 60, read) for _ in range(2)] == ["ok", "ok"]
    with pytest.raises(OutOfTime):
        run.ask("f", 60, read)
    assert kinds(run) == [("notebook-timeout", "", True)]


def test_a_replay_does_not_outlive_the_notebooks_time(start: Any) -> None:
    run, kernel = start(Limits(cell=60, notebook=100), setup="takes 55")
    run.advance_to("test-double")
    with pytest.raises(KernelDied):
        run.ask("dies", 5, list)
    with pytest.raises(OutOfTime):
        run.ask("f", 5, list)
    assert kernel.log.count("takes 55") == 2


def test_cut_and_malformed_outputs_are_told(start: Any) -> None:
    run, _ = start(mean="floods")
    run.finish()
    assert texts(run, "mean")[-1] == "[output cut here]\n"
    assert kinds(run) == [("output-cut", "test-mean", False)]


def test_a_cell_without_memory_is_told(start: Any) -> None:
    run, _ = start(mean="greedy")
    run.finish()
    assert kinds(run) == [("memory", "test-mean", False)]


def test_cells_that_are_not_run_say_why(start: Any) -> None:
    run, _ = start(Limits(cell=60, notebook=50), double="takes 55", mean="def mean(x): return x")
    run.finish()
    sentence = "the notebook's 50 seconds were used up"
    assert run.left_out[run.cells["mean"]] == sentence
    assert Missing(run).why("mean") == f"its cell was not run: {sentence}"


def test_a_real_run_tells_why_a_function_is_missing(start: Any) -> None:
    run, _ = start(double="total = greedy\ndef double(x): return x", mean="def mean(crooked:")
    missing = Missing(run)
    assert missing.why("double") == ""
    run.finish()
    assert missing.why("double") == "its cell stopped with MemoryError"
    assert missing.why("mean") == "its cell stopped with SyntaxError: invalid syntax (line 1)"


# --- with a kernel --------------------------------------------------------------------------------


def test_a_notebook_that_does_everything_wrong(
    tiny_pristine: NotebookNode, submission: Submit
) -> None:
    parsed, _ = parse_notebook(
        submission(
            "print('the end:', kept)",
            double="kept = 1\ndef double(x):\n    import os\n    os._exit(x)",
            mean="import sys\nsys.exit()\n",
        )
    )
    rebuilt = rebuild(tiny_pristine, parsed)
    limits = Limits(cell=20, call=5, grace=1)
    with NotebookRun(rebuilt.notebook, {"x.txt": b"1"}, limits) as run:
        student = Student(run)
        run.advance_to("double")
        box = student.get("kept")
        assert box == 1
        with pytest.raises(Exception, match="the kernel died in `double`"):
            student.double(3)
        assert student.get("kept") == 1
        assert run.started == 2
        run.finish()
    assert 50 << 20 < run.memory < 3 << 30
    nbformat.validate(run.notebook)
    assert run.notebook.cells[-1].outputs[0]["text"] == "the end: 1\n"
    assert "SystemExit" in str(run.notebook.cells[run.cells["mean"]].outputs)
