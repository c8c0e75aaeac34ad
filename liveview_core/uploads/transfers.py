"""What the client's messages do to uploads: files are chosen, allowed, sent piece by piece, and reported on.

Every function takes a socket and gives one, with the answer beside it where the client waits for one. Laws:

* what a client says that cannot be so is refused and nothing changes; what a writer does wrong is the entry's error;
* a writer that has opened is closed exactly once, whichever way the transfer ends: what opens or closes one changes only what is
  kept of the bytes, and nothing can fail after it; what the view shows of an end follows by a message of its own;
* an entry is done when its progress says 100, and never undone;
* the size that the client declared is what it may send, to the byte.
"""  # UP-24, UP-26, UP-22

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from attrs import evolve

from liveview_core.errors import BadReturn, NavigationError, shown
from liveview_core.protocol.effects import CancelTimer, Deliver, DeliverAfter
from liveview_core.protocol.messages import ChunkTimeout, WriterFailed
from liveview_core.uploads.allow_and_consume import (
    cancel,
    config_of,
    gone_later,
    put_config,
    reason_of,
    transfer_of,
    uploads_of,
    with_transfer,
    without_transfers,
)
from liveview_core.uploads.entries import LIMITS, Transfer, UploadConfig, UploadEntry, UploadError, ref_of
from liveview_core.uploads.holder import Holder, UploadHolder

__all__ = [
    "abandoned",
    "apply_chosen",
    "by_ref",
    "cancelled",
    "channels",
    "chunk",
    "dropped",
    "failed",
    "opened",
    "overdue",
    "preflight",
    "progressed",
    "register",
    "released",
]


def by_ref(socket: UploadHolder, ref: str) -> UploadConfig:
    """The config that the client means; an unknown one is an error."""  # VX-40
    config = uploads_of(socket).by_ref(ref)
    if config is None:
        raise UploadError(
            f"no upload has the ref {ref!r}",
            expected=f"one of {', '.join(each.ref for each in uploads_of(socket) if each.allowed) or '(there is none)'}",
            got=shown(ref),
        )
    return config


# --- choosing -------------------------------------------------------------------------------------------------------------


def apply_chosen(socket: Holder, chosen: Mapping[str, Any]) -> Holder:
    """With the files that came with a form's event; uploads nobody knows are ignored."""  # CB-10
    for ref, entries in chosen.items():
        config = uploads_of(socket).by_ref(ref)
        if config is not None:
            socket = _chosen(socket, config, entries)
    return socket


def _chosen(socket: Holder, config: UploadConfig, given: Iterable[Mapping[str, Any]]) -> Holder:
    given = tuple(given)
    if config.max_entries == 1 and len(given) == 1 and config.entry(ref_of(config.name, given[0])) is None:
        for entry in config.entries:  # UP-11: where there is one place, another file takes it
            socket = cancel(socket, config.name, entry.ref, replaced=True)
        config = config_of(socket, config.name)
    if any(ref_of(config.name, each) == config.ref for each in given):  # its errors would be the upload's own
        raise UploadError(
            f"the client chose a file for {config.name!r} under the ref of the upload itself",
            expected="a ref of the file's own",
            got=shown(config.ref),
        )
    return put_config(socket, config.chosen(given))


# --- asking whether they may be sent --------------------------------------------------------------------------------------


def preflight(socket: Holder, ref: str, given: tuple[dict[str, Any], ...]) -> tuple[Holder, dict[str, Any]]:
    """The answer to `allow_upload`, and the socket with the entries in it."""  # UP-16…19
    socket = _chosen(socket, by_ref(socket, ref), given)
    config = by_ref(socket, ref)
    if config.errors and not config.auto_upload:
        return socket, {"ref": ref, "error": [[each, _reason(why)] for each, why in config.errors]}
    asked = {str(each["ref"]) for each in given}
    answered = [
        evolve(entry, preflighted=True)
        for position, entry in enumerate(config.entries)
        if entry.ref in asked and not entry.preflighted and position < config.capacity
    ]
    for entry in answered:
        config = config.replaced(entry)
    socket = put_config(socket, config)
    if config.external is not None:
        return _external(socket, config, answered)
    tokens = {entry.ref: f"{config.ref}:{entry.ref}" for entry in answered if entry.valid}
    return socket, _answer(config, tokens, answered)


