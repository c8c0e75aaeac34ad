"""`hints` and `nearest_misses`: a failure says what else may be why, so that the search ends there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation, expect


class DeskLive(LiveView):
    """What may go wrong in one page: time, others, a list changed in place, labels."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(n=0, items=["a"])

    def handle_event(self, event: Any, params: Any, socket: Socket) -> Any:
        match event:
            case "later":
                return socket.send_after("late", 10)
            case "mutate":
                socket.assigns["items"].append("b")
                return socket.assign(items=socket.assigns["items"])
            case _:
                return socket.update("n", lambda n: n + 1)

    def handle_info(self, message: Any, socket: Socket) -> Any:
        return socket.assign(n=100)

    render = heex("""
    <main>
      <button phx-click="more">More</button>
      <button phx-click="later">Later</button>
      <button phx-click="mutate">Mutate</button>
      <p role="status">{@n} of 100</p>
      <ul><li :for={each in @items}>{each}</li></ul>
      <form id="f" phx-change="more"><label>E-mail</label> <input name="email" title="E" /></form>
      <a phx-click="more">Go on</a>
    </main>
    """)


def told(act: Callable[[], object]) -> str:
    with pytest.raises(AssertionError) as caught:
        act()
    return str(caught.value)


def test_what_is_due_after_the_time_is_said() -> None:
    """ER-2: seconds for milliseconds, and a timer later than the patience, end the search."""
    page = Simulation().page(DeskLive)
    page.get_by_role("button", name="Later").click()
    status = page.get_by_role("status")
    text = told(lambda: expect(status).to_have_text("100 of 100", timeout=11))
    assert (
        "nothing was due within 11 ms of simulated time, so nothing could change; the next is due after 10000 ms"
        in text
    )
    page.wait_for_timeout(10_000)
    assert "the next is due" not in told(lambda: expect(status).to_have_text("1"))


def test_whose_page_it_is_and_on_whose_it_is_so() -> None:
    """The wrong person was asked."""
    sim = Simulation()
    ann, ben = sim.page(DeskLive, name="Ann"), sim.page(DeskLive, name="Ben")
    ann.get_by_role("button", name="More").click()
    text = told(lambda: expect(ben.get_by_role("status")).to_have_text("1 of 100"))
    assert "this is the page of Ben; on the page of Ann it is so" in text
    assert "this is the page of Ben\n" in told(lambda: expect(ben.get_by_role("status")).to_have_text("2 of 100"))
    assert "the page of" not in told(
        lambda: expect(Simulation().page(DeskLive).get_by_role("status")).to_have_text("2")
    )


@pytest.mark.parametrize(
    ("expected", "hint"),
    [
        (r"^\d+ of", r"as a pattern it is so: re.compile('^\\d+ of')"),
        ("/OF 100/i", "as a pattern it is so: re.compile('OF 100', re.IGNORECASE)"),
        ("0 of", "it is a part of it: to_contain_text('0 of')"),
    ],
)
def test_a_pattern_as_a_text_and_a_part(expected: str, hint: str) -> None:
    """What was meant, where it would be so."""
    page = Simulation().page(DeskLive)
    assert hint in told(lambda: expect(page.get_by_role("status")).to_have_text(expected))


def test_a_list_that_was_changed_in_place_is_told_with_the_failure() -> None:
    """The mistake is in the view: the page is behind it."""
    page = Simulation(checks={"patch law": "ignore"}).page(DeskLive)
    page.get_by_role("button", name="Mutate").click()
    text = told(lambda: expect(page.get_by_role("listitem")).to_have_count(2))
    assert "The page is behind its view:\n  the patch law is broken" in text
    assert "mutated in place?" in text


