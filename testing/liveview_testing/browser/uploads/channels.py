"""The channel of one file: joined with its token, chunk by chunk, left.

Owns the channel uploader. All files of an upload are on their way at once; of one file a chunk is
read when the one before was answered.

Law: nothing is sent on a channel that is not joined. Cancelling an entry does not end its channel: the server does.
"""  # UPL-15, UPL-16, UPL-19, UPL-6

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited, Then
from liveview_testing.browser.dom.forms import form_of
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import entries, files
from liveview_testing.browser.uploads.entries import change, entry
from liveview_testing.browser.uploads.frame_of_file import FrameOfFile
from liveview_testing.browser.uploads.scheduled import cancel_submit


def open_channel(reaction: Reaction, number: int, upload: str, config: Any) -> None:
    """A file's channel is joined, with the token of the preflight."""
    size, timeout = int(config.get("chunk_size") or 0), int(config.get("chunk_timeout") or 0)
    change(reaction, number, channel="joining", upload=upload, chunk_size=size, chunk_timeout=timeout)
    now = entry(reaction, number)
    if now is not None:
        _push(reaction, number, "phx_join", {"token": now.meta}, Joined(number), Refused(number))


def _push(
    reaction: Reaction, number: int, event: str, data: Any, then: Then | None = None, refused: Then | None = None
) -> None:
    now = entry(reaction, number)
    if now is None:
        return
    view = reaction.browser.uploads.views.get(now.uploader)
    if view is not None:
        frame: Any = FrameOfFile(now.upload, now.ref, data)
        until = reaction.env.now + now.chunk_timeout * 1000 if event == "chunk" and now.chunk_timeout else None
        reaction.push(view, event, frame, Awaited(reader=Answered(number, then, refused, until)))


@frozen
class Answered:
    """The answer to a frame on a file's channel is read, if that is still open; it is none of the view's."""

    entry: int
    then: Then | None
    refused: Then | None
    until: int | None = None
    """From when on nobody waits for it any more, in microseconds."""

    def __call__(self, reaction: Reaction, message: Any = None, /) -> None:
        payload: Mapping[str, Any] = message.payload
        then = self.then if payload.get("status") == "ok" else self.refused
        now = entry(reaction, self.entry)
        if self.until is not None and reaction.env.now >= self.until and now is not None and now.channel != "closed":
            reaction.note(
                "UPL-19",
                f"the server took a chunk of {now.file.name!r}, but said so after {now.chunk_timeout / 1000:g} s: nobody waited "
                "any more, and nothing more of the file is sent",
                "a larger chunk_timeout in allow_upload, or smaller chunks",
            )
            return
        if then is not None and now is not None and now.channel != "closed":
            then(reaction, payload.get("response") or {})


@frozen
class Joined:
    """The server takes the file: its first chunk is read."""

    entry: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        change(reaction, self.entry, channel="joined")
        read(reaction, self.entry)


@frozen
class Refused:
    """The join, or a chunk, was answered with an error."""

    entry: int

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        response: dict[str, Any] = answer or {}
        error(reaction, self.entry, response.get("reason"))


def read(reaction: Reaction, number: int) -> None:
    """The next chunk is read from the file, which takes a task of its own."""
    reaction.later(0, Read(number))


@frozen
class Read:
    """A chunk was read: it is sent, if the channel is still there."""

    entry: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        now = entry(reaction, self.entry)
        if now is None:
            return
        data = now.file.content[now.offset : now.offset + (now.chunk_size or now.file.size)]
        change(reaction, self.entry, offset=now.offset + len(data))
        if now.channel == "joined":
            _push(reaction, self.entry, "chunk", data, Taken(self.entry), Refused(self.entry))


@frozen
class Taken:
    """The server has a chunk: it is told how far the file is, and the next one is due."""

    entry: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        now = entry(reaction, self.entry)
        if now is None:
            return
        entries.progress(reaction, self.entry, now.offset / now.file.size * 100)
        if now.offset < now.file.size:
            change(reaction, self.entry, timer=reaction.later(0, Next(self.entry)))


@frozen
class Next:
    """It is time for the next chunk."""

    entry: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        change(reaction, self.entry, timer=None)
        read(reaction, self.entry)


def error(reaction: Reaction, number: int, reason: Any) -> None:
    """A file cannot be sent: a scheduled submit is called off, the channel is left, the server is told."""
    # UPL-19
    now = entry(reaction, number)
    if now is None or now.errored:
        return
    node = reaction.node(now.input)
    form = None if node is None else form_of(node)
    if form is not None:
        cancel_submit(reaction, form, None)
    if reaction.browser.online:
        _push(reaction, number, "phx_leave", {})
    reaction.call_off(now.timer)
    change(reaction, number, errored=True, channel="closed", timer=None)
    if reason != "writer_error":  # of that the server knows, and keeps the entry
        entries.failed(reaction, number, reason)


def closed(reaction: Reaction, entry_ref: str) -> None:
    """The server has closed the channel of a file: nothing more is sent on it."""
    for number, each in reaction.browser.uploads.ordered:
        if each.ref == entry_ref and each.channel in ("joining", "joined"):
            change(reaction, number, channel="closed")
            node = reaction.node(each.input)
            form = None if node is None else form_of(node)
            if form is not None and not each.done and form.mark.scheduled is not None:
                reaction.note(
                    "UPL-6",
                    f"the submit of {form!r} waits for {each.file.name!r}, which is not sent any more: nobody has told the input",
                    "let the user submit once the file is gone from the page",
                )


def lost(reaction: Reaction, view: str) -> None:
    """The connection of a view is lost: so are the channels of its files; nothing of them resumes."""
    # UPL-24
    known = reaction.browser.uploads
    for number, each in known.ordered:
        if known.views.get(each.uploader) == view and each.channel in ("joining", "joined"):
            error(reaction, number, "channel error")


def ended(reaction: Reaction, view: str) -> None:
    """A view is gone: its uploads under way are cancelled."""  # UPL-24
    known = reaction.browser.uploads
    mine = [number for number in sorted(known.uploaders) if known.uploaders[number].view == view]
    for number, each in known.ordered:
        if each.uploader in mine and not each.done:
            entries.cancel(reaction, number)
    for number in mine:
        entries.forget(reaction, number)
    for number, each in reaction.browser.uploads.ordered:
        if reaction.browser.uploads.views.get(each.uploader) == view:
            reaction.call_off(each.timer)
            change(reaction, number, channel="closed")


__all__ = ["closed", "ended", "error", "files", "lost", "open_channel"]
