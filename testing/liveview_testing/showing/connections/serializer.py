"""The frames of a Phoenix socket, as they travel: version 2 of its serializer.

Owns `Message` and the two ways: text (a JSON list of five) and, from the client, binary (a kind, four lengths, four texts, data).
Law: what is no such frame is refused by name, as `BadMessage`, and nothing has happened; no length is believed.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from liveview_core.errors import LiveViewError, shown
from liveview_core.values.declaring import frozen

__all__ = ["MOST", "BadMessage", "Message", "decode", "encode"]

MOST = 64 * 1024 * 1024
"""Bytes of the largest frame that is taken."""

PUSH = 0
"""The kind of a binary frame that a client sends."""


class BadMessage(LiveViewError, ValueError):
    """What came is no frame of a Phoenix client."""


@frozen
class Message:
    """One frame on the socket: on which topic, which event, and the refs that tie answers to what they answer.

    >>> encode(Message("4", "7", "lv:phx-1", "phx_reply", {"status": "ok"}))
    '["4","7","lv:phx-1","phx_reply",{"status":"ok"}]'
    """

    join_ref: str | None
    ref: str | None
    topic: str
    event: str
    payload: Any


def encode(message: Message) -> str:
    """A message as text."""
    parts = [message.join_ref, message.ref, message.topic, message.event, message.payload]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: no UTF-8 has it, an escape does
        return json.dumps(parts, separators=(",", ":"))
    return text


def decode(frame: str | bytes) -> Message:
    r"""The message that a frame is. Raises `BadMessage`.

    >>> decode('["1","1","lv:phx-1","event",{"event":"inc"}]').payload
    {'event': 'inc'}
    >>> decode(bytes([0, 1, 1, 5, 5]) + b"13lvu:0chunk" + bytes([1, 2]))
    Message(join_ref='1', ref='3', topic='lvu:0', event='chunk', payload=b'\x01\x02')
    """
    if len(frame) > MOST:
        raise BadMessage("the frame is too large", expected=f"at most {MOST} bytes", got=f"{len(frame)}")
    return _binary(frame) if isinstance(frame, bytes) else _text(frame)


def _text(frame: str) -> Message:
    try:
        parts: Any = json.loads(frame, parse_constant=_no_json)
    except (ValueError, RecursionError) as error:
        raise BadMessage("the frame is no JSON", expected=_LIST, got=shown(frame)) from error
    if not isinstance(parts, list) or len(parts) != 5:  # pyright: ignore[reportUnknownArgumentType]
        raise BadMessage("the frame is no message", expected=_LIST, got=shown(frame))
    given: list[Any] = list(parts)  # pyright: ignore[reportUnknownArgumentType]
    join_ref, ref, topic, event, payload = given
    if not (_is_ref(join_ref) and _is_ref(ref) and type(topic) is str and type(event) is str):
        raise BadMessage("the frame is no message", expected=_LIST, got=shown(frame))
    return Message(join_ref, ref, topic, event, payload)


_LIST = "[join_ref, ref, topic, event, payload]"


def _is_ref(given: object) -> bool:
    return given is None or type(given) is str


def _no_json(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _binary(frame: bytes) -> Message:
    if len(frame) < 5 or frame[0] != PUSH:
        raise BadMessage(
            "the binary frame is no push",
            expected="a first byte of 0, and four lengths",
            got=shown(frame[:16]),
        )
    texts: list[str] = []
    at = 5
    for size in frame[1:5]:
        part = frame[at : at + size]
        at += size
        if len(part) != size:
            raise BadMessage(
                "the binary frame is shorter than it says",
                expected=f"{sum(frame[1:5])} bytes of texts after the lengths",
                got=f"{len(frame) - 5}",
            )
        try:
            texts.append(part.decode())
        except UnicodeDecodeError as error:
            raise BadMessage("a text of the binary frame is no UTF-8", got=shown(part)) from error
    join_ref, ref, topic, event = texts
    return Message(join_ref or None, ref or None, topic, event, frame[at:])
