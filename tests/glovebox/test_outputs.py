"""Outputs: valid, bounded, and free of what a browser would run."""

from __future__ import annotations

import base64
import json
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook

from glovebox.messages import MALFORMED, TOO_LARGE, read
from glovebox.outputs import Collector

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n and more").decode()


def collect(*messages: tuple[str, dict[str, Any]], limit: int = 1000) -> Collector:
    """What comes of messages, in a notebook that nbformat accepts and that can be written."""
    collector = Collector(limit)
    for kind, content in messages:
        collector.take(kind, content)
    execution = collector.execution
    cell = new_code_cell("", outputs=[nbformat.from_dict(o) for o in execution.outputs])
    cell.execution_count = execution.execution_count
    notebook = new_notebook(cells=[cell])
    nbformat.validate(notebook)
    nbformat.writes(notebook).encode()
    return collector


def stream(text: Any, name: Any = "stdout") -> tuple[str, dict[str, Any]]:
    return "stream", {"name": name, "text": text}


def display(data: Any, **more: Any) -> tuple[str, dict[str, Any]]:
    return "display_data", {"data": data, "metadata": {}, **more}


def failure(text: str = "v", trace: list[str] | None = None) -> tuple[str, dict[str, Any]]:
    return "error", {"ename": "E", "evalue": text, "traceback": trace or []}


def test_what_stopped_a_cell_is_kept_whatever_it_printed() -> None:
    execution = collect(stream("x" * 2_000), failure("first"), failure("last")).execution
    assert execution.output_cut
    assert [output["output_type"] for output in execution.outputs] == ["stream", "error", "error"]
    assert execution.stop == "E: last"
    many = collect(stream("x" * 2_000), *(failure(str(n)) for n in range(100))).execution
    assert len(many.errors) < 10


def test_long_exceptions_are_shortened() -> None:
    trace = ["first", *(f"frame {n} " + "x" * 10_000 for n in range(1_000)), "last " + "y" * 10**6]
    execution = collect(failure("z" * 10**6, trace), limit=10**6).execution
    assert not execution.output_cut
    (error,) = execution.outputs
    assert len(json.dumps(error)) < 100_000
    assert error["traceback"][-1].startswith("last y")
    assert "frame 999 x" in error["traceback"][-2]


def test_outputs_arrive_as_they_were_shown() -> None:
    collector = collect(
        ("execute_input", {"code": "x", "execution_count": 7}),
        stream("a"),
        stream("b\n"),
        stream("warned", "stderr"),
        display({"text/plain": "<Figure>", "image/png": PNG}),
        ("execute_result", {"data": {"text/plain": "5"}, "metadata": {}, "execution_count": 7}),
        ("error", {"ename": "E", "evalue": "v", "traceback": ["\x1b[31mred\x1b[0m"]}),
    )
    outputs = collector.execution.outputs
    assert [output.get("text") for output in outputs[:2]] == ["ab\n", "warned"]
    assert outputs[2]["data"] == {"text/plain": "<Figure>", "image/png": PNG}
    assert outputs[3]["data"] == {"text/plain": "5"}
    assert outputs[4]["traceback"] == ["\x1b[31mred\x1b[0m"]
    assert collector.execution.execution_count == 7
    assert not collector.execution.output_cut


def test_idle_is_told() -> None:
    collector = Collector(10)
    assert not collector.take("status", {"execution_state": "busy"})
    assert collector.take("status", {"execution_state": "idle"})


def test_clearing_and_updating() -> None:
    named = {"transient": {"display_id": "bar"}}
    collector = collect(
        display({"text/plain": "1%"}, **named),
        stream("x"),
        ("update_display_data", display({"text/plain": "2%"}, **named)[1]),
        ("update_display_data", display({"text/plain": "?"}, transient={"display_id": "no"})[1]),
    )
    plain = [o.get("text") or o["data"]["text/plain"] for o in collector.execution.outputs]
    assert plain == ["2%", "x"]
    collector.take("clear_output", {"wait": True})
    assert collector.execution.outputs
    collector.take(*stream("new"))
    assert [o["text"] for o in collector.execution.outputs] == ["new"]
    collector.take("clear_output", {})
    assert not collector.execution.outputs
    # What was shown before the clearing is gone and must not be written over something else.
    collector.take(*stream("y"))
    collector.take("update_display_data", display({"text/plain": "3%"}, **named)[1])
    assert [o.get("text") for o in collector.execution.outputs] == ["y"]


