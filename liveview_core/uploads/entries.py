"""Uploads as values: what files a view takes, which ones a client has chosen, and how far they are.

An `UploadConfig` is a value in `@uploads`, its entries are the chosen files. What callbacks ask of them is in `allow_and_consume`,
what the client's messages do to them in `transfers`. Laws:

* a config knows every entry it was told of, valid or not; an error belongs to an entry, or to the config;
* too many files is an error exactly as long as there are too many.
"""  # UP-12…15, UP-14

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final, Protocol, runtime_checkable

from attrs import evolve, field

from liveview_core.errors import LiveViewError, MissingAssign, nearest_names, refuse_coroutine, shown
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging

__all__ = [
    "LIMITS",
    "Postpone",
    "Transfer",
    "UploadConfig",
    "UploadEntry",
    "UploadError",
    "UploadWriter",
    "Uploads",
    "no_upload",
    "upload_errors",
]

LIMITS: Final = ("max_file_size", "max_entries", "chunk_size", "chunk_timeout")
"""The options that a client is told."""  # UP-17


class UploadError(LiveViewError, ValueError):
    """An upload that cannot be allowed, cancelled, transferred or consumed like that."""


@runtime_checkable
class UploadWriter(Protocol):
    """Where the bytes of an entry go. Methods take and give the writer's state, a value; what they raise is an error of the entry.

    A writer that has opened is closed once, however its upload ends: *reason* is `"done"`, `"cancel"` (also where the view leaves,
    loses its connection or crashes) or `("error", why)`. `meta` is what consumers get.
    """

    def init(self, entry: UploadEntry) -> Any: ...
    def write_chunk(self, data: bytes, state: Any) -> Any: ...
    def close(self, state: Any, reason: Any) -> Any: ...
    def meta(self, state: Any) -> Any: ...


@frozen
class Memory:
    """The default writer: the file's bytes, as one `bytes` when it is consumed."""

    def init(self, entry: UploadEntry) -> Any:
        return ()

    def write_chunk(self, data: bytes, state: Any) -> Any:
        return (*state, data)

    def close(self, state: Any, reason: Any) -> Any:
        return state

    def meta(self, state: Any) -> Any:
        return b"".join(state)


MEMORY: Final = Memory()


@unchanging("attrs.evolve(value, {name}=…) makes another")
@frozen
class Postpone:
    """What a consuming function returns to keep the entry for later."""  # UP-33

    value: Any = None


@unchanging("entries change by what the client sends, and by socket.cancel_upload(name, entry.ref)")
@frozen
class UploadEntry:
    """One chosen file. `client_…` is what the client says of it, and not to be trusted."""  # UP-8

    _shown_by: ClassVar[str] = "show an attribute of it, `{entry.client_name}`"

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
    """The bytes of one entry on their way: how many came, and the writer's state.

    `closed` once the writer is; `failed` where that was the writer's fault, and nothing more will come. `done` once all
    bytes came and the writer has closed well, whatever the client says of it: nothing else is consumed, and once.
    """  # UP-24, UP-31

    received: int
    state: Any
    closed: bool = False
    failed: bool = False
    done: bool = False
    consumed: bool = False


