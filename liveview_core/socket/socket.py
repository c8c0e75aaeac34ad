"""The socket: the state of a live view or component between two messages, as a value.

Law: every method returns a new socket (or the same one, where nothing changed) and nothing ever mutates; what a callback
wants from the outside becomes an effect in `socket.effects`, in order. All copies are made by `_make`, a twin (`twin.py`).

For the process and the components (users have no need of it; see the last section of the class):

* making one: `mounting_socket(...)`, `component_socket(parent, cid)`; entering a step: `at(instant)`
* reading: `_changed`, `has_changed()`, `pushed_events()`, `reply`, `cycle_flash`, `hooks_of(stage)`, `rendering()`
* writing what users may not: `merge_assigns` (no reserved names), `with_flash`, `with_reply`, `with_temporary`,
  `with_layout`, `with_hooks`, `without_redirect`
* after the message: `settled()` empties what lived for one message and resets temporary assigns;
  `quiet()` does only the first, for a message without a render; `mounted()` ends mounting
* async results: `tasks.take_task`, `tasks.apply_async` (module `tasks`)
"""  # SK-2, CP-7, AS-11, LC-34, LC-35, LC-22

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Hashable, Iterable, Mapping
from types import CoroutineType, MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, Final, Literal, NoReturn, ParamSpec, TypeVar

from attrs import evolve, field, fields

from liveview_core.errors import (
    BadOption,
    MissingAssign,
    NotMounted,
    OutsideStep,
    ReservedName,
    expect_hashable,
    expect_name,
    nearest_names,
    refuse_coroutine,
    shown,
)
from liveview_core.protocol import navigation
from liveview_core.protocol.async_result import AsyncResult
from liveview_core.protocol.destinations import checked_path
from liveview_core.protocol.effects import (
    Broadcast,
    CancelTimer,
    Dropped,
    Effect,
    Every,
    Redirect,
    Send,
    SendAfter,
    SendUpdate,
    Subscribe,
    Unsubscribe,
)
from liveview_core.rendering.js import encodable
from liveview_core.socket import attaching, tasks
from liveview_core.socket.socket_state import (
    RESTING,
    Cycle,
    Facts,
    Hook,
    Instant,
    Mounting,
    PushEvent,
    Standing,
    make_cycle,
)
from liveview_core.values import log
from liveview_core.values.assigns import Assigns, Changed, make_assigns, same, stored
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import maker
from liveview_core.values.log import Log
from liveview_core.values.streams import DomId, Streams, no_stream
from liveview_core.values.unchanging import unchanging

if TYPE_CHECKING:  # at run time when a view takes files
    from liveview_core.uploads.entries import UploadEntry, UploadWriter

__all__ = ["Prune", "Socket", "component_socket", "mounting_socket"]

P = ParamSpec("P")
R = TypeVar("R")

_MISSING: Any = object()

_RESERVED: Final = {  # AS-2
    "flash": "use socket.put_flash(kind, message) and socket.clear_flash()",
    "uploads": "use socket.allow_upload(name, …)",
    "streams": "use socket.stream(name, items) and its kin",
    "socket": "choose another name; templates see the socket as @socket",
    "myself": "choose another name; components see their own id as @myself",
}

_RESERVED_PRIVATE: Final = frozenset(  # SK-4
    {
        "connect_params",
        "connect_info",
        "assign_new",
        "live_async",
        "live_layout",
        "live_temp",
        "lifecycle",
        "render_with",
        "root_view",
    }
)

_NEW: Final = Standing()
_UNCHANGED: Final[Changed] = {}  # one for all sockets, as nobody ever adds to a socket's


class _Opaque(dict[str, Any]):
    """The assigns of `@socket` in a template."""  # SK-8


_OPAQUE: Final = _Opaque()


