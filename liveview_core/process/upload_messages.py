"""The messages of uploads, as they happen to a process: the preflight, the channels of files, progress, the end of entries.

Law: what a file's channel is answered comes first and is about the file alone; what the view shows of it follows as a diff
of the view's own. Whose upload it is - the view's or a component's - its ref says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liveview_core.process.step_scratch import StepScratch
from liveview_core.protocol import messages
from liveview_core.protocol.effects import Deliver, Send
from liveview_core.socket.socket import Socket
from liveview_core.uploads import transfers
from liveview_core.uploads.allow_and_consume import uploads_of
from liveview_core.uploads.entries import UploadConfig, UploadEntry, UploadError
from liveview_core.values.patterns import late_pattern
from liveview_core.views.view import expect_socket

__all__ = ["HANDLERS"]

# how the ref of a component's upload ends: its cid, the upload's number
_COMPONENT = late_pattern(r"-([0-9]{1,18})-[0-9]{1,18}\Z")


def _written(
    scratch: StepScratch,
    cid: int | None,
    change: Callable[[Socket], Socket],
    extra: Callable[[], dict[str, Any]] = dict,
) -> None:
    """Change the socket of the view, or of one component, and answer with *extra* beside the diff."""
    if cid is None:
        scratch.socket = change(scratch.socket)
        scratch.send_diff_with(scratch.render(), extra())
        return
    scratch.component(cid, lambda _, socket: change(socket), extra)


def _channel(
    scratch: StepScratch,
    ref: str,
    unknown: str,
    change: Callable[[Socket], tuple[Socket, Any]],
    at_last: Callable[[Socket], tuple[Socket, Any]] | None = None,
) -> None:
    """A message on a file's channel: *change* gives the socket and a refusal, or None; *unknown* is that of no upload.

    What is done *at_last* may still refuse, and touches nothing that is shown.
    """
    owner = _owner(scratch, ref)
    if owner is None:
        scratch.reply({"reason": unknown}, "error")
        return
    refused: list[Any] = []

    def changed(socket: Socket) -> Socket:
        after, refusal = change(socket)
        refused.append(refusal)
        return after

    scratch.replies = False  # this reply is the channel's
    _written(scratch, owner[0], changed)
    scratch.replies = True
    if at_last is not None and refused[0] is None:
        refused[0] = _at_last(scratch, owner[0], at_last)
    pushed, scratch.sent = scratch.sent, []
    match refused[0]:
        case None:
            scratch.reply({})
        case str(reason):
            scratch.reply({"reason": reason}, "error")
        case response:
            scratch.reply(response, "error")
    scratch.sent.extend(pushed)


def _at_last(scratch: StepScratch, cid: int | None, change: Callable[[Socket], tuple[Socket, Any]]) -> Any:
    """Change what a socket keeps beside its assigns, when all that may fail is over; the refusal of it."""
    instance = None if cid is None else scratch.components.get(cid)
    socket, refusal = change(scratch.socket if instance is None else instance.socket)
    scratch.effects.extend(socket.effects)
    if instance is None:
        scratch.socket = socket.quiet()
    else:
        scratch.components = scratch.components.with_socket(instance, socket.quiet())
    return refusal


def _owner(scratch: StepScratch, ref: str) -> tuple[int | None] | None:
    """`(cid,)` of the component whose upload it is, `(None,)` for the view's own; None where there is no such upload."""
    if uploads_of(scratch.socket).by_ref(ref) is not None:
        return (None,)
    found = _COMPONENT.search(ref)
    instance = None if found is None else scratch.components.get(int(found.group(1)))
    if instance is None or uploads_of(instance.socket).by_ref(ref) is None:
        return None
    return (instance.cid,)


# --- the preflight --------------------------------------------------------------------------------------------------------


def _allow_upload(scratch: StepScratch, message: messages.AllowUpload) -> None:
    answer: dict[str, Any] = {}

    def change(socket: Socket) -> Socket:
        _check_unique(scratch, transfers.by_ref(socket, message.ref), message.cid)
        after, response = transfers.preflight(socket, message.ref, message.entries)
        answer.update(response)
        return after

    _written(scratch, message.cid, change, lambda: answer)