def test_what_is_held_says_how_to_let_it_go_on() -> None:
    """Frames and tasks that wait for the test."""

    class WorkLive(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.assign_async("total", lambda: {"total": 7})

        def handle_event(self, event: Any, params: Any, socket: Socket) -> Any:
            return socket

        render = heex("""<button phx-click="x">Go</button><p>{@total.result}</p>""")

    page = Simulation(tasks="hold").page(WorkLive)
    page.network.hold()
    page.get_by_role("button").click()
    text = told(lambda: expect(page.get_by_role("paragraph")).to_have_text("7"))
    assert "tasks wait for their answer: 'total'; sim.tasks.run('total'), .resolve('total', …)" in text
    assert "1 frame is in flight: page.network.in_flight; page.network.release() lets go" in text
    page.network.release()
    page.sim.tasks.run("total")
    expect(page.get_by_role("paragraph")).to_have_text("7")


def test_each_value_on_the_way_is_in_the_log() -> None:
    """Texts of several lines, too: none hides behind another."""

    class LinesLive(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return (socket.send_interval("tick", 1) if socket.connected else socket).assign(n=0)

        def handle_info(self, message: Any, socket: Socket) -> Any:
            return socket.update("n", lambda n: n + 1)

        render = heex("<main>{@n}\nof many</main>")

    page = Simulation().page(LinesLive)
    text = told(lambda: expect(page.get_by_role("main")).to_have_text("9", timeout=2_000))
    assert '"0 of many"' in text
    assert '"1 of many"' in text
    assert "(from 1000 ms on)" in text


@pytest.mark.parametrize(
    ("find", "hint"),
    [
        (lambda page: page.get_by_label("E-mail"), "a label that labels nothing"),
        (lambda page: page.get_by_label("More"), '✗ label ✓ name  <button phx-click="more">More</button>'),
        (lambda page: page.get_by_role("link"), "an <a> without href is no link"),
        (lambda page: page.locator("button").filter(has_text="xyz"), 'aka get_by_role("button", name="More")'),
    ],
)
def test_what_comes_near_without_the_name(find: Callable[[Any], Any], hint: str) -> None:
    """ER-3: a label beside its field, a name that is no label, an <a> that is no link."""
    page = Simulation().page(DeskLive)
    assert hint in told(lambda: find(page).click())


def test_the_attribute_that_may_have_been_meant() -> None:
    """An attribute that is misspelled is not simply None."""
    page = Simulation().page(DeskLive)
    button = page.get_by_role("button", name="More")
    text = told(lambda: expect(button).to_have_attribute("phx_click", "more"))
    assert "there is no attribute 'phx_click'; nearest: phx-click" in text


def test_our_own_acts_are_not_among_the_last() -> None:
    """Nobody wrote them."""
    view = Simulation().live(DeskLive)
    assert "_keep" not in told(lambda: expect(view.locator("p")).to_have_text("x"))


@pytest.mark.parametrize(
    ("template", "why"),
    [
        (
            '<div aria-hidden="true"><button>Go now</button></div>',
            'aria-hidden="true" of <div>: include_hidden=True finds it by its role, get_by_text(…) by its text',
        ),
        (
            '<button aria-hidden="TRUE" id="b">Go now</button>',
            'aria-hidden="true" of <button id="b">: include_hidden=True finds it by its role, get_by_text(…) by its text',
        ),
        ('<div hidden aria-hidden="true"><button>Go now</button></div>', "hidden by the attribute `hidden` of <div>"),
        ('<div style="visibility: hidden"><button>Go now</button></div>', "visibility: hidden of <div>"),
    ],
)
def test_why_assistive_technology_passes_an_element_over(template: str, why: str) -> None:
    """What is seen, and only says that it is not there, has another reason than what is not seen."""
    from tests.harness.counting_pages import page

    there = Simulation().page(page(template))
    text = told(lambda: there.get_by_role("button", name="Go now").click())
    assert f"✗ seen: all of them are hidden ({why})" in text
    if "attribute" not in why and "visibility" not in why:
        there.get_by_role("button", name="Go now", include_hidden=True).click()
        there.get_by_text("Go now").click()


SENT = (
    'which the client has set until the submit of <form id="f"> is answered: what is outside of the form stays usable'
)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda page: page.locator("#c").click(), f'the attribute `disabled` of <button id="c">, {SENT}'),
        (lambda page: page.locator("#i").fill("x"), f'<input id="i"> is read-only, {SENT}'),
        (lambda page: page.locator("#d").click(), 'the attribute `disabled` of <button id="d">\n'),
        (
            lambda page: page.locator("#w").click(),
            'the attribute `disabled` of <button id="w">, which the client has set until its push is answered',
        ),
    ],
)
def test_what_the_client_has_disabled_until_an_answer_comes(act: Callable[[Any], object], why: str) -> None:  # LK-24
    """A button for cancelling inside of the form that is submitted cannot be used: that is the client's doing, not the view's."""
    from tests.harness.counting_pages import page

    template = """<form id="f" phx-submit="s"><input id="i" name="i"><button id="b">b</button>
    <button id="c" type="button" phx-click="c">c</button><button id="d" type="button" disabled>d</button></form>
    <button id="w" phx-click="c" phx-disable-with="…">w</button>"""
    there = Simulation().page(page(template))
    there.network.hold()
    there.locator("#b").click()
    there.locator("#w").click()
    assert why in told(lambda: act(there))
