"""The hooks that LiveView ships for uploads: the input kept together with the server's entries, and previews.

Owns `LiveFileUpload` and `LiveImgPreview`, as functions of an open reaction and the number of an element.

Law: an input is never `required` while it has files, and what the server does not list any more is cancelled.
"""  # UPL-5, UPL-7

from __future__ import annotations

from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.dom.forms import form_of
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.querying import with_id
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import entries, files
from liveview_testing.browser.uploads.scheduled import cancel_submit


@frozen
class Seen:
    """What an input showed when its hook looked last."""

    preflighted: str = ""
    errors: str = ""


def seen(node: DomNode) -> Seen:
    """What an input shows."""
    return Seen(node.get(files.PREFLIGHTED) or "", node.get(files.ERRORS) or "")


def remove_required(reaction: Reaction, node: DomNode) -> None:
    """An input that has files, or that the server has something to say about, need not be filled in."""
    chosen = node.mark.files or files.active(reaction.browser.uploads, node)
    if chosen or node.get(files.ACTIVE) != "" or node.get(files.ERRORS):
        reaction.write(node.key, "required", None)


def before_input(reaction: Reaction, node: DomNode) -> None:
    """The hook hears an input first, on its element."""
    if files.is_upload(node) and node.mark.hook is not None:
        remove_required(reaction, node)


def updated(reaction: Reaction, number: int, was: Any) -> Seen:
    """A patch has changed the input."""
    node = reaction.node(number)
    before = was if isinstance(was, Seen) else Seen()
    if node is None:
        return before
    now = seen(node)
    form = form_of(node)
    failed = now.errors != before.errors and now.errors != ""
    emptied = now.preflighted != before.preflighted and now.preflighted == ""
    if form is not None and (failed or emptied):
        cancel_submit(reaction, form, None)
    if node.get(files.ACTIVE) == "":
        reaction.set_mark(number, files=())
    node = reaction.node(number)
    if node is not None:
        remove_required(reaction, node)
        reaction.emit("phx:live-file:updated", None, node)
        entries.updated(reaction, number)
    return now


def preview_url(reaction: Reaction, image: DomNode) -> str:
    """Where a picture is shown from before it is sent: "null" if its file is not there any more."""
    wanted, ref = image.get(files.REF), image.get("data-phx-entry-ref")
    node = with_id(reaction.document, wanted)
    known = reaction.browser.uploads
    chosen = [] if node is None else files.active(known, node)
    if any(known.files[each].ref == ref for each in chosen if each in known.files):
        origin = "/".join(reaction.browser.url.split("/")[:3])
        return f"blob:{origin}/{ref}"
    return "null"