def _answer(config: UploadConfig, entries: dict[str, Any], asked: Iterable[UploadEntry]) -> dict[str, Any]:
    errors = {entry.ref: [_reason(why) for ref, why in config.errors if ref == entry.ref] for entry in asked}
    return {
        "ref": config.ref,
        "config": {name: getattr(config, name) for name in LIMITS},
        "entries": entries,
        "errors": {ref: reasons for ref, reasons in errors.items() if reasons},
    }


def _external(socket: Holder, config: UploadConfig, entries: list[UploadEntry]) -> tuple[Holder, dict[str, Any]]:
    """Ask the view's function where each file goes; it answers `(meta, socket)`, or `("error", meta, socket)`."""  # UP-19
    name, metas = config.name, dict[str, Any]()
    for entry in entries:
        if not entry.valid:
            continue
        failed, meta, socket = _asked(socket, config, entry)
        if not failed:
            metas[entry.ref] = meta
            continue
        error = ("external_metadata_failure", meta)
        socket = put_config(socket, config_of(socket, name).with_error(entry.ref, error))
        if not config.auto_upload:
            return socket, {"ref": config.ref, "error": [[entry.ref, meta]]}
    config = config_of(socket, name)
    socket = put_config(socket, evolve(config, external_meta={**config.external_meta, **metas}))
    return socket, _answer(config, metas, entries)


def _asked(socket: Holder, config: UploadConfig, entry: UploadEntry) -> tuple[bool, Any, Holder]:
    assert config.external is not None
    where = f"the external function of upload {config.name!r}"
    failed = False
    meta: Any
    match config.external(entry, socket):
        case ("error", meta, after) if isinstance(after, type(socket)):
            failed = True
        case (Mapping() as meta, after) if isinstance(after, type(socket)):  # pyright: ignore[reportUnknownVariableType]
            if "uploader" not in meta:
                raise UploadError(
                    f"{where} gave no uploader",
                    expected="metadata with an 'uploader', the name of the client's function",
                    got=shown(meta),
                    cure="return {'uploader': 'S3', …}, socket",
                )
        case other:
            permitted = ["(meta, socket)", "('error', meta, socket)"]
            raise BadReturn(where, permitted, other, "return the metadata and the socket")
    if after.redirected is not None:
        raise NavigationError(
            f"{where} attempted to redirect",
            expected="metadata for one file",
            got=after.redirected.describe(),
            cure="redirect in handle_event, before the client asks for the upload",
        )
    return failed, meta, after


# --- sending them ---------------------------------------------------------------------------------------------------------


def register(socket: Holder, ref: str, entry_ref: str) -> tuple[Holder, str | None]:
    """The client opens the channel of an entry; what is refused says why."""  # UP-20
    config = by_ref(socket, ref)
    if config.external is not None:  # nobody was given a token for it
        return socket, "invalid_token"
    entry = config.entry(entry_ref)
    transfer = transfer_of(socket, ref, entry_ref)
    if entry is None or not entry.valid or not entry.preflighted or entry.cancelled or (transfer and transfer.failed):
        return socket, "disallowed"
    if transfer is not None:
        return socket, "already_registered"
    return put_config(socket, evolve(config, channels=(*config.channels, entry_ref))), None


def opened(socket: Holder, ref: str, entry_ref: str) -> tuple[Holder, str | None]:
    """With the writer of an entry open, whose channel was; one that fails to open has nothing to close."""  # UP-20
    config = by_ref(socket, ref)
    entry = config.entry(entry_ref)
    assert entry is not None
    try:
        state = config.writer.init(entry)
    except Exception as error:
        return _unusable(socket, config, entry_ref, Transfer(0, None), reason_of(error)), "writer_error"
    return _waiting(socket, config, entry_ref, Transfer(0, state)), None


