"""The preflight: whether the server takes the files of a form, and what begins with its answer.

Owns `upload_files`. One `allow_upload` an input, all at once; what is accepted goes by the files' own channels,
or by an uploader of the app.

Law: without auto upload one file that is not accepted cancels all that its input was asked for.
"""  # UPL-11, UPL-14

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited, Then
from liveview_testing.browser.connection.pushing.element_refs import undo_refs
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import channels, entries, external, files
from liveview_testing.browser.uploads.state import Batch, Entry, Uploader, Uploads


def upload_files(
    reaction: Reaction, form: DomNode, view: str, event: str | None, ref: int, cid: int | None, then: Then
) -> None:
    """Ask the server for all files of a form that it was not asked for, send them, and do `then` when they are there."""
    wanted = [node for node in files.inputs(form) if files.active(reaction.browser.uploads, node)]
    if not wanted:
        return
    batch = _next(reaction)
    left = len(wanted)
    asked: list[tuple[int, dict[str, Any]]] = []
    for node in wanted:
        chosen = files.awaiting(reaction.browser.uploads, node)
        if not chosen:
            left -= 1  # UPL-22
            continue
        number = _next(reaction)
        uploader = Uploader(batch, view, reaction.number(node), reaction.number(form), ref, event, files.is_auto(node))
        asked.append((number, _begin(reaction, number, uploader, node, chosen)))
    if left:
        known = reaction.browser.uploads.batches
        files.keep(reaction, batches=known.set(batch, Batch(left, then)))
    for number, payload in asked:
        if cid is not None:
            payload["cid"] = cid
        reaction.push(view, "allow_upload", payload, Awaited(then=Allowed(number), failed=Failed(number)))


def _next(reaction: Reaction) -> int:
    number = reaction.browser.uploads.begun + 1
    files.keep(reaction, begun=number)
    return number


def _begin(reaction: Reaction, number: int, uploader: Uploader, node: DomNode, chosen: list[Any]) -> dict[str, Any]:
    """The files of an input are on their way from now on: the payload of the question for them."""
    mine: list[int] = []
    for file in chosen:
        each = _next(reaction)
        made = Entry(file, files.ref_of(reaction, file), uploader.input, number, uploader.auto)
        files.keep(reaction, entries=reaction.browser.uploads.entries.set(each, made))
        files.asked(reaction, file, True)
        mine.append(each)
    whole = evolve(uploader, entries=tuple(mine), running=len(mine))
    known: Uploads = reaction.browser.uploads
    files.keep(reaction, uploaders=known.uploaders.set(number, whole), views=known.views.set(number, uploader.view))
    return {"ref": node.get(files.REF), "entries": [files.told(reaction, file) for file in chosen]}


@frozen
class Failed:
    """The server did not answer what it was asked."""

    uploader: int

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        entries.forget(reaction, self.uploader)
        reaction.note(
            "UPL-11",
            f"the preflight of an upload failed: {answer!r}",
            "a view that answers it: its callback external= must not raise",
        )


@frozen
class Allowed:
    """The server has said which files it takes."""  # UPL-13, UPL-14

    uploader: int

    def __call__(self, reaction: Reaction, answer: Any = None, /) -> None:
        response: Mapping[str, Any] = answer or {}
        uploader = reaction.browser.uploads.uploaders.get(self.uploader)
        if uploader is None:
            return  # the view is gone
        accepted: Mapping[str, Any] | None = response.get("entries")
        if accepted is not None:
            for number in uploader.entries:
                each = reaction.browser.uploads.entries[number]
                if each.ref not in accepted:
                    _refused(reaction, uploader, each.ref, "failed preflight")
        if response.get("error") or not accepted:
            undo_refs(reaction, uploader.view, uploader.ref, uploader.event)
            for ref, reason in response.get("error") or ():
                _refused(reaction, uploader, str(ref), reason)
            entries.forget(reaction, self.uploader)
            return
        self._send(reaction, uploader, accepted, response)

    def _send(
        self, reaction: Reaction, uploader: Uploader, accepted: Mapping[str, Any], response: Mapping[str, Any]
    ) -> None:
        groups: dict[str | None, list[int]] = {}
        for number in uploader.entries:
            each = reaction.browser.uploads.entries[number]
            if each.cancelled:
                entries.count(reaction, self.uploader)
                continue
            meta: Any = accepted.get(each.ref)
            entries.change(reaction, number, meta=meta, watched=True)
            if meta:
                groups.setdefault(_uploader_of(meta), []).append(number)
        node = reaction.node(uploader.input)
        upload = "" if node is None else node.get(files.REF) or ""
        for name, group in groups.items():
            if name is None:
                for number in group:
                    channels.open_channel(reaction, number, upload, response.get("config") or {})
            elif not external.begin(reaction, name, group, response):
                return  # the client throws: nothing after it begins


def _uploader_of(meta: Any) -> str | None:
    """The name of the uploader that a file is for; None: its own channel."""
    if not isinstance(meta, Mapping):
        return None
    given: Mapping[str, Any] = meta  # pyright: ignore[reportUnknownVariableType]
    return given.get("uploader") or None


def _refused(reaction: Reaction, uploader: Uploader, ref: str, reason: Any) -> None:
    """A file was not accepted: it is cancelled; without auto upload all of its input are."""  # UPL-13
    mine = [(number, reaction.browser.uploads.entries[number]) for number in uploader.entries]
    if uploader.auto:
        for number, each in mine:
            if each.ref == ref:
                entries.cancel(reaction, number)
                return
        return
    reaction.note(
        "UPL-13",
        f"the server did not accept the file with ref {ref} ({reason}): nothing of "
        f"{files.names(each.file for _, each in mine)} was sent, and a submit that waited for it was not either",
        "show upload_errors(...), and let the user cancel the file",
    )
    for number, _ in mine:
        entries.cancel(reaction, number)
