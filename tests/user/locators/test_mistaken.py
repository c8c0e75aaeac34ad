"""What newcomers try: a locator taken for its text, names of other kits, and calls that do not fit. Nothing of it is silent."""

from __future__ import annotations

import gc
import traceback
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import find

from liveview_core import LiveView, Socket, heex
from liveview_core.errors import BadOption
from liveview_testing import LiveViewMachine, PageWarning, Simulation, expect, laws
from liveview_testing.client_hooks import ClientHook
from liveview_testing.failures.misuse.page_names import EXPECTATION_NAMES, LOCATOR_NAMES, PAGE_NAMES
from liveview_testing.strategies import acts, events
from liveview_testing.user.locators.expecting.locator_assertions import LocatorAssertions


class ListLive(LiveView):
    """A button, a list, a field."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: Any, params: Any, socket: Socket) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""
    <main>
      <button phx-click="add">Add</button>
      <ul><li>one</li><li>two</li></ul>
      <form id="f" phx-change="add"><label>Name <input name="name" /></label></form>
      <p role="status">{@n}</p>
    </main>
    """)


def said(act: Callable[[Any], object]) -> str:
    """What is told of a mistake, with its notes; none of our frames is in it."""
    page = Simulation().page(ListLive)
    with pytest.raises((TypeError, AttributeError, AssertionError, ValueError, KeyError)) as caught:
        act(page)
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert [frame.filename for frame in frames if "liveview_" in frame.filename] == []
    return "\n".join([str(caught.value), *getattr(caught.value, "__notes__", ())])


@pytest.mark.parametrize(
    ("act", "cure"),
    [
        (lambda page: page.get_by_role("status") == "0", "expect(locator).to_have_text('0')"),
        (lambda page: page.get_by_role("status") != "0", "locator.inner_text() == '0'"),
        (lambda page: page.get_by_role("status") == 0, "locator.count()"),
        (lambda page: "0" in page.get_by_role("status"), "expect(locator).to_contain_text('0')"),
        (lambda page: len(page.get_by_role("listitem")), "locator.count()"),
        (lambda page: page.get_by_role("listitem")[0], "locator.nth(0)"),
        (lambda page: list(page.get_by_role("listitem")), "locator.all()"),
        (lambda page: page.get_by_role("listitem").first(), "leave the brackets out"),
        (lambda page: bool(page.get_by_role("listitem")), "locator.is_visible()"),
        (lambda page: page.get_by_role("listitem").or_("x"), "or_(page.get_by_text('x'))"),
    ],
)
def test_a_locator_is_no_value(act: Callable[[Any], object], cure: str) -> None:
    """LC-2: what is neither a text, nor a list, nor a function says what is."""
    assert cure in said(act)


@pytest.mark.parametrize(
    ("act", "cure"),
    [
        (lambda page: page.click("text=Add"), "get_by_role('button', name='Save').click()"),
        (lambda page: page.wait_for_selector("button"), "to_be_visible() waits"),
        (lambda page: page.get_by_id("f"), "page.locator('#id')"),
        (lambda page: page.assigns, "page.view.assigns"),
        (lambda page: page.getByRole("button"), "get_by_role"),
        (lambda page: page.get_by_role("status").text, ".inner_text()"),
        (lambda page: page.get_by_role("status").exists, "to_be_attached()"),
        (lambda page: page.get_by_role("status").zzz, "it has: "),
        (lambda page: expect(page).to_be_visible(), "expect(page.get_by_role('main')).to_be_visible(…)"),
        (lambda page: expect(page).not_to_have_text("x"), ".not_to_have_text(…)"),
        (lambda page: expect(page.get_by_role("main")).to_have_url("/"), "expect(page).to_have_url('/path')"),
        (lambda page: expect(page.get_by_role("main")).toBeVisible(), "take 'to_be_visible'"),
        (lambda page: expect(page.get_by_role("main")).to_not_be_visible(), "cure: .not_to_be_visible(…)"),
        (lambda page: expect(page.get_by_role("main")).not_.to_be_visible(), "not_to_…"),
        (lambda page: expect(page.get_by_role("main")).toBeInTheDocument(), ".to_be_attached()"),
        (lambda page: page.context.new_page(), "sim.page('/path')"),
        (lambda page: page.network.offline(), "page.network.drop()"),
        (lambda page: page.keyboard.send_keys("x"), "page.keyboard.type('tea')"),
        (lambda page: page.sim.clock.tick(1), "sim.clock.advance(seconds)"),
        (lambda page: page.sim.tasks.finish("x"), "sim.tasks.resolve("),
        (lambda page: page.sim.crashes.wobble, "sim.crashes has no 'wobble'"),
        (lambda page: page.sim.store.taken, "sim.store['taken']"),
        (lambda page: page.sim.store["taken"], "sim.store['taken'] = …"),
        (lambda page: page.route("**", None), "sim.store"),
    ],
)
def test_names_of_other_kits_have_a_cure(act: Callable[[Any], object], cure: str) -> None:
    """LC-3: a name that is not there says what does the same."""
    text = said(act)
    assert cure in text
    assert "reading_once" not in text