def channels(socket: UploadHolder) -> set[tuple[str, str]]:
    """The files whose channels a socket holds: the refs of their uploads, and their own."""
    return set(socket._standing.uploads)


def _waiting(socket: Holder, config: UploadConfig, entry_ref: str, transfer: Transfer) -> Holder:
    """With the next chunk expected within the time that it may take."""  # UP-23
    late = ChunkTimeout(config.ref, entry_ref, transfer.received)
    timer = DeliverAfter(late, config.chunk_timeout * 1000, _timer_of(config.ref, entry_ref))
    return with_transfer(socket, config.ref, entry_ref, transfer).effect(timer)


def chunk(socket: Holder, ref: str, entry_ref: str, data: bytes) -> tuple[Holder, dict[str, Any] | None]:
    """A piece of a file; the answer is an error, or None for ok."""  # UP-22, UP-24
    config = by_ref(socket, ref)
    entry, transfer = config.entry(entry_ref), transfer_of(socket, ref, entry_ref)
    if entry is None or transfer is None or transfer.failed or transfer.consumed or entry.cancelled:
        return socket, {"reason": "disallowed"}
    received = transfer.received + len(data)
    if transfer.closed or received > entry.client_size:
        refused = {"reason": "file_size_limit_exceeded", "limit": entry.client_size}
        return _gone(socket, config, entry_ref), refused
    failed = {"reason": "writer_error"}
    try:
        transfer = evolve(transfer, received=received, state=config.writer.write_chunk(data, transfer.state))
    except Exception as error:
        why = reason_of(error)  # what closing it raises besides is no news
        socket, transfer, _ = _closed(socket, config, entry_ref, transfer, ("error", why))
        return _unusable(socket, config, entry_ref, transfer, why), failed
    if received < entry.client_size:
        return _waiting(socket, config, entry_ref, transfer), None
    socket, transfer, unclosed = _closed(socket, config, entry_ref, transfer, "done")
    return (socket, None) if unclosed is None else (_unusable(socket, config, entry_ref, transfer, unclosed), failed)


def progressed(
    socket: Holder, ref: str, entry_ref: str, progress: Any
) -> tuple[Holder, UploadConfig, UploadEntry | None]:
    """The client says how far an entry is, or that it failed."""  # UP-26
    config = by_ref(socket, ref)
    entry = config.entry(entry_ref)
    match progress:
        case bool():
            raise _no_progress(progress)
        case int() if 0 <= progress <= 100:
            if entry is not None:
                config = config.replaced(evolve(entry, progress=progress, done=entry.done or progress == 100))
        case {"error": _}:
            if entry is not None and config.external is not None:
                config = config.with_error(entry_ref, "external_client_failure")
        case _:
            raise _no_progress(progress)
    return put_config(socket, config), config, config.entry(entry_ref)


def _no_progress(given: object) -> UploadError:
    return UploadError(
        "the client reported a progress that is none",
        expected="an int from 0 to 100, or {'error': reason}",
        got=shown(given),
    )


# --- the end of a transfer ------------------------------------------------------------------------------------------------


def abandoned(socket: Holder, ref: str, entry_ref: str) -> Holder:
    """The channel of an entry is gone: so is the entry, unless its writer's failure is still to be seen."""  # UP-25
    config, transfer = uploads_of(socket).by_ref(ref), transfer_of(socket, ref, entry_ref)
    if config is None or transfer is None or transfer.failed:
        return socket
    return _gone(socket, config, entry_ref)


def overdue(socket: Holder, ref: str, entry_ref: str, received: int) -> Holder:
    """No chunk came in time: the channel is closed."""  # UP-23
    transfer = transfer_of(socket, ref, entry_ref)
    if transfer is None or transfer.closed or transfer.received != received:
        return socket
    return abandoned(socket, ref, entry_ref)


