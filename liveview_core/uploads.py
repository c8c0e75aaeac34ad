"""Uploads: what files a view takes, which ones a client has chosen, and how far they are.

An `UploadConfig` is a value in `@uploads`; its entries are the chosen files. The operations here are functions from a
socket to a socket; the bytes themselves are kept beside the assigns, by a writer, until they are consumed. Laws:

* a config knows every entry it was told of, valid or not; an error belongs to an entry, or to the config (UP-12…15);
* an entry is done when its progress says 100, and consumed only then (UP-26, UP-31);
* consumed entries leave after the callback, by a message of their own (UP-35).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from attrs import evolve, field, frozen

from liveview_core.errors import BadOption, BadReturn, LiveViewError, MissingAssign, nearest_names, shown
from liveview_core.media_types import ACCEPTED_GROUPS, media_type_of

if TYPE_CHECKING:
    from liveview_core.socket import Socket

__all__ = [
    "Postpone",
    "Transfer",
    "UploadConfig",
    "UploadEntry",
    "UploadError",
    "UploadWriter",
    "Uploads",
    "allow",
    "cancel",
    "consume",
    "consume_one",
    "disallow",
    "upload_errors",
    "uploaded",
]


class UploadError(LiveViewError, ValueError):
    """An upload that cannot be allowed, cancelled or consumed like that."""


class UploadWriter(Protocol):
    """Where the bytes of an entry go (UP-21); every method takes and gives the writer's state, a value."""

    def init(self, entry: UploadEntry) -> Any: ...
    def write_chunk(self, data: bytes, state: Any) -> Any: ...
    def close(self, state: Any, reason: str) -> Any: ...
    def meta(self, state: Any) -> Any: ...


class Memory:
    """The default writer: the file's bytes, as one `bytes` when it is consumed."""

    def init(self, entry: UploadEntry) -> Any:
        return ()

    def write_chunk(self, data: bytes, state: Any) -> Any:
        return (*state, data)

    def close(self, state: Any, reason: str) -> Any:
        return state

    def meta(self, state: Any) -> Any:
        return b"".join(state)

    def __repr__(self) -> str:
        return "Memory()"


MEMORY = Memory()


@frozen
class Postpone:
    """What a consuming function returns to keep the entry for later (UP-33)."""

    value: Any = None


@frozen
class UploadEntry:
    """One chosen file (UP-8). `client_…` is what the client says of it, and not to be trusted."""

    ref: str
    upload_ref: str
    upload_config: str
    client_name: str
    client_size: Any
    client_type: str = ""
    client_relative_path: str | None = None
    client_last_modified: Any = None
    client_meta: Any = None
    uuid: str | None = None
    progress: int = 0
    preflighted: bool = False
    valid: bool = False
    done: bool = False
    cancelled: bool = False


@frozen
class Transfer:
    """The bytes of one entry on their way: how many came, and the writer's state (UP-22)."""

    received: int
    state: Any
    closed: bool = False
    failed: bool = False