@pytest.mark.parametrize(
    ("act", "cure"),
    [
        (lambda page: page.get_by_label("Name").press("Down"), "press('ArrowDown')"),
        (lambda page: page.get_by_label("Name").press("Ctrl+a"), "press('Control')"),
        (lambda page: page.get_by_role("button").fill("x"), "cure: click()"),
        (lambda page: page.get_by_role("button").check(), "cure: click()"),
        (lambda page: page.get_by_label("Name").select_option("x"), "fill("),
        (lambda page: page.get_by_label("Name").set_input_files("nowhere.txt"), '"buffer"'),
        (lambda page: page.get_by_label("Name").set_input_files({"name": "a", "buffer": b""}), "live_file_input"),
        (lambda page: page.get_by_role("status").drop("x.png"), 'drop({"files": "me.png"})'),
        (lambda page: expect(page.get_by_role("listitem")).to_have_count("2"), "cure: 2"),
        (lambda page: page.get_by_role("heading", level="2"), "cure: 2"),
        (lambda page: page.get_by_role("checkbox", checked="false"), "cure: False"),
        (lambda page: page.sim.page(ListLive, {"name": "Ann"}), "session=None"),
        (lambda page: page.context.set_offline(), "it is called so: set_offline(offline)"),
        (lambda page: Simulation.page(ListLive), "sim.page(…)"),  # type: ignore[arg-type]
        (lambda page: page.sim.page(ListLive.render), "sim.page(TheLive)"),
    ],
)
def test_what_does_not_fit_has_a_cure(act: Callable[[Any], object], cure: str) -> None:
    """ER-1: so that a wrong argument is corrected without a look elsewhere."""
    assert cure in said(act)


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (lambda page: acts(page.view), "acts takes another kind of handle than a View"),
        (lambda page: events(page), "events takes another kind of handle than a Page"),
        (lambda page: laws.patch_law(page), "patch_law takes another kind of handle than a Page"),
        (lambda page: laws.hold(page), "what is meant may be page.view or page.sim"),
        (lambda page: laws.hold(page.view), "what is meant may be view.sim"),
    ],
)
def test_another_kind_of_handle(act: Callable[[Any], Any], text: str) -> None:
    """A function that is given the page for its view says so, and not which of its names was not there."""

    def drawn(page: Any) -> None:
        made = act(page)
        if made is not None:
            find(made, lambda _: True)

    assert text in said(drawn)


def collect() -> None:
    gc.collect()


def test_an_expectation_that_asks_nothing_is_told() -> None:
    """A forgotten assertion, and forgotten brackets, would be a test of nothing."""
    page = Simulation().page(ListLive)
    with pytest.warns(PageWarning, match=r"expect\(locator\) was asked nothing, so nothing was tested"):
        expect(page.get_by_role("status"))
    with pytest.warns(PageWarning, match="with its brackets"):
        expect(page.get_by_role("status")).to_be_hidden  # pyright: ignore[reportUnusedExpression]
    with pytest.warns(PageWarning, match=r"expect\(page\)"):
        expect(page)
    held: list[object] = []
    held.append((expect(page), held))  # an error that is looked at holds its frames, too
    del held
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        collect()  # not here, where nobody forgot anything
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        expect(page.get_by_role("status")).to_have_text("0")
        said(lambda page: expect(page.get_by_role("status")).to_have_text("1"))
        said(lambda page: expect(page.get_by_role("status")).to_have_count("1"))
    assert "it is called so: to_be_visible(*, " in said(
        lambda page: expect(page.get_by_role("status")).to_be_visible(True)
    )


def test_a_client_hook_says_which_of_its_names_is_never_called() -> None:
    """What JavaScript and slips of the pen call the callbacks."""
    for name, callback in (("mount", "mounted"), ("beforeUpdate", "before_update"), ("handle_events", "handle_event")):
        with pytest.warns(UserWarning, match=f"cure: call it {callback}"):
            type("Chart", (ClientHook,), {name: lambda self, el: None})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        type("Chart", (ClientHook,), {"drawn": lambda self, el: None, "mounted": lambda self, el: None})
    with pytest.raises(BadOption, match=r"events = \('points',\)"):
        type("Chart", (ClientHook,), {"events": "points"})


def test_a_machine_knows_its_options_when_it_is_made() -> None:
    """Not when it runs."""
    with pytest.raises(BadOption) as caught:
        LiveViewMachine.for_view(ListLive, persons=2)
    assert "no option 'persons'" in str(caught.value)
    assert LiveViewMachine.for_view(ListLive, hooks={}).TestCase


def test_no_name_that_is_there_has_a_cure() -> None:
    """A cure for what works would never be read."""
    page = Simulation().page(ListLive)
    locator = page.get_by_role("main")
    for kind, names in (
        (type(page), PAGE_NAMES),
        (type(locator), LOCATOR_NAMES),
        (LocatorAssertions, EXPECTATION_NAMES),
    ):
        assert [name for name in names if hasattr(kind, name)] == []