@unchanging("return socket.assign({name}=…)")
@frozen(repr=False, init=False, weakref_slot=False)
class Socket:
    """What callbacks get and return.

    `Socket(connected=True, **assigns)` makes a bare one, to test hooks and widget functions without a view.

    >>> socket = Socket(count=0).assign(count=1).put_flash("info", "saved")
    >>> socket.assigns.count, socket.changed("count"), socket.assigns.flash
    (1, True, {'info': 'saved'})
    """  # SK-1

    _assigns: dict[str, Any] = field(alias="_assigns")
    _changed: Changed = field(alias="_changed")
    _effects: Log[Effect] = field(alias="_effects")
    _cycle: Cycle = field(alias="_cycle")
    _redirected: Redirect | None = field(alias="_redirected")
    _standing: Standing = field(alias="_standing")
    _facts: Facts = field(alias="_facts")
    _instant: Instant | None = field(alias="_instant", eq=False)

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, *, connected: bool = False, **assigns: Any) -> None:
        if "_assigns" in assigns:  # attrs.evolve passes the fields themselves
            self.__attrs_init__(**assigns)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
            return
        self.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
            assigns, {}, log.EMPTY, RESTING, None, _NEW, Facts(connected=connected), None
        )

    # --- assigns (AS) -----------------------------------------------------------------------------------------------------

    @property
    def assigns(self) -> Assigns:
        """The assigns, read-only: `socket.assigns.count`, `socket.assigns["count"]`, `.get("count")`."""
        if self._assigns is _OPAQUE:
            raise MissingAssign(
                "@socket has no assigns to read in a template (SK-8)",
                cure="read the assign itself: @count, not @socket.assigns.count",
            )
        return make_assigns(self._changed, None, self._assigns)

    def assign(self, mapping: Mapping[str, Any] | Assigns | None = None, /, **assigns: Any) -> Socket:
        """With these assigns; the same socket if all of them are as they were."""  # AS-1…4
        if mapping is not None:
            assigns = _pairs(mapping, assigns)
        values = None
        current = self._assigns
        changed = self._changed
        for name, value in assigns.items():
            if name in _RESERVED:
                _refuse_assign(name)
            old = current.get(name, _MISSING)
            if old is value or (old is not _MISSING and same(old, value)):
                continue
            if values is None:
                values = current.copy()
            if name not in changed:
                changed = {**changed, name: True if old is _MISSING else stored(old)}
            values[name] = value
        if values is None:
            return self
        return self._with_assigns(values, changed)

    def assign_new(self, name: str, fn: Callable[[], Any]) -> Socket:
        """With *name* set to `fn()`, unless it is there, None included (AS-20); in mount, parents are asked first (AS-22)."""
        expect_name(name, "the name of an assign")
        if name in _RESERVED:
            _refuse_assign(name)
        if name in self._assigns:
            return self
        if not callable(fn):
            raise BadOption(
                f"assign_new({name!r}, …) takes a function without arguments",
                expected="a function, called where the assign is not there",
                got=shown(fn),
                cure=f"socket.assign_new({name!r}, lambda: …)",
            )
        mounting = self._facts.mounting
        value = mounting.source[name] if mounting is not None and name in mounting.source else fn()
        refuse_coroutine(f"the function of assign_new({name!r}, …)", value)
        if mounting is None:
            return self._put(name, value)
        recorded = evolve(mounting, recorded=(*mounting.recorded, name))
        return self._put(name, value)._with_facts(evolve(self._facts, mounting=recorded))

    def update(self, name: str, fn: Callable[[Any], Any]) -> Socket:
        """With `fn(current)` for *name*, which must be there."""  # AS-9
        if not callable(fn):
            raise BadOption(
                f"update({name!r}, …) takes a function of the current value",
                expected="a function",
                got=shown(fn),
                cure=f"a value is assigned: socket.assign({name}=…)",
            )
        if type(name) is not str:
            expect_name(name, "the name of an assign")
        current = self._assigns.get(name, _MISSING)
        if current is _MISSING:
            raise MissingAssign(
                f"cannot update {name!r}: there is no such assign",
                expected="the name of an assign",
                got=f"the assigns are: {', '.join(self._assigns) or 'none at all'}",
                cure=f"assign it first, usually in mount: socket.assign({name}=…)",
                nearest=nearest_names(name, self._assigns),
            )
        value = fn(current)
        if type(value) is CoroutineType:  # asked here: a counter pays for each call
            refuse_coroutine(f"the function of update({name!r}, …)", value)  # pyright: ignore[reportUnknownArgumentType]
        return self._put(name, value)  # pyright: ignore[reportUnknownArgumentType]

    def changed(self, name: str) -> bool:
        """Whether *name* changed since the last render (AS-6)."""
        return expect_name(name, "the name of an assign") in self._changed

    def _with_assigns(self, values: dict[str, Any], changed: Changed) -> Socket:
        return _make(
            values, changed, self._effects, self._cycle, self._redirected, self._standing, self._facts, self._instant
        )

    def _put(self, name: str, value: Any) -> Socket:
        old = self._assigns.get(name, _MISSING)
        if old is value or (old is not _MISSING and same(old, value)):
            return self
        changed = self._changed
        if name not in changed:
            changed = {**changed, name: True if old is _MISSING else stored(old)}
        return self._with_assigns({**self._assigns, name: value}, changed)

    # --- streams (ST) -----------------------------------------------------------------------------------------------------

    def stream(
        self,
        name: str,
        items: Iterable[Any],
        *,
        at: int = -1,
        reset: bool = False,
        limit: int | None = None,
        update_only: bool = False,
        dom_id: DomId | None = None,
    ) -> Socket:
        """Create the stream *name* with *items*, or insert them all into it.

        `at` and `reset` are for a stream that exists; `dom_id` for one that does not. A first use attaches the hook
        that empties the stream after each render.
        """  # ST-5, ST-7, ST-6, ST-19
        streams: Streams = self._assigns.get("streams") or Streams()
        if expect_name(name, "the name of a stream") in streams:
            return self._with_streams(streams.extended(name, items, at, limit, update_only, reset))
        new = streams.created(name, items, limit, update_only, dom_id, self._facts.cid)
        return self._with_streams(new).attach_hook(name, "after_render", Prune(name))

    def stream_insert(
        self, name: str, item: Any, *, at: int = -1, limit: int | None = None, update_only: bool = False
    ) -> Socket:
        """Insert *item*, or update it where it is; `at` 0 is the start, -1 the end."""  # ST-8
        return self._with_streams(self._streams(name).inserted(name, item, at, limit, update_only))

    def stream_delete(self, name: str, item: Any) -> Socket:
        """Remove *item* from the page."""  # ST-9
        return self._with_streams(self._streams(name).deleted(name, item))

    def stream_delete_by_dom_id(self, name: str, dom_id: str) -> Socket:
        """Remove the item with that DOM id from the page."""  # ST-9
        return self._with_streams(self._streams(name).deleted_by_dom_id(name, dom_id))

    def stream_configure(self, name: str, *, dom_id: DomId) -> Socket:
        """Choose how items of *name* get their DOM ids; before its first use."""  # ST-12
        streams: Streams = self._assigns.get("streams") or Streams()
        return self._with_streams(streams.configured(expect_name(name, "the name of a stream"), dom_id))

    def stream_async(self, name: str, fn: Callable[[], Any], *, reset: bool = False) -> Socket:
        """Run *fn* as a task and stream the items that it returns; `@name` is an AsyncResult meanwhile (AY-23).

        With `(items, {"at": 0, "reset": True})` they are streamed with these options of `stream`.
        """
        current = self._assigns.get(expect_name(name, "the name of a stream"))
        keep = isinstance(current, AsyncResult) and current.ok and not reset
        socket = self.assign({name: current.to_loading() if keep else AsyncResult(loading=True)})  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]
        if name not in (self._assigns.get("streams") or ()):
            socket = socket.stream(name, [])
        return tasks.started(socket, name, "stream", (name,), fn)

    def _streams(self, name: str) -> Streams:
        if type(name) is not str:
            expect_name(name, "the name of a stream")
        streams = self._assigns.get("streams")
        if streams is None:
            raise no_stream(name, ())
        found: Streams = streams
        return found

    def _with_streams(self, streams: Streams) -> Socket:
        assigns = self._assigns
        old = assigns.get("streams")
        if old is streams:
            return self
        changed = self._changed
        if "streams" not in changed:
            changed = {**changed, "streams": True if old is None else old}
        assigns = assigns.copy()
        assigns["streams"] = streams
        return self._with_assigns(assigns, changed)

    # --- hooks (HK) -------------------------------------------------------------------------------------------------------

    def attach_hook(self, id: Hashable, stage: str, fn: Callable[..., Any]) -> Socket:
        """Run *fn* at *stage*, after the hooks that are there and before the callback."""  # HK-10…13
        return self.with_hooks(stage, attaching.attached(self, id, stage, fn))

    def detach_hook(self, id: Hashable, stage: str) -> Socket:
        """Take the hook *id* away from *stage*; nothing happens if there is none."""  # HK-17
        hooks = attaching.detached(self, id, stage)
        return self if hooks is None else self.with_hooks(stage, hooks)

    # --- flash (FL) -------------------------------------------------------------------------------------------------------

    def put_flash(self, kind: str, message: Any) -> Socket:
        """Show *message* under *kind*, until it is cleared, or the page is left."""  # FL-1
        if not isinstance(kind, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption(
                "the kind of a flash message is a str", expected="a str such as 'info' or 'error'", got=shown(kind)
            )
        cycle = make_cycle(self._cycle.events, self._cycle.reply, {**self._cycle.flash, kind: message})
        return self._put("flash", {**self._assigns.get("flash", {}), kind: message})._with_cycle(cycle)

    def clear_flash(self, kind: str | None = None) -> Socket:
        """Take the message of *kind* away; without a kind all of them, except from this message's own redirect."""  # FL-2
        if kind is None:
            return self._put("flash", {})
        cycle = self._cycle
        kept = {key: value for key, value in cycle.flash.items() if key != kind}
        shown_ = {key: value for key, value in self._assigns.get("flash", {}).items() if key != kind}
        return self._put("flash", shown_)._with_cycle(make_cycle(cycle.events, cycle.reply, kept))

    # --- client (PE, NV) --------------------------------------------------------------------------------------------------

    def push_event(
        self, event: str, payload: Mapping[str, Any], *, dispatch: Literal["after", "before"] = "after"
    ) -> Socket:
        """Send the client an event with this message; dispatched after the page is patched, or before."""  # PE-1
        if not isinstance(event, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("the name of a pushed event is a str", expected="a str such as 'chart'", got=shown(event))
        if not isinstance(payload, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption(
                f"the payload of push_event({event!r}, …) is not a mapping",
                expected="a dict of JSON data",
                got=shown(payload),
                cure=f"socket.push_event({event!r}, {{'value': …}})",
            )
        if dispatch not in ("after", "before"):
            raise BadOption(
                f"the option dispatch of push_event({event!r}, …) is wrong",
                expected="'after' or 'before'",
                got=shown(dispatch),
                nearest=nearest_names(dispatch, ("after", "before")),
            )
        cycle = self._cycle
        sent = encodable(payload, f"the payload of push_event({event!r}, …)")
        pushed = cycle.events.append(PushEvent(event, sent, dispatch == "before"))
        return self._with_cycle(make_cycle(pushed, cycle.reply, cycle.flash))

    def push_patch(self, to: str, *, replace: bool = False) -> Socket:
        """Go to another URL of the same view: `handle_params` runs, nothing is mounted anew."""  # NV-2, NV-10
        return self._redirect(navigation.patch(self._redirected, to, replace))

    def push_navigate(self, to: str, *, replace: bool = False) -> Socket:
        """Go to another view of the same live session, without loading the page anew."""  # NV-2, NV-9
        return self._redirect(navigation.navigate(self._redirected, to, replace))

    def redirect(
        self, to: str | None = None, *, external: str | tuple[str, str] | None = None, status: int = 302
    ) -> Socket:
        """Leave: load the page of a path on this host, or of an *external* URL."""  # NV-1, NV-8
        return self._redirect(navigation.redirect(self._redirected, to, external, status))

    @property
    def redirected(self) -> Redirect | None:
        """Where the socket wants to go, if anywhere."""  # SK-6
        return self._redirected

    # --- async (AY) -------------------------------------------------------------------------------------------------------

    def assign_async(
        self, keys: str | list[str] | tuple[str, ...], fn: Callable[[], Any], *, reset: bool | Iterable[str] = False
    ) -> Socket:
        """Run *fn* as a task; the mapping that it returns fills the *keys*, which are AsyncResults meanwhile.

        `reset`, for all keys or for some, shows the loading state again instead of the last result.
        """  # AY-3…11
        return tasks.assign_async(self, keys, fn, reset)

    def start_async(self, name: Hashable, fn: Callable[[], Any]) -> Socket:
        """Run *fn* as a task; `handle_async(name, AsyncOk | AsyncExit, socket)` gets the result."""  # AY-12…15
        return tasks.started(self, name, "start", (), fn)

    def cancel_async(
        self, name_or_result: Hashable | list[str] | AsyncResult, reason: Any = ("shutdown", "cancel")
    ) -> Socket:
        """Stop a task by its name (for `assign_async` the list of its keys), or by its AsyncResult."""  # AY-19…22
        return tasks.cancelled(self, name_or_result, reason)

    # --- uploads (UP) -----------------------------------------------------------------------------------------------------

    def allow_upload(
        self,
        name: str,
        *,
        accept: str | Iterable[str],
        max_entries: int = 1,
        max_file_size: int = 8_000_000,
        chunk_size: int = 64_000,
        auto_upload: bool = False,
        external: Callable[..., Any] | None = None,
        progress: Callable[..., Any] | None = None,
        max_entries_mode: Literal["selected", "total"] = "selected",
        chunk_timeout: int = 10_000,
        validator: Callable[..., Any] | None = None,
        writer: UploadWriter | None = None,
    ) -> Socket:
        """Take files under *name*: `@uploads.name` is the upload, for `<.live_file_input>`.

        *accept* is `"any"`, or extensions and media types. *progress* is `(name, entry, socket) -> socket`, *external*
        `(entry, socket) -> (meta, socket)`, *validator* `(entry) -> None | ("error", reason)`.
        """  # UP-1…3
        options = {
            "accept": accept,
            "max_entries": max_entries,
            "max_file_size": max_file_size,
            "chunk_size": chunk_size,
            "auto_upload": auto_upload,
            "external": external,
            "progress": progress,
            "max_entries_mode": max_entries_mode,
            "chunk_timeout": chunk_timeout,
            "validator": validator,
            "writer": writer,
        }
        from liveview_core.uploads import uploading

        return uploading.allow(self, name, options)

    def disallow_upload(self, name: str) -> Socket:
        """Take no more files under *name*; it must have no entries (UP-4)."""
        from liveview_core.uploads import uploading

        return uploading.disallow(self, name)

    def cancel_upload(self, name: str, ref: str) -> Socket:
        """Drop an entry, and stop its transfer (UP-36)."""
        from liveview_core.uploads import uploading

        return uploading.cancel(self, name, ref)

    def uploaded_entries(self, name: str) -> tuple[list[UploadEntry], list[UploadEntry]]:
        """The entries that are done, and those under way; each list with the last chosen first (UP-30)."""
        from liveview_core.uploads import uploading

        return uploading.uploaded(self, name)

    def consume_uploaded_entries(self, name: str, fn: Callable[[Any, UploadEntry], Any]) -> tuple[Socket, list[Any]]:
        """Take all files of an upload: `fn(content, entry)` for each, whose values are the results.

        A value `Postpone(value)` keeps the entry for later (UP-33). The entries leave after the callback (UP-35).
        """
        from liveview_core.uploads import uploading

        return uploading.consume(self, name, fn)

    def consume_uploaded_entry(self, entry: UploadEntry, fn: Callable[[Any], Any]) -> tuple[Socket, Any]:
        """Take one file: `fn(content)`, whose value is the result (UP-32)."""
        from liveview_core.uploads import uploading

        return uploading.consume_one(self, entry, fn)

    # --- components and messages ------------------------------------------------------------------------------------------

    def send_update(
        self, module: Any, *, id: Any = None, cid: int | None = None, to: Any = None, **assigns: Any
    ) -> Socket:
        """Update the component (*module*, *id*), or the one whose `@myself` is *cid*: of this view, or of the process *to*."""
        addressed = _addressed(module, id, cid, assigns)
        return self.effect(SendUpdate(module, *addressed, None, cid, None if to is None else _address(to)))

    def send_update_after(
        self, module: Any, *, after: float, id: Any = None, cid: int | None = None, to: Any = None, **assigns: Any
    ) -> Socket:
        """As `send_update`, *after* seconds from now."""
        addressed = _addressed(module, id, cid, assigns)
        micros = _micros("after", after)
        return self._live_effect(SendUpdate(module, *addressed, micros, cid, None if to is None else _address(to)))

    def send(self, message: Any, to: Any = None) -> Socket:
        """Send *message* to the process *to*; to this view's own `handle_info` where None."""
        return self._live_effect(Send(message)) if to is None else self.effect(Send(message, _process_id(message, to)))

    def send_after(self, message: Any, seconds: float, *, name: Any = None) -> Socket:
        """Send *message* to this view in *seconds*; a *name* can be cancelled, and replaces the timer of that name."""
        expect_hashable(name, "the name of a timer")
        return self._live_effect(SendAfter(message, _micros("seconds", seconds), name))

    def send_interval(self, message: Any, seconds: float, *, name: Any = None) -> Socket:
        """Send *message* to this view every so many *seconds*, the first time after one interval."""
        expect_hashable(name, "the name of a timer")
        micros = _micros("seconds", seconds)
        if not micros:
            raise BadOption("an interval of 0 seconds would never let time pass", expected="more than 0", got="0")
        return self._live_effect(Every(message, micros, name))

    def cancel_timer(self, name: Any) -> Socket:
        """Stop the timer of that name, if there is one."""
        expect_hashable(name, "the name of a timer")
        return self._live_effect(CancelTimer(name))

    def subscribe(self, topic: str) -> Socket:
        """Have messages of *topic* delivered to `handle_info`; twice delivers twice, as in Phoenix."""
        return self._live_effect(Subscribe(_topic(topic)))

    def unsubscribe(self, topic: str) -> Socket:
        """End all subscriptions of this view to *topic*."""
        return self._live_effect(Unsubscribe(_topic(topic)))

    def broadcast(self, topic: str, message: Any) -> Socket:
        """Send *message* to all subscribers of *topic*, this view included if it is one."""
        return self.effect(Broadcast(_topic(topic), message))

    def broadcast_from(self, topic: str, message: Any) -> Socket:
        """Send *message* to all subscribers of *topic* except this view."""
        return self.effect(Broadcast(_topic(topic), message, from_self=True))

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What was asked of the outside and is still to happen, in order."""
        return self._effects.oldest_first()

    def effect(self, effect: Effect) -> Socket:
        """With one more effect."""
        return _make(
            self._assigns,
            self._changed,
            self._effects.append(effect),
            self._cycle,
            self._redirected,
            self._standing,
            self._facts,
            self._instant,
        )

    def _live_effect(self, effect: Effect) -> Socket:
        # In a disconnected mount nobody lives to receive it: dropped, and noted.
        return self.effect(effect if self._facts.connected else Dropped(effect))

    # --- facts (SK, NV-30…32) ---------------------------------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """False in the disconnected mount, the one that makes the page's first HTML."""  # SK-3
        return self._facts.connected

    @property
    def id(self) -> str:
        """The id of the view's element; None in a socket that was made by hand, where no callback reads it."""
        return self._facts.id  # type: ignore[return-value] # pyright: ignore[reportReturnType] # SK-9

    @property
    def view(self) -> Any:
        """The view object whose callbacks run."""
        return self._facts.view

    @property
    def router(self) -> Any:
        """The router that the view is mounted at, or None."""
        return self._facts.router

    @property
    def parent(self) -> Any:
        """The address of the parent view's process, for `send(message, to=socket.parent)`; None for a root view."""
        return self._facts.parent

    @property
    def cid(self) -> int | None:
        """The component's id in the page, `@myself`; None for a view."""
        return self._facts.cid

    @property
    def now(self) -> datetime.datetime:
        """The time of this step, as an aware UTC datetime; the same however often it is read."""
        return self._step("now").now

    @property
    def random(self) -> random.Random:
        """A random generator of this step: the same numbers in every replay."""
        return self._step("random").random

    def _step(self, what: str) -> Instant:
        instant = self._instant
        if instant is None or instant.closed:
            raise OutsideStep(
                f"socket.{what} exists only while a message is being handled",
                cure="read it inside a callback or hook and assign what you need; in a test of a function alone, pass "
                "`Socket(…).at(Instant(micros, seed))` (liveview_core.socket.socket_state)",
            )
        return instant

    def get_connect_params(self) -> Mapping[str, Any] | None:
        """The client's connect params, while mounting; None in the disconnected mount."""  # NV-30
        params = self._mounting("get_connect_params").params
        return params if self._facts.connected else None

    def get_connect_info(self, key: str) -> Any:
        """What is known of the connection under *key*, while mounting; None if nothing (NV-31)."""
        return self._mounting("get_connect_info").info.get(expect_name(key, "the key of get_connect_info"))

    def static_changed(self) -> bool:
        """Whether the client runs other static files than the server has now, while mounting."""  # NV-32
        mounting = self._mounting("static_changed")
        if not self._facts.connected or mounting.params is None or not mounting.manifest:
            return False
        latest = (*mounting.manifest, *mounting.manifest.values())
        tracked = mounting.params.get("_track_static")
        if not isinstance(tracked, (list, tuple)):  # it is what the client says
            return False
        texts = [each for each in tracked if isinstance(each, str)]  # pyright: ignore[reportUnknownVariableType]
        return any(not each.partition("?")[0].endswith(latest) for each in texts)

    def _mounting(self, function: str) -> Mounting:
        mounting = self._facts.mounting
        if mounting is None:
            if self._facts.parent is not None:
                raise NotMounted(
                    f"{function} was called on a child view",
                    cure="only the root view has access: hand it down in the session",
                )
            raise NotMounted(
                f"{function} was called outside mount: what it reads exists only while mounting",
                cure="call it in mount (or an on_mount hook) and assign what you need",
            )
        return mounting

    def navigation_type(self, to: str) -> Literal["patch", "navigate", "href"]:
        """How a link to the path *to* should go from here: a patch of this view, live navigation, or a page load.

        In a nested view always a page load ("href"): like every view that is not mounted at the router, it has no live session.
        """  # NV-21
        facts = self._facts
        path = checked_path(to, "navigation_type")
        if not facts.connected or facts.router is None or facts.live_session is None:
            return "href"
        kind: Literal["patch", "navigate", "href"] = facts.router.navigation_type(path, facts.view, facts.live_session)
        return kind

    @property
    def private(self) -> Mapping[str, Any]:
        """Values that belong to no template and are not tracked."""  # SK-4
        return MappingProxyType(self._standing.private)

    def put_private(self, key: str, value: Any) -> Socket:
        """With *value* in `private` (SK-4)."""
        if expect_name(key, "the key of put_private") in _RESERVED_PRIVATE:
            raise ReservedName(f"the private key {key!r} is reserved for LiveView", cure="choose another name")
        return self._with_standing(evolve(self._standing, private={**self._standing.private, key: value}))

    def render_with(self, fn: Callable[[Assigns], Any]) -> Socket:
        """Render with *fn* from now on instead of the view's `render`."""  # SK-10
        if not callable(fn):
            raise BadOption("render_with takes a function of assigns", expected="heex(…) or a function", got=shown(fn))
        return self._with_standing(evolve(self._standing, render=fn))

    def pipe(self, fn: Callable[Concatenate[Socket, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """`fn(socket, *args, **kwargs)`, so that functions over sockets chain like methods."""
        return fn(self, *args, **kwargs)

    # --- for the process and the components -------------------------------------------------------------------------------

    @property
    def reply(self) -> Any:
        """The reply given in this message, or `NO_REPLY`."""  # CB-11
        return self._cycle.reply

    @property
    def cycle_flash(self) -> dict[str, Any]:
        """The flash messages put in this message."""  # SK-5
        return self._cycle.flash

    def at(self, instant: Instant) -> Socket:
        """Inside a step: `now` and `random` answer."""
        return _make(
            self._assigns,
            self._changed,
            self._effects,
            self._cycle,
            self._redirected,
            self._standing,
            self._facts,
            instant,
        )

    def has_changed(self) -> bool:
        """Whether any assign changed since the last render."""  # LC-42
        return bool(self._changed)

    def pushed_events(self) -> list[list[Any]]:
        """The events pushed in this message, in order, as they stand in a diff."""  # PE-2
        return [each.wire() for each in self._cycle.events.oldest_first()]

    def hooks_of(self, stage: str) -> tuple[Hook, ...]:
        """The hooks of a stage in the order they run."""  # HK-13
        return self._standing.hooks.get(stage, ())

    def rendering(self) -> Assigns:
        """What a template gets: the assigns and `@socket`, which gives no assigns away."""  # SK-8
        seen = _make(_OPAQUE, _UNCHANGED, log.EMPTY, RESTING, None, self._standing, self._facts, None)
        values = self._assigns.copy()
        values["socket"] = seen
        return make_assigns(self._changed, None, values)

    def merge_assigns(self, assigns: Mapping[str, Any] | Assigns) -> Socket:
        """`assign` without reserved names: what the framework itself assigns."""  # CP-7, NV-10
        socket = self
        for name, value in _pairs(assigns, {}).items():
            socket = socket._put(name, value)
        return socket

    def with_everything_changed(self) -> Socket:
        """With every assign marked changed, as if it had been assigned itself."""  # LC-47
        return self._with_assigns(self._assigns, {**dict.fromkeys(self._assigns, True), **self._changed})

    def with_flash(self, flash: Mapping[str, Any]) -> Socket:
        """With exactly this flash."""  # FL-4, FL-5
        return self._put("flash", dict(flash))

    def with_reply(self, reply: Any) -> Socket:
        """With this reply, as it will travel; the last one wins."""  # CB-11
        return self._with_cycle(make_cycle(self._cycle.events, encodable(reply, "the reply"), self._cycle.flash))

    def with_temporary(self, temporary: Mapping[str, Any]) -> Socket:
        """With more temporary assigns, put where absent and not marked changed."""  # LC-33
        standing = evolve(self._standing, temporary={**self._standing.temporary, **temporary})
        return self._with_assigns({**temporary, **self._assigns}, self._changed)._with_standing(standing)

    def with_layout(self, layout: Any) -> Socket:
        """With a layout that beats the view's own; False for none."""  # LC-32
        return self._with_standing(evolve(self._standing, layout=layout))

    def with_hooks(self, stage: str, hooks: tuple[Hook, ...]) -> Socket:
        """With exactly these hooks on *stage*."""
        return self._with_standing(evolve(self._standing, hooks={**self._standing.hooks, stage: hooks}))

    def without_redirect(self) -> Socket:
        """With the redirect taken."""  # NV-10
        return self._redirect(None)

    def mounted(self) -> Socket:
        """With nothing left that exists only while mounting; the assigns are `settled`'s business."""  # LC-22
        return self._with_facts(evolve(self._facts, mounting=None))

    def quiet(self) -> Socket:
        """With nothing left of this message but the marks of change; for a message without a render."""  # LC-35
        return _make(
            self._assigns, self._changed, log.EMPTY, RESTING, self._redirected, self._standing, self._facts, None
        )

    def settled(self) -> Socket:
        """After a render: nothing changed, nothing pending, temporary assigns at their defaults."""  # AS-11, LC-34
        assigns = self._assigns
        if self._changed and self._standing.temporary:
            assigns = {**assigns, **self._standing.temporary}
        return _make(assigns, _UNCHANGED, log.EMPTY, RESTING, self._redirected, self._standing, self._facts, None)

    def _redirect(self, redirected: Redirect | None) -> Socket:
        return self._with(_redirected=redirected)

    def _with(self, **slots: Any) -> Socket:
        return _make(*[slots.get(name, getattr(self, name)) for name in _SLOTS])

    def _with_cycle(self, cycle: Cycle) -> Socket:
        return _make(
            self._assigns,
            self._changed,
            self._effects,
            cycle,
            self._redirected,
            self._standing,
            self._facts,
            self._instant,
        )

    def _with_standing(self, standing: Standing) -> Socket:
        return self._with(_standing=standing)

    def _with_facts(self, facts: Facts) -> Socket:
        return self._with(_facts=facts)

    def __repr__(self) -> str:
        facts = self._facts
        parts = [f"{name}={value!r}" for name, value in self._assigns.items()]
        view = f" {type(facts.view).__name__}" if facts.view is not None else ""
        parts.insert(0, f"connected={facts.connected}")
        more = f", changed={list(self._changed)}" if self._changed else ""
        more += f", effects={list(self.effects)}" if self._effects else ""
        more += f", {self._redirected.describe()}" if self._redirected is not None else ""
        return f"<Socket{view}({', '.join(parts)}){more}>"

    def __reduce__(self) -> tuple[Callable[..., Socket], tuple[Any, ...]]:
        return _restored, (
            self._assigns,
            self._changed,
            self._effects,
            self._cycle,
            self._redirected,
            self._standing,
            self._facts,
        )


def _restored(*slots: Any) -> Socket:
    return _make(*slots, None)


_make: Callable[..., Socket] = maker(Socket)
_SLOTS: Final = tuple(each.name for each in fields(Socket))


def _pairs(given: Mapping[str, Any] | Assigns, more: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(given, (Mapping, Assigns)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "assign takes names and values",
            expected="assign(name=value, …), or a mapping",
            got=shown(given),
            cure="socket.assign(count=1) or socket.assign({'count': 1})",
        )
    pairs = dict(given.items() if isinstance(given, Mapping) else iter(given))
    for name in pairs:
        if not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("the name of an assign is a str", expected="a str", got=shown(name))
    return {**pairs, **more}


def _refuse_assign(name: str) -> NoReturn:
    raise ReservedName(f"the assign {name!r} is reserved and cannot be set directly", cure=_RESERVED[name])


def _address(to: Any) -> Any:
    """A process is spoken of by its id, or by what has that as its `id`: a view, a socket."""
    if not isinstance(getattr(to, "id", to), str):
        raise BadOption("a message is sent to a process", expected="its id, such as socket.parent", got=shown(to))
    return to


def _topic(topic: Any) -> str:
    if not isinstance(topic, str):
        raise BadOption("a topic is a str", expected="a str such as 'chat:lobby'", got=shown(topic))
    return topic


def _process_id(message: Any, to: Any) -> Any:
    """Whom a message is for; `send(pid, message)`, as in Elixir, would send the pid to nobody."""
    if isinstance(to, str) or isinstance(getattr(to, "id", None), str):
        return to
    raise BadOption(
        "send takes the message first, and then whom it is for",
        expected="the id of a process, or what has one: send(message, to=view.id)",
        got=f"send({shown(message)}, {shown(to)})",
        cure=f"socket.send({shown(to)}, to={shown(message)})"
        if isinstance(message, str)
        else "socket.send(message, to=…); without `to` it is for this view itself",
    )


def _addressed(module: Any, id: Any, cid: int | None, assigns: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    if cid is not None and type(cid) is not int:
        raise BadOption("the cid of send_update is wrong", expected="the @myself of a component", got=shown(cid))
    if id is None and cid is None:  # CP-20
        name = getattr(module, "__qualname__", type(module).__qualname__)
        raise BadOption(
            f"missing required id in send_update({name}, …)",
            expected="the id of the component, or cid=… with its @myself",
            got=shown(assigns),
            cure=f'send_update({name}, id="…", …)',
        )
    return id, assigns


def _micros(name: str, seconds: Any) -> int:
    if not isinstance(seconds, (int, float)) or isinstance(seconds, bool) or not 0 <= seconds < float("inf"):
        raise BadOption(f"the argument {name} is no time", expected="seconds: a number, 0 or more", got=shown(seconds))
    return round(seconds * 1_000_000)


@frozen
class Prune:
    """The after_render hook of a stream: nothing of it is pending once it was rendered."""  # ST-17…19

    name: str

    def __call__(self, socket: Socket) -> Socket:
        streams: Streams = socket._assigns["streams"]
        pruned = streams.pruned(self.name)
        # Not a change: what was sent is on the page, and a later render has nothing to say about it.
        if pruned is streams:
            return socket
        assigns = socket._assigns.copy()
        assigns["streams"] = pruned
        return socket._with_assigns(assigns, socket._changed)


def mounting_socket(facts: Facts, *, live_action: Any = None, flash: Mapping[str, Any] | None = None) -> Socket:
    """The socket that a view's on_mount hooks and `mount` get; its two assigns are not marked changed."""  # LC-4
    assigns = {"live_action": live_action, "flash": dict(flash or {})}
    return _make(assigns, {}, log.EMPTY, RESTING, None, _NEW, facts, None)


def component_socket(parent: Socket, cid: int) -> Socket:
    """The socket that a component's `mount` gets: its own assigns and hooks, the view's facts."""  # CP-5
    facts = evolve(parent._facts, cid=cid, mounting=None)
    bare = _make({"myself": cid}, {}, log.EMPTY, RESTING, None, _NEW, facts, parent._instant)
    return bare.with_flash({})