@frozen
class UploadConfig:
    """What an upload takes, and what was chosen for it (UP-7); errors are pairs of an entry's ref, or the own, and a reason."""

    name: str
    ref: str
    accept: tuple[str, ...] | str
    accepted_types: tuple[str, ...] = ()
    accepted_extensions: tuple[str, ...] = ()
    max_entries: int = 1
    max_entries_mode: str = "selected"
    max_file_size: int = 8_000_000
    chunk_size: int = 64_000
    chunk_timeout: int = 10_000
    auto_upload: bool = False
    external: Callable[..., Any] | None = None
    progress: Callable[..., Any] | None = None
    writer: Any = field(default=MEMORY, repr=False)
    validator: Callable[..., Any] | None = None
    cid: int | None = None
    allowed: bool = True
    entries: tuple[UploadEntry, ...] = ()
    errors: tuple[tuple[str, Any], ...] = ()
    consumed: int = 0
    channels: tuple[str, ...] = ()  # entries whose channel is open; whoever shows the config is rendered when one opens
    external_meta: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)

    def entry(self, ref: str) -> UploadEntry | None:
        """The entry of that ref, or None."""
        return next((entry for entry in self.entries if entry.ref == ref), None)

    def replaced(self, entry: UploadEntry) -> UploadConfig:
        """With one entry as given."""
        return evolve(self, entries=tuple(entry if each.ref == entry.ref else each for each in self.entries))

    def with_error(self, ref: str, reason: Any) -> UploadConfig:
        """With an error at the end; an equal one moves there (UP-15)."""
        return evolve(self, errors=(*(each for each in self.errors if each != (ref, reason)), (ref, reason)))

    def without(self, refs: Iterable[str]) -> UploadConfig:
        """Without these entries and their errors; too many may be few enough then (UP-14, UP-15)."""
        gone = set(refs)
        left = evolve(
            self,
            entries=tuple(entry for entry in self.entries if entry.ref not in gone),
            errors=tuple(each for each in self.errors if each[0] not in gone),
            channels=tuple(each for each in self.channels if each not in gone),
        )
        return left._counted()

    def _counted(self) -> UploadConfig:
        too_many = (self.ref, "too_many_files")
        if self._total() > self.max_entries:
            return self if too_many in self.errors else self.with_error(*too_many)
        return evolve(self, errors=tuple(each for each in self.errors if each != too_many))

    def _total(self) -> int:
        return len(self.entries) + (self.consumed if self.max_entries_mode == "total" else 0)

    # Choosing

    def chosen(self, given: Iterable[Mapping[str, Any]]) -> UploadConfig:
        """With the files that the client says were chosen; those it knows already are skipped (UP-10…14)."""
        config = self
        new = [each for each in given if config.entry(str(each["ref"])) is None]
        if config.max_entries == 1 and len(new) == 1 and config.entries:  # UP-11
            config = config.without([entry.ref for entry in config.entries])
        for each in new:
            config = config._with_entry(each)
        return config._counted()

    def _with_entry(self, given: Mapping[str, Any]) -> UploadConfig:
        ref = str(given["ref"])
        entry = UploadEntry(
            ref,
            self.ref,
            self.name,
            given.get("name", ""),
            given.get("size"),
            given.get("type") or "",
            given.get("relative_path"),
            given.get("last_modified"),
            given.get("meta"),
        )
        reason = self._refused(entry)
        if reason is None:
            entry = evolve(entry, valid=True, uuid=f"{self.ref}-{ref}")
            return evolve(self, entries=(*self.entries, entry))
        return evolve(self, entries=(*self.entries, entry)).with_error(ref, reason)

    def _refused(self, entry: UploadEntry) -> Any:
        """Why an entry is not valid; the first reason only (UP-12, UP-13)."""
        size = entry.client_size
        if type(size) is not int or size > self.max_file_size:
            return "too_large"
        if not self._accepts(entry):
            return "not_accepted"
        reason = None if self.validator is None else self.validator(entry)
        return reason[1] if isinstance(reason, tuple) and len(reason) == 2 and reason[0] == "error" else None  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]

    def _accepts(self, entry: UploadEntry) -> bool:
        if self.accept == "any":
            return True
        group = entry.client_type.partition("/")[0] + "/*"
        _, dot, extension = entry.client_name.lower().rpartition(".")
        return (
            group in self.accepted_types
            or entry.client_type in self.accepted_types
            or dot + extension in self.accepted_extensions
        )


class Uploads:
    """The uploads of a socket, by name: `@uploads.avatar`, `@uploads["avatar"]`."""

    __slots__ = ("_configs", "_count")

    def __init__(self, configs: Mapping[str, UploadConfig] | None = None, count: int = 0) -> None:
        self._configs = dict(configs or {})
        self._count = count

    def __getattr__(self, name: str) -> UploadConfig:
        try:
            return self._configs[name]
        except KeyError:
            raise AttributeError(str(_unknown(name, self._configs))) from None

    def __getitem__(self, name: str) -> UploadConfig:
        if name not in self._configs:
            raise _unknown(name, self._configs)
        return self._configs[name]

    def get(self, name: str) -> UploadConfig | None:
        """The config of that name, or None."""
        return self._configs.get(name)

    def by_ref(self, ref: str) -> UploadConfig | None:
        """The config that the client knows by this ref; none of it once it is disallowed (UP-4)."""
        return next((each for each in self._configs.values() if each.ref == ref and each.allowed), None)

    def put(self, config: UploadConfig, count: int | None = None) -> Uploads:
        """With this config."""
        return Uploads({**self._configs, config.name: config}, self._count if count is None else count)

    @property
    def count(self) -> int:
        """How many uploads were allowed so far: the next one's number."""
        return self._count

    def __iter__(self) -> Iterator[UploadConfig]:
        return iter(self._configs.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Uploads) and self._configs == other._configs

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return Uploads, (self._configs, self._count)

    def __repr__(self) -> str:
        return f"Uploads({', '.join(self._configs)})"


