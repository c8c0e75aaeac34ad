"""What is seldom in a script: rare ways to point at something, deploys, orders; each is written, and done again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from liveview_core import AsyncExit, LiveComponent, LiveView, Socket, heex
from liveview_core.errors import BadOption, LiveViewError
from liveview_testing import Script, Simulation, replay, shrink
from liveview_testing.record.scripts.concurrent_acts import Away
from liveview_testing.record.scripts.player import NotReplayed
from liveview_testing.record.scripts.targets import OnElement
from liveview_testing.record.scripts.transcript import NotAScript
from tests.record.scripts.test_written import ran


class Cell(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(n=1)

    render = heex("""<td id={@id}><button phx-click="cell" phx-target={@myself}>cell</button></td>""")


class Desk(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(said=0, heard=None)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "work":
            return socket.start_async(("load",), lambda: 1 / 0)
        return socket.update("said", lambda said: said + 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.assign(heard=msg)

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Socket:
        return socket.assign(said="failed" if isinstance(result, AsyncExit) else "loaded")

    render = heex("""
    <h1>{@said}</h1>
    <form id="f" phx-submit="save"><input name="a" /><button id="one" name="by" value="1">Save</button></form>
    <button data-testid="by-test-id" phx-click="x"></button><button phx-click="x"></button>
    <div data-testid="box"><span style="padding: 1px" phx-click="x"></span></div>
    <div><span style="padding: 1px" phx-click="x"></span></div>
    <p phx-click="x">row 17</p><a id="by-id" style="padding: 1px" phx-click="x"></a><a phx-click="x"></a>
    <section aria-label="There"><i style="padding: 1px" phx-click="y"></i></section>
    <section aria-label="Here"><i style="padding: 1px" phx-click="y"></i></section>
    <button phx-click="work">Work</button>
    """)


def done_again(sim: Simulation) -> str:
    """The script as a test, which does the same; and so does what is read back."""
    text = sim.script.to_test()
    assert ran(text).trace == sim.trace
    assert replay(Script.from_json(sim.script.to_json())).trace == sim.trace
    return text


def test_rare_ways_to_point_at_something() -> None:
    sim = Simulation()
    page = sim.page(Desk)
    view = page.view
    view.element("p", re.compile(r"row \d+")).render_click()
    view.form("#f", {"a": "x"}).put_submitter(view.element("#one")).render_submit()
    page.locator("p").and_(page.get_by_text("row")).click()
    page.locator("video").or_(page.locator("p")).click()
    page.locator("p").within(page.locator("body")).click()
    view.get_by_text(re.compile("ROW", re.IGNORECASE)).click()
    said = str(sim.script)
    assert 'ann.locator("p").and_(ann.get_by_text("row")).click()' in said
    assert 'ann.locator("video").or_(ann.locator("p")).click()' in said
    assert 'ann.locator("body").locator(ann.locator("p")).click()' in said
    text = done_again(sim)
    assert "import re\n" in text
    assert '.element("p", re.compile(r"row \\d+")).render_click()' in text
    assert ".put_submitter(" in text


def test_what_has_no_words_is_pointed_at_by_what_it_has() -> None:
    """A test id, an id, something around it that has a name."""
    sim = Simulation()
    page = sim.page(Desk)
    page.locator("form + button").click()
    page.locator("div span").first.click()
    page.locator("p + a").click()
    page.locator("section i").last.click()
    lines = [line.strip() for line in done_again(sim).splitlines() if line.strip().startswith("ann.")]
    assert lines == [
        'ann.get_by_test_id("by-test-id").click()',
        'ann.get_by_test_id("box").locator("span[phx-click=\\"x\\"]").click()',
        'ann.locator("#by-id").click()',
        'ann.get_by_role("region", name="Here", exact=True).locator("i").click()',
    ]


def test_a_new_version_is_deployed() -> None:
    sim = Simulation(static={"app.js": "app-1.js"})
    sim.live(Desk)
    sim.static = {"app.js": "app-2.js"}
    assert "    sim.static = {" in done_again(sim)


def test_files_have_all_that_was_said_of_them() -> None:
    sim = Simulation()

    class Files(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            return socket.allow_upload("docs", accept="any")

        def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
            return socket

        render = heex("""<form id="f" phx-change="c"><.live_file_input upload={@uploads.docs} /></form>""")

    view = sim.live(Files())
    file = {"name": "a.txt", "content": b"ab", "type": "text/csv", "last_modified": 7}
    view.file_input("#f", "docs", [file]).render_change()
    assert '"type": "text/csv", "last_modified": 7' in str(sim.script)


# --- at once, and in an order -----------------------------------------------------------------------------------------


def test_what_is_done_at_once_as_a_value() -> None:
    sim = Simulation()
    ann = sim.page(Desk)
    with sim.concurrently() as acts:
        ann.get_by_role("button", name="Work").click()
        acts.when(ann, lambda page: page.get_by_text("row").click())
    assert len(acts) == 2
    assert len(acts.script) == 1  # what depends on what is seen is in no script
    assert acts.passed == 0


@pytest.mark.parametrize(
    ("page", "choose", "told"),
    [
        (True, 3, "acts.when takes a page and what is done at it\n  expected: a function of the page\n  got: 3"),
        (False, print, "acts.when takes a page\n  expected: sim.page(…)\n  got: 3\n  cure: view.page"),
    ],
)
def test_what_somebody_chooses_is_a_function_of_his_page(page: bool, choose: Any, told: str) -> None:
    sim = Simulation()
    ann: Any = sim.page(Desk) if page else 3
    with sim.concurrently() as acts, pytest.raises(BadOption) as refused:
        acts.when(ann, choose)
    assert str(refused.value) == told


def test_a_handle_that_is_not_there_yet_has_no_inner_names() -> None:
    away = Away(LiveViewError("not yet"))
    assert not hasattr(away, "__wrapped__")
    with pytest.raises(LiveViewError, match="not yet"):
        _ = away.text


def test_an_order_with_a_task_that_fails_and_time_that_passes() -> None:
    sim = Simulation(tasks="hold")
    ann = sim.page(Desk)
    with sim.in_order() as order:
        ann.get_by_role("button", name="Work").click()
        order.deliver(ann)
        order.finish(("load",), ann)
        order.deliver_result(("load",), ann)
        with pytest.raises(
            AssertionError, match=r"^no timer is set\n  expected: a timer that is due some time\n  got: none"
        ):
            order.pass_time()
    assert ann.get_by_role("heading").inner_text() == "failed"
    done_again(sim)


class Broken(LiveView):
    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        raise ValueError("broken")

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p>x</p>")


def test_an_error_in_what_still_waited_stands_in_the_script() -> None:
    """The order ends, and what it left arrives: the error is that of its end."""
    sim = Simulation()
    view = sim.live(Broken)
    with pytest.raises(ValueError, match="broken"), sim.in_order():
        sim.tell(view.id, "late")
    assert str(sim.script).splitlines()[-1].endswith("  # raised")


def test_the_ends_of_a_block_stand_where_the_block_is() -> None:
    """Not in the standard library, whose context manager calls them."""
    sim = Simulation(tasks="hold")
    sim.page(Desk)
    with sim.in_order():
        pass
    begin, end = sim.script.acts[-2:]
    assert (str(begin), str(end)) == ("with sim.in_order() as order:", "# what still waits arrives")
    assert begin.file == end.file == Path(__file__)
    assert begin.line == end.line
    view = sim.live(Broken)
    with pytest.raises(ValueError, match="broken"), sim.in_order():
        sim.tell(view.id, "late")
    failed = sim.script.with_failed().acts[-1]
    assert (failed.verb, failed.file) == ("end", Path(__file__))


# --- not done again ---------------------------------------------------------------------------------------------------


def test_a_nested_view_that_is_not_there_is_named() -> None:
    sim = Simulation()
    view = sim.live(Desk)
    view.element("p").render_click()
    act = sim.script[-1]
    assert isinstance(act.on, OnElement)
    elsewhere = evolve(sim.script, acts=(*sim.script.acts[:-1], evolve(act, on=evolve(act.on, inside="inner"))))
    with pytest.raises(NotReplayed) as refused:
        replay(elsewhere)
    assert str(refused.value).splitlines()[:2] == [
        "Ann has no nested view 'inner'",
        "  expected: the id of the container of a view in the page",
    ]


def test_a_script_that_cannot_be_written_is_shown_as_its_acts() -> None:
    """In a notebook."""

    class Local(Desk):
        pass

    sim = Simulation()
    sim.live(Local)
    assert "sim.live(" in sim.script._repr_html_()


def test_what_is_no_error_is_not_read_as_one() -> None:
    sim = Simulation(tasks="hold")
    view = sim.live(Desk)
    view.render_click("work")
    sim.tasks.fail(("load",), ValueError("no"), view=view)
    text = sim.script.to_json()
    assert "builtins.ValueError" in text or "ValueError" in text
    with pytest.raises(NotAScript, match=r"^<class 'int'> is no class of errors\n  expected: an exception"):
        Script.from_json(text.replace("ValueError", "int"))


# --- made smaller -----------------------------------------------------------------------------------------------------


def test_names_values_and_options_say_less() -> None:
    """A name that was given, what was stored, sent, or said in an option."""
    sim = Simulation()
    sim.store["kept"] = "a long text"
    ann = sim.page(Desk, name="Annabel")
    ann.view.send({"of": "something"})  # pyright: ignore[reportOptionalMemberAccess]
    ann.locator("p").dispatch_event("click", event_init={"detail": {"a": "long"}})

    def fails(sim: Simulation) -> bool:
        return (
            bool(sim.store.get("kept"))
            and bool(sim.views)
            and sim.views[0].assigns.said == 1
            and bool(sim.views[0].assigns.heard)
        )

    small = shrink(sim.script, fails)
    assert [line.split(maxsplit=1)[1] for line in str(small).splitlines()] == [
        'sim.store["kept"] = "a"',
        "ann = sim.page(Desk)",
        'ann.view.send({"of": ""})',
        'ann.locator("p").dispatch_event("click", event_init={})',
    ]