def _check_unique(scratch: StepScratch, config: UploadConfig, cid: int | None) -> None:
    """Two at once under one name could not be told apart by the client."""  # UP-6
    owners = [(None, scratch.socket), *((each.cid, each.socket) for each in scratch.components)]
    for owner, socket in owners:
        other = uploads_of(socket).get(config.name)
        if owner != cid and other is not None and any(entry.preflighted for entry in other.entries):
            raise UploadError(
                f"the existing upload {config.name!r} is already allowed in another component",
                expected="one upload of that name at a time in a view and its components",
                got=f"one under way in {'the view' if owner is None else f'the component {owner}'}",
                cure="use a unique name for each",
            )


# --- the channels of files ------------------------------------------------------------------------------------------------


def _register_upload(scratch: StepScratch, message: messages.RegisterUpload) -> None:
    ref, _, entry_ref = message.token.rpartition(":")

    _channel(
        scratch,
        ref,
        "invalid_token",
        lambda socket: transfers.register(socket, ref, entry_ref),
        lambda socket: transfers.opened(socket, ref, entry_ref),
    )


def _chunk(scratch: StepScratch, message: messages.Chunk) -> None:
    _channel(
        scratch,
        message.ref,
        "disallowed",
        lambda socket: transfers.chunk(socket, message.ref, message.entry_ref, message.data),
    )


def _close_upload(scratch: StepScratch, message: messages.CloseUpload) -> None:
    _channel(
        scratch,
        message.ref,
        "disallowed",
        lambda socket: (transfers.abandoned(socket, message.ref, message.entry_ref), None),
    )


def _chunk_timeout(scratch: StepScratch, message: messages.ChunkTimeout) -> None:
    owner = _owner(scratch, message.ref)
    if owner is not None:
        _written(
            scratch,
            owner[0],
            lambda socket: transfers.overdue(socket, message.ref, message.entry_ref, message.received),
        )


# --- progress -------------------------------------------------------------------------------------------------------------


def _progress(scratch: StepScratch, message: messages.Progress) -> None:
    def change(socket: Socket) -> Socket:
        after, config, entry = transfers.progressed(socket, message.ref, message.entry_ref, message.progress)
        return after if entry is None else _told(scratch, after, config, entry)

    _written(scratch, message.cid, change)


def _told(scratch: StepScratch, socket: Socket, config: UploadConfig, entry: UploadEntry) -> Socket:
    """After the view's progress function, which may ask to go elsewhere."""  # UP-26, UP-27
    if config.progress is None:
        return socket
    where = f"the progress function of upload {config.name!r}"
    socket = expect_socket(where, config.progress(config.name, entry, socket), socket)
    if socket.redirected is None:
        return socket
    forwarded = messages.Forwarded(socket.redirected, dict(socket.cycle_flash))  # NV-19: the root view's business
    child = scratch.process.origin.parent is not None
    return socket.without_redirect().effect(Send(forwarded, "root") if child else Deliver(forwarded))


# --- the end of entries ---------------------------------------------------------------------------------------------------


def _close_writer(scratch: StepScratch, message: messages.CloseWriter) -> None:
    _written(
        scratch,
        message.cid,
        lambda socket: transfers.cancelled(socket, message.ref, message.entry_ref, message.replaced),
    )


def _writer_failed(scratch: StepScratch, message: messages.WriterFailed) -> None:
    """The progress function hears of it too."""  # UP-24

    def change(socket: Socket) -> Socket:
        after, config, entry = transfers.failed(socket, message.ref, message.entry_ref, message.reason)
        return after if config is None or entry is None else _told(scratch, after, config, entry)

    _written(scratch, message.cid, change)


def _drop_entries(scratch: StepScratch, message: messages.DropEntries) -> None:
    _written(scratch, message.cid, lambda socket: transfers.dropped(socket, message.ref, message.entry_refs))


HANDLERS: dict[type[Any], Callable[[StepScratch, Any], None]] = {
    messages.AllowUpload: _allow_upload,
    messages.RegisterUpload: _register_upload,
    messages.Chunk: _chunk,
    messages.CloseUpload: _close_upload,
    messages.ChunkTimeout: _chunk_timeout,
    messages.Progress: _progress,
    messages.CloseWriter: _close_writer,
    messages.WriterFailed: _writer_failed,
    messages.DropEntries: _drop_entries,
}
"""What each of these messages does."""