def uploads_of(socket: Socket) -> Uploads:
    """The uploads of a socket; none at first."""
    found: Uploads | None = socket._assigns.get("uploads")
    return Uploads() if found is None else found


def _put(socket: Socket, config: UploadConfig) -> Socket:
    return socket.merge_assigns({"uploads": uploads_of(socket).put(config)})


def config_of(socket: Socket, name: str) -> UploadConfig:
    """The config of that name; an error that names the others (UP-36)."""
    uploads = uploads_of(socket)
    config = uploads.get(name)
    if config is None:
        raise _unknown(name, {each.name: each for each in uploads})
    return config


def _unknown(name: str, known: Mapping[str, Any]) -> MissingAssign:
    return MissingAssign(
        f"there is no upload {name!r}",
        got=f"the uploads are: {', '.join(known) or 'none at all'}",
        cure=f"socket.allow_upload({name!r}, accept=[…]), usually in mount",
        nearest=nearest_names(name, known),
    )


# --- what Socket.allow_upload and its kin do ------------------------------------------------------------------------------


def allow(socket: Socket, name: str, options: dict[str, Any]) -> Socket:
    """`Socket.allow_upload` (UP-1…3)."""
    if not isinstance(name, str) or not name:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption("the name of an upload is a str", expected="allow_upload('avatar', …)", got=shown(name))
    uploads = uploads_of(socket)
    old = uploads.get(name)
    if old is not None and old.entries:
        raise UploadError(
            f"cannot allow_upload({name!r}) on an existing upload with active entries",
            expected="an upload without entries",
            got=", ".join(shown(entry.client_name) for entry in old.entries),
            cure="cancel them first: socket.cancel_upload(name, entry.ref)",
        )
    accept, types, extensions = _accept(name, options.pop("accept"))
    for option in ("max_entries", "max_file_size", "chunk_size", "chunk_timeout"):
        if type(options[option]) is not int or options[option] <= 0:
            raise _bad(name, option, "a positive int", options[option])
    if options["max_entries_mode"] not in ("selected", "total"):
        raise _bad(name, "max_entries_mode", "'selected' or 'total'", options["max_entries_mode"])
    for option in ("external", "progress", "validator"):
        if options[option] is not None and not callable(options[option]):
            raise _bad(name, option, "a function", options[option])
    cid = "" if socket.cid is None else f"-{socket.cid}"
    ref = f"phx-upload-{socket.id or 'view'}{cid}-{uploads.count}"
    writer = options.pop("writer") or MEMORY
    config = UploadConfig(name, ref, accept, types, extensions, cid=socket.cid, writer=writer, **options)
    return socket.merge_assigns({"uploads": uploads.put(config, uploads.count + 1)})


def _bad(name: str, option: str, expected: str, got: object) -> BadOption:
    return BadOption(f"the option {option} of allow_upload({name!r}, …) is wrong", expected=expected, got=shown(got))


def _accept(name: str, given: Any) -> tuple[tuple[str, ...] | str, tuple[str, ...], tuple[str, ...]]:
    """What is accepted, as written, as media types and as extensions (UP-3)."""
    expected = "'any', or a list of '.ext', media types, 'image/*', 'audio/*' or 'video/*'"
    if given == "any":
        return "any", (), ()
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise _bad(name, "accept", expected, given)
    items: tuple[Any, ...] = (*given,)  # pyright: ignore[reportUnknownVariableType]
    if not items:
        raise _bad(name, "accept", expected, given)  # pyright: ignore[reportUnknownArgumentType]
    types: list[str] = []
    extensions: list[str] = []
    for item in items:
        if not isinstance(item, str):
            raise _bad(name, "accept", expected, item)
        if item.startswith("."):
            media_type = media_type_of(item)
            if media_type is None:
                raise _bad(name, "accept", "an extension whose media type is known, in lower case", item)
            extensions.append(item)
            types.append(media_type)
        elif item in ACCEPTED_GROUPS or "/" in item.strip("/"):
            types.append(item)
        else:
            raise _bad(name, "accept", expected, item)
    return items, tuple(types), tuple(extensions)


