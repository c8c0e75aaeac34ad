"""The browser's side of uploads: choosing files, asking for them, sending them piece by piece.

Owns what the official client does between a file input and its process: the change event with the files, the
preflight, a channel for each file, chunks of the size that the server says, progress after each. Laws: the frames are those of the
client, in its order; what was sent is in the world, not in the handle; a file whose entry left the page is sent no further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from attrs import evolve

from liveview_core.protocol.messages import Chunk, CloseUpload, RegisterUpload
from liveview_testing.browser.bindings.bindings import upload_cid
from liveview_testing.browser.page.finding.select import find, sketch
from liveview_testing.browser.page.forms.forms import controls, form_of
from liveview_testing.world.page_state.files import Chosen, File, NotSent, NoUpload, Preflight

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node
    from liveview_testing.browser.page.page import Page
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.world import Line

__all__ = [
    "choosing",
    "current",
    "fail",
    "finish",
    "inputs_of",
    "preflight",
    "reasons",
    "send_part",
    "start",
    "tracked",
    "upload_of",
]


# --- what the page says -----------------------------------------------------------------------------------------------


def inputs_of(form: Node) -> list[Node]:
    """The file inputs of a form that belong to an upload."""
    return [
        control.node
        for control in controls(form)
        if control.kind == "file" and control.node.get("data-phx-upload-ref") is not None
    ]


def upload_of(node: Node) -> str:
    """The ref of the upload that an input is for; raises `NoUpload` if it is for none."""
    ref = node.get("data-phx-upload-ref")
    if ref is None:
        raise NoUpload(
            f"the file input {sketch(node).name} belongs to no upload",
            expected="<.live_file_input upload={@uploads.…} />, which the client can send files from",
            got=sketch(node).html,
            cure="a plain file input is for forms that are submitted over HTTP",
        )
    return ref


def _refs(node: Node, name: str) -> list[str]:
    return [ref for ref in (node.get(name) or "").split(",") if ref]


def _input(page: Page, upload: str) -> Node | None:
    """The input of an upload, on the page as it is now."""
    # A preview has the ref too, and may stand before it.
    return next(iter(find(page, f'input[type="file"][data-phx-upload-ref="{upload}"]', limit=1)), None)


def tracked(line: Line, node: Node) -> list[Chosen]:
    """The files that the browser holds for an input, in the order they were chosen; those whose entries are gone are not."""
    upload, active = node.get("data-phx-upload-ref"), _refs(node, "data-phx-active-refs")
    return [each for each in line.tab.files if each.upload == upload and each.ref in active]


def _waiting(line: Line, node: Node) -> list[Chosen]:
    """Files that the server was not asked for yet, or did not want."""
    marked = _refs(node, "data-phx-preflighted-refs")
    return [each for each in tracked(line, node) if each.where is None and each.ref not in marked]


# --- choosing ---------------------------------------------------------------------------------------------------------


def choosing(
    line: Line, node: Node, given: Sequence[File], count: int, now: int
) -> tuple[tuple[Chosen, ...], int, dict[str, object]]:
    """What choosing files at an input comes to: the files tracked then, how many were ever, and the event's `uploads`.

    More files are added where the input takes several, else they replace what is there. Empty ones are not sent, as in a browser.
    """
    upload = upload_of(node)
    form = form_of(node)
    if form is None or not (form.get("phx-change") or node.get("phx-change")):
        raise NoUpload(
            f"files chosen at {sketch(node).name} go nowhere: its form has no phx-change",
            expected="a form with phx-change, whose event tells the server of the files",
            got=sketch(node if form is None else form).html,
            cure='phx-change="validate", with a handle_event that returns the socket',
        )
    active = tracked(line, node)
    others = [each for each in line.tab.files if each not in active]
    kept = active if node.get("multiple") is not None else [each for each in active if each.file in given]
    for file in given:
        if file.size and all(each.file is not file for each in kept):
            kept.append(Chosen(file, str(count), upload))
            count += 1
    told = [{"path": node.get("name") or "", **each.file.told(each.ref, now)} for each in kept]
    return (*others, *kept), count, {upload: told} if told else {}


def start(run: OpenWorld, pid: str, upload: str) -> None:
    """What an input does by itself after its files were told: with auto_upload it sends them."""
    run.settle()
    node = _here(run, pid, upload)
    if node is not None and node.get("data-phx-auto-upload") is not None and _waiting(run.lines[pid], node):
        preflight(run, pid, upload)
        _send_all(run, pid, upload)


# --- asking -----------------------------------------------------------------------------------------------------------


def preflight(run: OpenWorld, pid: str, upload: str) -> Preflight | None:
    """Ask the server for all files of an input that it was not asked for; None if there are none, or nobody is there."""
    node = _here(run, pid, upload)
    waiting = [] if node is None else _waiting(run.lines[pid], node)
    if node is None or not waiting:
        return None
    auto = node.get("data-phx-auto-upload") is not None
    entries = [each.file.told(each.ref, run.now) for each in waiting]
    payload: dict[str, Any] = {"ref": upload, "entries": entries}
    response = _push(run, pid, "allow_upload", payload, node, targeted=True)
    if response is None:
        return None
    names = {each.ref: each.file.name for each in waiting} | {upload: node.get("name") or upload}
    pairs: list[tuple[str, Any]] = [(str(ref), why) for ref, why in response.get("error", ())]
    for ref, reasons in response.get("errors", {}).items():
        pairs.extend((ref, reason) for reason in reasons)
    answered: dict[str, Any] = response.get("entries", {}) if "error" not in response else {}
    config = response.get("config", {})
    refused = [each for each in waiting if each.ref not in answered]
    if "error" not in response and not auto and not pairs:
        pairs.extend((each.ref, "failed preflight") for each in refused)  # beyond what the upload takes (UP-17)
    for each in waiting:
        if each.ref in answered and ("error" not in response):
            _update(run, pid, each, where=answered[each.ref], chunk_size=int(config.get("chunk_size", 0)))
    said = tuple((names.get(ref, ref), why) for ref, why in pairs)
    for each in refused:
        own = tuple((names[ref], why) for ref, why in pairs if ref in (each.ref, upload))
        _update(run, pid, each, refused=own or said)
    accepted = {each.file.name: answered[each.ref] for each in waiting if each.ref in answered}
    return Preflight(upload, config, accepted, said)


def current(run: OpenWorld, pid: str, upload: str, file: File) -> Chosen | None:
    """A file as the browser tracks it now; None if its entry has left the page, or its view has."""
    node = _here(run, pid, upload)
    return None if node is None else next((each for each in tracked(run.lines[pid], node) if each.file is file), None)


def reasons(run: OpenWorld, pid: str, entry: Chosen) -> tuple[tuple[str, Any], ...]:
    """Why the server has not taken a file: as it answered, else as its upload says; nothing if it has taken it."""
    if entry.where is not None:
        return ()
    return entry.refused or tuple(_recorded(run.lines[pid], entry)) or ((entry.file.name, "failed preflight"),)


def _recorded(line: Line, entry: Chosen) -> Iterator[tuple[str, Any]]:
    """What the upload of an entry has against it, whichever component it belongs to."""
    process = line.process
    if process is None:
        return
    for socket in (process.socket, *(instance.socket for instance in process.components)):
        for config in socket.assigns.get("uploads") or ():
            if config.ref == entry.upload:
                for ref, why in config.errors:
                    if ref in (entry.ref, entry.upload):
                        yield (entry.file.name if ref == entry.ref else config.name), why


# --- sending ----------------------------------------------------------------------------------------------------------


def send_part(run: OpenWorld, pid: str, ref: str, percent: int) -> None:
    """Send `percent` of a file's bytes further, in chunks, with the progress after each; an external one tells only that."""
    entry = _entry(run, pid, ref)
    if entry is None or entry.where is None or entry.failed or entry.done:
        return
    if entry.external:
        _told(run, pid, entry, min(100, max(entry.told, 0) + percent))
        return
    if not entry.channel:
        if not _open(run, pid, entry):
            return
    size = entry.file.size
    entry = _entry(run, pid, ref)
    until = 0 if entry is None else min(size, entry.sent - (-size * percent // 100))
    while entry is not None and entry.sent < until and entry.channel:
        data = entry.file.content[entry.sent : min(until, entry.sent + (entry.chunk_size or size))]
        message = Chunk(entry.upload, ref, data)
        response = _channel(run, pid, ref, message, "chunk", data)
        if response is None:
            return
        if response:
            _failed(run, pid, entry, response["reason"])
            return
        entry = _update(run, pid, entry, sent=entry.sent + len(data))
        _told(run, pid, entry, entry.sent * 100 // size)
        entry = _entry(run, pid, ref)


def _send_all(run: OpenWorld, pid: str, upload: str) -> None:
    """Send every accepted file of an upload to its end."""
    for each in run.lines[pid].tab.files:
        if each.upload == upload and run.alive(pid):
            send_part(run, pid, each.ref, 100)


def finish(run: OpenWorld, pid: str, form: Node) -> bool:
    """What a submit waits for: all files of a form, asked for and sent. False: the client does not submit.

    It does not where an upload shows errors, or where files are left that the server did not take.
    """  # UP-28
    uploads = [upload_of(node) for node in inputs_of(form)]
    if _errors(run, pid, uploads):
        return False
    for upload in uploads:
        answer = preflight(run, pid, upload)
        auto = (node := _here(run, pid, upload)) is not None and node.get("data-phx-auto-upload") is not None
        if answer is not None and not answer.ok and not auto:
            return False
        _send_all(run, pid, upload)
    if not run.alive(pid) or _errors(run, pid, uploads):
        return False
    line = run.lines[pid]
    found = [_input(line.page, upload) for upload in uploads]
    return not any(node is not None and _waiting(line, node) for node in found)


def _errors(run: OpenWorld, pid: str, uploads: Sequence[str]) -> bool:
    found = [_here(run, pid, upload) for upload in uploads]
    return any(node is not None and node.get("data-phx-error-refs") for node in found)


def fail(run: OpenWorld, pid: str, ref: str, reason: Any) -> None:
    """The client could not send a file, and says so; its channel is left."""  # UP-26
    entry = _entry(run, pid, ref)
    if entry is None or entry.where is None or entry.done:
        raise NotSent(
            "this file is not under way",
            expected="a file that the server accepted, and that is not done",
            got="nothing of it" if entry is None or entry.where is None else f"{entry.file.name} at 100 %",
            cure='upload.render_upload("me.png", 50) first',
        )
    _failed(run, pid, entry, reason)


def _failed(run: OpenWorld, pid: str, entry: Chosen, reason: Any) -> None:
    entry = _update(run, pid, entry, failed=True)
    if entry.channel:
        _update(run, pid, entry, channel=False)
        message = CloseUpload(entry.upload, entry.ref)
        run.deliver(pid, message, f"lvu:{entry.ref}", "phx_leave", {})
        run.settle()
    if reason == "writer_error":
        return  # the server knows, and keeps the entry (UP-24)
    node = _here(run, pid, entry.upload)
    if node is not None:
        payload = {
            "event": node.get("phx-progress"),
            "ref": entry.upload,
            "entry_ref": entry.ref,
            "progress": {"error": reason},
        }
        _push(run, pid, "progress", payload, node)


# --- frames -----------------------------------------------------------------------------------------------------------


def _open(run: OpenWorld, pid: str, entry: Chosen) -> bool:
    """Join the channel of a file with the token of the preflight."""  # UP-20
    token = cast(str, entry.where)
    response = _channel(run, pid, entry.ref, RegisterUpload(token), "phx_join", {"token": token})
    if response is None:
        return False
    if response:
        _failed(run, pid, entry, response["reason"])
        return False
    _update(run, pid, entry, channel=True)
    return True


def _told(run: OpenWorld, pid: str, entry: Chosen, progress: int) -> None:
    """Tell the server how far a file is; only what is more than it knows."""
    node = _here(run, pid, entry.upload)
    if progress <= entry.told or node is None:
        return
    _update(run, pid, entry, told=progress)
    payload = {
        "event": node.get("phx-progress"),
        "ref": entry.upload,
        "entry_ref": entry.ref,
        "progress": progress,
    }
    _push(run, pid, "progress", payload, node)


def _push(
    run: OpenWorld, pid: str, event: str, payload: dict[str, Any], node: Node, *, targeted: bool = False
) -> dict[str, Any] | None:
    """A frame on the view's own channel, and what it was answered; None if it was not."""
    form = form_of(node)
    cid = None if form is None else upload_cid(form, targeted=targeted)
    if cid is not None:
        payload = {**payload, "cid": cid}
    before = run.number
    run.send_client(pid, event, payload)
    return _answer(run, before)


def _channel(run: OpenWorld, pid: str, ref: str, message: Any, event: str, payload: Any) -> dict[str, Any] | None:
    """A frame on a file's channel, and what it was answered; an empty answer is yes."""
    before = run.number
    run.deliver(pid, message, f"lvu:{ref}", event, payload)
    return _answer(run, before)


def _answer(run: OpenWorld, before: int) -> dict[str, Any] | None:
    """What the message just delivered was answered. Then the world goes on until it is quiet, as it would meanwhile."""
    last = run.last
    if last is None or last.number == before:
        return None
    reply = next((sent.payload for sent in last.sent if sent.event == "phx_reply"), None)
    run.settle()
    return None if reply is None else cast("dict[str, Any]", reply["response"])


# --- what is in the world ---------------------------------------------------------------------------------------------


def _here(run: OpenWorld, pid: str, upload: str) -> Node | None:
    """The input of an upload, if its view is still there and shows it."""
    return _input(run.lines[pid].page, upload) if run.alive(pid) else None


def _entry(run: OpenWorld, pid: str, ref: str) -> Chosen | None:
    """A tracked file as it is now; None if its entry has left the page, or its view has."""
    found = next((each for each in run.lines[pid].tab.files if each.ref == ref), None)
    node = None if found is None else _here(run, pid, found.upload)
    if found is None or node is None or found.ref not in _refs(node, "data-phx-active-refs"):
        return None
    return found


def _update(run: OpenWorld, pid: str, entry: Chosen, **changes: Any) -> Chosen:
    new = evolve(entry, **changes)
    files = run.lines[pid].tab.files
    run.retab(pid, files=tuple(new if each.ref == entry.ref else each for each in files))
    return new
