"""Handles used as what they describe, and by the names of other kits: each time with what was meant."""

from __future__ import annotations

import copy
import pkgutil
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

import liveview_testing
from liveview_core import LiveView, heex
from liveview_core.errors import LiveViewError
from liveview_testing import Simulation, live
from liveview_testing.failures.misuse import handle_names
from liveview_testing.failures.misuse.misused_handles import NoSuchName, NotAValue


class Page(LiveView):
    render = heex(
        """<main><p id="p">text</p><form id="f" phx-submit="s" {{}}><input type="file" name="a" /></form></main>"""
    )


def anything(handle: Any) -> Any:
    """A handle that no type checker looks at."""
    return handle


USES: list[tuple[str, Callable[[Any], Any], str]] = [
    ("truth", bool, r"\.exists"),
    ("negation", lambda element: not element, r"\.exists"),
    ("equal to text", lambda element: element == "text", r"\.text == 'text'"),
    ("unequal to text", lambda element: element != "text", r"\.text == 'text'"),
    ("text on the left", lambda element: element == "text", r"\.text == 'text'"),
    ("equal to True", lambda element: element == True, r"\.exists"),  # noqa: E712
    ("in", lambda element: "text" in element, r"'text' in element\.text"),
    ("length", len, r"count=3"),
    ("loop", list, r"elements\(\)"),
    ("index", lambda element: element[0], r"elements\(\)"),
    ("attribute", lambda element: element["href"], r"attributes\['href'\]"),
]


@pytest.mark.parametrize(("use", "cure"), [(use, cure) for _, use, cure in USES], ids=[name for name, *_ in USES])
def test_an_element_is_no_value(use: Callable[[Any], Any], cure: str) -> None:
    """Whether it is there or not: never silently true, different or empty."""
    view = live(Page)
    for each in (view.element("#p"), view.element("#nothing"), view.form("#f"), view.file_input("#f", "a", [])):
        with pytest.raises(NotAValue, match=cure):
            use(each)


def test_elements_are_told_apart_as_objects_are() -> None:
    """They go into sets and lists; another handle of the same element is another handle."""
    view = live(Page)
    one, other = view.element("#p"), view.element("#p")
    assert one == one
    assert one != other
    assert {one: 1}[one] == 1
    assert one in [other, one]
    assert one != None  # noqa: E711
    assert copy.copy(one).text == "text"


def test_a_view_is_no_text() -> None:
    view = live(Page)
    with pytest.raises(NotAValue, match=r"'text' in view\.render\(\)"):
        assert "text" in anything(view)


@pytest.mark.parametrize(
    ("kind", "other", "cure"),
    [
        ("view", "text", "'text' in view.render(), or view.element(…).text == 'text'"),
        ("view", "/home", "view.assert_patch('/home'), or view.url == '/home'"),
        ("view", 5, "a number read from view.element(…).text"),
        ("view", None, "view.id == {id!r}"),
        ("page", "text", "expect(page).to_have_title('text'), or expect(page.get_by_text('text')).to_be_visible()"),
        ("page", "/home", "expect(page).to_have_url('/home')"),
        ("page", "ann", "page.name == 'ann'"),
        ("page", True, "a number read from page.get_by_role(…).inner_text()"),
        ("locator", "text", "expect(locator).to_have_text('text'), or locator.inner_text() == 'text'"),
        ("locator", 5, "locator.is_visible(), locator.count(), or a number read from locator.inner_text()"),
    ],
)
def test_a_handle_is_never_equal_to_data(kind: str, other: Any, cure: str) -> None:
    """It says so, whichever side it stands on; values of other kinds it is silently unequal to."""
    sim = Simulation()
    view, page = sim.live(Page), sim.page(Page, name="ann")
    handle = {"view": view, "page": page, "locator": page.locator("p")}[kind]
    if other is None:
        other, cure = view.id, cure.format(id=view.id)
    comparisons: list[Callable[[], object]] = [
        lambda: handle == other,
        lambda: other == handle,
        lambda: handle != other,
    ]
    for compare in comparisons:
        with pytest.raises(NotAValue, match=rf"is never equal to {type(other).__name__} values") as caught:
            compare()
        assert f"\n  cure: {cure}" in str(caught.value)
    assert handle == handle
    assert handle not in (None, (), [], object(), view.element("p"))


def test_handles_and_texts_in_one_set() -> None:
    """What finds them there is not what a text is found by: nothing is compared."""
    sim = Simulation()
    view, page = sim.live(Page), sim.page(Page, name="ann")
    locator = page.locator("p")
    every = {view, page, locator, view.id, "ann", repr(locator), 5, True, None}
    assert len(every) == 9
    assert view in every
    assert view.id in every


