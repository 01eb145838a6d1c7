"""One kernel in a process of its own: start it, run cells, ask the gloves' questions, kill it.

What comes out of the kernel is evidence from a stranger: a message that is malformed is dropped and
counted, sizes are capped before anything is parsed, and every wait has an end.
"""

from __future__ import annotations

import contextlib
import select
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from glovebox.channel import Channel, ChannelClosed
from glovebox.clock import Clock
from glovebox.launch import Kernel, LaunchError, launch
from glovebox.limits import Limits
from glovebox.messages import MALFORMED, TOO_LARGE, Message, Writer, read
from glovebox.outputs import Collector, Execution

__all__ = ["CallTimeout", "Execution", "KernelDied", "Session"]

_TICK = 0.1
"""Seconds between two looks at whether the kernel still lives."""
_SETTLE = 0.1
"""Seconds after an interrupt in which it is lost on an idle kernel if it came too late."""
_DRAIN = 2.0
"""Seconds in which the last messages of a dead kernel are read."""
_SOCKETS = {"shell": "DEALER", "iopub": "SUB"}
_PUBLISHED = 16 << 20
"""Bytes of one published message; the JSON of a larger one would not be parsed (messages.py)."""


class KernelDied(Exception):
    """The kernel's process ended, or had to be ended because it no longer answered.

    Args:
        reason: why, in words that follow "the kernel died:".
        execution: what it did at the time, with the outputs so far.
    """

    def __init__(self, reason: str, execution: Execution | None = None) -> None:
        super().__init__(reason)
        self.execution = execution or Execution()
        hung = self.execution.timed_out
        self.reason = "it did not stop when interrupted" if hung else reason


class CallTimeout(Exception):
    """A request took longer than it may; the kernel was interrupted and answers again."""


