"""What callbacks do with uploads: allow and disallow them, look at their entries, cancel and consume them.

Every function takes a socket and gives one; `Socket.allow_upload` and its kin are these. Laws:

* an option that is wrong is refused with what is accepted;
* only what is done is consumed, and what was consumed leaves after the callback, by a message of its own.
"""  # UP-2, UP-3, UP-31, UP-35

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import iscoroutinefunction
from typing import Any

from attrs import evolve

from liveview_core.errors import BadOption, expect_name, nearest_names, refuse_coroutine, shown
from liveview_core.protocol.effects import Deliver
from liveview_core.protocol.messages import CloseWriter, DropEntries
from liveview_core.uploads.entries import (
    MEMORY,
    Postpone,
    Transfer,
    UploadConfig,
    UploadEntry,
    UploadError,
    Uploads,
    UploadWriter,
    no_upload,
)
from liveview_core.uploads.holder import Holder, UploadHolder
from liveview_core.uploads.media_types import ACCEPTED_GROUPS, extensions, is_media_type, media_type_of
from liveview_core.values.safe import exact

__all__ = ["allow", "cancel", "config_of", "consume", "consume_one", "disallow", "put_config", "uploaded", "uploads_of"]


def uploads_of(socket: UploadHolder) -> Uploads:
    """The uploads of a socket; none at first."""
    found: Uploads | None = socket._assigns.get("uploads")
    return Uploads() if found is None else found


def put_config(socket: Holder, config: UploadConfig) -> Holder:
    """With this config in `@uploads`."""
    return socket.merge_assigns({"uploads": uploads_of(socket).put(config)})


def config_of(socket: UploadHolder, name: str) -> UploadConfig:
    """The config of that name; an error that names the others."""  # UP-36
    uploads = uploads_of(socket)
    config = uploads.get(expect_name(name, "the name of an upload"))
    if config is None:
        raise no_upload(name, [each.name for each in uploads])
    return config


# --- allowing -------------------------------------------------------------------------------------------------------------


def allow(socket: Holder, name: str, options: dict[str, Any]) -> Holder:
    """`Socket.allow_upload`."""  # UP-1…3
    if not isinstance(name, str) or not name:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption("the name of an upload is a str", expected="allow_upload('avatar', …)", got=shown(name))
    name, uploads = exact(name), uploads_of(socket)
    old = uploads.get(name)
    if old is not None and old.entries:
        raise UploadError(
            f"cannot allow_upload({name!r}) on an existing upload with active entries",
            expected="an upload without entries",
            got=", ".join(shown(entry.client_name) for entry in old.entries),
            cure="cancel them first: socket.cancel_upload(name, entry.ref)",
        )
    accept, types, suffixes = _accept(name, options.pop("accept"))
    for option in ("max_entries", "max_file_size", "chunk_size", "chunk_timeout"):
        if type(options[option]) is not int or options[option] <= 0:
            raise _bad(name, option, "a positive int", options[option])
    mode = options["max_entries_mode"]
    if mode not in ("selected", "total"):
        raise _bad(name, "max_entries_mode", "'selected' or 'total'", mode, nearest_names(mode, ("selected", "total")))
    for option in ("external", "progress", "validator"):
        if options[option] is not None and not callable(options[option]):
            raise _bad(name, option, "a function", options[option])
    writer = options.pop("writer")
    if writer is not None and (isinstance(writer, type) or not isinstance(writer, UploadWriter)):  # UP-21
        raise _bad(name, "writer", "an object with init, write_chunk, close and meta", writer)
    for method in ("init", "write_chunk", "close", "meta"):
        if iscoroutinefunction(getattr(writer, method, None)):
            raise BadOption(
                f"the option writer of allow_upload({name!r}, …) is wrong",
                expected="plain methods, which nobody has to await",
                got=f"async def {getattr(writer, method).__qualname__}",
            )
    cid = "" if socket.cid is None else f"-{socket.cid}"
    ref = f"phx-upload-{socket.id or 'view'}{cid}-{uploads.count}"  # not random, so that a replay has the same (UP-1)
    config = UploadConfig(name, ref, accept, types, suffixes, cid=socket.cid, writer=writer or MEMORY, **options)
    return socket.merge_assigns({"uploads": uploads.put(config, uploads.count + 1)})


def _bad(name: str, option: str, expected: str, got: object, nearest: tuple[str, ...] = ()) -> BadOption:
    happened = f"the option {option} of allow_upload({name!r}, …) is wrong"
    return BadOption(
        happened, expected=expected, got=shown(got), cure=None if nearest else _CURES.get(option), nearest=nearest
    )


_UNKNOWN = "accept='any', and look at the end of `entry.client_name` where the entry is consumed"

