"""The channel speaks ZeroMQ's protocol, and keeps nothing that is larger than allowed."""

from __future__ import annotations

import contextlib
import resource
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zmq
from hypothesis import given, settings
from hypothesis import strategies as st

from glovebox import channel as module
from glovebox.channel import Channel, ChannelClosed

LIMIT = 1 << 20
READY = b"\x04\x19\x05READY\x0bSocket-Type\x00\x00\x00\x03PUB"

Context = zmq.Context[zmq.Socket[bytes]]


def soon() -> float:
    return time.monotonic() + 20


def receive(channel: Channel, count: int) -> list[list[bytes] | None]:
    """Wait for so many messages."""
    messages: list[list[bytes] | None] = []
    end = soon()
    while len(messages) < count and time.monotonic() < end:
        channel.flush()
        messages += channel.receive()
    return messages


def receive_rest(channel: Channel) -> list[list[bytes] | None]:
    messages = channel.receive()
    while channel.waiting:
        messages += channel.receive()
    return messages


@pytest.fixture
def path() -> Iterator[str]:
    # pytest's own temporary paths are too long for a socket.
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "socket")


@pytest.fixture
def context() -> Iterator[Context]:
    context = zmq.Context()
    yield context
    context.destroy(linger=0)


def test_requests_and_replies_of_all_sizes(path: str, channel: Channel, context: Context) -> None:
    router = context.socket(zmq.ROUTER)
    router.bind(f"ipc://{path}")
    channel.connect(path, soon())
    for parts in ([b"a"], [b"", b"b", b""], [bytes(255), bytes(256), b"c" * 900_000]):
        channel.send(parts)
        while channel.sending:
            channel.flush()
        ident, *heard = router.recv_multipart()
        assert heard == parts
        router.send_multipart([ident, *parts])
        assert receive(channel, 1) == [parts]
    router.send_multipart([ident, b"1"])
    router.send_multipart([ident, b"2", b"3"])
    assert receive(channel, 2) == [[b"1"], [b"2", b"3"]]
    router.close()


def test_what_is_published_arrives(path: str, context: Context) -> None:
    publisher = context.socket(zmq.XPUB)
    publisher.bind(f"ipc://{path}")
    channel = Channel("SUB", LIMIT)
    channel.connect(path, soon())
    assert publisher.recv() == b"\x01"
    publisher.send_multipart([b"topic", b"news"])
    assert receive(channel, 1) == [[b"topic", b"news"]]
    publisher.close()
    with pytest.raises(ChannelClosed):
        receive(channel, 1)
    channel.close()


class Stranger:
    """The other side of a channel, at liberty to send anything."""

    def __init__(self, path: str) -> None:
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(path)
        self.server.listen()

    def meet(self, channel: Channel, greeting: bytes = module._GREETING + READY) -> None:
        client = channel._socket
        client.connect(self.server.getsockname())
        self.peer, _ = self.server.accept()
        self.peer.sendall(greeting)
        # Connected already, so that one thread can play both sides.
        channel._socket = _Connected(client)  # type: ignore[assignment]
        channel.connect("", soon())
        channel._socket = client
        self.peer.setblocking(False)

    def say(self, data: bytes, channel: Channel) -> list[list[bytes] | None]:
        """Send bytes while the channel reads."""
        messages: list[list[bytes] | None] = []
        rest = memoryview(data)
        while rest:
            with contextlib.suppress(BlockingIOError):
                rest = rest[self.peer.send(rest) :]
            messages += channel.receive()
        return messages + receive_rest(channel)

    def close(self) -> None:
        self.peer.close()
        self.server.close()


class _Connected:
    def __init__(self, inner: socket.socket) -> None:
        self._inner = inner

    def connect(self, path: str) -> None:
        pass

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


@pytest.fixture
def channel(path: str) -> Iterator[Channel]:
    channel = Channel("DEALER", LIMIT)
    yield channel
    channel.close()


@pytest.fixture
def stranger(path: str, channel: Channel) -> Iterator[Stranger]:
    stranger = Stranger(path)
    stranger.meet(channel)
    yield stranger
    stranger.close()


