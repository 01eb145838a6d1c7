"""Whatever befalls a batch, no mark is lost, doubled or invented, and a rerun goes on.

Each round takes a class through a series of runs, each of which something befalls at moments drawn
by chance, and then through one that is left alone. ``GLOVEBOX_INJECTIONS`` says how many faults are
injected in all (``make faults``: the long layer), ``GLOVEBOX_FAULTS`` repeats a failed round: it is
the seed that the round printed.
"""

from __future__ import annotations

import contextlib
import itertools
import math
import os
import random
import secrets
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.glovebox.classroom import STUDENTS, Course, Run, variants
from tests.glovebox.faults import (
    ENDING,
    GIVEN_UP,
    KINDS,
    PASSING,
    SAID,
    SEAMS,
    STOP,
    SUICIDE,
    TWICE,
    WORKER,
    Ground,
    cut_newest,
    fill,
    small_disk,
)

pytestmark = pytest.mark.slow

_A_ROUND = 24
_AT_ONCE = 6
"""At most so many faults in one run."""
_SEED = int(os.environ.get("GLOVEBOX_FAULTS") or secrets.randbits(32))
_INJECTIONS = int(os.environ.get("GLOVEBOX_INJECTIONS") or _A_ROUND)


@pytest.fixture
def ground(
    generated_course: Path,
    submission: Callable[..., bytes],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Iterator[Ground]:
    """A class of its own, on small disks where such can be mounted (as root)."""
    chance = random.Random(f"{_SEED} {request.param}")
    with contextlib.ExitStack() as stack:
        top = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="f")))
        places = [top / "d", top / "t"]
        try:
            disks = tuple(stack.enter_context(small_disk(place)) for place in places)
        except OSError:
            disks = ()
            for place in places:
                place.mkdir(exist_ok=True)
        course = Course(generated_course, *places, variants(submission), chance)
        yield Ground(course, chance, disks)


def plan(chance: random.Random, disk: bool) -> list[list[str]]:
    """The faults of a round, each kind at least once, as those of one run after the other."""
    weights = {kind: weight for kind, weight in KINDS.items() if disk or "disk" not in kind}
    more = chance.choices(list(weights), list(weights.values()), k=_A_ROUND - len(weights))
    faults = [*weights, *more]
    chance.shuffle(faults)
    runs: list[list[str]] = [[]]
    for fault in faults:
        if fault == STOP and runs[-1]:
            runs.append([])
        runs[-1].append(fault)
        if fault not in PASSING or len(runs[-1]) == _AT_ONCE:
            runs.append([])
    return [run for run in runs if run]


def befall(ground: Ground, faults: list[str], program: Path) -> list[str]:
    """One run with its faults; those that came before its end."""
    course, chance = ground.course, ground.chance
    if faults == [STOP]:
        module, name, calls = chance.choice(SEAMS)
        moment, number = chance.choice(("before", "after")), str(chance.randint(1, calls))
        print(moment, name, number)
        run = Run(course, str(program), module, name, moment, number)
    else:
        run = Run(course)
        time.sleep(chance.uniform(0, 6))
    injected: list[str] = []
    try:
        for fault in faults if faults != [STOP] else ():
            time.sleep(chance.uniform(0, 1.5))
            if not (PASSING | ENDING)[fault][0](ground, run):
                break
            injected.append(fault)
        code, said, printed = run.wait()
    finally:
        run.kill()
    if code == -signal.SIGKILL:
        assert faults[-1] in (STOP, "the caller is killed")
        injected = faults
        if faults == [STOP] and chance.random() < 0.5:
            cut_newest(course.root / "autograded", chance)
    else:
        problems = printed.get("problems", said.splitlines())
        print(code, problems)
        # A second Ctrl-C may come when all is done and Python itself is on its way out.
        late = {-signal.SIGINT} if faults[-1] == TWICE else set()
        assert code in {0, 1, 2, 130} | late, said
        assert "Traceback" not in said, said
        assert code in {0} | late or problems
        assert not any("\n" in problem for problem in problems)
        if code in (1, 2) and (words := SAID.get(faults[-1])):
            # By then a submission may have been given up, and the last fault has met nothing.
            words += GIVEN_UP if faults.count(WORKER) > 1 else ()
            assert any(word in problem for problem in problems for word in words)
    return injected


def test_a_disk_can_be_filled(tmp_path: Path) -> None:
    try:
        with small_disk(tmp_path / "disk") as disk:
            ballast = fill(disk)
            with pytest.raises(OSError, match="No space left"):
                (disk / "more").write_bytes(b"more")
            ballast.unlink()
            (disk / "more").write_bytes(b"more")
    except OSError as error:
        pytest.skip(f"no disk is filled, as none can be mounted here: {error}")


@pytest.mark.parametrize("ground", range(math.ceil(_INJECTIONS / _A_ROUND)), indirect=True)
def test_a_class_survives(ground: Ground, tmp_path: Path) -> None:
    print(f"GLOVEBOX_FAULTS={_SEED}")
    course, counted = ground.course, Counter[str]()
    (program := tmp_path / "suicide.py").write_text(SUICIDE)
    queue = plan(ground.chance, bool(ground.disks))
    for number in itertools.count():
        if not queue:
            break
        assert number < _A_ROUND, "the faults come too late again and again"
        faults = queue.pop(0)
        # There is always something to be graded, and something that is not.
        done = list(course.complete())
        for student in done[: max(0, len(done) - 3)]:
            course.hand_in(student)
        before = course.complete()
        print(f"{len(before)} are complete; then: {', '.join(faults)}")
        course.changed.clear()
        injected = befall(ground, faults, program)
        counted.update(injected)
        for student, inode in course.complete().items():
            assert before.get(student, inode) == inode or student in course.changed, student
        if rest := faults[len(injected) :]:
            queue.append(rest)
    print(dict(counted))
    assert set(counted) == set(KINDS) - (set() if ground.disks else {"the disk is full"})

    before = course.complete()
    due = set(STUDENTS) - set(before)
    code, said, printed = Run(course).wait()
    assert (code, said, printed["problems"]) == (0, "", [])
    assert {one["student"] for one in printed["graded"]} == due
    after = course.complete()
    assert {student: after[student] for student in before} == before
    course.check_the_end()
    code, _, printed = Run(course).wait()
    assert (code, printed) == (0, {"graded": [], "recalled": 0, "problems": [], "late": {}})
