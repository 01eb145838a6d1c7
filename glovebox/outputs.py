"""What running one cell showed, gathered from a stranger's messages into outputs safe to keep.

An instructor reads these outputs in a browser that is logged in to the gradebook, so little gets
through: text, tables (whose markup is cleaned where it is shown), and pictures whose bytes are
pictures. Scripts, drawings and widgets stay behind.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
from dataclasses import dataclass, field
from typing import Any

from glovebox.parse import printable
from glovebox.show import both_ends, clean_text

_PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
_MOST = 2_000
"""Outputs of one cell."""
_OUT_OF_MEMORY = ("MemoryError", "ResourceExhaustedError")
"""What Python, NumPy and TensorFlow raise."""
_PLACE = re.compile(r" \([^()]*\b(line \d+)\)$")
_LOOKED_AT, _SHOWN = 2_000, 200
"""Characters of what an exception says."""
_TOLD, _TRACED = 5_000, 50_000
"""Characters kept of what an exception says, and of the lines that led to it."""
_ERRORS = 5
"""So many exceptions are kept of a cell, however much it printed: they say why it stopped."""
_MESSAGE = 100
"""Bytes that an output costs beside its content."""


@dataclass
class Execution:
    """What running one cell gave: valid nbformat outputs, and how it ended."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    execution_count: int | None = None
    timed_out: bool = False
    output_cut: bool = False
    malformed: int = 0
    finished: bool = False
    """Whether the kernel said that it ran to its end: an exception that it shows was caught."""
    told: dict[str, Any] | None = None
    """The exception that stopped it, as the kernel said in the end, in the form of an output."""
    seconds: float = 0.0
    """What it took of the notebook's time."""
    ended: str = ""
    """Why it ended its kernel; empty if it did not."""

    @property
    def out_of_memory(self) -> bool:
        """Whether there was not enough memory for it, whatever it did then."""
        known = self.errors if self.told is None else [*self.errors, self.told]
        return any(error["ename"] in _OUT_OF_MEMORY for error in known)

    @property
    def stop(self) -> str:
        """The exception that stopped it, in a line; empty if it ran to its end."""
        return "" if self.error is None else in_a_line(self.error)

    @property
    def error(self) -> dict[str, Any] | None:
        """The exception that stopped it; None if it ran to its end, or nothing is known."""
        if self.finished:
            return None
        return self.told or next(reversed(self.errors), None)

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The outputs that show exceptions."""
        return [one for one in self.outputs if one["output_type"] == "error"]


def in_a_line(error: dict[str, Any]) -> str:
    """What an exception says, in a line of bounded length."""
    # A syntax error names a file that only the kernel knows.
    said = _PLACE.sub(r" (\1)", " ".join(error["evalue"][:_LOOKED_AT].split()))
    return printable(f"{error['ename']}: {said}" if said else error["ename"], _SHOWN)


class Collector:
    """Gathers one cell's outputs within a number of bytes."""

    def __init__(self, limit: int) -> None:
        self.execution = Execution()
        self._left = limit
        self._clear_next = False
        self._shown: dict[str, int] = {}

    def take(self, kind: str, content: dict[str, Any]) -> bool:
        """Take in one IOPub message; True when it says that the kernel is idle."""
        count = content.get("execution_count")
        if type(count) is int and 0 <= count < 1 << 31:
            self.execution.execution_count = count
        if kind == "status":
            return bool(content.get("execution_state") == "idle")
        if kind == "clear_output":
            self._clear_next = bool(content.get("wait"))
            if not self._clear_next:
                self._clear()
        elif kind in _READERS:
            self._output(kind, content)
        return False

    def replied(self, content: dict[str, Any]) -> None:
        """Take in the reply, in which the kernel says how the cell ended."""
        self.execution.finished = content.get("status") == "ok"
        if content.get("status") == "error":
            with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
                self.execution.told, _ = _error(content)

    def cut(self) -> None:
        """Note that something too large to look at was left out."""
        self.execution.output_cut = True

    def _output(self, kind: str, content: dict[str, Any]) -> None:
        try:
            output, size = _READERS[kind](content)
        except (ValueError, TypeError, KeyError, AttributeError):
            self.execution.malformed += 1
            return
        if output["output_type"] == "stream":
            if size > self._left:
                self.cut()
                output["text"] = output["text"][: self._left]
            if not output["text"]:
                return
        elif size > self._left or len(self.execution.outputs) >= _MOST:
            self.cut()
            if output["output_type"] != "error" or len(self.execution.errors) >= _ERRORS:
                return
        self._left -= min(size, self._left)
        if self._clear_next:
            self._clear()
        self._place(kind, content, output)

    def _place(self, kind: str, content: dict[str, Any], output: dict[str, Any]) -> None:
        outputs = self.execution.outputs
        transient = content.get("transient")
        display_id = transient.get("display_id") if isinstance(transient, dict) else None
        last = outputs[-1] if outputs else {}
        if kind == "update_display_data":
            index = self._shown.get(str(display_id))
            if index is not None:
                outputs[index] = output
        elif kind == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            outputs.append(output)
            if display_id is not None:
                self._shown[str(display_id)] = len(outputs) - 1

    def _clear(self) -> None:
        self.execution.outputs.clear()
        self._shown.clear()
        self._clear_next = False


def _stream(content: dict[str, Any]) -> tuple[dict[str, Any], int]:
    text = _text(content["text"])
    name = "stderr" if content["name"] == "stderr" else "stdout"
    return {"output_type": "stream", "name": name, "text": text}, len(text)


def _error(content: dict[str, Any]) -> tuple[dict[str, Any], int]:
    name, value = _text(content["ename"])[:_SHOWN], _text(content["evalue"])[:_TOLD]
    # The last lines are nearest to the mistake; what is left out of one is its middle.
    trace: list[str] = []
    left = _TRACED
    for line in reversed(content["traceback"]):
        if left <= 0:
            break
        trace.insert(0, both_ends(_text(line), min(_TOLD, left)))
        left -= len(trace[0]) + _MESSAGE
    size = len(name) + len(value) + sum(len(line) + _MESSAGE for line in trace) + _MESSAGE
    output = {"output_type": "error", "ename": name, "evalue": value, "traceback": trace}
    return output, size


def _display(content: dict[str, Any]) -> tuple[dict[str, Any], int]:
    data = {"text/plain": _text(content["data"].get("text/plain", ""))}
    if "text/html" in content["data"]:
        data["text/html"] = _text(content["data"]["text/html"])
    for kind, magic in _PICTURES.items():
        if kind in content["data"]:
            data[kind] = _picture(content["data"][kind], magic)
    size = sum(map(len, data.values())) + _MESSAGE
    return {"output_type": "display_data", "data": data, "metadata": {}}, size


def _result(content: dict[str, Any]) -> tuple[dict[str, Any], int]:
    output, size = _display(content)
    count = content.get("execution_count")
    known = type(count) is int and 0 <= count < 1 << 31
    output |= {"output_type": "execute_result", "execution_count": count if known else None}
    return output, size


_READERS = {
    "stream": _stream,
    "error": _error,
    "display_data": _display,
    "update_display_data": _display,
    "execute_result": _result,
}


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = "".join(value)
    if not isinstance(value, str):
        raise TypeError("text was expected")
    return clean_text(value, keep="\x1b\b\r")


def _picture(value: Any, magic: bytes) -> str:
    """The picture's base64 text, written anew so that it holds nothing else."""
    text = "".join(value) if isinstance(value, list) else value
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if not data.startswith(magic):
        raise ValueError("not a picture")
    return base64.b64encode(data).decode()