def frame(size: int, more: bool = False, long: bool = True) -> bytes:
    flags = (2 if long else 0) | (1 if more else 0)
    return bytes([flags]) + size.to_bytes(8 if long else 1, "big")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.lists(st.binary(max_size=300), min_size=1, max_size=3), max_size=4),
    st.integers(1, 40),
)
def test_messages_arrive_whole_however_they_are_cut(
    messages: list[list[bytes]], piece: int
) -> None:
    channel = Channel("DEALER", LIMIT)
    stream = b""
    for parts in messages:
        for index, part in enumerate(parts):
            stream += frame(len(part), index < len(parts) - 1, len(part) > 255) + part
    channel._socket.close()
    channel._socket, peer = socket.socketpair()
    channel._socket.setblocking(False)
    came = []
    for start in range(0, len(stream), piece):
        peer.sendall(stream[start : start + piece])
        came += channel.receive()
    channel.close()
    peer.close()
    assert came == messages


def test_a_flood_of_small_messages_comes_a_few_at_a_time(
    stranger: Stranger, channel: Channel
) -> None:
    stranger.peer.send(frame(0, long=False) * 3_500)
    counts = [len(channel.receive())]
    while channel.waiting:
        counts.append(len(channel.receive()))
    assert counts == [1000, 1000, 1000, 500]


def test_too_large_a_message_is_dropped_and_the_next_one_read(
    stranger: Stranger, channel: Channel
) -> None:
    for large in (
        frame(LIMIT + 1) + bytes(LIMIT + 1),
        frame(LIMIT, True) + bytes(LIMIT) + frame(1) + b"x",
        (frame(LIMIT - 5, True) + bytes(LIMIT - 5)) * 3 + frame(0),
        frame(0, True, False) * 5_000 + frame(0, False, False),
    ):
        assert stranger.say(large + frame(2) + b"ok", channel) == [None, [b"ok"]]


def test_a_message_without_end_takes_no_memory(stranger: Stranger, channel: Channel) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(60):
        assert stranger.say(frame(4 << 20, more=True) + bytes(4 << 20), channel) == []
    assert stranger.say(frame(1 << 62), channel) == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
    assert channel._parts is None


@pytest.mark.parametrize("data", [b"\x04\x05PING!", b"\x08\x00", b"\xff" * 20])
def test_what_is_no_message_ends_the_channel(
    data: bytes, stranger: Stranger, channel: Channel
) -> None:
    with pytest.raises(ChannelClosed):
        stranger.say(data, channel)


def test_messages_before_the_end_are_kept(stranger: Stranger, channel: Channel) -> None:
    stranger.peer.send(frame(1) + b"a" + frame(5))
    stranger.peer.close()
    assert channel.receive() == [[b"a"]]
    with pytest.raises(ChannelClosed):
        channel.receive()


def test_a_reader_who_takes_nothing_does_not_block_the_sender(
    stranger: Stranger, channel: Channel
) -> None:
    channel.send([bytes(50 << 20)])
    assert channel.sending
    stranger.peer.close()
    with pytest.raises(ChannelClosed):
        channel.flush()


@pytest.mark.parametrize(
    "greeting",
    [
        b"HTTP/1.1 200 OK\r\n" + bytes(100),
        module._GREETING.replace(b"NULL\0", b"CURVE") + READY,
        module._GREETING[:10] + b"\x01" + module._GREETING[11:] + READY,
        module._GREETING + b"\x00\x05HELLO",
        module._GREETING + b"\x04\x05ERROR",
    ],
)
def test_whoever_does_not_shake_hands_is_refused(
    greeting: bytes, path: str, channel: Channel
) -> None:
    stranger = Stranger(path)
    with pytest.raises(ChannelClosed):
        stranger.meet(channel, greeting)
    stranger.close()


def test_nobody_there(channel: Channel) -> None:
    with pytest.raises(ChannelClosed):
        channel.connect("nowhere", soon())


def test_silence_ends_the_handshake(path: str, channel: Channel) -> None:
    stranger = Stranger(path)
    with pytest.raises(ChannelClosed):
        channel.connect(path, time.monotonic() + 0.2)
    stranger.server.close()