def disallow(socket: Socket, name: str) -> Socket:
    """`Socket.disallow_upload` (UP-4)."""
    config = config_of(socket, name)
    if config.entries:
        raise UploadError(
            f"unable to disallow the upload {name!r} with active entries",
            got=", ".join(shown(entry.client_name) for entry in config.entries),
            cure="cancel or consume them first",
        )
    return _put(socket, evolve(config, allowed=False))


def cancel(socket: Socket, name: str, ref: str) -> Socket:
    """`Socket.cancel_upload` (UP-36)."""
    config = config_of(socket, name)
    entry = config.entry(ref)
    if entry is None:
        raise UploadError(
            f"no entry in upload {name!r} with ref {ref!r}",
            expected=f"one of {', '.join(shown(each.ref) for each in config.entries) or '(it has no entries)'}",
            got=shown(ref),
            cure="take the ref from the entry: phx-value-ref={entry.ref}",
        )
    key = (config.ref, ref)
    transfer = socket._standing.uploads.get(key)
    if transfer is None or transfer.closed:
        return _without_transfers(_put(socket, config.without([ref])), [key])
    config.writer.close(transfer.state, "cancel")
    socket = _with_transfer(socket, key, evolve(transfer, closed=True))
    return _gone_later(_put(socket, config.replaced(evolve(entry, cancelled=True))), config, [ref])


def uploaded(socket: Socket, name: str) -> tuple[list[UploadEntry], list[UploadEntry]]:
    """`Socket.uploaded_entries`: those that are done and those under way, the last chosen first (UP-30)."""
    config = uploads_of(socket).get(name)
    entries = () if config is None else config.entries[::-1]
    return [each for each in entries if each.done], [each for each in entries if not each.done]


def consume(socket: Socket, name: str, fn: Callable[[Any, UploadEntry], Any]) -> tuple[Socket, list[Any]]:
    """`Socket.consume_uploaded_entries` (UP-31, UP-33, UP-35)."""
    uploads = uploads_of(socket)
    config = uploads.get(name)
    if config is None:
        raise _unknown(name, {each.name: each for each in uploads})
    done, under_way = uploaded(socket, name)
    if under_way:
        raise UploadError(
            f"cannot consume the entries of {name!r} while some are still in progress",
            expected="every entry to be done",
            got=", ".join(f"{shown(entry.client_name)} at {entry.progress} %" for entry in under_way),
            cure="wait until they are done, or cancel those that are not valid",
        )
    results: list[Any] = []
    consumed: list[str] = []
    for entry in done:
        value = fn(_meta(socket, config, entry), entry)
        if isinstance(value, Postpone):
            results.append(value.value)
        else:
            results.append(value)
            consumed.append(entry.ref)
    return _consumed(socket, config, consumed), results


def consume_one(socket: Socket, entry: UploadEntry, fn: Callable[[Any], Any]) -> tuple[Socket, Any]:
    """`Socket.consume_uploaded_entry` (UP-32)."""
    config = config_of(socket, entry.upload_config)
    if not entry.done:
        raise UploadError(
            f"cannot consume {shown(entry.client_name)} while it is still in progress",
            expected="an entry that is done",
            got=f"{entry.progress} %",
            cure="ask entry.done first",
        )
    value = fn(_meta(socket, config, entry))
    if isinstance(value, Postpone):
        return socket, value.value
    return _consumed(socket, config, [entry.ref]), value


def _meta(socket: Socket, config: UploadConfig, entry: UploadEntry) -> Any:
    if config.external is not None:
        return config.external_meta.get(entry.ref)
    transfer = socket._standing.uploads.get((config.ref, entry.ref))
    return config.writer.meta(transfer.state if transfer is not None else config.writer.init(entry))


def _consumed(socket: Socket, config: UploadConfig, refs: list[str]) -> Socket:
    if not refs:
        return socket
    if config.max_entries_mode == "total":
        socket = _put(socket, evolve(config, consumed=config.consumed + len(refs)))
    return _gone_later(socket, config, refs)


