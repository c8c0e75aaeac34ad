"""What somebody puts into a control, and no event will ever bring: the page notes it once."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Page, Simulation

pytestmark = pytest.mark.filterwarnings("ignore::liveview_core.heex.TemplateWarning")

FILE: Any = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"}


class Base(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(told=()).allow_upload("notes", accept=[".txt"])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("told", lambda told: (*told, event))


def shown(source: str) -> Page:
    """A page with one form."""
    return Simulation().page(type("Shown", (Base,), {"render": heex(source)}))


def notes(page: Page) -> list[tuple[str, str]]:
    return [(note.text, note.cure) for note in page.notes]


CONTROLS = """
<input type="text" aria-label="Name" /><input type="checkbox" aria-label="Mails" />
<select aria-label="Size"><option>S</option><option>L</option></select><textarea aria-label="Text"></textarea>
<button>Send</button>
"""


def test_values_without_a_name() -> None:
    """PF-8: of every kind of control, by the change of its form and by the submit."""
    for form in ('phx-change="c" phx-submit="s"', 'phx-submit="s"'):
        page = shown(f'<form id="f" {form}>{CONTROLS}</form>')
        page.get_by_role("button").click()
        assert notes(page) == []  # nothing was put there
        page.get_by_label("Name").fill("Ann")
        page.get_by_label("Name").fill("Ben")
        page.get_by_label("Mails").check()
        page.get_by_label("Size").select_option("L")
        page.get_by_label("Text").fill("x")
        page.get_by_role("button").click()
        assert notes(page) == [
            (f"what was put into <{tag}> ({label}) is not sent: a form sends only what has a name", 'name="…"')
            for tag, label in (("input", "Name"), ("input", "Mails"), ("select", "Size"), ("textarea", "Text"))
        ]


def test_values_with_a_name() -> None:
    """They are sent, and nothing is noted; nor of a form that is none of the client's."""
    named = CONTROLS.replace("aria-label", 'name="x" aria-label')
    for source in (f'<form id="f" phx-change="c" phx-submit="s">{named}</form>', f'<form id="f">{CONTROLS}</form>'):
        page = shown(source)
        page.get_by_label("Name").fill("Ann")
        page.get_by_label("Mails").check()
        if "phx-" in source:
            page.get_by_role("button").click()
        assert notes(page) == []


def test_files_of_no_upload() -> None:
    """UPL-1: the client never sends them."""
    page = shown('<form id="f" phx-change="c" phx-submit="s"><input type="file" name="doc" aria-label="Doc" /></form>')
    page.get_by_label("Doc").set_input_files(FILE)
    page.get_by_label("Doc").set_input_files(FILE)
    assert notes(page) == [
        (
            "the files of <input> are not sent: it is the input of no upload",
            'socket.allow_upload("name", accept=[…]), and <.live_file_input upload={@uploads.name} />',
        )
    ]


def test_files_without_a_change() -> None:
    """UPL-4: the client tells of them by a change, and there is none."""
    page = shown('<form id="f" phx-submit="s"><.live_file_input upload={@uploads.notes} aria-label="Doc" /></form>')
    page.get_by_label("Doc").set_input_files(FILE)
    ((text, cure),) = notes(page)
    assert text.startswith("the files of <input#phx-upload-")
    assert text.endswith("> are not sent: the client tells of them by the change of their form, which has none")
    assert cure == 'phx-change="…" on the form, and a handle_event for it'


def test_files_that_are_sent() -> None:
    """To the view, or over HTTP: nothing is noted."""
    for source in (
        '<form id="f" phx-change="c"><.live_file_input upload={@uploads.notes} aria-label="Doc" /></form>',
        '<form id="f" action="/x" method="post"><input type="file" name="doc" aria-label="Doc" /></form>',
    ):
        page = shown(source)
        page.get_by_label("Doc").set_input_files(FILE)
        page.get_by_label("Doc").set_input_files([])
        assert notes(page) == []