@unchanging("uploads change by socket.allow_upload, cancel_upload and disallow_upload")
@frozen
class UploadConfig:
    """What an upload takes, and what was chosen for it; errors are pairs of an entry's ref, or the own, and a reason."""

    # UP-7

    _shown_by: ClassVar[str] = (
        "its field is `<.live_file_input upload={@uploads.name} />`, its files are `@uploads.name.entries`"
    )

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
    consumed_entries: int = 0
    channels: tuple[str, ...] = ()  # entries whose channel is open; whoever shows the config is rendered when one opens
    external_meta: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)

    def entry(self, ref: str) -> UploadEntry | None:
        """The entry of that ref, or None."""
        return next((entry for entry in self.entries if entry.ref == ref), None)

    def replaced(self, entry: UploadEntry) -> UploadConfig:
        """With one entry as given."""
        return evolve(self, entries=tuple(entry if each.ref == entry.ref else each for each in self.entries))

    def with_error(self, ref: str, reason: Any) -> UploadConfig:
        """With an error at the end; an equal one moves there."""  # UP-15
        return evolve(self, errors=(*(each for each in self.errors if each != (ref, reason)), (ref, reason)))

    def with_writer_error(self, ref: str, reason: str) -> UploadConfig:
        """With what a writer did wrong as the error of its entry, which stays until it is cancelled or replaced."""  # UP-24
        return self.with_error(ref, ("writer_failure", reason))

    def without(self, refs: Iterable[str]) -> UploadConfig:
        """Without these entries and their errors; too many may be few enough then."""  # UP-14, UP-15
        gone = set(refs)
        left = evolve(
            self,
            entries=tuple(entry for entry in self.entries if entry.ref not in gone),
            errors=tuple(each for each in self.errors if each[0] not in gone),
            channels=tuple(each for each in self.channels if each not in gone),
            external_meta={ref: meta for ref, meta in self.external_meta.items() if ref not in gone},
        )
        return left._counted()

    @property
    def capacity(self) -> int:
        """How many entries may be sent at once."""  # UP-17
        return self.max_entries - (self.consumed_entries if self.max_entries_mode == "total" else 0)

    def _counted(self) -> UploadConfig:
        too_many = (self.ref, "too_many_files")
        if len(self.entries) > self.capacity:
            return self if too_many in self.errors else self.with_error(*too_many)
        return evolve(self, errors=tuple(each for each in self.errors if each != too_many))

    # Choosing

    def chosen(self, given: Iterable[Mapping[str, Any]]) -> UploadConfig:
        """With the files that the client says were chosen; those it knows already are skipped."""  # UP-10, UP-12…14
        config = self
        for each in given:
            ref = ref_of(self.name, each)
            if config.entry(ref) is None:
                config = config._with_entry(ref, each)
        return config._counted()

    def _with_entry(self, ref: str, given: Mapping[str, Any]) -> UploadConfig:
        entry = UploadEntry(
            ref,
            self.ref,
            self.name,
            str(given.get("name") or ""),
            given.get("size"),
            str(given.get("type") or ""),
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
        """Why an entry is not valid; the first reason only."""  # UP-12, UP-13
        size = entry.client_size
        if type(size) is not int or size > self.max_file_size:
            return "too_large"
        if not self._accepts(entry):
            return "not_accepted"
        reason = None if self.validator is None else self.validator(entry)
        refuse_coroutine(f"the validator of upload {self.name!r}", reason)
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


def ref_of(name: str, given: Mapping[str, Any]) -> str:
    """The ref that the client gave a file; without one it cannot be spoken of."""  # UP-10
    ref = given.get("ref") if isinstance(given, Mapping) else None  # pyright: ignore[reportUnnecessaryIsInstance]
    if ref is None:
        raise UploadError(
            f"the client chose a file for {name!r} without a ref",
            expected="{'ref': …, 'name': …, 'size': …, 'type': …} for each file",
            got=shown(given),
        )
    return str(ref)


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
            raise no_upload(name, self._configs) from None

    def __getitem__(self, name: str) -> UploadConfig:
        if name not in self._configs:
            raise no_upload(name, self._configs)
        return self._configs[name]

    def get(self, name: str) -> UploadConfig | None:
        """The config of that name, or None."""
        return self._configs.get(name)

    def by_ref(self, ref: str) -> UploadConfig | None:
        """The config that the client knows by this ref; none of it once it is disallowed."""  # UP-4
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


def no_upload(name: str, known: Iterable[str]) -> MissingAssign:
    """The error of a name that nothing was allowed under."""  # UP-36
    names = tuple(known)
    return MissingAssign(
        f"there is no upload {name!r}",
        got=f"the uploads are: {', '.join(names) or 'none at all'}",
        cure=f"socket.allow_upload({name!r}, accept=[…]), usually in mount",
        nearest=nearest_names(name, names),
    )


def upload_errors(config: UploadConfig, entry: UploadEntry | None = None) -> list[Any]:
    """The reasons recorded for the upload itself, or for one of its entries."""  # BC-42
    if not isinstance(config, UploadConfig) or not (entry is None or isinstance(entry, UploadEntry)):  # pyright: ignore[reportUnnecessaryIsInstance]
        wrong = entry if isinstance(config, UploadConfig) else config  # pyright: ignore[reportUnnecessaryIsInstance]
        raise UploadError(
            "upload_errors takes an upload, and an entry of it",
            expected="upload_errors(@uploads.avatar), or upload_errors(@uploads.avatar, entry)",
            got=shown(wrong),
        )
    ref = config.ref if entry is None else entry.ref
    return [reason for owner, reason in config.errors if owner == ref]
