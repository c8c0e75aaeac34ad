"""Messages: everything that can happen to a live view's process.

Laws: the sum is closed; a process knows no other cause. What a client sends comes through `from_wire`, which accepts what the
official client sends and nothing else; it never runs user code. A client's message of another shape cannot be made: it is a
`BadFrame`, before anything has happened.
"""  # CH-1

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import field, fields

from liveview_core.errors import nearest_names, shown
from liveview_core.protocol import payload_shapes
from liveview_core.protocol.async_result import AsyncExit, AsyncOk
from liveview_core.protocol.effects import Redirect, Task
from liveview_core.protocol.params import decode_form
from liveview_core.protocol.payload_shapes import BadFrame
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import maker

__all__ = [
    "OF_UPLOADS",
    "AllowUpload",
    "AsyncDone",
    "BadFrame",
    "Call",
    "Cast",
    "Chunk",
    "ChunkTimeout",
    "CidsDestroyed",
    "CidsWillDestroy",
    "CloseUpload",
    "CloseWriter",
    "DropEntries",
    "Event",
    "Forwarded",
    "Info",
    "Join",
    "Leave",
    "LivePatch",
    "Message",
    "Progress",
    "RegisterUpload",
    "Reload",
    "SendUpdate",
    "Stop",
    "WriterFailed",
    "from_wire",
]


# --- from the client ------------------------------------------------------------------------------------------------------


@frozen(weakref_slot=False)
class Join:
    """The client connects. `url` is the page's, `redirect` True if it came by live navigation.

    `params` are the connect params, `session` and `static` the tokens from the page, `flash` the token of a redirect.
    """  # LC-14, LC-16

    url: str | None = field(default=None, validator=payload_shapes.optional(payload_shapes.url))
    params: dict[str, Any] = field(factory=dict[str, Any], validator=payload_shapes.mapping)
    session: Any = None
    static: Any = None
    flash: Any = None
    redirect: bool = False
    sticky: bool = False


@frozen(weakref_slot=False)
class Event:
    """The user did something; `cid` is the component that it is for."""  # CB-9

    event: str = field(validator=payload_shapes.text)
    type: str | None = field(default="click", validator=payload_shapes.optional(payload_shapes.text))
    """What kind of event it was; a form's are `form`. None: commands that no event caused, as those of `phx-mounted`."""
    value: Any = None
    cid: int | None = field(default=None, validator=payload_shapes.optional(payload_shapes.cid))
    meta: dict[str, Any] | None = field(default=None, validator=payload_shapes.optional(payload_shapes.mapping))
    uploads: dict[str, Any] | None = field(default=None, validator=payload_shapes.optional(payload_shapes.uploads))

    @property
    def params(self) -> Any:
        """What `handle_event` gets: a form's fields decoded, anything else as it came."""  # CB-9
        if self.type == "form" and isinstance(self.value, str):
            return decode_form(self.value, self.meta)
        return self.value


@frozen
class LivePatch:
    """The client changed its URL within the view: a patch link, or the back button."""  # NV-16

    url: str = field(validator=payload_shapes.url)


@frozen
class CidsWillDestroy:
    """The page has no element of these components any more."""  # CP-23

    cids: tuple[int, ...] = field(validator=payload_shapes.cids)


@frozen
class CidsDestroyed:
    """… and the client has forgotten them, unless they came back meanwhile."""  # CP-23

    cids: tuple[int, ...] = field(validator=payload_shapes.cids)


@frozen
class Leave:
    """The client leaves the page."""  # LC-46


@frozen
class AllowUpload:
    """The client asks whether it may send these files: the preflight."""  # UP-16

    ref: str = field(validator=payload_shapes.text)
    entries: tuple[dict[str, Any], ...] = field(validator=payload_shapes.chosen)
    cid: int | None = field(default=None, validator=payload_shapes.optional(payload_shapes.cid))