HABITS = [
    ("element", "click", "render_click()"),
    ("element", "dblclick", "render_click()"),
    ("element", "fill", "render_change()"),
    ("element", "type", "view.form"),
    ("element", "send_keys", "view.form"),
    ("element", "check", "{'agree': True"),
    ("element", "select_option", "view.form"),
    ("element", "press", "render_keydown"),
    ("element", "submit", "render_submit()"),
    ("element", "text_content", ".text"),
    ("element", "textContent", ".text"),
    ("element", "inner_text", ".text"),
    ("element", "innerHTML", ".render()"),
    ("element", "inner_html", ".render()"),
    ("element", "get_attribute", ".attributes['href']"),
    ("element", "is_visible", ".exists"),
    ("element", "count", "count=3"),
    ("element", "first", "count=3"),
    ("element", "find_element", "view.element('#parent child'"),
    ("element", "get_by_text", "view.element('button', 'Save')"),
    ("element", "has_text", "assert_has"),
    ("element", "set_input_files", "view.file_input"),
    ("element", "render_clik", "take 'render_click'"),
    ("view", "getByRole", "view.get_by_role('button'"),
    ("view", "getByLabel", "view.get_by_label"),
    ("view", "find_by_id", "view.element('#id')"),
    ("view", "click", "render_click()"),
    ("view", "click_button", "render_click()"),
    ("view", "fill_in", "view.form"),
    ("view", "query_selector", "view.element"),
    ("view", "text_content", "'milk' in view.render()"),
    ("view", "content", "view.document"),
    ("view", "title", "view.page_title"),
    ("view", "goto", "view.sim.live('/path')"),
    ("view", "wait_for_selector", "view.sim.clock.advance"),
    ("view", "push_event", "view.render_hook"),
    ("view", "handle_info", "view.send(message)"),
    ("view", "find_element", "view.element"),
    ("view", "assert_patched", "view.assert_patch(to)"),
    ("view", "has_elemnt", "take 'has_element'"),
    ("view", "assert_path", "view.url == '/path'"),
    ("view", "refute_path", "view.url != '/path'"),
    ("view", "unwrap", "LiveViewTest's own"),
    ("view", "get_all_by_role", ".count()"),
    ("view", "getByLabelText", "view.get_by_label('Email')"),
    ("view", "rerender", "view.send(message)"),
    ("view", "setState", "view.send(message)"),
    ("view", "settle", "view.sim.settle()"),
    ("view", "flash_message", "view.flash.get('info')"),
    ("view", "put_session", "session={'user': 1}"),
    ("view", "console", "view.page.notes"),
    ("view", "wait_for_url", "view.assert_redirect(to)"),
    ("element", "render_upload", "view.file_input("),
    ("element", "open_browser", "view.open_browser()"),
    ("element", "next_sibling", "one selector"),
    ("sim", "cookies", "session={'user': 1}"),
    ("sim", "new_context", "sim.page('/path')"),
    ("sim", "network", "page.network.drop()"),
    ("sim", "freeze_time", "sim.clock.advance(seconds)"),
    ("sim", "save", "sim.fork()"),
    ("html", "contains", "'milk' in html"),
    ("sim", "visit", "sim.live('/path')"),
    ("sim", "advance", "sim.clock.advance(seconds)"),
    ("sim", "publish", "sim.broadcast"),
    ("sim", "flush", "sim.settle()"),
    ("sim", "brodcast", "take 'broadcast'"),
    ("html", "text", "view.element(selector).text"),
    ("html", "select", "view.element(selector, text)"),
    ("html", "json", "view.wire"),
]


@pytest.mark.parametrize(("what", "name", "cure"), HABITS)
def test_names_of_other_kits(what: str, name: str, cure: str) -> None:
    """An AttributeError still, so that `hasattr` and `getattr` with a default work; its text is what to write instead."""
    view = live(Page)
    handle = {"element": view.element("#p"), "view": view, "sim": view.sim, "html": view.render()}[what]
    with pytest.raises(NoSuchName) as caught:
        getattr(handle, name)
    assert caught.value.cure is not None
    assert cure in caught.value.cure
    assert not hasattr(handle, name)
    assert getattr(handle, name, None) is None


def test_tables_name_nothing_that_is_there() -> None:
    """A cure for a name that exists would never be read."""
    view = live(Page)
    for handle, table in (
        (view.element("#p"), handle_names.ELEMENT),
        (view, handle_names.VIEW),
        (view.sim, handle_names.SIMULATION),
        (view.render(), handle_names.HTML),
    ):
        assert [name for name in table if hasattr(handle, name)] == []


def test_a_name_far_from_all() -> None:
    """Then all there are."""
    with pytest.raises(NoSuchName, match=r"it has: .*render_click.*text, view"):
        anything(live(Page).element("#p")).zzz
    with pytest.raises(AttributeError, match=r"'Element' object has no attribute '_repr_latex_'"):
        anything(live(Page).element("#p"))._repr_latex_


def test_an_attribute_error_inside_a_property_is_the_one_that_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Simulation) -> Any:
        raise AttributeError("from inside")

    with monkeypatch.context() as patch, pytest.raises(AttributeError, match="from inside"):
        patch.setattr(Simulation, "views", property(broken))
        anything(live(Page).sim.views)


def test_every_exception_of_the_kit_comes_from_its_door() -> None:
    """Whoever catches one imports it where everything else comes from."""
    # The browser has words of its own, which nobody sees; the commands say theirs and end, what a server refuses it answers.
    inside = tuple(f"liveview_testing.{room}." for room in ("browser", "command_line"))
    served = {*("BadMessage", "BadCommand", "NoClient", "NothingToShow"), *("NotThere", "NotWritten", "NoAct")}
    for found in pkgutil.walk_packages(liveview_testing.__path__, "liveview_testing."):
        import_module(found.name)
    modules = [
        module
        for name, module in sorted(sys.modules.items())
        if name.startswith("liveview_testing.") and not name.startswith(inside)
    ]
    raised = {
        name: each
        for module in modules
        for name, each in vars(module).items()
        if isinstance(each, type) and issubclass(each, (LiveViewError, Warning)) and each.__module__ == module.__name__
    }
    of_hypothesis = {"NothingToDo", "InvariantBroken"}  # of liveview_testing.strategies, which needs hypothesis
    known = {*liveview_testing.__all__, *of_hypothesis, *served}
    missing = [name for name in raised if name not in known]
    assert missing == []
    assert liveview_testing.Live
