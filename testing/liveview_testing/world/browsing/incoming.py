"""What a browser makes of what it hears.

Owns the reading of a process's messages: the page is patched, the address follows, and what a test may ask about later is
noted. Law: what comes out depends on the line and the happening alone, read from the wire; nothing is sent from here.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from liveview_core.process.process import DiffReply, JoinReply
from liveview_core.protocol.tokens import flash_of
from liveview_testing.browser.page.finding.problems import Elsewhere, nowhere
from liveview_testing.browser.page.page import Page, Patched
from liveview_testing.world.log.happening import Happening
from liveview_testing.world.page_checks import inspect
from liveview_testing.world.page_state import input_values
from liveview_testing.world.page_state.form_recovery import recovered
from liveview_testing.world.world import Left, Line, Note, change_tab

Frames: TypeAlias = "list[tuple[str, dict[str, Any]]]"


def hear(line: Line, happening: Happening, elsewhere: Elsewhere = nowhere, *, kept: bool = False) -> Frames:
    """Let an open line take in what its process sent; the frames the browser answers with by itself, if no tab is `kept`.

    `elsewhere` knows the ids in the rest of the document.
    """  # MG-5, CP-23
    answers: Frames = []
    for sent in happening.sent:
        if type(sent) is DiffReply:
            _patch(line, sent.carried, answers, elsewhere)
            continue
        if type(sent) is JoinReply:
            _joined(line, sent.carried, answers, elsewhere, kept=kept)
            continue
        event, payload = sent.event, sent.payload
        if event == "phx_reply":
            response = payload["response"]
            if response:
                _reply(line, happening, response, answers, elsewhere, kept=kept)
            elif happening.event == "cids_will_destroy":
                present = line.page.present()
                gone = [cid for cid in happening.payload["cids"] if cid not in present]
                if gone:
                    answers.append(("cids_destroyed", {"cids": gone}))
        elif event == "diff":
            _patch(line, payload, answers, elsewhere)
        elif event == "live_patch":
            moved(line, payload["to"], payload["kind"])
        elif event == "redirect":
            _sent_to(line, "redirect", payload)
        elif event == "live_redirect":
            _sent_to(line, "live_redirect", payload)
    return answers


def _reply(
    line: Line, happening: Happening, response: dict[str, Any], answers: Frames, elsewhere: Elsewhere, *, kept: bool
) -> None:
    if "diff" in response:
        _patch(line, response["diff"], answers, elsewhere)
        if len(response) == 1:
            return
    elif "rendered" in response:
        _joined(line, response["rendered"], answers, elsewhere, kept=kept)
        around = line.tab.document
        if around is not None and "container" in response:
            line.tab = change_tab(line.tab, document=around.contained(*response["container"]))
    if "live_patch" in response:  # handle_params patched while mounting (LC-23)
        to = response["live_patch"]
        moved(line, to["to"], to["kind"])
    if "events" in response:
        _note_events(line, response["events"])
    if "redirect" in response:
        _sent_to(line, "redirect", response["redirect"])
    elif "live_redirect" in response:
        _sent_to(line, "live_redirect", response["live_redirect"])
    elif happening.event == "cids_destroyed" and response.get("cids"):
        line.page = line.page.drop_components(response["cids"])


def _joined(line: Line, rendered: dict[str, Any], answers: Frames, elsewhere: Elsewhere, *, kept: bool) -> None:
    before, memory = line.page, line.tab.typed
    joined = Page.join(rendered, before if type(before) is Page else line.tab.served)
    if line.tab.served is not None:
        line.tab = change_tab(line.tab, served=None)
    _read(line, joined, answers, elsewhere)
    if type(before) is Page and not kept:  # it has joined again
        answers.extend(("event", payload) for payload in recovered(before, memory, joined.page))


def _patch(line: Line, diff: dict[str, Any], answers: Frames, elsewhere: Elsewhere) -> None:
    page = line.page.patch_briefly(diff, None if elsewhere is nowhere else elsewhere)
    if page is None:
        _read(line, line.page.merge(diff), answers, elsewhere)
    elif line.tab.typed:
        _read(line, Patched(page), answers, elsewhere)
    else:
        line.page = page  # nothing to note, and nothing to check


def _read(line: Line, patched: Patched, answers: Frames, elsewhere: Elsewhere) -> None:
    page, events, reply, replied, retitled, gone, brought = patched
    before = line.page
    line.page = page
    policies = line.tab.checks
    if policies:  # TK-1, of what the message brought
        inspect(policies, before if type(before) is Page else None, page, brought, elsewhere)
    if line.tab.typed:
        remembered = input_values.still_there(line.tab.typed, page)
        if remembered is not line.tab.typed:
            line.tab = change_tab(line.tab, typed=remembered)
    if retitled:
        line.title = page.title
    if events:
        _note_events(line, events)
    if replied:
        line.notes = line.notes.append(Note("reply", "", reply, number=_number(line)))
    if gone:
        answers.append(("cids_will_destroy", {"cids": list(gone)}))


def _note_events(line: Line, events: Any) -> None:
    number = _number(line)
    for name, payload, *_ in events:
        line.notes = line.notes.append(Note("push_event", name, payload, number=number))


def _number(line: Line) -> int:
    return 0 if line.last is None else line.last.number


def moved(line: Line, to: str, how: str) -> None:
    """The address of an open line becomes `to`; a push keeps the old one to go back to."""
    address(line, to, how)
    line.notes = line.notes.append(Note("patch", to, None, how))


def address(line: Line, to: str, how: str) -> None:
    """The address alone: nothing that a test asserts about."""
    tab = line.tab
    history = (*tab.history, to) if how == "push" else (*tab.history[:-1], to)
    line.tab = change_tab(tab, url=to, history=history, ahead=() if how == "push" else tab.ahead)


def _sent_to(line: Line, kind: Literal["redirect", "live_redirect"], payload: dict[str, Any]) -> None:
    """The process sent its client elsewhere."""  # NV-8, NV-9
    flash: Any = payload.get("flash") or {}
    left(
        line,
        Left(payload["to"], kind, flash_of(flash) if isinstance(flash, str) else flash, payload.get("kind", "push")),
    )


def left(line: Line, to: Left) -> None:
    """The view of an open line is gone elsewhere."""
    line.tab = change_tab(line.tab, left=to)
    line.notes = line.notes.append(Note(to.kind, to.to, to.flash, to.how))