@frozen
class Chunk:
    """A piece of a file, for the entry of an upload."""  # UP-22

    ref: str = field(validator=payload_shapes.text)
    entry_ref: str = field(validator=payload_shapes.text)
    data: bytes = field(validator=payload_shapes.data)


@frozen
class Progress:
    """How far a file is, in percent; or what went wrong with it."""  # UP-26

    ref: str = field(validator=payload_shapes.text)
    entry_ref: str = field(validator=payload_shapes.text)
    progress: Any
    cid: int | None = field(default=None, validator=payload_shapes.optional(payload_shapes.cid))


@frozen
class RegisterUpload:
    """The client opens the channel of an entry, with the token of the preflight."""  # UP-20

    token: str = field(validator=payload_shapes.text)


@frozen
class CloseUpload:
    """The client leaves the channel of an entry; what was not consumed yet is gone."""  # UP-25

    ref: str = field(validator=payload_shapes.text)
    entry_ref: str = field(validator=payload_shapes.text)


@frozen
class ChunkTimeout:
    """The time for an entry's next chunk is over; *received* bytes had come when it began."""  # UP-23

    ref: str
    entry_ref: str
    received: int


@frozen
class CloseWriter:
    """A callback that ended well has cancelled an entry: now its writer closes. Where its place is taken, it leaves anyway."""

    # UP-36, UP-11

    ref: str
    entry_ref: str
    cid: int | None = None
    replaced: bool = False


@frozen
class WriterFailed:
    """The writer of an entry failed a moment ago: now that is the entry's error."""  # UP-24

    ref: str
    entry_ref: str
    reason: str
    cid: int | None = None


@frozen
class DropEntries:
    """Entries of an upload were consumed, or their channels ended, a moment ago: now they leave."""  # UP-35, UP-36

    ref: str
    entry_refs: tuple[str, ...]
    cid: int | None = None


OF_UPLOADS = (
    AllowUpload,
    RegisterUpload,
    Chunk,
    CloseUpload,
    ChunkTimeout,
    Progress,
    CloseWriter,
    WriterFailed,
    DropEntries,
)
"""Those that no process gets whose view takes no files."""


# --- from the world -------------------------------------------------------------------------------------------------------


@frozen(weakref_slot=False)
class Info:
    """A message for `handle_info`, from whomever."""

    message: Any


@frozen
class Call:
    """A message for `handle_call`; *sender* is who waits for the answer."""  # CB-4

    message: Any
    sender: Any = None


@frozen
class Cast:
    """A message for `handle_cast`."""

    message: Any


@frozen
class AsyncDone:
    """A task ended: what its function returned or raised. *task* is the task, or its reference."""  # AY-13

    task: Task | str
    result: AsyncOk | AsyncExit

    @property
    def ref(self) -> str:
        """What the result is recognised by."""  # AY-15
        return self.task if isinstance(self.task, str) else self.task.ref

    @property
    def cid(self) -> int | None:
        """The component whose task it was."""  # AY-16
        owner = self.ref.rpartition("-")[0]
        return int(owner) if owner.isdecimal() else None


@frozen
class SendUpdate:
    """New assigns for the component (*module*, *id*), or the one with *cid*."""  # CP-15

    module: Any
    id: Any
    assigns: dict[str, Any]
    cid: int | None = None


@frozen
class Forwarded:
    """A child view, or an upload, asks the root view to go elsewhere, with the flash it put."""  # NV-11, NV-19

    redirect: Redirect
    flash: dict[str, Any] = field(factory=dict[str, Any])


@frozen
class Reload:
    """The code of the view may be another one now: everything counts as changed, and is rendered."""  # LC-47


@frozen
class Stop:
    """The process has to end: the connection is gone, the parent is, or the server drains."""  # LC-45, LC-46

    reason: Any = ("shutdown", "closed")


