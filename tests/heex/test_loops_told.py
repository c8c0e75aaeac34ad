"""What is said of a loop that cannot run, and where: the author's line and a cure, none of our frames."""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, Socket, heex
from liveview_core.heex.runtime import NotIterable
from liveview_core.rendering.diff import DuplicateKey, UnhashableKey
from liveview_testing import live

SPECIAL = "<ul>\n<li :for={row in @rows}>{row}</li></ul>"
TUPLES = "<ul>\n<li :for={n, row in @rows}>{n}</li></ul>"
BLOCK = "<ul>\n<%= for row in @rows: %>{row}<% end %></ul>"


class Numbered:
    def __getitem__(self, index: int) -> str:
        return "ab"[index]


class Broken:
    def __iter__(self) -> Any:
        raise TypeError("mine")


def view(template: Any, **assigns: Any) -> type[LiveView]:
    class Page(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.assign(assigns)

        render = template

    return Page


@pytest.mark.parametrize("source", [SPECIAL, TUPLES, BLOCK])
@pytest.mark.parametrize(
    ("rows", "what", "cure"),
    [
        (None, "None", "where there may be none: `:for={row in @rows or ()}`"),
        (5, "an int", "a number of rows: `:for={n in range(@count)}`"),
        (len, "a builtin_function_or_method", "call it: `:for={row in rows()}`"),
    ],
)
def test_what_is_no_list(source: str, rows: Any, what: str, cure: str) -> None:
    """A place in the template, a cure, and nothing of ours between."""
    with pytest.raises(NotIterable) as caught:
        live(view(heex(source), rows=rows))
    error = caught.value
    assert error.happened == f"a for of a template cannot run over {what}"
    assert error.cure == cure
    assert any(
        note.startswith("in the template at <template ") and note.endswith(", line 2") for note in error.__notes__
    )
    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    assert [each.startswith("<template ") or each == __file__ for each in files] == [True, True]


def test_what_can_be_looped_over() -> None:
    """Old iterables too; what an iterable of the author's raises stays his."""
    assert "<li>a</li><li>b</li>" in str(live(view(heex(SPECIAL), rows=Numbered())).html)
    with pytest.raises(TypeError, match=r"^mine"):
        live(view(heex(SPECIAL), rows=Broken()))


class Listing(LiveComponent):
    render = heex("<ul>\n\n<li :for={row in @rows} :key={row}>{len([row])}</li></ul>")


@pytest.mark.parametrize(("rows", "kind"), [([1, 1], DuplicateKey), ([[], {}], UnhashableKey)])
def test_keys_that_identify_nothing(rows: Any, kind: Any) -> None:
    """No line of the template runs when keys are compared: the loop's is named, and the component's."""
    keyed = heex("<ul>\n<li :for={row in @rows} :key={row}>{len([row])}</li></ul>")
    with pytest.raises(kind) as caught:
        live(view(keyed, rows=rows))
    assert any(note.startswith("in the template at ") and note.endswith(", line 2") for note in caught.value.__notes__)
    with pytest.raises(kind) as inner:
        live(view(heex("<.live_component module={Listing} id='x' rows={@rows} />"), rows=rows))
    notes = inner.value.__notes__
    assert notes[0].endswith(", line 3")
    assert notes[1] == "in the component Listing, id 'x'"
