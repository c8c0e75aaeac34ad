"""What a browser makes of what it hears.

Owns the reading of a process's messages: the page is patched, the address follows, and what a test may ask about later is
noted. Law: a pure function of a browser and a happening; nothing is sent from here. The diff is read from the wire alone.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from liveview_core.tokens import flash_of
from liveview_testing.browser.page import Page, Patched
from liveview_testing.world import Browser, Happening, Left, Note

Frames: TypeAlias = "list[tuple[str, dict[str, Any]]]"


def hear(browser: Browser, happening: Happening) -> tuple[Browser, Frames]:
    """The browser after what a process sent, and the frames it answers with by itself: components that left (MG-5, CP-23)."""
    browser = browser.copy()
    browser.wire = browser.wire.append(happening)
    answers: Frames = []
    for sent in happening.sent:
        event, payload = sent.event, sent.payload
        if event == "phx_reply":
            response = payload["response"]
            if response:
                _reply(browser, happening, response, answers)
            elif happening.event == "cids_will_destroy":
                present = browser.page.present()
                gone = [cid for cid in happening.payload["cids"] if cid not in present]
                if gone:
                    answers.append(("cids_destroyed", {"cids": gone}))
        elif event == "diff":
            _read(browser, browser.page.patch(payload), answers)
        elif event == "live_patch":
            moved(browser, payload["to"], payload["kind"])
        elif event == "redirect":
            _sent_to(browser, "redirect", payload)
        elif event == "live_redirect":
            _sent_to(browser, "live_redirect", payload)
    return browser, answers


def _reply(browser: Browser, happening: Happening, response: dict[str, Any], answers: Frames) -> None:
    if "diff" in response:
        _read(browser, browser.page.patch(response["diff"]), answers)
    elif "rendered" in response:
        _read(browser, Page.join(response["rendered"]), answers)
    if "live_patch" in response:  # handle_params patched while mounting (LC-23)
        to = response["live_patch"]
        moved(browser, to["to"], to["kind"])
    if "events" in response:
        _note_events(browser, response["events"])
    if "redirect" in response:
        _sent_to(browser, "redirect", response["redirect"])
    elif "live_redirect" in response:
        _sent_to(browser, "live_redirect", response["live_redirect"])
    elif happening.event == "cids_destroyed" and response.get("cids"):
        browser.page = browser.page.drop_components(response["cids"])


def _read(browser: Browser, patched: Patched, answers: Frames) -> None:
    page, events, reply, replied, retitled, gone = patched
    browser.page = page
    if retitled:
        browser.title = page.title
    if events:
        _note_events(browser, events)
    if replied:
        browser.notes = browser.notes.append(Note("reply", "", reply))
    if gone:
        answers.append(("cids_will_destroy", {"cids": list(gone)}))


def _note_events(browser: Browser, events: Any) -> None:
    for name, payload, *_ in events:
        browser.notes = browser.notes.append(Note("push_event", name, payload))


def moved(browser: Browser, to: str, how: str) -> None:
    """The address of an open browser becomes `to`; a push keeps the old one to go back to."""
    address(browser, to, how)
    browser.notes = browser.notes.append(Note("patch", to, None, how))


def address(browser: Browser, to: str, how: str) -> None:
    """The address alone: nothing that a test asserts about."""
    browser.history = (*browser.history, to) if how == "push" else (*browser.history[:-1], to)
    browser.url = to


def _sent_to(browser: Browser, kind: Literal["redirect", "live_redirect"], payload: dict[str, Any]) -> None:
    """The process sent its client elsewhere (NV-8, NV-9)."""
    flash: Any = payload.get("flash") or {}
    left(
        browser,
        Left(payload["to"], kind, flash_of(flash) if isinstance(flash, str) else flash, payload.get("kind", "push")),
    )


def left(browser: Browser, to: Left) -> None:
    """An open browser's view is gone elsewhere."""
    browser.left = to
    browser.notes = browser.notes.append(Note(to.kind, to.to, to.flash, to.how))