Message: TypeAlias = (
    Join
    | Event
    | LivePatch
    | CidsWillDestroy
    | CidsDestroyed
    | Leave
    | AllowUpload
    | Chunk
    | Progress
    | RegisterUpload
    | CloseUpload
    | ChunkTimeout
    | CloseWriter
    | WriterFailed
    | DropEntries
    | Info
    | Call
    | Cast
    | AsyncDone
    | SendUpdate
    | Forwarded
    | Reload
    | Stop
)
"""The closed sum of all messages."""


def _join(payload: Mapping[str, Any]) -> Join:
    redirect: Any = payload.get("redirect")
    params: Any = payload.get("params")
    url: Any = payload.get("url") if redirect is None else redirect
    params = dict[str, Any]() if params is None else params
    # As with events: the shape of nearly every one is asked in one go.
    fits = (url is None or payload_shapes.is_url(url)) and payload_shapes.is_mapping(params)
    tokens = payload.get("session"), payload.get("static"), payload.get("flash")
    return (_make_join if fits else Join)(url, params, *tokens, redirect is not None, payload.get("sticky") is True)


def _event(payload: Mapping[str, Any]) -> Event:
    event = payload["event"]
    given = payload.get
    kind, value, cid = given("type", "click"), given("value"), given("cid")
    meta, uploads = given("meta"), given("uploads")
    # Nearly every message is one of these, so its shape is asked here in one go; what is anything else is told by the class.
    if (
        type(event) is str
        and type(kind) is str
        and meta is None
        and uploads is None
        and (cid is None or type(cid) is int)
        and (kind != "form" or type(value) is str)
    ):
        return make_event(event, kind, value, cid, None, None)
    message = Event(event, kind, value, cid, meta, uploads)
    if kind == "form":
        payload_shapes.form_value(message, fields(Event).value, value)
    return message


_make_join: Callable[..., Join] = maker(Join)
make_event: Callable[..., Event] = maker(Event)
"""An event from all its fields, positionally; for whoever knows that they have the right shape."""


def _listed(payload: Mapping[str, Any], name: str) -> Any:
    """A list as the tuple that a message holds; what is none is left to be refused."""
    given = payload[name]
    return tuple(given) if type(given) is list else given  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _progress(payload: Mapping[str, Any]) -> Progress:
    return Progress(payload["ref"], payload["entry_ref"], payload["progress"], payload.get("cid"))


_READERS: dict[str, Callable[[Mapping[str, Any]], Message]] = {
    "phx_join": _join,
    "event": _event,
    "live_patch": lambda payload: LivePatch(payload["url"]),
    "cids_will_destroy": lambda payload: CidsWillDestroy(_listed(payload, "cids")),
    "cids_destroyed": lambda payload: CidsDestroyed(_listed(payload, "cids")),
    "phx_leave": lambda _: Leave(),
    "allow_upload": lambda payload: AllowUpload(payload["ref"], _listed(payload, "entries"), payload.get("cid")),
    "progress": _progress,
}


def from_wire(event: str, payload: Mapping[str, Any]) -> Message:
    """The message that a client frame is; anything that no client sends is a `BadFrame`.

    >>> from_wire("live_patch", {"url": "http://localhost/?page=2"})
    LivePatch(url='http://localhost/?page=2')
    """  # CH-1
    reader = _READERS.get(event) if type(event) is str else None
    if reader is None:
        raise BadFrame(
            f"no client sends a message {shown(event)}",
            expected=f"one of {', '.join(_READERS)}",
            got=shown(payload),
            nearest=nearest_names(event, _READERS),
        )
    kind: object = type(payload)
    if kind is not dict:
        raise BadFrame(
            f"the client message {event!r} has no payload",
            expected="an object of JSON: names and values",
            got=shown(payload),
        )
    try:
        return reader(payload)
    except KeyError as missing:
        raise BadFrame(
            f"the client message {event!r} has no {missing.args[0]!r}",
            expected="what the client sends",
            got=shown(payload),
        ) from None