_CURES = {
    "accept": "accept=['.png', 'image/*']: an extension has its dot",
    "max_entries": "max_entries=3",
    "max_file_size": "max_file_size=8_000_000",
    "chunk_size": "chunk_size=64_000",
}


def _accept(name: str, given: Any) -> tuple[tuple[str, ...] | str, tuple[str, ...], tuple[str, ...]]:
    """What is accepted, as written, as media types and as extensions."""  # UP-3
    expected = "'any', or a list of '.ext', media types, 'image/*', 'audio/*' or 'video/*'"
    if given == "any":
        return "any", (), ()
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise _bad(name, "accept", expected, given)
    each_given: list[Any] = list(given)  # pyright: ignore[reportUnknownArgumentType]
    items = tuple([exact(each) if isinstance(each, str) else each for each in each_given])
    if not items:
        raise _bad(name, "accept", expected, given)  # pyright: ignore[reportUnknownArgumentType]
    types: list[str] = []
    suffixes: list[str] = []
    for item in items:
        if not isinstance(item, str):
            raise _bad(name, "accept", expected, item)
        if item.startswith("."):
            media_type = media_type_of(item)
            if media_type is None:
                known = "an extension whose media type is known, in lower case"
                error = _bad(name, "accept", known, item, nearest_names(item.lower(), extensions()))
                error.cure = error.cure and _UNKNOWN
                raise error
            suffixes.append(item)
            types.append(media_type)
        elif item in ACCEPTED_GROUPS or is_media_type(item):
            types.append(item)
        else:
            raise _bad(name, "accept", expected, item)
    return items, tuple(types), tuple(suffixes)


def disallow(socket: Holder, name: str) -> Holder:
    """`Socket.disallow_upload`."""  # UP-4
    config = config_of(socket, name)
    if config.entries:
        raise UploadError(
            f"unable to disallow the upload {name!r} with active entries",
            expected="an upload without entries",
            got=", ".join(shown(entry.client_name) for entry in config.entries),
            cure="cancel or consume them first",
        )
    return put_config(socket, evolve(config, allowed=False))


# --- cancelling and consuming ---------------------------------------------------------------------------------------------


def cancel(socket: Holder, name: str, ref: str, *, replaced: bool = False) -> Holder:
    """`Socket.cancel_upload`: its writer closes by a message of its own, for the callback may still fail.

    Where the writer does, the entry stays with that error, unless it is *replaced* by another.
    """  # UP-36, UP-24
    config = config_of(socket, name)
    entry = config.entry(ref)
    if entry is None:
        raise UploadError(
            f"no entry in upload {name!r} with ref {shown(ref)}",
            expected=f"one of {', '.join(shown(each.ref) for each in config.entries) or '(it has no entries)'}",
            got=shown(ref),
            cure="take the ref from the entry: phx-value-ref={entry.ref}",
        )
    transfer = transfer_of(socket, config.ref, ref)
    if transfer is None or transfer.closed:
        return without_transfers(put_config(socket, config.without([ref])), config.ref, [ref])
    if entry.cancelled:
        return socket
    socket = put_config(socket, config.replaced(evolve(entry, cancelled=True)))
    return socket.effect(Deliver(CloseWriter(config.ref, ref, socket.cid, replaced)))


def uploaded(socket: UploadHolder, name: str) -> tuple[list[UploadEntry], list[UploadEntry]]:
    """`Socket.uploaded_entries`: those that are done and those under way, the last chosen first."""  # UP-30
    config = uploads_of(socket).get(expect_name(name, "the name of an upload"))
    entries = () if config is None else config.entries[::-1]
    return [each for each in entries if each.done], [each for each in entries if not each.done]


def consume(socket: Holder, name: str, fn: Callable[[Any, UploadEntry], Any]) -> tuple[Holder, list[Any]]:
    """`Socket.consume_uploaded_entries`."""  # UP-31, UP-33, UP-35
    config = config_of(socket, name)
    _expect_function(fn, "consume_uploaded_entries", "lambda content, entry: …")
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
        if not _came(socket, config, entry):
            continue
        socket, failed, meta = _meta(socket, config, entry)
        if failed:
            continue
        value = fn(meta, entry)
        refuse_coroutine(f"the function of consume_uploaded_entries({name!r}, …)", value)
        if isinstance(value, Postpone):
            results.append(value.value)
        else:
            results.append(value)
            consumed.append(entry.ref)
    return _consumed(socket, config, consumed), results