@pytest.mark.parametrize(
    "flood",
    [
        [stream("x" * 5_000)],
        [stream("ab")] * 3_000,
        [stream("a", name) for name in ("stdout", "stderr")] * 3_000,
        [display({"text/plain": ""})] * 3_000,
        [display({"text/html": "<b>" * 500})] * 3,
        [("error", {"ename": "E", "evalue": "", "traceback": [""] * 3_000})],
        [stream("x" * 900), ("clear_output", {})] * 10,
    ],
)
def test_a_flood_is_cut(flood: list[tuple[str, dict[str, Any]]]) -> None:
    collector = collect(*flood)
    assert collector.execution.output_cut
    assert len(json.dumps(collector.execution.outputs)) < 200_000


HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "message",
    [
        stream("x", f'stdout"{HOSTILE}'),
        display({"text/plain": "x", "application/javascript": HOSTILE}),
        display({"text/plain": "x", "image/svg+xml": HOSTILE}),
        display({"text/plain": "x", "text/markdown": HOSTILE, "text/latex": HOSTILE}),
        display({"text/plain": "x", HOSTILE: "x"}),
        display({"image/png": f'"{HOSTILE}'}),
        display({"image/png": base64.b64encode(HOSTILE.encode()).decode()}),
        display({"image/png": 5}),
        (
            "display_data",
            {"data": {"image/png": PNG}, "metadata": {"image/png": {"width": HOSTILE}}},
        ),
        ("execute_result", {"data": {}, "metadata": {}, "execution_count": HOSTILE}),
        (HOSTILE, {}),
    ],
)
def test_nothing_that_runs_gets_through(message: tuple[str, dict[str, Any]]) -> None:
    collector = collect(message)
    assert "script" not in json.dumps(collector.execution.outputs)


def test_pictures_are_written_anew() -> None:
    wrapped = "\n".join([PNG[:9], PNG[9:]])
    collector = collect(display({"image/png": wrapped}))
    assert collector.execution.outputs[0]["data"]["image/png"] == PNG


def test_characters_that_no_file_can_hold_are_replaced() -> None:
    collector = collect(stream("a\ud800b\x00c\x1b[1m\U0001f600"))
    assert collector.execution.outputs[0]["text"] == "a\ufffdbc\x1b[1m\U0001f600"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text/plain", "image/png", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = ["data", "text", "name", "ename", "evalue", "traceback", "execution_count", "transient"]
KINDS = ["stream", "error", "display_data", "update_display_data", "execute_result", "status"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*KINDS, "clear_output"]),
            st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=5),
        ),
        max_size=4,
    )
)
def test_any_content_leaves_a_valid_notebook(messages: list[tuple[str, dict[str, Any]]]) -> None:
    collect(*messages)


# --- messages -------------------------------------------------------------------------------------


def parts(*frames: Any) -> list[bytes]:
    texts = [json.dumps(frame).encode() for frame in frames]
    return [b"topic", b"<IDS|MSG>", b"signature", *texts, b"buffer"]


def test_a_message_is_read() -> None:
    message = read(parts({"msg_type": "stream"}, {"msg_id": "5"}, {}, {"text": "x"}))
    assert (message.kind, message.parent, message.content) == ("stream", "5", {"text": "x"})
    assert message.buffers == (b"buffer",)


@pytest.mark.parametrize(
    "hostile",
    [
        [],
        [b"<IDS|MSG>"],
        [b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"],
        parts({"msg_type": 5}, {}, {}, {}),
        parts({"msg_type": "x"}, {"msg_id": 5}, {}, {}),
        parts({"msg_type": "x"}, [], {}, {}),
        parts({"msg_type": "x"}, {}, {}, []),
        parts([], {}, {}, {}),
        parts({"msg_type": "x"}, {}, {})[:-1],
        [b"<IDS|MSG>", b"", b"[" * 9_000, b"{}", b"{}", b"{}"],
        [b"<IDS|MSG>", b"", b"9" * 9_000, b"{}", b"{}", b"{}"],
        [b"<IDS|MSG>", b"", b"\xff\xfe", b"{}", b"{}", b"{}"],
    ],
)
def test_malformed_messages_are_named_so(hostile: list[bytes]) -> None:
    assert read(hostile).kind == MALFORMED


def test_large_messages_are_not_parsed() -> None:
    bomb = b"[" + b"[]," * (4 << 20)
    head = [b"<IDS|MSG>", b"", b'{"msg_type": "x"}', b'{"msg_id": "5"}', b"{}"]
    assert read(None).kind == TOO_LARGE
    assert read([*head, bomb]).kind == TOO_LARGE
    assert read([*head, bomb]).parent == "5"
    assert read([*head[:2], bomb, *head[3:], b"{}"]).kind == TOO_LARGE