def _gone_later(socket: Socket, config: UploadConfig, refs: list[str]) -> Socket:
    from liveview_core.effects import Deliver
    from liveview_core.messages import DropEntries

    return socket.effect(Deliver(DropEntries(config.ref, tuple(refs), socket.cid)))


# --- what the client's messages do ----------------------------------------------------------------------------------------


def apply_chosen(socket: Socket, chosen: Mapping[str, Any]) -> Socket:
    """With the files that came with a form's event; uploads nobody knows are ignored (CB-10)."""
    for ref, entries in chosen.items():
        config = uploads_of(socket).by_ref(ref)
        if config is not None:
            socket = _put(socket, config.chosen(entries))
    return socket


def preflight(socket: Socket, ref: str, given: tuple[dict[str, Any], ...]) -> tuple[Socket, dict[str, Any]]:
    """The answer to `allow_upload`, and the socket with the entries in it (UP-16…19)."""
    config = by_ref(socket, ref).chosen(given)
    if config.errors and not config.auto_upload:
        return _put(socket, config), {"ref": ref, "error": [[each, _reason(why)] for each, why in config.errors]}
    capacity = config.max_entries - (config.consumed if config.max_entries_mode == "total" else 0)
    asked = {str(each["ref"]) for each in given}
    answered = [
        entry
        for position, entry in enumerate(config.entries)
        if entry.ref in asked and not entry.preflighted and position < capacity
    ]
    for entry in answered:
        config = config.replaced(evolve(entry, preflighted=True))
    socket = _put(socket, config)
    if config.external is not None:
        return _external(socket, config, answered)
    tokens = {entry.ref: f"{config.ref}:{entry.ref}" for entry in answered if entry.valid}
    return socket, _preflight_answer(config, tokens, _errors_of(config, answered))


def _preflight_answer(config: UploadConfig, entries: dict[str, Any], errors: dict[str, Any]) -> dict[str, Any]:
    limits = {name: getattr(config, name) for name in ("max_file_size", "max_entries", "chunk_size", "chunk_timeout")}
    return {"ref": config.ref, "config": limits, "entries": entries, "errors": errors}


def _errors_of(config: UploadConfig, entries: Iterable[UploadEntry]) -> dict[str, Any]:
    found = {entry.ref: [_reason(why) for ref, why in config.errors if ref == entry.ref] for entry in entries}
    return {ref: reasons for ref, reasons in found.items() if reasons}


def _external(socket: Socket, config: UploadConfig, entries: list[UploadEntry]) -> tuple[Socket, dict[str, Any]]:
    """Ask the view's function where each file goes; it answers `(meta, socket)`, or `("error", meta, socket)` (UP-19)."""
    assert config.external is not None
    metas: dict[str, Any] = {}
    for entry in entries:
        if not entry.valid:
            continue
        match config.external(entry, socket):
            case ("error", meta, after):
                socket = after
                failed = config_of(socket, config.name).with_error(entry.ref, ("external_metadata_failure", meta))
                socket = _put(socket, failed)
                if not config.auto_upload:
                    return socket, {"ref": config.ref, "error": [[entry.ref, meta]]}
            case (Mapping() as meta, after):  # pyright: ignore[reportUnknownVariableType]
                if "uploader" not in meta:
                    raise UploadError(
                        f"the external function of {config.name!r} gave no uploader",
                        expected="metadata with an 'uploader', the name of the client's function",
                        got=shown(meta),  # pyright: ignore[reportUnknownArgumentType]
                    )
                socket = after
                metas[entry.ref] = meta
            case other:
                raise BadReturn(
                    f"the external function of upload {config.name!r}",
                    ["(meta, socket)", "('error', meta, socket)"],
                    other,
                    "return the metadata and the socket",
                )
    config = config_of(socket, config.name)
    socket = _put(socket, evolve(config, external_meta={**config.external_meta, **metas}))
    return socket, _preflight_answer(config, metas, _errors_of(config, entries))


