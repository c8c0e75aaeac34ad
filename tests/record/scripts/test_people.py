"""What people do at pages, put down: every kind of act, each once, and all of it again."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing import Script, Simulation, expect, replay
from tests.record.scripts.rooms import ROUTER
from tests.record.scripts.test_written import ran


def a_session() -> Simulation:
    """Ann has a page, Ben a view; everything that can be done is done."""
    sim = Simulation(ROUTER, tasks="hold", seed=3)
    ann = sim.page("/")
    ben = sim.live("/")
    ann.locator("#say input").fill("hello")
    ann.locator("#say button").click()
    ann.locator("#note input").press_sequentially("hi")
    ann.keyboard.press("Enter")
    ann.on("dialog", lambda dialog: dialog.accept())
    ann.locator("li:first-child button").click()
    ann.locator("#later").click()
    ann.locator(".late button").click()  # waits
    ben.element("#later").render_click()
    expect(ben.page.locator(".late")).to_be_visible()
    sim.tasks.resolve("load", 7, view=ann.view)
    sim.tasks.fail("load", "no", view=ben)
    sim.broadcast("desk", "to all")
    sim.store["kept"] = (1, 2)
    inner = ann.view.find_live_child("inner")
    assert inner is not None
    inner.element("button").render_click()
    ann.network.latency(0.2)
    ann.get_by_role("button", name="Press").click()
    ann.wait_for_timeout(500)
    ann.network.hold()
    ann.get_by_role("button", name="Press").click()
    ann.get_by_role("button", name="Later").click()
    ann.network.release(ann.network.in_flight[:1])
    ann.network.release()
    ann.network.latency(0)
    ann.network.drop()
    ann.network.restore()
    ben.drop()
    ben.rejoin()
    upload = ben.file_input("#files", "picture", [{"name": "a.png", "content": b"abcd"}])
    upload.render_change()
    upload.render_upload("a.png", 50)
    upload.render_upload("a.png", 50)
    ben.form("#note", {"text": "bye"}).render_submit()
    ben.send("psst")
    ann.get_by_role("link", name="Away").click()
    ann.go_back()
    ann.goto("/away")
    ann.reload()
    sim.clock.advance(1)
    return sim


def test_every_kind_of_act_is_replayed() -> None:
    """The same run, byte for byte, from the script, from its JSON, and from the test that is written of it."""
    sim = a_session()
    script = sim.script
    assert replay(script).trace == sim.trace
    assert replay(script).script == script
    read = Script.from_json(script.to_json())
    assert read == script
    assert replay(read).trace == sim.trace
    assert ran(script.to_test()).trace == sim.trace


def test_locators_are_those_that_a_person_would_write() -> None:
    """What was located by CSS is located by what can be seen, within something around it where that is not enough."""
    text = a_session().script.to_test()
    lines = [line.strip() for line in text.splitlines()]
    assert 'ann.get_by_role("textbox", name="Words").fill("hello")' in lines
    assert 'ann.get_by_role("form", name="Say").get_by_role("button", name="Send").click()' in lines
    assert 'ann.get_by_role("textbox", name="a note").press_sequentially("hi")' in lines
    assert 'ann.get_by_role("listitem").filter(has_text="tea").get_by_role("button", name="x").click()' in lines
    assert 'ann.once("dialog", lambda dialog: dialog.accept())' in lines
    assert 'ann.get_by_role("button", name="Later").click()' in lines
    assert 'ann.get_by_role("button", name="Now").click()' in lines
    assert "nth" not in text


def test_an_act_made_of_acts_counts_once() -> None:
    """`wait_for_timeout` turns the clock, a click that waits lets time pass, a view's `send` tells: one act each."""
    sim = a_session()
    verbs = [act.verb for act in sim.script]
    assert verbs.count("wait_for_timeout") == 1
    assert verbs.count("advance") == 2  # one let pass by `expect`, one by the test
    assert "tell" not in verbs
    assert next(act.code for act in sim.script if act.verb == "advance") == "sim.clock.advance(2)"


def test_acts_say_what_they_caused() -> None:
    """The messages of a script are those of the world, each caused by one act, in order."""
    sim = a_session()
    caused = [number for act in sim.script for number in act.happenings]
    assert caused == list(range(1, sim.world.count + 1))


def test_acts_say_where_they_were_written() -> None:
    """File and line, also of what was replayed."""
    sim = a_session()
    act = next(act for act in sim.script if act.verb == "broadcast")
    assert act.file is not None
    assert act.file.name == "test_people.py"
    source = act.file.read_text(encoding="utf-8").splitlines()
    assert act.line is not None
    assert source[act.line - 1].strip() == 'sim.broadcast("desk", "to all")'
    replayed: Simulation = replay(sim.script)
    again = next(act for act in replayed.script if act.verb == "broadcast")
    assert (again.file, again.line) == (act.file, act.line)


def test_an_act_that_failed_is_not_in_the_script() -> None:
    """It is the one that failed last, until something is done."""
    sim = Simulation(ROUTER)
    ann = sim.page("/")
    before = sim.script
    error: Any = None
    try:
        ann.get_by_role("button", name="None such").click()
    except AssertionError as raised:
        error = raised
    assert error is not None
    assert sim.script == before
    failed = sim.script.failed
    assert failed is not None
    assert failed.code == 'ann.get_by_role("button", name="None such").click()'
    assert len(sim.script.with_failed()) == 2
    sim.clock.advance(1)
    assert sim.script.failed is None


def test_forks_share_what_was_done_before() -> None:
    """And nothing after."""
    sim = Simulation(ROUTER)
    sim.live("/")
    fork = sim.fork()
    assert fork.script == sim.script
    fork.clock.advance(1)
    sim.broadcast("desk", "x")
    assert [act.verb for act in fork.script] == ["live", "advance"]
    assert [act.verb for act in sim.script] == ["live", "broadcast"]


def test_what_is_changed_after_an_act_does_not_change_the_script() -> None:
    """Values are kept as they were."""
    sim = Simulation(ROUTER)
    data = {"text": "hello"}
    sim.live("/").form("#note", data).render_submit()
    data["text"] = "other"
    assert sim.script[-1].code == 'ann.form("#note", {"text": "hello"}).render_submit()'


def test_a_world_that_forgets_forgets_acts() -> None:
    """The last ones are remembered, and it is said how many are not."""
    sim = Simulation(ROUTER, history=10)
    view = sim.live("/")
    for number in range(100):
        view.send(number)
    script = sim.script
    assert 10 <= len(script) <= 20
    assert script.gone == 101 - len(script)
    assert str(script).startswith(f"… {script.gone} acts before are forgotten\n")
    assert [act.args[0] for act in script] == list(range(100 - len(script), 100))


class Asking(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(on=False)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.assign(on=event == "go")

    render = heex("""
    <button phx-click="go">Go</button>
    <button :if={@on} phx-click="delete" data-confirm="Sure?">Delete</button>
    <label><input type="checkbox" phx-click="go" data-confirm="Really?" /> Tick</label>
    """)


def test_what_is_answered_in_a_fork_is_put_down() -> None:
    """A click that waits for its button is done where that is there; a tick is tried first."""
    sim = Simulation(Router([Route("/", Asking)]))
    ann = sim.page("/")
    ann.on("dialog", lambda dialog: dialog.accept())
    ann.network.latency(0.1)
    ann.get_by_role("button", name="Go").click()
    ann.get_by_role("button", name="Delete").click()
    ann.get_by_label("Tick").check()
    assert [act.answers for act in sim.script.acts if act.answers] == [(True,), (True,)]
    assert replay(sim.script).trace == sim.trace
