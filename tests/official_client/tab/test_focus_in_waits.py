"""What has the focus in an element that waits for an answer: moved with that, patched in place, put back; in lockstep."""

from __future__ import annotations

import pytest

from tests.harness.counting_pages import page
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

BEFORE = """<p>{@n}</p><b :if={@on} id="d">b</b><form id="f" phx-change="c" phx-submit="e0"><p>{@last}</p><input id="i" name="i">
<input id="k" name="k" type="checkbox"><select id="s" name="s"><option>1</option><option>2</option></select><button id="b">b</button>
</form><div id="o" phx-click="none"><button id="q" phx-click="none">q</button><input id="z" phx-blur="e1"></div>"""


@pytest.mark.parametrize("twice", [False, True])
@pytest.mark.parametrize(
    ("waits", "focused"), [("#i", "#b"), ("#i", "#k"), ("#i", "#i"), ("#s", "#b"), ("#o", "#q"), ("#o", "#z")]
)
def test_what_waits_is_moved(
    judges: Judges, waits: str, focused: str, twice: bool
) -> None:  # PF-12, PA-9, PA-19, LK-10
    """It is taken out and put in again, with all that is held back in it: what has the focus inside loses it."""
    both = Lockstep.of(judges, page(BEFORE, state={"on": False})).latency(20)
    both = both.choose("#s", "2") if waits == "#s" else both.fill("#i", "x") if waits == "#i" else both.click("#o")
    both.focus(focused).advance(2)
    if twice:
        both.tell({"last": "x"}).advance(2)
    both.tell({"on": True}).advance(2).advance(40).press("a").tell({"on": False}).advance(60)


CARETS = """<p>{@n}</p><form id="f" phx-submit="s"><input id="i" name="i" value={@last}><textarea id="t" name="t">{@last}</textarea></form>
<input id="z" value={@last}>"""


@pytest.mark.parametrize("first", ["", "#i", "#z"])
@pytest.mark.parametrize("then", ["#i", "#z"])
def test_the_caret_of_a_field_that_a_patch_writes(judges: Judges, first: str, then: str) -> None:  # FI-8, PF-13
    """As long as nobody has written into it, its attribute shows, and the caret stays where it is (measured in Chromium)."""
    both = Lockstep.of(judges, page(CARETS, state={"last": "ab"}))
    if first:
        both.click(first).press("Enter").press("1").press("Shift").blur()
    both.tell({"last": "old"}).focus(then).press("a").blur().tell({"last": "none"}).focus(then).press("b").press(
        "Enter"
    )
    both.press("c")


KEYS = """<p>{@n}</p><input id="i" name="i" phx-keydown="none" value={@last}><input id="j" name="j" phx-focus="e3" value={@last}>"""


@pytest.mark.parametrize("field", ["#i", "#j"])
@pytest.mark.parametrize("text", ["", "b", "x"])
@pytest.mark.parametrize("last", ["", "b", "c"])
def test_what_was_patched_in_place_is_put_back(
    judges: Judges, field: str, text: str, last: str
) -> None:  # LK-14, FI-10
    """Its `value` is what the copy has, if the copy holds what the field holds."""
    both = Lockstep.of(judges, page(KEYS, state={"last": "b"})).focus("#i" if field == "#j" else "#j").advance(1).hold()
    both.fill(field, text).press("Shift").tell({"last": last}).release().tell({"n": 5}).advance(50)
