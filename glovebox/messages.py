"""Reads and writes Jupyter's messages; what comes from the kernel is a stranger's.

Sizes are looked at before anything is parsed, and whatever is wrong with a message becomes one of
two kinds of message that are always safe to handle.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from jupyter_client.session import DELIM
from jupyter_client.session import Session as Signer

TOO_LARGE = "(too large)"
MALFORMED = "(malformed)"

_MAX_HEADER = 64 << 10
_MAX_CONTENT = 8 << 20
"""Bytes of JSON that may be parsed: a parsed document can take thirty times its size."""


@dataclass(frozen=True)
class Message:
    """One message from the kernel; ``parent`` is the number of the request that it belongs to."""

    kind: str
    parent: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    buffers: tuple[bytes, ...] = ()


class Writer:
    """Writes and signs requests to one kernel."""

    def __init__(self, key: bytes) -> None:
        self._signer = Signer(key=key, packer="json", unpacker="json")

    def request(
        self, kind: str, content: dict[str, Any], buffers: Sequence[bytes] = ()
    ) -> tuple[str, list[bytes]]:
        """A request's number and the parts that it travels as."""
        message = self._signer.msg(kind, content)
        return str(message["msg_id"]), [*self._signer.serialize(message), *buffers]


def read(parts: Sequence[bytes] | None) -> Message:
    """The message that came as these parts (None: it was too large to be kept).

    Its signature is passed over: the student's process holds the key.
    """
    if parts is None:
        return Message(TOO_LARGE)
    try:
        start = parts.index(DELIM) + 2
        header, parent, _, content = parts[start : start + 4]
        if max(len(header), len(parent)) > _MAX_HEADER:
            return Message(TOO_LARGE)
        kind = _json(header)["msg_type"]
        request = _json(parent).get("msg_id", "")
        if len(content) > _MAX_CONTENT:
            return Message(TOO_LARGE, request)
        message = Message(kind, request, _json(content), tuple(parts[start + 4 :]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Message(MALFORMED)
    if not isinstance(message.content, dict) or not isinstance(kind, str):
        return Message(MALFORMED)
    return message if isinstance(request, str) else Message(MALFORMED)


def _json(part: bytes) -> Any:
    return json.loads(part.decode("utf-8", "replace"))
