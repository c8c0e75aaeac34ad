"""One file on its way: what the server is told of it, and how it ends.

Owns progress, errors, cancelling, and the count that an upload, and the form of it,
waits for.

Law: progress never goes back, 100 is said once, and its answer makes the file done.
"""  # UPL-17, UPL-18, UPL-19, UPL-26, UPL-6

from __future__ import annotations

import math
from typing import Any

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Awaited
from liveview_testing.browser.connection.pushing.targeting import connected, is_cid, nearest_cid, owner
from liveview_testing.browser.dom.forms import form_of
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import files
from liveview_testing.browser.uploads.state import Entry


def entry(reaction: Reaction, number: int) -> Entry | None:
    """An entry, as it is now."""
    return reaction.browser.uploads.entries.get(number)


def change(reaction: Reaction, number: int, **changes: Any) -> None:
    """Something of an entry is another."""
    known = reaction.browser.uploads.entries
    if number in known:
        files.keep(reaction, entries=known.set(number, evolve(known[number], **changes)))


def progress(reaction: Reaction, number: int, percent: float) -> None:
    """So much of a file has gone; the server is told if that is more than it knows."""
    now = entry(reaction, number)
    if now is None:
        return
    done = math.floor(percent)
    if done <= now.told:
        return
    if done >= 100:
        change(reaction, number, told=100, done=True)
        tell(reaction, now, 100, Whole(number))
    else:
        change(reaction, number, told=done)
        tell(reaction, now, done, None)


def tell(reaction: Reaction, now: Entry, value: Any, then: Whole | None) -> None:
    """A `progress` frame, of the view that the form is in."""
    node = reaction.node(now.input)
    form = None if node is None else form_of(node)
    view = None if form is None else owner(form)
    if node is None or form is None or view is None or not connected(reaction, view):
        reaction.note(
            "UPL-24",
            f"the server was not told how far {now.file.name!r} is: its view is not connected, or its form is gone",
            "the file has to be chosen again",
        )
        return
    payload: dict[str, Any] = {
        "event": node.get("phx-progress"),
        "ref": node.get(files.REF),
        "entry_ref": now.ref,
        "progress": value,
    }
    cid = cid_around(form)
    if cid is not None:
        payload["cid"] = cid
    reaction.push(view, "progress", payload, Awaited(then=then))


def cid_around(form: DomNode) -> int | None:
    """The component that a form's progress is for; of a selector the one around the form."""  # UPL-12
    named = form.get("phx-target")
    if named is None:
        return None
    return int(named) if is_cid(named) else nearest_cid(form)


@frozen
class Whole:
    """The server knows that a file is whole: the input forgets it, and its upload goes on."""  # UPL-17

    entry: int

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        now = entry(reaction, self.entry)
        if now is not None:
            files.untrack(reaction, now.input, now.file)
            finished(reaction, self.entry)


def cancel(reaction: Reaction, number: int) -> None:
    """A file is not to be sent: it counts as done."""  # UPL-6
    now = entry(reaction, number)
    if now is None:
        return
    files.asked(reaction, now.file, False)
    change(reaction, number, cancelled=True, done=True)
    if now.on_cancel is not None:
        now.on_cancel(reaction)
    finished(reaction, number)


def failed(reaction: Reaction, number: int, reason: Any) -> None:
    """The client gives up on a file, and says why; it is not done."""  # UPL-19
    now = entry(reaction, number)
    if now is None:
        return
    change(reaction, number, listens=False)
    tell(reaction, now, {"error": reason}, None)
    if not now.auto:
        reaction.note(
            "UPL-19",
            f"{now.file.name!r} could not be sent ({reason}): its input has lost all its files, and takes none until the"
            " server renders it again",
            "cancel the entry in the view, and let the user choose again",
        )
        files.clear(reaction, now.input)


def finished(reaction: Reaction, number: int) -> None:
    """An entry is done or cancelled; once none of its upload is left, and none of its form's, that goes on."""
    # UPL-22
    now = entry(reaction, number)
    if now is None or not now.watched:
        return
    change(reaction, number, listens=False)
    count(reaction, now.uploader)


def count(reaction: Reaction, uploader: int) -> None:
    """One entry fewer is under way."""
    known = reaction.browser.uploads.uploaders
    if uploader not in known:
        return
    now = evolve(known[uploader], running=known[uploader].running - 1)
    files.keep(reaction, uploaders=known.set(uploader, now))
    if now.running == 0:
        forget(reaction, uploader)
        _input_done(reaction, now.batch)


def forget(reaction: Reaction, uploader: int) -> None:
    """An upload is not under way any more."""
    known = reaction.browser.uploads.uploaders
    if uploader in known:
        files.keep(reaction, uploaders=known.delete(uploader))


def _input_done(reaction: Reaction, batch: int) -> None:
    known = reaction.browser.uploads.batches
    if batch not in known:
        return
    now = evolve(known[batch], inputs=known[batch].inputs - 1)
    if now.inputs:
        files.keep(reaction, batches=known.set(batch, now))
    else:
        files.keep(reaction, batches=known.delete(batch))
        now.then(reaction)


def updated(reaction: Reaction, input: int) -> None:
    """The server has changed an input: entries that it does not list any more are cancelled."""  # UPL-6
    node = reaction.node(input)
    if node is None:
        return
    listed = files.refs(node, files.ACTIVE)
    for number, each in reaction.browser.uploads.ordered:
        if each.input == input and each.listens and each.ref not in listed:
            files.untrack(reaction, input, each.file)
            cancel(reaction, number)
