"""The files of an input: which ones it holds, which are active, and what the server is told of them.

Owns tracking, what is active, and the reading of the server's state from the input's `data-*` attributes.

Law: a file that the server does not list, once it has a ref, is not sent; nor is an empty one.
"""  # UPL-2, UPL-3, UPL-1

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import evolve

from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.reaction import Named, Reaction
from liveview_testing.browser.uploads.state import FileState, Uploads

REF = "data-phx-upload-ref"
ACTIVE, DONE = "data-phx-active-refs", "data-phx-done-refs"
PREFLIGHTED, ERRORS = "data-phx-preflighted-refs", "data-phx-error-refs"
AUTO = "data-phx-auto-upload"


def is_upload(node: DomNode) -> bool:
    """Whether an element is the input of an upload; files of other inputs are never sent."""  # UPL-1
    return node.tag == "input" and kind_of(node) == "file" and node.get(REF) is not None


def is_auto(node: DomNode) -> bool:
    """Whether the input's files are sent as soon as they are chosen."""
    return node.get(AUTO) is not None


def refs(node: DomNode, name: str) -> list[str]:
    """The refs that an attribute of an input lists."""
    return [ref for ref in (node.get(name) or "").split(",") if ref]


def inputs(form: DomNode) -> list[DomNode]:
    """The upload inputs of a form: those inside, then those that name it."""
    inside = [each for each in find(form, "input[type=file i]") if is_upload(each)]
    if not form.id:
        return inside
    outside = [
        each for each in find(root(form.document), "input[form]") if is_upload(each) and each.get("form") == form.id
    ]
    return [*inside, *outside]


# --- files and their refs ---------------------------------------------------------------------------------------------


def keep(reaction: Reaction, **changes: Any) -> None:
    """Another value for some of what the browser knows of uploads."""
    reaction.keep(uploads=evolve(reaction.browser.uploads, **changes))


def ref_of(reaction: Reaction, file: Any) -> str:
    """The ref of a file, which it is given when it is first used and never loses."""  # UPL-2
    known = reaction.browser.uploads
    state = known.files.get(file)
    if state is None:
        state = FileState(str(known.counted), reaction.env.now)
        keep(reaction, counted=known.counted + 1, files=known.files.set(file, state))
    return state.ref


def asked(reaction: Reaction, file: Any, value: bool) -> None:
    """The server is being asked for a file, or is not any more."""
    ref_of(reaction, file)
    files = reaction.browser.uploads.files
    keep(reaction, files=files.set(file, evolve(files[file], asked=value)))


def told(reaction: Reaction, file: Any) -> dict[str, Any]:
    """What the server is told of a file."""
    ref = ref_of(reaction, file)
    said: dict[str, Any] = file.told(ref, reaction.browser.uploads.files[file].at)
    return said


# --- which files ------------------------------------------------------------------------------------------------------


def active(known: Uploads, node: DomNode) -> list[Any]:
    """The tracked files of an input that are still wanted: not empty, and new or listed by the server."""
    # UPL-3
    listed = refs(node, ACTIVE)
    found: list[Any] = []
    for file in node.mark.tracked:
        state = known.files.get(file)
        if file.size > 0 and (state is None or state.ref in listed):
            found.append(file)
    return found


def awaiting(known: Uploads, node: DomNode) -> list[Any]:
    """The active files that the server was not asked for."""
    answered = refs(node, PREFLIGHTED)
    found: list[Any] = []
    for file in active(known, node):
        state = known.files.get(file)
        if state is None or (state.ref not in answered and not state.asked):
            found.append(file)
    return found


def has_errors(form: DomNode) -> bool:
    """Whether an upload of a form shows errors."""  # UPL-20
    return any(node.get(ERRORS) for node in inputs(form))


def in_progress(form: DomNode) -> bool:
    """Whether files of a form are accepted and not done, as the attributes say it."""  # UPL-20
    return any(node.get(PREFLIGHTED) != node.get(DONE) for node in inputs(form))


def waiting_inputs(reaction: Reaction, form: DomNode) -> list[DomNode]:
    """The inputs of a form with files that the server was not asked for."""
    return [node for node in inputs(form) if awaiting(reaction.browser.uploads, node)]


def serialize(reaction: Reaction, node: DomNode) -> dict[str, Any]:
    """The `uploads` of a change: the active files of its input."""  # UPL-3
    if not node.mark.tracked:
        return {}
    upload = node.get(REF) or "null"
    found = [
        {"path": node.get("name") or "", **told(reaction, file)} for file in active(reaction.browser.uploads, node)
    ]
    return {upload: found} if found else {}


# --- tracking ---------------------------------------------------------------------------------------------------------


def track(reaction: Reaction, node: DomNode, files: Sequence[Any], *, dropped: bool = False) -> None:
    """Files are the input's now: added where it takes several, else in the place of those it had."""
    # UPL-2
    key = node.key
    for file in files:
        if not file.size:
            reaction.note(
                "UPL-3",
                f"the file {file.name!r} is empty, and is left out without a word",
                "a file with content; tell the user that empty files are not sent",
            )
    if node.get("multiple") is not None:
        known = active(reaction.browser.uploads, node)
        new = [file for file in files if all(each is not file for each in known)]
        reaction.set_mark(key, tracked=(*node.mark.tracked, *new), files=())
    else:
        reaction.set_mark(key, tracked=tuple(files), **({"files": tuple(files)} if dropped and files else {}))


def untrack(reaction: Reaction, input: int, file: Any) -> None:
    """A file is the input's no more."""
    kept = tuple(each for each in reaction.mark(input).tracked if each is not file)
    if reaction.key(input) is not None:
        reaction.set_mark(input, tracked=kept)


def clear(reaction: Reaction, input: Named) -> None:
    """No file is the input's, and it belongs to no upload until the server renders it again."""  # UPL-19, FI-34
    if reaction.key(input) is not None:
        reaction.set_mark(input, tracked=(), files=())
        reaction.write(input, REF, None)


def names(files: Iterable[Any]) -> str:
    """Files, for people."""
    return ", ".join(repr(each.name) for each in files)
