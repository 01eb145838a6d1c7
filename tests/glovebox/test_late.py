"""What being late costs: grace, days, cap, and who has more time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets.config import Config

from glovebox.late import LatePolicy, LatePolicyError, Policy, late_policy, read_extensions

HOUR = 3600.0
DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("late", "share"),
    [
        (1, 0.0),
        (600, 0.0),
        (601, 0.1),
        (DAY, 0.1),
        (DAY + 1, 0.2),
        (4.5 * DAY, 0.4),
        (99 * DAY, 0.4),
    ],
)
def test_each_day_begun_costs_a_share(late: float, share: float) -> None:
    assert Policy(grace_minutes=10, per_day=0.1, at_most=0.4).share(late) == pytest.approx(share)


@given(
    times=st.tuples(st.floats(0, 1e8), st.floats(0, 1e8)).map(sorted),
    policy=st.builds(Policy, st.floats(0, 100), st.floats(0, 1), st.floats(0, 1)),
)
def test_later_never_costs_less(times: list[float], policy: Policy) -> None:
    earlier, later = map(policy.share, times)
    assert 0 <= earlier <= later <= policy.at_most


def penalty(policy: LatePolicy, student: str, late: float, assignment: str = "") -> float | None:
    policy.assignment_id = assignment
    return policy.late_submission_penalty(student, 20.0, late)


def test_an_assignment_may_have_its_own_policy() -> None:
    policy = LatePolicy(
        per_day=0.1, assignments={"second": {"per_day": 0.5}, "free": {"at_most": 0}}
    )
    assert penalty(policy, "ann", HOUR, "first") == 2
    assert penalty(policy, "ann", HOUR, "second") == 10
    assert penalty(policy, "ann", HOUR, "free") is None
    assert penalty(policy, "ann", HOUR) == 2


def test_an_extension_moves_the_due_date(tmp_path: Path) -> None:
    path = tmp_path / "extensions.csv"
    path.write_text(
        "\ufeffstudent,assignment,hours\nann,first,24\nann,first,2\nbob,*,1.5\n", encoding="utf-8"
    )
    policy = LatePolicy(extensions=str(path))
    assert penalty(policy, "ann", 23 * HOUR, "first") is None
    assert penalty(policy, "ann", 25 * HOUR, "first") == 2
    assert penalty(policy, "ann", 23 * HOUR, "second") == 2
    assert penalty(policy, "bob", HOUR, "second") is None
    assert penalty(policy, "carol", HOUR, "first") == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "its first line must be student,assignment,hours"),
        ("student,hours\nann,2\n", "its first line must be"),
        ("student,assignment,hours\nann,first,two days\n", "line 2: give a student, an assignment"),
        ("student,assignment,hours\nann,first,1\nbob,first,-1\n", "line 3: give"),
        ("student,assignment,hours\n,first,1\n", "line 2: give"),
        ("student,assignment,hours\nann\n", "line 2: give"),
        ("student,assignment,hours\nann,first,nan\n", "line 2: give"),
    ],
)
def test_a_list_that_cannot_be_understood_is_one_sentence(
    tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "extensions.csv"
    path.write_text(content)
    with pytest.raises(LatePolicyError, match=said):
        read_extensions(path)


def test_a_list_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LatePolicyError, match=r"extensions.csv: No such file"):
        LatePolicy(extensions=str(tmp_path / "extensions.csv"))
    (tmp_path / "latin.csv").write_bytes(b"student,assignment,hours\n\xe9,first,1\n")
    with pytest.raises(LatePolicyError, match="not UTF-8 text"):
        read_extensions(tmp_path / "latin.csv")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"per_day": 1.5}, "per_day is 1.5; it must not be below 0 or above 1"),
        ({"at_most": -0.1}, "at_most is -0.1"),
        ({"assignments": {"first": {"a_day": 0.1}}}, "must hold settings among grace_minutes"),
        ({"assignments": {"first": 0.1}}, "must hold settings among"),
        ({"assignments": {"first": {"per_day": "much"}}}, "it must be a number"),
    ],
)
def test_a_wrong_policy_is_one_sentence(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(LatePolicyError, match=said):
        LatePolicy(**settings)


@pytest.mark.parametrize(("name", "value"), [("per_dya", 0.5), ("penalty_method", "zero")])
def test_a_setting_that_is_not_its_own_is_refused(name: str, value: Any) -> None:
    with pytest.raises(
        LatePolicyError, match=r"no setting LatePolicy\.[a-z_]*; there are .*per_day"
    ):
        LatePolicy(config=Config({"LatePolicy": {name: value}}))


def test_names_that_nobody_has_are_told(tmp_path: Path) -> None:
    path = tmp_path / "extensions.csv"
    path.write_text("student,assignment,hours\nann,first,1\nanne,frist,2\nnan,*,3\n")
    policy = LatePolicy(assignments={"first": {}, "last": {}}, extensions=str(path))
    assert policy.strangers({"ann"}, {"first"}) == [
        "LatePolicy.assignments: there is no assignment 'last'.",
        f"{path}: there is no assignment 'frist'.",
        f"{path}: neither the gradebook nor submitted/ knows a student 'anne' or 'nan'.",
    ]
    assert policy.strangers({"ann", "anne", "nan"}, {"first", "frist", "last"}) == []


@pytest.mark.parametrize("named", [LatePolicy, "glovebox.late.LatePolicy"])
def test_a_course_s_policy_is_found(named: Any) -> None:
    config = Config(
        {"AssignLatePenalties": {"plugin_class": named}, "LatePolicy": {"per_day": 0.5}}
    )
    policy = late_policy(config)
    assert policy is not None
    assert policy.per_day == 0.5
    assert late_policy(Config()) is None
