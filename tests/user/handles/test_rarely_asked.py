"""What handles are seldom asked for: replies that are not the ones, files after their view has gone, controls without a form."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Reply, Route, Router, Socket, heex
from liveview_testing import Simulation, View
from tests.harness.html_pages import Plain


class Profile(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.allow_upload("docs", accept="any", auto_upload=True, progress=self.progress)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return Reply(socket, {"a": 1}) if event == "ask" else socket

    def progress(self, name: str, entry: Any, socket: Socket) -> Socket:
        return socket.push_navigate("/away") if entry.progress >= 50 else socket

    render = heex("""
    <button phx-click="ask">Ask</button>
    <input id="alone" name="alone" phx-change="c" />
    <form id="f" phx-change="c"><.live_file_input upload={@uploads.docs} /></form>
    """)


@pytest.fixture
def view() -> View:
    return Simulation(Router([Route("/", Profile), Route("/away", Plain("<p>away</p>"))])).live("/")


def test_another_reply_was_given(view: View) -> None:
    view.element("button").render_click()
    with pytest.raises(AssertionError) as failed:
        view.assert_reply({"a": 2})
    assert str(failed.value) == "no such reply was given\n  expected: reply {'a': 2}\n  got: reply {'a': 1}"
    view.assert_reply({"a": 1})


def test_a_change_of_a_control_without_a_form(view: View) -> None:
    with pytest.raises(AssertionError) as failed:
        view.element("#alone").render_change({"alone": "x"})
    assert str(failed.value) == (
        'cannot change "#alone": it does nothing on this event\n'
        "  expected: phx-change on a control in a form on the element\n"
        '  got: <input id="alone" name="alone" phx-change="c">\n'
        "  it has: phx-change='c'\n"
        "  cure: the client needs a form around it: put it into a <form>"
    )


def test_files_are_chosen_in_a_form_and_not_in_an_input(view: View) -> None:
    files = view.file_input("#f", "docs", [{"name": "a", "content": b"abcd"}])
    with pytest.raises(AssertionError, match=r"^the input 'docs' is not in the form "):
        files.render_change(files)
    assert view.element("#f").render_change(files) is not None


def test_a_file_of_a_view_that_was_sent_away(view: View) -> None:
    """NV-19: every further piece says where it was sent."""
    files = view.file_input("#f", "docs", [{"name": "a", "content": b"abcd"}])
    first, second = files.render_upload("a", 50), files.render_upload("a")
    assert repr(first) == repr(second) == "<Redirected by live_redirect to '/away'>"


def test_html_is_not_compared_with_a_page_that_was_left(view: View) -> None:
    html = view.render()
    left = view.file_input("#f", "docs", [{"name": "a", "content": b"abcd"}]).render_upload("a")
    with pytest.raises(AssertionError, match=r"^the view has left the page: there is no text to read "):
        _ = html == left
