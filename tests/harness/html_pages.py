"""Pages to act on: html as a view of its own, and a log of what the DOM heard."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation
from liveview_testing.browser import react
from liveview_testing.browser.client import CLIENT
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import entries
from liveview_testing.browser.page.forms.form_data import urlencode
from liveview_testing.browser.reaction import Reaction


class Plain(LiveView):
    """Any html."""

    def __init__(self, html: str) -> None:
        self.html = html

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(html=self.html)

    render = heex("{raw(@html)}")


def shown(html: str, **options: Any) -> Page:
    """A tab that shows this html."""
    return Simulation(checks={"duplicate id": "ignore"}, **options).page(Plain(html))


class Log:
    """What the DOM heard, as the probes write it down."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def hear(self, reaction: Reaction, event: DomEvent) -> None:
        node = event.target
        name = f"#{node.id}" if node.id else node.tag
        said = ""
        if event.type in ("keydown", "keyup"):
            said = f' "{event.key}"'
        elif event.type in ("click", "dblclick", "auxclick"):
            said = f" detail={event.count}"
            event.prevented = event.type == "click" and node.tag == "a"  # nothing is there to go to
        elif event.type == "submit":
            by = event.submitter
            data = urlencode(entries(node, by, native=True))
            said = f" submitter={'none' if by is None else '#' + (by.id or '')} data={data}"
            event.prevented = True
        elif event.type == "input" and not event.trusted:
            said = " - untrusted"
        elif event.type == "change" and not event.trusted:
            said = " untrusted"
        self.lines.append(f"{event.type} {name}{said}")

    def __getattr__(self, name: str) -> Any:
        return getattr(CLIENT, name)


@contextmanager
def logged() -> Generator[Log]:
    """What is heard in here."""
    log = Log()
    with mock.patch.object(react, "CLIENT", log):
        yield log