def consume_one(socket: Holder, entry: UploadEntry, fn: Callable[[Any], Any]) -> tuple[Holder, Any]:
    """`Socket.consume_uploaded_entry`."""  # UP-32
    if not isinstance(entry, UploadEntry):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "consume_uploaded_entry takes an entry",
            expected="an UploadEntry, such as the progress function and uploaded_entries give",
            got=shown(entry),
        )
    config = config_of(socket, entry.upload_config)
    _expect_function(fn, "consume_uploaded_entry", "lambda content: …")
    # The view's own word for the entry, not that of a value that it may have kept, or made.
    known = config.entry(entry.ref)
    if known is None or not known.done or not _came(socket, config, known):
        raise UploadError(
            f"cannot consume {shown(entry.client_name)} while it is still in progress",
            expected="an entry that is done",
            got=f"{entry.progress} %" if known is not None else "an entry that is gone",
            cure="ask entry.done first",
        )
    socket, failed, meta = _meta(socket, config, entry)
    if failed:
        return socket, None
    value = fn(meta)
    refuse_coroutine("the function of consume_uploaded_entry(…)", value)
    if isinstance(value, Postpone):
        return socket, value.value
    return _consumed(socket, config, [entry.ref]), value


def _expect_function(fn: object, function: str, example: str) -> None:
    if not callable(fn):
        raise BadOption(f"{function} takes a function", expected=example, got=shown(fn))


def _came(socket: UploadHolder, config: UploadConfig, entry: UploadEntry) -> bool:
    """Whether the file of an entry that its client calls done came through a channel; one that is not whole is an error.

    Of an external upload nothing comes here: it is what its function was asked for.
    """  # UP-31
    if config.external is not None:
        there, whole = True, entry.ref in config.external_meta
    else:
        transfer = transfer_of(socket, config.ref, entry.ref)
        there = transfer is not None and not transfer.failed and not transfer.consumed
        whole = transfer is not None and transfer.done
    if there and not whole:
        raise UploadError(
            f"cannot consume {shown(entry.client_name)}: its file is still in progress",
            expected="a file that has come whole",
            got=f"the client says {entry.progress} %, which is not so",
            cure="cancel it: its client is not to be trusted",
        )
    return there


def _meta(socket: Holder, config: UploadConfig, entry: UploadEntry) -> tuple[Holder, bool, Any]:
    """What a consumer gets of an entry, or that the writer failed to say it, which is the entry's error."""  # UP-34, UP-24
    if config.external is not None:
        return socket, False, config.external_meta[entry.ref]
    transfer = transfer_of(socket, config.ref, entry.ref)
    assert transfer is not None
    try:
        return socket, False, config.writer.meta(transfer.state)
    except Exception as error:
        socket = put_config(socket, config_of(socket, config.name).with_writer_error(entry.ref, reason_of(error)))
        failed = evolve(transfer, failed=True, done=False)
        return with_transfer(socket, config.ref, entry.ref, failed), True, None


def _consumed(socket: Holder, config: UploadConfig, refs: list[str]) -> Holder:
    if not refs:
        return socket
    if config.max_entries_mode == "total":
        # The config as it is now: a writer that failed meanwhile has left its error there.
        now = config_of(socket, config.name)
        socket = put_config(socket, evolve(now, consumed_entries=now.consumed_entries + len(refs)))
    for ref in refs:
        transfer = transfer_of(socket, config.ref, ref)
        if transfer is not None:
            socket = with_transfer(socket, config.ref, ref, evolve(transfer, consumed=True))
    return gone_later(socket, config, refs)


def gone_later(socket: Holder, config: UploadConfig, refs: list[str]) -> Holder:
    """With these entries leaving by a message of its own."""
    return socket.effect(Deliver(DropEntries(config.ref, tuple(refs), socket.cid)))


# --- the bytes, beside the assigns ----------------------------------------------------------------------------------------


def transfer_of(socket: UploadHolder, upload: str, ref: str) -> Transfer | None:
    """The transfer of an entry, once its channel was opened."""
    found: Transfer | None = socket._standing.uploads.get((upload, ref))
    return found


def with_transfer(socket: Holder, upload: str, ref: str, transfer: Transfer) -> Holder:
    """With the transfer of an entry as given."""
    standing = socket._standing
    return socket._with_standing(evolve(standing, uploads={**standing.uploads, (upload, ref): transfer}))


def without_transfers(socket: Holder, upload: str, refs: Iterable[str]) -> Holder:
    """With nothing kept of the bytes of these entries."""
    standing, gone = socket._standing, [(upload, ref) for ref in refs]
    if not any(key in standing.uploads for key in gone):
        return socket
    left = {key: transfer for key, transfer in standing.uploads.items() if key not in gone}
    return socket._with_standing(evolve(standing, uploads=left))


def reason_of(error: Exception) -> str:
    """The reason that an entry's error gives for what a writer raised."""
    try:
        text = str(error)
    except Exception:  # the writer's own exception, whose text is its own too
        text = ""
    return text or type(error).__name__
