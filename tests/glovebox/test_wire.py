"""The wire: plain values survive it exactly, and no bytes whatever get more through."""

from __future__ import annotations

import collections
import contextlib
import enum
import gc
import itertools
import math
import pathlib
from typing import Any, NamedTuple

import msgpack
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from glovebox import wire
from glovebox.wire import Decoder, Ref, WireError, decode, encode

QUICK = settings(max_examples=60, deadline=None)

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=8)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(1 << 200), 1 << 200)
    | st.floats()
    | TEXT
    | st.binary(max_size=8)
)
KEYS = st.recursive(
    SCALARS.filter(lambda key: key == key),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=4,
)
ARRAYS = hnp.arrays(
    st.one_of(
        hnp.boolean_dtypes(),
        hnp.integer_dtypes(endianness="?"),
        hnp.unsigned_integer_dtypes(endianness="?"),
        hnp.floating_dtypes(endianness="?"),
        hnp.complex_number_dtypes(endianness="?"),
        hnp.byte_string_dtypes(),
        hnp.unicode_string_dtypes(),
    ),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3),
)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.sets(KEYS, max_size=4)
    ),
    max_leaves=12,
)


def same(a: Any, b: Any) -> bool:
    """Equal in value and type all the way down; nan is nan."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        # The byte order is the one thing that does not survive.
        alike = a.dtype.newbyteorder("<") == b.dtype and a.shape == b.shape
        return alike and a.astype(b.dtype).tobytes() == b.tobytes()
    if isinstance(a, float):
        return (math.isnan(a) and math.isnan(b)) or a == b
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return all(map(same, a.items(), b.items())) and len(a) == len(b)
    return bool(a == b)


@QUICK
@given(VALUES)
@example([-(1 << 63), (1 << 64) - 1, 1 << 64, -(1 << 63) - 1, -(16**3500 - 1), 16**3500 - 1])
@example(["\ud800", float("nan"), float("-inf"), -0.0, np.zeros((0, 3)), np.array(5)])
def test_plain_values_survive(value: Any) -> None:
    assert same(value, decode(encode(value)))


class Word(str):
    def __str__(self) -> str:
        return "a lie"


class Pair(NamedTuple):
    left: int
    right: Any


class Level(enum.IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (np.float32(0.5), 0.5),
        (np.int64(-3), -3),
        (np.uint64(2**64 - 1), 2**64 - 1),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        (np.bytes_(b"a"), b"a"),
        (np.longdouble(1.5), 1.5),
        (bytearray(b"ab"), b"ab"),
        (memoryview(b"ab"), b"ab"),
        (Level.HIGH, 3),
        (Word("truth"), "truth"),
        (pathlib.Path("a") / "b", "a/b"),
        (range(3), [0, 1, 2]),
        (collections.deque([1, 2]), [1, 2]),
        (Pair(1, [2]), (1, [2])),
        (frozenset({1}), {1}),
        ({1: 2}.keys(), [1]),
        ({1: 2}.values(), [2]),
        ({1: 2}.items(), [(1, 2)]),
        (collections.Counter("aab"), {"a": 2, "b": 1}),
        (collections.defaultdict(list, a=[1]), {"a": [1]}),
        (np.array([1, "a", None], dtype=object), [1, "a", None]),
        (np.array([(1, 2.5)], dtype=[("i", int), ("f", float)]), [(1, 2.5)]),
        (np.array(["a", "bc"], dtype=np.dtypes.StringDType()), ["a", "bc"]),
        (np.zeros(2, [("text", "U0")])["text"], ["", ""]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_nearly_plain_becomes_plain(value: Any, plain: Any) -> None:
    assert same(decode(encode(value)), plain)


def test_an_ordered_dict_keeps_its_own_order() -> None:
    ordered = collections.OrderedDict(a=1, b=2)
    ordered.move_to_end("a")
    assert list(decode(encode(ordered))) == ["b", "a"]


def test_arrays_in_any_layout_arrive_whole_and_writable() -> None:
    turned = np.arange(24, dtype=">i4").reshape(2, 3, 4).transpose(2, 0, 1)[::2]
    masked = np.ma.masked_array([1.0, 2.0], mask=[True, False])
    first, second = decode(encode([turned, masked]))
    np.testing.assert_array_equal(first, turned)
    assert type(second) is np.ndarray
    first[:] = 0
    assert turned.any()


def test_tensors_arrive_as_what_they_hold() -> None:
    class Tensor:
        def __init__(self, held: Any) -> None:
            self.held = held

        def numpy(self) -> Any:
            return self.held

    Tensor.__module__ = "tensorflow.python.framework.ops"
    value = decode(encode([Tensor(np.float32(0.5)), Tensor(np.arange(2)), Tensor(b"ab")]))
    assert same(value, [0.5, np.arange(2), b"ab"])


def test_handles_are_kept_and_resolved_wherever_they_stand() -> None:
    kept: list[object] = []

    def keep(thing: object) -> Ref:
        kept.append(thing)
        return Ref(len(kept), type(thing).__name__)

    message = encode({"a": [object(), (1, {2: print})], "b": Ref(7, "Model")}, keep)
    value = decode(message, resolve=lambda ref: f"<{ref.type_name} {ref.number}>")
    assert value == {
        "a": ["<object 1>", (1, {2: "<builtin_function_or_method 2>"})],
        "b": "<Model 7>",
    }
    with pytest.raises(WireError, match="type object cannot be sent"):
        encode([object()])


def cyclic() -> Any:
    value: list[Any] = []
    value.append(value)
    return value


def doubled() -> Any:
    """A value of a few lists that would take for ever to write out."""
    value: list[Any] = []
    for _ in range(30):
        value = [value, value]
    return value


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (cyclic(), "nested deeper"),
        (doubled(), "more than"),
        (16**3500, "too many digits"),
        (np.zeros(wire.MAX_ARRAYS + 1, "u1"), "too large"),
        ([bytes(wire.MAX_BODY)] * 2, "too large"),
    ],
    ids=["cycle", "doubling", "digits", "array", "body"],
)
def test_what_is_too_large_is_refused(
    value: Any, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "MAX_ITEMS", 100_000)
    with pytest.raises(WireError, match=words):
        encode(value)


def test_what_the_encoder_lets_through_the_decoder_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MAX_ITEMS", 2_000)
    sizes = itertools.count()
    with pytest.raises(WireError):  # noqa: PT012  (the one that no longer fits is the last)
        for size in sizes:
            for value in ([[]] * size, [{}] * size, [0] * size, [np.zeros((1, 1))] * size):
                decode(message := encode(value))
            del message
    assert next(sizes) > 10
    with pytest.raises(WireError, match="more than"):
        encode([[]] * size)


# --- hostile bytes --------------------------------------------------------------------------------


def packed(tree: Any, arrays: bytes = b"") -> list[bytes]:
    return [msgpack.packb(tree), arrays]


TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 64) - 1)
    | st.floats()
    | st.binary(max_size=6)
    | st.sampled_from([*"ltsdiahx", "<f4", "|u1", "|O", "<U0", "<U9", "<V8", "<M8[s]", "ff"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=15,
)
BYTES = st.builds(lambda tree: msgpack.packb(tree), TREES) | st.binary(max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.lists(BYTES, max_size=3) | st.tuples(BYTES, st.binary(max_size=40)))
def test_any_bytes_are_a_plain_value_or_a_wire_error(message: Any) -> None:
    try:
        value = decode(message)
    except WireError:
        return
    # What was let in can be sent on, so it is made of nothing but plain values.
    encode(value)


@QUICK
@given(VALUES, st.data())
def test_damaged_messages_are_values_or_wire_errors(value: Any, data: st.DataObject) -> None:
    message = [bytearray(part) for part in encode(value)]
    part = data.draw(st.sampled_from([part for part in message if part]))
    part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(WireError):
        encode(decode(message))


HUGE = 2**61 - 1


@pytest.mark.parametrize(
    "message",
    [
        [],
        [b""],
        [b"", b""],
        packed(None)[:1],
        [*packed(None), b""],
        packed([]),
        packed(["x"]),
        packed([["l"]]),
        packed({}),
        packed(["d", 1]),
        packed(["d", ["l"], 1]),
        packed(["s", ["l"]]),
        packed(["s", ["a", "|u1", 1]], b"x"),
        packed(["i"]),
        packed(["i", 5]),
        packed(["i", "xyz"]),
        packed(["i", "f" * 3502]),
        packed(["h", "1", "x"]),
        packed(["h", 1, 2]),
        packed(["a"]),
        packed(["a", 4]),
        packed(["a", "|u1", -1]),
        packed(["a", "|u1", True]),
        packed(["a", "|u1", 1.0]),
        packed(["a", "|u1", 2], b"x"),
        packed(["a", "|u1", 1], b"xy"),
        packed(["a", "|u1", 1 << 63]),
        packed(["a", "|u1", *[2] * 63], b"x"),
        packed(["a", "|u1", *[0] * 65]),
        packed(["l", ["a", "|u1", 1], ["a", "|u1", 1]], b"x"),
        packed(["a", "<U0", 200_000_000]),
        packed(["a", "|S0", 200_000_000]),
        packed(["a", "<U999999999", 1]),
        packed(["a", "|O", 1], bytes(8)),
        packed(["a", "O", 0]),
        packed(["a", "|u1", 20_000_000, 0]),
        packed(["a", "<i4,<i4", 1], bytes(8)),
        packed(["a", "(9999999,)<i4", 0]),
        packed(["a", "|V8", 1], bytes(8)),
        packed(["a", "<M8[s]", 1], bytes(8)),
        packed(["a", "<i3", 1], bytes(3)),
        packed(["a", "\N{ARABIC-INDIC DIGIT FOUR}", 0]),
        [msgpack.packb(msgpack.ExtType(1, b"x")), b""],
        [msgpack.packb(msgpack.Timestamp(1)), b""],
        [b"\xdd\xff\xff\xff\xff", b""],
        [b"\xdd\x00\xf0\x00\x00" * 300, b""],
        [b"\x91" * 3000 + b"\xc0", b""],
        [b"\xc6\xff\xff\xff\xff", b""],
        [msgpack.packb(["l", 1]) + b"\xc0", b""],
        packed(["s", *(["i", f"{k * HUGE:x}"] for k in range(100, 5_000))]),
        packed(["s", *(["t", *key] for key in itertools.product((-1, -2), repeat=10))]),
        packed(["d", *(x for k in range(9, 5_000) for x in (["i", f"{k * HUGE:x}"], 1))]),
    ],
    ids=lambda message: repr(message)[:40],
)
def test_hostile_messages_are_refused(message: list[bytes]) -> None:
    with pytest.raises(WireError):
        decode(message)


def nested(levels: int) -> Any:
    tree: Any = 1
    for _ in range(levels):
        tree = ["l", tree]
    return tree


def test_limits_of_depth_and_size_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decode(packed(nested(wire.MAX_DEPTH))) is not None
    with pytest.raises(WireError):
        decode(packed(nested(wire.MAX_DEPTH + 2)))
    with pytest.raises(WireError, match="too large"):
        Decoder(max_arrays=3).decode(packed(["a", "|u1", 4], b"abcd"))
    monkeypatch.setattr(wire, "MAX_ITEMS", 1_000)
    for item in (["l"], ["s"], ["d"], ["t"], ["h", 1, "x"], ["a", "|u1", 0]):
        with pytest.raises(WireError, match="too many items"):
            decode(packed(["l", *[item] * 70]))
    monkeypatch.setattr(wire, "MAX_BODY", 10)
    with pytest.raises(WireError, match="too large"):
        decode(packed(["l", *range(20)]))


def test_decoding_leaves_the_garbage_collector_as_it_was() -> None:
    assert gc.isenabled()
    decode(encode([1]))
    with pytest.raises(WireError):
        decode([b""])
    assert gc.isenabled()
