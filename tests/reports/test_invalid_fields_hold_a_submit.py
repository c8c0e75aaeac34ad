"""A form whose required, pattern, min or type=email field is not in order is not submitted by a user.

testing-library/user-event#1094, testing-library/react-testing-library#729, jsdom/jsdom#2898. The page notes it; `novalidate` and
`formnovalidate` count. `render_submit` is LiveViewTest's, which no browser looks at.
"""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import View, live
from liveview_testing.world.tabs import tabs

FORMS = {
    "required": '<input name="a" required value="" />',
    "email": '<input name="a" type="email" value="x" />',
    "pattern": '<input name="a" pattern="[0-9]+" value="x" />',
    "min": '<input name="a" type="number" min="3" value="1" />',
    "select": '<select name="a" required><option value="">-</option><option>1</option></select>',
    "box": '<input type="checkbox" name="a" required />',
}


def page(fields: str, attributes: str = "", button: str = "") -> View:
    class P(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(sent=0)

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket.update("sent", lambda n: n + (event == "s"))

        render = heex(
            f"""<form id="f" {attributes} phx-change="c" phx-submit="s">{fields}<button id="go" {button}>go</button></form>"""
        )

    return live(P)


@pytest.mark.parametrize("name", FORMS)
def test_a_click_on_the_button_sends_nothing(name: str) -> None:
    view = page(FORMS[name])
    view.element("#go").render_click()
    assert view.assigns.sent == 0
    (browser,) = view.sim.world.browsers.values()
    (note,) = browser.notes
    assert note.rule == "CE-46"
    assert 'name="a"' in note.text
    assert browser.document.focus is not None


@pytest.mark.parametrize(("attributes", "button"), [("novalidate", ""), ("", "formnovalidate")])
def test_it_may_be_switched_off(attributes: str, button: str) -> None:
    view = page(FORMS["required"], attributes, button)
    view.element("#go").render_click()
    assert view.assigns.sent == 1


def test_what_was_typed_counts() -> None:
    view = page(FORMS["required"])
    view.form("#f", {"a": "1"}).render_change()
    view.element("#go").render_click()
    assert view.assigns.sent == 1
    view.form("#f", {"a": ""}).render_change()
    view.element("#go").render_click()
    assert view.assigns.sent == 1


def test_render_submit_is_not_looked_at_and_noted_where_there_is_a_page() -> None:
    view = page(FORMS["required"])
    view.form("#f").render_submit()
    assert view.assigns.sent == 1
    number = view.sim.act(lambda run: tabs.keep(run, view.id))
    view.form("#f").render_submit()
    assert view.assigns.sent == 2
    (note,) = view.sim.world.browsers[number].notes
    assert "was submitted although a browser finds it invalid" in note.text
    view.form("#f", {"a": "1"}).render_submit()
    assert len(view.sim.world.browsers[number].notes) == 1


class Upload(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(sent=0).allow_upload("docs", accept="any")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "s":
            socket, names = socket.consume_uploaded_entries("docs", lambda content, entry: entry.client_name)
            return socket.update("sent", lambda n: n + len(names))
        return socket

    render = heex("""<form id="f" phx-change="c" phx-submit="s"><.live_file_input upload={@uploads.docs} required />
      <button id="go">go</button></form>""")


def test_a_file_that_must_be_chosen() -> None:
    view = live(Upload)
    view.element("#go").render_click()
    assert view.assigns.sent == 0
    view.file_input("#f", "docs", [{"name": "a.txt", "content": "abc"}]).render_change()
    view.element("#go").render_click()
    assert view.assigns.sent == 1
