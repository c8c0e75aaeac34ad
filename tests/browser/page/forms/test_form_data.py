"""What a form holds beside its values: directions, the character set; as Chromium's `FormData` has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation
from liveview_testing.browser.dom import forms as dom_forms
from liveview_testing.browser.page.forms import forms as sent_forms
from liveview_testing.user.locators.finding.reading import node_of
from tests.harness.html_pages import shown

FILE = Path(__file__).parents[3] / "harness" / "form_data.jsonl"
MEASURED: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("measured", MEASURED, ids=[str(at) for at in range(len(MEASURED))])
def test_what_chromium_has(measured: dict[str, Any]) -> None:
    """PF-15: the DOM as the client has it, and the page as it was sent."""
    form = node_of(shown(measured["html"]).locator("#f").found()[0])
    data = [tuple(pair) for pair in measured["data"]]
    assert dom_forms.entries(form) == data
    assert sent_forms.entries(sent_forms.controls(form.source)) == data
    text = dom_forms.serialize(form)
    assert [pair for pair in parse_qsl(text, keep_blank_values=True) if not pair[0].startswith("_unused_")] == data
    assert sent_forms.serialize(form.source) == text


class Comment(LiveView):
    """A form whose field says its direction."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=[])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: [*heard, params])

    render = heex("""
    <form id="f" phx-change="changed" phx-submit="saved" action="/there">
      <input name="text" aria-label="Text" dirname="text_dir" dir="auto" />
      <input type="hidden" name="_charset_" />
      <button>Save</button>
      <button id="elsewhere" formaction="/draft" formmethod="post">Draft</button>
      <button id="named" name="go" value="1">Go</button>
    </form>
    """)


def test_the_direction_of_what_was_typed_is_sent_along() -> None:
    page = Simulation().page(Comment())
    page.get_by_label("Text").fill("שלום")
    page.get_by_role("button", name="Save").click()
    changed, saved = page.view.assigns.heard
    assert changed["text_dir"] == saved["text_dir"] == "rtl"
    assert "_unused_text_dir" not in changed
    assert saved["_charset_"] == "UTF-8"


def test_a_button_without_a_name_may_say_where_to_submit() -> None:
    view = Simulation().live(Comment())
    form = view.form("#f", {"text": "a"})
    request = form.put_submitter("#elsewhere").submit_form()
    assert (request.method, request.path, request.body) == ("post", "/draft", "text=a&text_dir=ltr&_charset_=UTF-8")
