"""One socket to the kernel, read no faster than its messages are used.

Jupyter's messages travel over ZMTP 3.0 (rfc.zeromq.org/spec/23). ZeroMQ's own library reads ahead
of its user without bound: a message of endless parts would fill the grader's memory before any of
it could be looked at. This side reads when asked, forgets what is too large as it comes, and never
connects a second time.
"""

from __future__ import annotations

import contextlib
import itertools
import socket
import time
from collections import deque
from collections.abc import Sequence

_GREETING = (
    b"\xff" + bytes(8) + b"\x7f" + bytes([3, 0]) + b"NULL".ljust(20, b"\0") + bytes([0]) + bytes(31)
)
_MORE, _LONG, _COMMAND = 1, 2, 4
_READ = 1 << 20
_TURN = 4 << 20
"""Bytes read at a time, so that a flood does not keep the reader from looking at the clock."""
_PIECES = 256
"""Pieces sent at a time; systems take at least a thousand."""
_MESSAGES = 1_000
_PARTS = 1_000
"""Parts of one message; Jupyter's have about six."""


class ChannelClosed(Exception):
    """The other side is gone, or speaks no ZMTP."""


class Channel:
    """A connection to one of the kernel's ``ipc`` sockets.

    Args:
        kind: ``"DEALER"`` for requests and replies, ``"SUB"`` for what the kernel publishes.
        limit: bytes of one message; of a larger one nothing is kept.
    """

    def __init__(self, kind: str, limit: int) -> None:
        self._kind, self._limit = kind, limit
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._outgoing: deque[memoryview] = deque()
        self._incoming = bytearray()
        self._parts: list[bytes] | None = []
        self._size = 0
        self._skip = 0
        self._last = False
        self.waiting = False
        """Whether the last :meth:`receive` may have left something that is here already."""

    def connect(self, path: str, deadline: float) -> None:
        """Connect to a socket's file and shake hands.

        Raises:
            ChannelClosed: nobody there speaks ZMTP by ``deadline`` (on the monotonic clock).
        """
        try:
            self._socket.settimeout(max(deadline - time.monotonic(), 0.001))
            self._socket.connect(path)
            ready = b"\x05READY" + _property(b"Socket-Type", self._kind.encode())
            self._socket.sendall(_GREETING + bytes([_COMMAND, len(ready)]) + ready)
            theirs = self._exactly(len(_GREETING))
            if theirs[0] != 0xFF or theirs[10] < 3 or theirs[12:16] != b"NULL":
                raise ChannelClosed("not a ZMTP 3 socket")
            flags, size = self._exactly(2)
            if flags != _COMMAND or not self._exactly(size).startswith(b"\x05READY"):
                raise ChannelClosed("the handshake failed")
            self._socket.setblocking(False)
        except OSError as error:
            raise ChannelClosed(str(error)) from error
        if self._kind == "SUB":
            self.send([b"\x01"])

    def fileno(self) -> int:
        """The file descriptor, for waiting on."""
        return self._socket.fileno()

    @property
    def sending(self) -> bool:
        """Whether part of a message still waits for the other side to take it."""
        return bool(self._outgoing)

    def send(self, parts: Sequence[bytes]) -> None:
        """Queue a message and send what the other side takes now; see :meth:`flush`."""
        for index, part in enumerate(parts):
            more = _MORE if index < len(parts) - 1 else 0
            long = len(part) > 255
            size = len(part).to_bytes(8 if long else 1, "big")
            self._outgoing += [memoryview(bytes([more | (_LONG if long else 0)]) + size)]
            self._outgoing += [memoryview(part)] if part else []
        self.flush()

    def flush(self) -> None:
        """Send more of what is queued, as far as the other side takes it.

        Raises:
            ChannelClosed: the other side is gone.
        """
        while self._outgoing:
            try:
                # Many at once: each piece that is sent alone wakes the other side.
                sent = self._socket.sendmsg(itertools.islice(self._outgoing, _PIECES))
            except (BlockingIOError, InterruptedError):
                return
            except OSError as error:
                raise ChannelClosed(str(error)) from error
            while sent:
                piece = self._outgoing.popleft()
                if sent < len(piece):
                    self._outgoing.appendleft(piece[sent:])
                sent -= min(sent, len(piece))

    def receive(self) -> list[list[bytes] | None]:
        """The messages at hand, up to a number of them; None for one that was too large.

        Raises:
            ChannelClosed: the other side is gone, or sent what is no ZMTP.
        """
        messages: list[list[bytes] | None] = []
        taken, self.waiting = 0, False
        while len(messages) < _MESSAGES and taken < _TURN:
            if self._complete():
                messages.append(self._parts)
                self._parts, self._size, self._last = [], 0, False
                continue
            try:
                chunk = self._socket.recv(_READ)
            except (BlockingIOError, InterruptedError):
                return messages
            except OSError:
                chunk = b""
            if not chunk:
                if messages:
                    return messages
                raise ChannelClosed("the kernel closed the connection")
            taken += len(chunk)
            skipped = min(self._skip, len(chunk))
            self._skip -= skipped
            self._incoming += memoryview(chunk)[skipped:]
        self.waiting = True
        return messages

    def close(self) -> None:
        """End the connection."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def _complete(self) -> bool:
        """Take in frames from what was read; whether that ends a message."""
        while not self._last:
            size = self._frame()
            if not size:
                return False
            del self._incoming[:size]
        return not self._skip

    def _frame(self) -> int:
        """Take in the next frame; its length in what was read, or 0 if it is incomplete."""
        at_hand = len(self._incoming)
        if self._skip or at_hand < 2:
            return 0
        flags = self._incoming[0]
        if flags & ~(_MORE | _LONG):
            raise ChannelClosed("what came is no ZMTP message")
        head = 9 if flags & _LONG else 2
        if at_hand < head:
            return 0
        size = int.from_bytes(self._incoming[1:head], "big")
        last = not flags & _MORE
        kept = self._parts
        if kept is None or len(kept) == _PARTS or self._size + size > self._limit:
            self._parts, self._last = None, last
            self._skip = max(size - (at_hand - head), 0)
            return head + size - self._skip
        if at_hand < head + size:
            return 0
        with memoryview(self._incoming) as view:
            kept.append(bytes(view[head : head + size]))
        self._size, self._last = self._size + size, last
        return head + size

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            chunk = self._socket.recv(size - len(data))
            if not chunk:
                raise ChannelClosed("the kernel closed the connection")
            data += chunk
        return data


def _property(name: bytes, value: bytes) -> bytes:
    return bytes([len(name)]) + name + len(value).to_bytes(4, "big") + value
