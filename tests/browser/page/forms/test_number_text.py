"""What a number field takes and shows, as Chromium has it (`tests/harness/number_keys.txt`, which Chromium is asked again)."""

from __future__ import annotations

import pytest

from liveview_core import LiveView, heex
from liveview_testing import Simulation
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.events.fields.caret import text_of
from liveview_testing.browser.page.forms.number_text import read, taken
from tests.harness.number_keys import measured


class Field(LiveView):
    render = heex("""<input id="n" type="number">""")


def field(sim: Simulation) -> DomNode:
    (browser,) = sim.world.browsers.values()
    (found,) = find(root(browser.document), "#n")
    return found


def test_what_chromium_does_with_keys() -> None:  # CE-41, FI-13
    for keys, shown, values in measured():
        sim = Simulation()
        page = sim.page(Field)
        page.locator("#n").focus()
        found: list[str] = []
        for key in keys:
            page.keyboard.press(key)
            node = field(sim)
            found.append(node.value + ("!" if node.mark.bad_input else ""))
        assert (text_of(field(sim)), tuple(found)) == (shown, values), keys


@pytest.mark.parametrize(
    ("left", "right", "character"),
    [
        ("", "", "1"),
        ("1", "-", "2"),
        ("e", "", "-"),
        ("", "1e", "-"),
        ("", "-1", "e"),
        ("1e", "", "0"),
        ("1-", "", "-"),
    ],
)
def test_what_can_be_typed(left: str, right: str, character: str) -> None:
    assert taken(left, right, character)


@pytest.mark.parametrize(
    ("left", "right", "character"),
    [
        ("", "-1", "2"),
        ("1e", "-2", "3"),
        ("", "1e", "+"),
        ("1e2", "", "."),
        ("1", ".5", "e"),
        ("--", "", "1x"),
        ("", "", "²"),
    ],
)
def test_what_cannot(left: str, right: str, character: str) -> None:
    assert not taken(left, right, character)


def test_too_large_for_a_number() -> None:
    assert (read("1e308"), read("1e309"), read("-1e309")) == ("1e308", "", "")