def cancelled(socket: Holder, ref: str, entry_ref: str, replaced: bool) -> Holder:
    """A callback has cancelled an entry, and has ended well."""  # UP-36
    config = uploads_of(socket).by_ref(ref)
    return socket if config is None else _gone(socket, config, entry_ref, replaced)


def failed(
    socket: Holder, ref: str, entry_ref: str, reason: str
) -> tuple[Holder, UploadConfig | None, UploadEntry | None]:
    """With what a writer did wrong as the error of its entry, if that is still there."""  # UP-24
    config = uploads_of(socket).by_ref(ref)
    entry = None if config is None else config.entry(entry_ref)
    if config is None or entry is None:
        return socket, None, None
    entry = evolve(entry, cancelled=False)
    config = config.replaced(entry).with_writer_error(entry_ref, reason)
    config = evolve(config, channels=tuple(each for each in config.channels if each != entry_ref))
    return put_config(socket, config), config, entry


def dropped(socket: Holder, ref: str, refs: Iterable[str]) -> Holder:
    """Without entries that were consumed or cancelled."""  # UP-35, UP-36
    config = uploads_of(socket).by_ref(ref)
    if config is None:
        return socket
    gone = tuple(refs)
    return without_transfers(put_config(socket, config.without(gone)), ref, gone)


def released(socket: Holder, kept: Collection[tuple[str, str]] = ()) -> Holder:
    """With every writer closed: the view or component is about to be gone, and nobody is left to tell of errors.

    Those of the files that are *kept* stay open.
    """  # UP-37
    if socket._standing.uploads:
        for config in uploads_of(socket):
            for entry in config.entries:
                transfer = transfer_of(socket, config.ref, entry.ref)
                if transfer is not None and not transfer.closed and (config.ref, entry.ref) not in kept:
                    socket, _, _ = _closed(socket, config, entry.ref, transfer, "cancel")
    return socket


def _gone(socket: Holder, config: UploadConfig, entry_ref: str, replaced: bool = False) -> Holder:
    """An entry whose channel has ended leaves; but one whose writer fails to close stays, with that error.

    To its writer such an end is a cancellation, whatever the reason; only what is whole or cannot be written closes otherwise.
    """  # UP-24
    transfer = transfer_of(socket, config.ref, entry_ref)
    if transfer is not None and not transfer.closed:
        socket, transfer, unclosed = _closed(socket, config, entry_ref, transfer, "cancel")
        if unclosed is not None and not replaced:
            return _unusable(socket, config, entry_ref, transfer, unclosed)
    return gone_later(socket, config, [entry_ref])


def _closed(
    socket: Holder, config: UploadConfig, ref: str, transfer: Transfer, reason: Any
) -> tuple[Holder, Transfer, str | None]:
    """With the writer of an open transfer closed, and nobody waiting for its next chunk; and why it failed to, if it did.

    It is never asked to close again.
    """  # UP-22, UP-23, UP-36, UP-24
    socket, unclosed = socket.effect(CancelTimer(_timer_of(config.ref, ref))), None
    try:
        transfer = evolve(transfer, state=config.writer.close(transfer.state, reason), done=reason == "done")
    except Exception as error:
        unclosed = reason_of(error)
    transfer = evolve(transfer, closed=True)
    return with_transfer(socket, config.ref, ref, transfer), transfer, unclosed


def _unusable(socket: Holder, config: UploadConfig, ref: str, transfer: Transfer, why: str) -> Holder:
    """With nothing more to come for an entry; why is its error in a moment."""  # UP-24
    socket = with_transfer(socket, config.ref, ref, evolve(transfer, closed=True, failed=True, done=False))
    return socket.effect(Deliver(WriterFailed(config.ref, ref, why, socket.cid)))


def _timer_of(upload: str, ref: str) -> tuple[str, str, str]:
    """The name of the timer that waits for an entry's next chunk."""  # UP-23
    return "upload", upload, ref


def _reason(reason: Any) -> Any:
    return list(reason) if isinstance(reason, tuple) else reason  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
