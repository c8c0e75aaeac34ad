"""Whether something is there: answers that say why not, and assertions that say what is there instead."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from liveview_core import LiveView, heex
from liveview_core.errors import BadOption
from liveview_testing import View, live
from liveview_testing.failures.exceptions import ElementNotFound, KitFailure, TextNotFound, UnwantedElement, WrongNumber
from liveview_testing.user.handles.has_element import NotThere


class Inner(LiveView):
    render = heex("""<p class="note">inside</p><button id="deep">Deep</button>""")


class Shop(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(items=("milk", "bread"), nested=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.assign(items=(), nested=True) if event == "empty" else socket.assign(nested=True)

    render = heex("""
    <main>
      <h1>Shop</h1>
      <ul id="list"><li :for={item in @items} class="item">{item}</li></ul>
      <form id="new"><input name="title" /><button>Add</button></form>
      <div :if={@nested} id="side">{live_render(@socket, Inner, id="inner")}</div>
    </main>
    """)


def raised(view: View, selector: str, text: Any = None) -> KitFailure:
    """What `view.element(…).text` raises."""
    with pytest.raises(KitFailure) as caught:
        view.element(selector, text).text
    return caught.value


def test_what_is_there_is_true() -> None:
    """A plain True: nothing has to be said about it."""
    view = live(Shop)
    assert view.has_element("li", "milk") is True
    assert view.element("#list").exists is True


@pytest.mark.parametrize(("selector", "text"), [("#lst", None), (".itm", None), ("li", "mlk"), ("#list b", None)])
@pytest.mark.parametrize("event", ["nest", None])
def test_what_is_not_there_says_what_the_element_would(selector: str, text: str | None, event: str | None) -> None:
    """As False in every way but `is`; the same words as of `.text`, in one line its repr."""
    view = live(Shop)
    if event:
        view.render_click(event)
    expected = raised(view, selector, text)
    for answer in (view.has_element(selector, text), view.element(selector, text).exists):
        assert isinstance(answer, NotThere)
        assert not answer
        assert answer == False  # noqa: E712
        assert len({answer, False}) == 1
        assert [True, answer].count(True) == 1
        assert type(answer.failure) is type(expected)
        assert str(answer.failure) == str(expected)
        assert expected.happened in repr(answer)
        assert all(near in repr(answer) for near in expected.nearest)
        assert "\n" not in repr(answer)
        assert pickle.loads(pickle.dumps(answer)) is False


def test_an_answer_is_about_the_moment_it_was_asked() -> None:
    """However much happens before it is read."""
    view = live(Shop)
    answer = view.has_element("li", "mlk")
    before = repr(answer)
    view.render_click("empty")
    assert repr(answer) == before
    assert "milk" in before
    assert "milk" not in repr(view.has_element("li", "mlk"))


def test_assert_has() -> None:
    """One at least, or as many as are asked for; also inside an element, and in nested views."""
    view = live(Shop)
    view.assert_has("li")
    view.assert_has("li", "milk", count=1)
    view.assert_has("li", count=2)
    view.assert_has("b", count=0)
    view.element("#list").assert_has("li", count=2)
    with pytest.raises(ElementNotFound, match=r'no element matches "button"\n  expected: one element in ul#list'):
        view.element("#list").assert_has("button")
    with pytest.raises(TextNotFound, match='nearest: "milk"'):
        view.assert_has("li", "mlk")
    with pytest.raises(WrongNumber, match='2 elements match "li", 3 were to') as caught:
        view.assert_has("li", count=3)
    assert "bread" in str(caught.value)
    with pytest.raises(WrongNumber, match="expected: 1 in ul#list"):
        view.element("ul").assert_has("li", count=1)
    with pytest.raises(ElementNotFound, match="nearest: ul#list"):
        view.element("#lst").assert_has("li")

    view.render_click("nest")
    view.assert_has("#side .note", count=1)
    view.assert_has("button", count=2)
    view.element("#side").assert_has("button", "Deep", count=1)
    view.element("form").assert_has("button", count=1)
    view.element("form").refute_has("#deep")
    with pytest.raises(ElementNotFound):
        view.element("form").assert_has("#deep")


def test_refute_has() -> None:
    """None, or not so many; what is there is shown."""
    view = live(Shop)
    view.refute_has("b")
    view.refute_has("li", "eggs")
    view.refute_has("li", count=3)
    view.element("#list").refute_has("button")
    with pytest.raises(
        UnwantedElement, match='1 element matches "li" with the text "milk", there was to be none'
    ) as caught:
        view.refute_has("li", "milk")
    assert '<li class="item">milk</li>' in str(caught.value)
    with pytest.raises(UnwantedElement, match="any number but 2 in ul#list"):
        view.element("#list").refute_has("li", count=2)
    with pytest.raises(ElementNotFound):  # that nothing is in what is not there says nothing
        view.element("#lst").refute_has("li")


@pytest.mark.parametrize("count", [-1, True, "2", 1.0])
def test_counts_are_whole_numbers(count: Any) -> None:
    view = live(Shop)
    for asked in (view.assert_has, view.refute_has, view.element("ul").assert_has):
        with pytest.raises(BadOption, match="whole numbers"):
            asked("li", count=count)
