"""Streams: lists that live on the page; the server holds only what is still to be sent.

Law: a stream holds pending operations, never items, and any number of inserts in one callback costs linear time. The
operations are values over `Streams`; `Socket.stream*` are thin over them.
"""  # ST-17

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn, cast

from attrs import field

from liveview_core.errors import BadOption, FrozenError, MissingAssign, StreamError, nearest_names, shown
from liveview_core.tracebacks import shorten_told
from liveview_core.values import log
from liveview_core.values.assigns import same
from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import maker
from liveview_core.values.log import Log
from liveview_core.values.safe import exact

__all__ = ["DomId", "Insert", "Stream", "StreamOps", "Streams"]

DomId = Callable[[Any], str]
"""A function from an item to its DOM id."""

Insert = tuple[str, int, Any, "int | None", "bool | None"]
"""One pending insert: dom id, at, item, limit, update_only."""  # ST-2


@frozen(weakref_slot=False)
class StreamOps:
    """What a stream has pending, as the wire carries it: inserts and deletes are newest first."""  # ST-21

    ref: str
    inserts: list[list[Any]]
    deletes: list[str]
    reset: bool = False


make_stream_ops: Callable[[str, list[list[Any]], list[str], bool], StreamOps] = maker(StreamOps)


@frozen(weakref_slot=False)
class Stream:
    """The pending operations of one stream. A template's `:for` consumes it; nothing else can iterate it.

    `len(stream)` is the number of pending inserts, not of items on the page: those are the client's.
    """  # ST-2, ST-15

    name: str
    ref: str
    dom_id: DomId | None = None
    inserts: Log[Insert] = field(default=log.EMPTY)
    deletes: Log[str] = field(default=log.EMPTY)
    reset: bool = False

    def id_of(self, item: Any) -> str:
        """The DOM id of *item*: `name-id`, or what `stream_configure(dom_id=…)` says."""  # ST-4
        if self.dom_id is not None:
            try:
                dom_id = self.dom_id(item)
            except Exception as error:
                shorten_told(error)
                raise
            if type(dom_id) is not str and not isinstance(dom_id, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise StreamError(
                    f"the dom_id function of stream {self.name!r} must give a string",
                    expected="a str",
                    got=f"{shown(dom_id)} for the item {shown(item)}",
                    cure=f"dom_id=lambda item: f'{self.name}-{{item.…}}'",
                )
            return exact(dom_id)
        # Most items are objects, and to ask an ABC costs more than all the rest of an insert.
        kind: type[Any] = type(item)  # pyright: ignore[reportUnknownVariableType]
        if hasattr(kind, "__getitem__") and isinstance(item, Mapping):
            key = item.get("id")  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
        else:
            key = getattr(item, "id", None)  # pyright: ignore[reportUnknownArgumentType]
        if key is None:
            raise StreamError(
                f"an item of stream {self.name!r} has no id",
                expected="an item with an attribute or a key `id` that is not None",
                got=shown(item),  # pyright: ignore[reportUnknownArgumentType]
                cure=f"give it one, or call socket.stream_configure({self.name!r}, dom_id=lambda item: …) before the"
                " first stream call",
            )
        return f"{self.name}-{key}"

    def consume(self) -> tuple[list[tuple[str, Any]], StreamOps]:
        """What a template's `:for` needs: the entries `(dom_id, item)` in order, and the operations.

        The latest insert of an id wins, and the item takes the place of that insert; the operations are not de-duplicated.
        """  # ST-16, ST-21
        entries: list[tuple[str, Any]] = []
        inserts: list[list[Any]] = []
        seen: set[str] = set()
        for dom_id, at, item, limit, update_only in self.inserts.newest_first():
            inserts.append([dom_id, at, limit, update_only])
            if dom_id not in seen:
                seen.add(dom_id)
                entries.append((dom_id, item))
        entries.reverse()
        return entries, make_stream_ops(self.ref, inserts, self.deletes.newest_first(), self.reset)

    @property
    def pending(self) -> bool:
        """Whether anything is still to be sent."""
        return bool(self.inserts or self.deletes or self.reset)

    def __len__(self) -> int:
        return len(self.inserts)

    def __bool__(self) -> bool:
        return True  # an empty queue says nothing about the list on the page: no `:if` should hang on it

    def _refuse(self, what: str) -> NoReturn:
        raise StreamError(
            f"stream {self.name!r} cannot be {what}: its items are on the page, not on the server",
            expected=f"the stream itself in a template's `:for={{dom_id, item in @streams.{self.name}}}`",
            cure="put what you need into the items before you insert them, or keep a list of your own in an assign",
        )

    def __iter__(self) -> Iterator[Any]:
        self._refuse("iterated")

    def __reversed__(self) -> Iterator[Any]:
        self._refuse("iterated")

    def __contains__(self, item: object) -> bool:
        self._refuse("searched")

    def __getitem__(self, index: object) -> Any:
        self._refuse("indexed or sliced")

    def __repr__(self) -> str:
        reset = ", reset" if self.reset else ""
        return (
            f"<Stream {self.name!r} ref={self.ref!r}: {len(self.inserts)} inserts, {len(self.deletes)} deletes{reset}>"
        )


class _Attributes:
    """What gives `Streams` a `__dict__`: the dictionary of streams itself, so that `streams.messages` is an attribute.

    Through `__getattr__`, which is asked only when Python has made an AttributeError, each of the three reads of a render costs
    0.4 µs (Python 3.11). Where a stream is called like a method, or begins with "_", all of them are read in that way.
    """


@frozen(weakref_slot=False)
class Streams(_Attributes):
    """All streams of a socket: `@streams.messages`, `socket.assigns.streams["messages"]`."""  # ST-1

    _streams: dict[str, Stream] = field(factory=dict[str, Stream], alias="_streams")
    _configured: dict[str, DomId | None] = field(factory=dict[str, "DomId | None"], alias="_configured")
    _touched: frozenset[str] = field(default=frozenset(), alias="_touched")
    """Names used since the last render; the only ones that pruning looks at. Never iterated."""  # ST-18
    _before: Streams | None = field(default=None, alias="_before", eq=False, repr=False)
    """These streams before the first of those uses, with nothing pending: what pruning would make again."""

    def __getattr__(self, name: str) -> Stream:
        if name[:1] == "_":
            raise AttributeError(name)
        stream = self._streams.get(name)
        return self[name] if stream is None else stream

    def __getitem__(self, name: str) -> Stream:
        try:
            return self._streams[name]
        except KeyError:
            raise MissingAssign(
                f"there is no stream {name!r}",
                got=f"the streams are: {', '.join(self._streams) or 'none at all'}",
                cure=f"create it in mount: `socket.stream({name!r}, [])`",
                nearest=nearest_names(name, self._streams),
            ) from None

    def get(self, name: str) -> Stream | None:
        """The stream of that name, or None."""
        return self._streams.get(name)

    def same_item(self, other: Streams, name: str) -> bool:
        """Whether `streams[name]` is the same in both: streams are walked as maps are."""  # EN-8, EN-9
        return same(self.get(name), other.get(name))

    def __contains__(self, name: object) -> bool:
        return name in self._streams

    def __iter__(self) -> Iterator[str]:
        return iter(self._streams)

    def __len__(self) -> int:
        return len(self._streams)

    def __bool__(self) -> bool:
        return True

    def __setitem__(self, name: str, value: object) -> NoReturn:
        raise FrozenError(
            f"streams cannot be changed in place (streams[{name!r}] = …)", cure="use the socket's stream functions"
        )

    # --- the operations (8.2) ---------------------------------------------------------------------------------------------

    def configured(self, name: str, dom_id: DomId) -> Streams:
        """With a `dom_id` function for a stream that does not exist yet."""  # ST-12
        _check_name(name)
        if name in self._streams:
            raise StreamError(
                f"stream {name!r} cannot be configured any more: it has been streamed already",
                cure="call stream_configure before the first stream call of that name",
            )
        if name in self._configured:
            raise StreamError(f"stream {name!r} is configured already", cure="configure it once, in mount")
        configured = {**self._configured, name: _checked_dom_id(name, dom_id)}
        return self._next(_make_streams(self._streams, configured, self._touched, None))

    def created(
        self,
        name: str,
        items: Iterable[Any],
        limit: int | None,
        update_only: bool,
        dom_id: DomId | None,
        cid: int | None,
    ) -> Streams:
        """With a new stream of *items*; each is recorded with `at` -1, whatever the caller asked."""  # ST-3, ST-5, ST-6
        _check_name(name)
        number = len(self._streams)  # streams are never removed: the counter is how many there are
        chosen = self._configured.get(name) or (None if dom_id is None else _checked_dom_id(name, dom_id))
        stream = Stream(name, str(number) if cid is None else f"{cid}-{number}", chosen)
        inserts = _inserted(stream, items, -1, _checked_limit(limit), update_only or None)
        new = _make_stream(name, stream.ref, chosen, inserts, log.EMPTY, False)
        made = _make_streams({**self._streams, name: new}, self._configured, self._touched | {name}, None)
        if (self.__dict__ or not self._streams) and not (name.startswith("_") or hasattr(Streams, name)):
            _set_attributes(made, made._streams)
        return made

    def extended(
        self, name: str, items: Iterable[Any], at: int, limit: int | None, update_only: bool, reset: bool
    ) -> Streams:
        """With *items* inserted one by one; the same value when there is nothing to do."""  # ST-7
        stream = self._streams[name]
        inserts = _inserted(stream, items, checked_at(at), _checked_limit(limit), update_only)
        if inserts is stream.inserts and not reset:
            return self
        return self._with(stream, inserts, stream.deletes, reset or stream.reset)

    def inserted(self, name: str, item: Any, at: int, limit: int | None, update_only: bool) -> Streams:
        """With *item* pending."""  # ST-8
        stream = self._streams.get(name)
        if stream is None:
            self._undefined(name)
        if type(at) is not int:
            at = checked_at(at)
        if limit is not None and type(limit) is not int:
            limit = _checked_limit(limit)
        return self._with(
            stream,
            stream.inserts.append((stream.id_of(item), at, item, limit, update_only)),
            stream.deletes,
            stream.reset,
        )

    def deleted(self, name: str, item: Any) -> Streams:
        """With *item*'s DOM id among the pending deletes; a pending insert stays."""  # ST-9, ST-11
        stream = self._streams.get(name)
        if stream is None:
            self._undefined(name)
        return self._with(stream, stream.inserts, stream.deletes.append(stream.id_of(item)), stream.reset)

    def deleted_by_dom_id(self, name: str, dom_id: str) -> Streams:
        """With *dom_id*, verbatim, among the pending deletes."""  # ST-9
        stream = self._streams.get(name)
        if stream is None:
            self._undefined(name)
        if not isinstance(dom_id, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise StreamError(
                f"stream_delete_by_dom_id({name!r}, …) takes a DOM id",
                expected="a str",
                got=shown(dom_id),
                cure=f"socket.stream_delete({name!r}, item) takes the item",
            )
        return self._with(stream, stream.inserts, stream.deletes.append(exact(dom_id)), stream.reset)

    def pruned(self, name: str) -> Streams:
        """With nothing pending for *name*, if it was used since the last render."""  # ST-17, ST-18
        touched = self._touched
        if name not in touched:
            return self
        if self._before is not None and len(touched) == 1:
            return self._before
        stream = self._streams[name]
        quiet = _make_stream(stream.name, stream.ref, stream.dom_id, log.EMPTY, log.EMPTY, False)
        return self._next(_make_streams({**self._streams, name: quiet}, self._configured, touched - {name}, None))

    def _with(self, stream: Stream, inserts: Log[Insert], deletes: Log[str], reset: bool) -> Streams:
        name, touched = stream.name, self._touched
        streams = self._streams.copy()
        streams[name] = _make_stream(name, stream.ref, stream.dom_id, inserts, deletes, reset)
        before = self._before if touched else self
        touched = touched if name in touched else touched | {name}
        return self._next(_make_streams(streams, self._configured, touched, before))

    def _next(self, made: Streams) -> Streams:
        """*made*, with attributes if these streams have them."""
        if self.__dict__:
            _set_attributes(made, made._streams)
        return made

    def _undefined(self, name: str) -> NoReturn:
        raise no_stream(name, self._streams)

    def __repr__(self) -> str:
        return f"Streams({', '.join(map(repr, self._streams.values()))})"


def no_stream(name: object, known: Iterable[str]) -> StreamError:
    """The error for an operation on a stream that nobody created."""  # ST-10
    names = list(known)
    return StreamError(
        f"no stream with the name {name!r} was defined",
        got=f"the streams are: {', '.join(names) or 'none at all'}",
        cure=f"create it first, usually in mount: `socket.stream({name!r}, [])`; configuring it is not enough",
        nearest=nearest_names(name, names),
    )


def _inserted(
    stream: Stream, items: Iterable[Any], at: int, limit: int | None, update_only: bool | None
) -> Log[Insert]:
    try:
        iterator = iter(items)
    except TypeError:
        raise StreamError(
            f"the items of stream {stream.name!r} must be iterable",
            expected="a list of items, or another iterable",
            got=shown(items),
            cure=f"for one item: `socket.stream_insert({stream.name!r}, item)`",
        ) from None
    id_of = stream.id_of
    try:
        inserts = tuple([(id_of(item), at, item, limit, update_only) for item in iterator])
    except Exception as error:  # whoever gives the items one by one may raise anything
        shorten_told(error)
        raise
    return stream.inserts.extend(inserts)


def _check_name(name: object) -> None:
    if not isinstance(name, str) or not name:
        raise StreamError("a stream needs a name", expected="a non-empty str", got=shown(name))


def _checked_dom_id(name: str, dom_id: Any) -> DomId:
    if not callable(dom_id):
        raise StreamError(
            f"the dom_id of stream {name!r} is not a function",
            expected="a function from an item to its DOM id",
            got=shown(dom_id),
            cure=f"stream_configure({name!r}, dom_id=lambda item: f'{name}-{{item.key}}')",
        )
    return cast(DomId, dom_id)


def checked_at(at: Any) -> int:
    if not isinstance(at, int) or isinstance(at, bool):
        raise BadOption("the option `at` of a stream is a position", expected="an int (-1 is the end)", got=shown(at))
    return int.__int__(at)


def _checked_limit(limit: Any) -> int | None:
    if limit is not None and (not isinstance(limit, int) or isinstance(limit, bool)):
        raise BadOption(
            "the option `limit` of a stream is a number of items",
            expected="an int (positive keeps the first, negative the last) or None",
            got=shown(limit),
        )
    return None if limit is None else int.__int__(limit)


_make_stream: Callable[..., Stream] = maker(Stream)
_make_streams: Callable[..., Streams] = maker(Streams)
_set_attributes = _Attributes.__dict__["__dict__"].__set__