def register(socket: Socket, ref: str, entry_ref: str) -> tuple[Socket, str | None]:
    """The client opens the channel of an entry; what is refused says why (UP-20)."""
    config = uploads_of(socket).by_ref(ref)
    entry = None if config is None else config.entry(entry_ref)
    if config is None or entry is None or not entry.valid or not entry.preflighted:
        return socket, "disallowed"
    key = (ref, entry_ref)
    if key in socket._standing.uploads:
        return socket, "already_registered"
    try:
        state = config.writer.init(entry)
    except Exception as error:  # UP-24: a writer that fails is the entry's error, not the view's
        return _put(socket, config.with_error(entry_ref, ("writer_failure", str(error)))), "writer_error"
    socket = _with_transfer(socket, key, Transfer(0, state))
    return _put(socket, evolve(config, channels=(*config.channels, entry_ref))), None


def chunk(socket: Socket, ref: str, entry_ref: str, data: bytes) -> tuple[Socket, dict[str, Any] | None]:
    """A piece of a file; the answer is an error, or None for ok (UP-22, UP-24)."""
    config = by_ref(socket, ref)
    entry = config.entry(entry_ref)
    key = (ref, entry_ref)
    transfer: Transfer | None = socket._standing.uploads.get(key)
    if entry is None or transfer is None:
        return socket, {"reason": "disallowed"}
    received = transfer.received + len(data)
    if transfer.closed or received > entry.client_size:
        socket = _without_transfers(_put(socket, config.without([entry_ref])), [key])
        return socket, {"reason": "file_size_limit_exceeded", "limit": entry.client_size}
    try:
        state = config.writer.write_chunk(data, transfer.state)
        complete = received == entry.client_size
        if complete:
            state = config.writer.close(state, "done")
    except Exception as error:  # UP-24
        socket = _put(socket, config.with_error(entry_ref, ("writer_failure", str(error))))
        return _with_transfer(socket, key, evolve(transfer, failed=True, closed=True)), {"reason": "writer_error"}
    return _with_transfer(socket, key, Transfer(received, state, complete)), None


def progressed(
    socket: Socket, ref: str, entry_ref: str, progress: Any
) -> tuple[Socket, UploadConfig, UploadEntry | None]:
    """The client says how far an entry is, or that it failed (UP-26)."""
    config = by_ref(socket, ref)
    entry = config.entry(entry_ref)
    match progress:
        case int() if entry is not None:
            config = config.replaced(evolve(entry, progress=progress, done=entry.done or progress == 100))
        case {"error": reason} if entry is not None and config.external is not None:
            config = config.with_error(entry_ref, "external_client_failure" if reason else reason)
        case _:
            pass
    return _put(socket, config), config, config.entry(entry_ref)


def dropped(socket: Socket, ref: str, refs: Iterable[str]) -> Socket:
    """Without entries that were consumed, or whose channel is gone (UP-25, UP-35)."""
    config = uploads_of(socket).by_ref(ref)
    if config is None:
        return socket
    gone = tuple(refs)
    return _without_transfers(_put(socket, config.without(gone)), [(ref, each) for each in gone])


def by_ref(socket: Socket, ref: str) -> UploadConfig:
    """The config that the client means; an unknown one is an error (VX-40)."""
    config = uploads_of(socket).by_ref(ref)
    if config is None:
        raise UploadError(
            f"no upload has the ref {ref!r}",
            expected=f"one of {', '.join(each.ref for each in uploads_of(socket)) or '(there is none)'}",
            got=shown(ref),
        )
    return config


def _with_transfer(socket: Socket, key: tuple[str, str], transfer: Transfer) -> Socket:
    standing = socket._standing
    return socket._with_standing(evolve(standing, uploads={**standing.uploads, key: transfer}))


def _without_transfers(socket: Socket, keys: Iterable[tuple[str, str]]) -> Socket:
    standing, gone = socket._standing, set(keys)
    if gone.isdisjoint(standing.uploads):
        return socket
    left = {key: transfer for key, transfer in standing.uploads.items() if key not in gone}
    return socket._with_standing(evolve(standing, uploads=left))


def _reason(reason: Any) -> Any:
    return list(reason) if isinstance(reason, tuple) else reason  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


# --- reading --------------------------------------------------------------------------------------------------------------


def upload_errors(config: UploadConfig, entry: UploadEntry | None = None) -> list[Any]:
    """The reasons recorded for the upload itself, or for one of its entries (BC-42)."""
    ref = config.ref if entry is None else entry.ref
    return [reason for owner, reason in config.errors if owner == ref]
