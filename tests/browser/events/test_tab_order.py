"""Tab goes where the whole tab order says, and looks no further than it has to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveView, Socket, heex, raw
from liveview_testing import Page, Simulation
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.events import keyboard, tab_order
from liveview_testing.browser.reaction import Reaction
from tests.harness.examples import examples

ELEMENTS = [
    *('<button id="{}">b</button>', '<button id="{}" disabled>b</button>', '<button id="{}" hidden>b</button>'),
    *(
        '<input id="{}">',
        '<input id="{}" type="hidden">',
        '<a id="{}" href="#">a</a>',
        '<a id="{}">a</a>',
        "<p>text</p>",
    ),
    *(
        '<input id="{}" type="radio" name="r">',
        '<input id="{}" type="radio" name="r" checked>',
        '<input id="{}" type="radio">',
    ),
    *('<div id="{}" tabindex="0">d</div>', '<div id="{}" tabindex="-1">d</div>', '<b id="{}" contenteditable>x</b>'),
    *(
        '<fieldset disabled><input id="{}"></fieldset>',
        '<div inert><button id="{}">i</button></div>',
        '<select id="{}"></select>',
    ),
    *('<dialog open><button id="{}">d</button></dialog>', '<div style="display: none"><input id="{}"></div>'),
]
SELDOM = [
    *('<button id="{}" tabindex="2">b</button>', '<input id="{}" tabindex="1">'),
    *('<details><summary id="{}">s</summary><input></details>', '<details open><button id="{}">b</button></details>'),
]


class Shown(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(html="".join(each.format(f"e{at}") for at, each in enumerate(session["elements"])))

    render = heex("<form id='f'>{raw(@html)}</form><p>end</p>", names={"raw": raw})


def held(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """From now on each step of Tab is held to the whole order; whether it went somewhere."""
    seen: list[bool] = []
    quick = tab_order.next_stop

    def both(reaction: Reaction, key: Key | None, *, back: bool = False) -> DomNode | None:
        there = quick(reaction, key, back=back)
        order = tab_order.tab_order(reaction, back=back)
        assert there == tab_order._after(reaction, order, key, back=back)
        seen.append(there is not None)
        return there

    monkeypatch.setattr(keyboard, "next_stop", both)
    return seen


@examples(60)
@given(
    st.lists(st.sampled_from(ELEMENTS), max_size=7),
    st.lists(st.sampled_from(SELDOM), max_size=1),
    st.lists(
        st.tuples(st.sampled_from(["Tab", "Tab", "Shift+Tab", "click"]), st.integers(0, 7)), min_size=4, max_size=9
    ),
)
def test_the_next_stop_is_that_of_the_order(
    elements: list[str], seldom: list[str], keys: list[tuple[str, int]]
) -> None:
    """From whatever has the focus, or had it, or was pressed and takes none."""
    with pytest.MonkeyPatch.context() as patch:
        held(patch)
        page = Simulation().page(Shown, session={"elements": [*elements, *seldom]})
        for key, at in keys:
            if key == "click":
                there = page.locator(f"#e{at}")
                if there.count() and there.is_visible() and there.is_enabled():
                    there.dispatch_event("mousedown")
            else:
                page.keyboard.press(key)


def test_it_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a page and out of it, both ways; of a group of radios there is one stop."""
    seen = held(monkeypatch)
    page = Simulation().page(
        Shown, session={"elements": [ELEMENTS[0], ELEMENTS[8], ELEMENTS[9], ELEMENTS[1], ELEMENTS[3]]}
    )
    where: list[str | None] = []
    for key in ("Tab", "Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab"):
        page.keyboard.press(key)
        focused = page.locator(":focus")
        where.append(focused.get_attribute("id") if focused.count() else None)
    assert where == ["e0", "e2", "e4", None, "e4", "e2"]
    assert seen == [True, True, True, False, True, True]


def test_it_asks_as_far_as_it_has_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of five hundred buttons Tab asks the next one."""
    asked: list[str | None] = []
    is_in = tab_order._is_in
    monkeypatch.setattr(tab_order, "_is_in", lambda reaction, node: asked.append(node.id) or is_in(reaction, node))  # type: ignore[func-returns-value]

    def at(page: Page) -> list[str | None]:
        asked.clear()
        page.keyboard.press("Tab")
        return list(asked)

    page = Simulation().page(Shown, session={"elements": [ELEMENTS[0]] * 500})
    page.locator("#e250").focus()
    assert (at(page), at(page)) == (["e251"], ["e252"])


@pytest.mark.parametrize("seldom", [[], [SELDOM[0]], [SELDOM[2]]])
def test_from_where_was_pressed(seldom: list[str]) -> None:
    """What takes no focus is where Tab goes on from, to the one behind it or before it; with an order by numbers or without."""
    page = Simulation().page(Shown, session={"elements": [ELEMENTS[0], ELEMENTS[6], ELEMENTS[0], *seldom]})
    for key, there in (("Tab", "e2"), ("Shift+Tab", "e0")):
        page.locator("#e1").click()
        page.keyboard.press(key)
        assert page.locator(":focus").get_attribute("id") == there


@pytest.mark.parametrize("seldom", [[], [SELDOM[2]]])
def test_a_group_of_radios(seldom: list[str]) -> None:
    """Where none is checked Tab comes back to the one that had the focus last; else to the first, or from behind to the last."""
    page = Simulation().page(Shown, session={"elements": [ELEMENTS[0], *[ELEMENTS[8]] * 3, ELEMENTS[0], *seldom]})

    def focused(key: str) -> str | None:
        page.keyboard.press(key)
        return page.locator(":focus").get_attribute("id")

    page.locator("#e0").focus()
    assert focused("Tab") == "e1"
    page.locator("#e2").focus()
    assert (focused("Tab"), focused("Shift+Tab"), focused("Shift+Tab"), focused("Tab")) == ("e4", "e2", "e0", "e2")
    fresh = Simulation().page(Shown, session={"elements": [*[ELEMENTS[8]] * 2, ELEMENTS[0], *seldom]})
    fresh.locator("#e2").focus()
    fresh.keyboard.press("Shift+Tab")
    assert fresh.locator(":focus").get_attribute("id") == "e1"