class Session:
    """A kernel, one at a time, each in a fresh place with the assignment's data."""

    def __init__(self, limits: Limits, data: Mapping[str, bytes], sandbox: bool = True) -> None:
        self.limits = limits
        self._data = data
        self._sandbox = sandbox
        self._kernel: Kernel | None = None
        self._channels: dict[str, Channel] = {}
        self._inbox: deque[tuple[str, Message]] = deque()
        self._writer: Writer | None = None
        self.lost = False
        """Whether ever a kernel was gone that no limit had ended: by itself, or from outside."""
        self._clock = Clock()
        self.memory = 0
        """Bytes that a kernel held, the most that was seen of those that have ended."""

    def start(self) -> None:
        """Start a kernel and wait until it answers.

        Raises:
            KernelDied: it did not come up within the limit.
        """
        self.lost = self.lost or (self._kernel is not None and not self.alive)
        self.kill()
        try:
            self._kernel = launch(self._data, self.limits, self._sandbox)
            self._writer = Writer(self._kernel.key)
            self._connect(self._kernel)
        except (ChannelClosed, LaunchError) as error:
            self.lost = True
            self.kill()
            raise KernelDied(f"the kernel did not start: {error}") from error

    @property
    def alive(self) -> bool:
        """Whether the kernel's process runs."""
        return self._kernel is not None and self._kernel.alive

    @property
    def note(self) -> str:
        """What was out of the ordinary about the kernel's start; empty if nothing was."""
        return self._kernel.note if self._kernel is not None else ""

    def execute(self, source: str, timeout: float) -> Execution:
        """Run one cell's source and collect its outputs up to the limits.

        A cell over its time is interrupted; a kernel that ignores the interrupt is killed.

        Raises:
            KernelDied: with the outputs so far.
        """
        collector = Collector(self.limits.output_bytes)
        execution = collector.execution
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
        request = self._send("execute_request", {**content, "stop_on_error": False})
        idle = replied = False
        for channel, message in self._listen(timeout, execution):
            if channel == "shell" and _is_reply(message, request):
                replied = True
                collector.replied(message.content)
                break
            idle = _collect(collector, channel, message, request) or idle
        # The reply is the kernel's word that it is done; late outputs may still arrive.
        late = self._listen(self.limits.grace, execution, patient=False)
        for channel, message in () if idle or not replied else late:
            if _collect(collector, channel, message, request):
                break
        if execution.timed_out:
            time.sleep(_SETTLE)  # or the interrupt may stop the next cell instead
        return execution

    def ask(self, message: Sequence[bytes], timeout: float) -> list[bytes]:
        """Send one glove request and wait for its reply's buffers.

        Raises:
            CallTimeout: no reply in time; the kernel was interrupted and is usable again.
            KernelDied: the kernel ended, or had to be ended because it ignored the interrupt.
        """
        request = self._send("glove_request", {}, message)
        execution = Execution()
        for channel, reply in self._listen(timeout, execution):
            if reply.parent != request or channel != "shell":
                continue
            if execution.timed_out:
                time.sleep(_SETTLE)  # or the interrupt may stop the next call instead
                raise CallTimeout
            return list(reply.buffers)
        raise AssertionError("listening ends with a reply or an exception")

    def kill(self) -> None:
        """End the kernel's whole process tree at once; its files go with it."""
        if self._kernel is not None:
            self._kernel.end()
            self.memory = max(self.memory, self._kernel.memory)
        for channel in self._channels.values():
            channel.close()
        self._kernel = None
        self._channels.clear()
        self._inbox.clear()

    def _connect(self, kernel: Kernel) -> None:
        """Connect to the kernel's sockets and wait until it answers on both.

        Raises:
            ChannelClosed: it ended or did not answer in time.
        """
        deadline = time.monotonic() + self.limits.startup
        for name in _SOCKETS:
            self._channels[name] = self._open(kernel, name, deadline)
        heard: set[str] = set()
        while heard != set(_SOCKETS):
            # Asked again and again: what is published before we are known is lost.
            request = self._send("kernel_info_request", {})
            until = min(time.monotonic() + 5 * _TICK, deadline)
            while heard != set(_SOCKETS) and time.monotonic() < until:
                heard |= {name for name, message in self._next() if message.parent == request}
            if not self.alive or len(self._channels) < len(_SOCKETS):
                raise ChannelClosed("it ended")
            if time.monotonic() >= deadline:
                raise ChannelClosed("it did not answer")

    def _open(self, kernel: Kernel, name: str, deadline: float) -> Channel:
        """Connect to one socket, as soon as the kernel listens on it."""
        # Results travel in replies alone: both channels full of them would be twice the limit.
        limit = min(self.limits.message_bytes, _PUBLISHED if name == "iopub" else sys.maxsize)
        while True:
            channel = Channel(_SOCKETS[name], limit)
            try:
                with kernel.socket_path(name) as path:
                    channel.connect(path, deadline)
            except (ChannelClosed, OSError) as error:
                channel.close()
                if not self.alive or time.monotonic() > deadline:
                    raise ChannelClosed(kernel.reason() or str(error)) from error
                time.sleep(_TICK / 10)
            else:
                return channel

    def _send(self, kind: str, content: dict[str, object], buffers: Sequence[bytes] = ()) -> str:
        """Send a request and return its number.

        Raises:
            KernelDied: there is no kernel.
        """
        if self._writer is None or not self.alive or "shell" not in self._channels:
            self.lost = True
            self.kill()
            raise KernelDied("it was not running any more")
        number, parts = self._writer.request(kind, content, buffers)
        with contextlib.suppress(ChannelClosed):  # the next look at the channel finds it closed
            self._channels["shell"].send(parts)
        return number

    def _listen(
        self, timeout: float, execution: Execution, patient: bool = True
    ) -> Iterator[tuple[str, Message]]:
        """Messages until the caller has heard enough, with an eye on clock and kernel.

        When time is up, a patient listener interrupts the kernel, notes that in ``execution``, and
        kills it if that does not help; an impatient one stops.

        Raises:
            KernelDied: the kernel ended; with the ``execution``.
        """
        deadline = self.clock() + timeout
        died = None
        while True:
            now = self.clock()
            if now > deadline and not patient:
                return
            if now > deadline and not execution.timed_out:
                execution.timed_out = True
                self._interrupt()
            quiet = True
            for item in self._next():
                quiet = False
                yield item
            died = died or (None if self._whole else now)
            late = now > deadline + self.limits.grace
            if late or (died is not None and (quiet or now > died + _DRAIN)):
                reason = self._kernel.reason() if died is not None and self._kernel else ""
                self.lost = self.lost or not (execution.timed_out or reason)
                self.kill()
                raise KernelDied(reason or "its process ended", execution)

    def clock(self) -> float:
        """Seconds of a clock that stands still while this process is stopped: for time limits."""
        return self._clock.now()

    @property
    def _whole(self) -> bool:
        return self.alive and len(self._channels) == len(_SOCKETS)

    def _interrupt(self) -> None:
        if self._kernel is not None:
            self._kernel.interrupt()

    def _next(self) -> Iterator[tuple[str, Message]]:
        """Messages at hand, after a short wait for the first."""
        if not self._inbox:
            self._fill_inbox()
        while self._inbox:
            yield self._inbox.popleft()

    def _fill_inbox(self) -> None:
        poller = select.poll()
        for channel in self._channels.values():
            poller.register(channel, select.POLLIN | (select.POLLOUT if channel.sending else 0))
        pause = 0 if any(channel.waiting for channel in self._channels.values()) else _TICK
        with self._clock.waiting(pause):
            ready = {descriptor for descriptor, _ in poller.poll(pause * 1000)}
        for name, channel in list(self._channels.items()):
            if channel.fileno() not in ready and not channel.waiting:
                continue
            try:
                channel.flush()
                self._inbox.extend((name, read(parts)) for parts in channel.receive())
            except ChannelClosed:
                self._channels.pop(name).close()


def _is_reply(message: Message, request: str) -> bool:
    """Whether a cell is done; of a reply that is too large at least that much is known."""
    if message.kind == TOO_LARGE:
        return message.parent in ("", request)
    return (message.kind, message.parent) == ("execute_reply", request)


def _collect(collector: Collector, channel: str, message: Message, request: str) -> bool:
    """Take in what a cell published; True when that says that the kernel is idle."""
    if message.kind == MALFORMED:
        collector.execution.malformed += 1
    elif message.kind == TOO_LARGE and message.parent in ("", request):
        collector.execution.output_cut = True
    elif channel == "iopub" and message.parent == request:
        return collector.take(message.kind, message.content)
    return False
