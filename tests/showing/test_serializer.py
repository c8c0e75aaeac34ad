"""Frames of a Phoenix socket: what is one is read, what is none is refused by name."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from liveview_testing.showing.connections.serializer import MOST, BadMessage, Message, decode, encode

refs = st.none() | st.text(max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.builds(Message, refs, refs, st.text(), st.text(), values))
def test_text_is_read_as_it_was_written(message: Message) -> None:
    assert decode(encode(message)) == message


@given(st.builds(Message, refs, refs, st.text(), st.text(), values))
def test_text_travels_as_utf8(message: Message) -> None:
    """Half of a surrogate pair too: as an escape."""
    text = encode(
        Message(message.join_ref, message.ref, message.topic, "event", {"value": "\ud800", "m": message.payload})
    )
    assert json.loads(text.encode().decode())[4]["value"] == "\ud800"


@st.composite
def pushes(draw: st.DrawFn) -> tuple[bytes, Message]:
    """A binary frame as the official client writes it, and what it says."""
    texts = [draw(st.text(max_size=20).filter(lambda text: len(text.encode()) < 256)) for _ in range(4)]
    data = draw(st.binary(max_size=50))
    parts = [text.encode() for text in texts]
    frame = bytes([0, *map(len, parts)]) + b"".join(parts) + data
    return frame, Message(texts[0] or None, texts[1] or None, texts[2], texts[3], data)


@given(pushes())
def test_binary_is_read(pair: tuple[bytes, Message]) -> None:
    frame, message = pair
    assert decode(frame) == message


@given(st.binary(max_size=64) | st.text(max_size=64))
@example(b"")
@example(b"\0\xff\xff\xff\xffabc")
@example(b"\1\0\0\0\0")
@example(b"\0\1\0\0\0\xff")
@example("[" * 100_000)
@example('["1","1","t","e",NaN]')
@example('["1","1","t","e"]')
@example('[1,"1","t","e",{}]')
@example('{"0": 1}')
def test_nothing_else_than_a_message_or_a_refusal(frame: bytes | str) -> None:
    """Whatever comes: lengths that lie, no UTF-8, no JSON, brackets without end."""
    try:
        read: object = decode(frame)
    except BadMessage as error:
        read = error
    assert isinstance(read, BadMessage) or (isinstance(read, Message) and isinstance(read.topic, str))


def test_lying_lengths_are_named() -> None:
    with pytest.raises(BadMessage) as refused:
        decode(bytes([0, 1, 1, 200, 5]) + b"13lvu:0chunk")
    assert str(refused.value) == (
        "the binary frame is shorter than it says\n  expected: 207 bytes of texts after the lengths\n  got: 12"
    )


def test_too_large_is_named() -> None:
    with pytest.raises(BadMessage, match="the frame is too large"):
        decode(b"\0" * (MOST + 1))
