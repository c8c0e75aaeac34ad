"""Crashes: an error ends the process it happened in, and that one alone; its client joins again."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, View, ViewGone, live
from liveview_testing.laws import LawBroken, hold, recovery_law
from liveview_testing.world.simulation.crashing import Crash
from liveview_testing.world.timers import START


class Fragile(LiveView):
    """Counts, listens, ticks and works, until it is told to break."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if session.get("never"):
            raise RuntimeError("no mount")
        return socket.assign(n=0, page=None).subscribe("news").send_interval("tick", 60)

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket.assign(page=params.get("page"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "break":
                raise ValueError("broken")
            case "work":
                return socket.start_async("work", lambda: 1)
            case _:
                return socket.update("n", lambda n: n + 1)

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 10)

    render = heex("""<p>{@n} on {@page}</p><button phx-click="up">+</button>""")


ROUTER = Router([Route("/", Fragile)])


@pytest.fixture
def sim() -> Simulation:
    """A world that lets things crash."""
    sim = Simulation(ROUTER)
    sim.crashes.contain()
    return sim


def test_without_being_asked_an_error_reaches_the_test() -> None:
    """And nothing has happened."""
    sim = Simulation(ROUTER)
    view = sim.live("/")
    world = sim.world
    with pytest.raises(ValueError, match="broken"):
        view.render_click("break")
    assert sim.world is world
    assert (sim.crashes.contained, len(sim.crashes)) == (False, 0)


def test_a_view_that_crashes_is_mounted_anew(sim: Simulation) -> None:
    """The client hears phx_error and joins again, at the URL where it is now; the handle stays good."""
    view = sim.live("/")
    view.render_patch("/?page=2")
    view.element("button").render_click()
    view.render_click("break")
    assert [(frame.direction, frame.event) for frame in view.wire[-4:]] == [
        ("client", "event"),
        ("server", "phx_error"),
        ("client", "phx_join"),
        ("server", "phx_reply"),
    ]
    assert view.wire[-2].payload["url"] == "http://www.example.com/?page=2"
    assert view.wire[-2].payload["params"] == {"_mounts": 1}
    assert view.element("p").text == "0 on 2"
    view.element("button").render_click()
    assert view.assigns.n == 1
    hold(sim)
    (crash,) = sim.crashes
    assert crash == Crash(view.id, "Fragile", "client", "event", crash.error)
    assert str(crash.error) == "broken"


def test_what_it_had_set_up_ends_with_it(sim: Simulation) -> None:
    """One subscription and one timer afterwards, and no task: those of the view that was mounted anew."""
    view = sim.live("/")
    sim.tasks.hold()
    view.render_click("work")
    view.render_click("break")
    assert sim.tasks.pending == []
    assert len(sim.clock.pending) == 1
    sim.broadcast("news", "x")
    sim.clock.advance(60)
    assert view.assigns.n == 20


def test_nobody_else_notices(sim: Simulation) -> None:
    """Another view of the same world goes on as it was."""
    view, other = sim.live("/"), sim.live("/")
    other.element("button").render_click()
    frames = len(other.wire)
    view.render_click("break")
    assert (len(other.wire), other.assigns.n) == (frames, 1)


def test_a_page_that_cannot_be_opened_is_no_crash_to_contain(sim: Simulation) -> None:
    """There is nothing to go on with: the error reaches the test."""
    with pytest.raises(RuntimeError, match="no mount"):
        sim.live("/", session={"never": True})
    assert len(sim.crashes) == 0


class Outer(LiveView):
    """A page with a child."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "break":
            raise ValueError("outer")
        return socket.update("n", lambda n: n + 1)

    render = heex("""<b>{@n}</b>{live_render(@socket, Inner, id="inner")}""")


class Inner(LiveView):
    """The child."""

    sim: Simulation | None = None  # where it may be sick

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if self.sim is not None and self.sim.store.get("sick"):
            raise RuntimeError("still sick")
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        if event == "break":
            raise ValueError("inner")
        return socket.update("n", lambda n: n + 1)

    render = heex("""<i>{@n}</i>""")


def inner_of(view: View) -> View:
    """The child."""
    found = view.find_live_child("inner")
    assert found is not None
    return found


def test_a_child_crashes_alone() -> None:
    """Its parent keeps its state, says nothing, and has its child again."""
    sim = Simulation()
    sim.crashes.contain()
    view = sim.live(Outer)
    view.render_click("up")
    inner_of(view).render_click("up")
    before = view.process
    inner_of(view).render_click("break")
    assert view.process is before
    assert inner_of(view).assigns.n == 0
    assert view.has_element("b", "1")
    assert view.has_element("i", "0")
    assert [crash.view for crash in sim.crashes] == ["Inner"]
    hold(sim)


def test_a_parent_takes_its_child_along() -> None:
    """Both begin anew (LC-46)."""
    sim = Simulation()
    sim.crashes.contain()
    view = sim.live(Outer)
    for each in (view, inner_of(view)):
        each.render_click("up")
    view.render_click("break")
    assert (view.assigns.n, inner_of(view).assigns.n) == (0, 0)
    assert len(view.live_children()) == 1
    hold(sim)


class Sick(Fragile):
    """Cannot be mounted while the world says that it is sick."""

    def __init__(self, sim: Simulation) -> None:
        self.sim = sim

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        sick = self.sim.store.get("sick", "")
        if sick == "all" or (sick == "connected" and socket.connected):
            raise RuntimeError("still sick")
        return super().mount(params, session, socket)


def test_a_view_that_cannot_be_joined_is_loaded_again(sim: Simulation) -> None:
    """Between five and ten seconds later the browser loads the page anew, as often as it takes (ER-2)."""
    view = sim.live(Sick(sim))
    sim.store["sick"] = "connected"
    view.render_click("break")
    assert [str(crash.error) for crash in sim.crashes] == ["broken", "still sick"]
    assert view.wire[-1].event == "phx_error"
    with pytest.raises(ViewGone) as gone:
        view.render_click("up")
    assert str(gone.value) == (
        "the process of phx-1 has ended, and its client has not joined again\n"
        "  expected: a view that is connected\n"
        "  got: client phx_join crashed: RuntimeError('still sick')\n"
        "  cure: view.rejoin() joins again, and so does the clock: sim.clock.advance(1)"
    )
    (reload,) = sim.clock.pending
    assert 5 <= reload.seconds <= 10
    sim.clock.advance(4.9)
    assert len(sim.crashes) == 2
    sim.clock.advance(20)
    assert len(sim.crashes) > 3
    sim.store["sick"] = ""
    sim.clock.advance(10)
    assert view.element("p").text == "0 on"
    assert view.wire[-2].payload["params"] == {"_mounts": 0}
    hold(sim)


def test_a_page_that_cannot_be_loaded_stays_gone(sim: Simulation) -> None:
    """An error page has no client that would try again (ER-1)."""
    view = sim.live(Sick(sim))
    sim.store["sick"] = "connected"
    view.render_click("break")
    sim.store["sick"] = "all"
    sim.clock.advance(60)
    assert [crash.what for crash in sim.crashes] == ["client event", "client phx_join", "http GET"]
    assert sim.clock.pending == []


# --- as production has it


def test_the_client_waits_before_it_joins_again() -> None:
    """After the backoff, on the clock; meanwhile the page stays as it was, and nothing can be done with it (ER-3)."""
    view = live("/", router=ROUTER, crashes="restart")
    view.element("button").render_click()
    assert "1 on" in view.render_click("break")
    assert view.crash == Crash(view.id, "Fragile", "client", "event", ValueError())
    crash = view.crash
    assert crash is not None
    assert (crash.what, str(crash.reason)) == ("client event", "broken")
    with pytest.raises(ViewGone):
        view.element("button").render_click()
    view.sim.clock.advance(0.9)
    assert "1 on" in view.render()
    view.sim.clock.advance(0.2)
    assert "0 on" in view.render()
    view.element("button").render_click()
    view.render_click("break")
    view.rejoin()  # nobody has to wait
    assert view.wire[-2].payload["params"] == {"_mounts": 2}
    assert view.assigns.n == 0
    view.sim.clock.advance(2)
    assert [frame.event for frame in view.wire].count("phx_join") == 3
    hold(view.sim)


def test_a_child_is_tried_three_times() -> None:
    """After one, two and five seconds; then the client gives up (test-client.md 2b)."""
    sim = Simulation(crashes="restart")
    view = sim.live(Outer)
    inner = inner_of(view)
    inner.render_click("up")
    assert "<i>1</i>" in inner.render_click("break")
    assert "<i>1</i>" in view.render()  # nothing of it is gone from the page
    sim.store["sick"] = True
    Inner.sim = sim
    try:
        times: list[float] = []
        for _ in range(200):
            before = len(sim.crashes)
            sim.clock.advance(0.1)
            if len(sim.crashes) > before:
                times.append(round((sim.clock.now - START).total_seconds(), 1))
        assert times == [1.0, 3.0, 8.0]
    finally:
        Inner.sim = None
    assert view.assigns.n == 0
    with pytest.raises(ViewGone):
        inner.render_click("up")
    inner.rejoin()
    assert inner.assigns.n == 0
    hold(sim)


def test_a_crash_of_the_parent_in_its_time() -> None:
    """Its child ends with it and is there again with it; the page stays readable meanwhile."""
    sim = Simulation(crashes="restart")
    view = sim.live(Outer)
    inner = inner_of(view)
    inner.render_click("up")
    assert "<i>1</i>" in view.render_click("break")
    assert [line.process for line in sim.world.lines.values()] == [None, None]
    sim.clock.advance(1)
    assert "<i>0</i>" in view.render()
    assert inner_of(view) == inner
    assert [view.live_children(), inner.assigns.n] == [[inner], 0]
    assert (view.crash is not None, inner.crash) == (True, None)
    hold(sim)


def test_modes() -> None:
    """Errors reach the test unless it says otherwise; a mode that is none is an error."""
    view = live("/", router=ROUTER)
    with pytest.raises(ValueError, match="broken"):
        view.render_click("break")
    assert view.crash is None
    again = view.sim.live("/", crashes="restart")
    again.render_click("break")
    assert again.crash is not None
    with pytest.raises(ValueError, match="the option crashes is wrong"):
        Simulation(crashes="exit")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


# --- a connection that is lost


class Profile(LiveView):
    """Forms that are recovered, and some that are not."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(name="", log=(), n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        match event:
            case "change":
                return socket.update("log", lambda log: (*log, event)).assign(name=params["name"])
            case "recover" | "other":
                return socket.update("log", lambda log: (*log, event))
            case _:
                return socket.update("n", lambda n: n + 1)

    def terminate(self, reason: Any, socket: Socket) -> Socket:
        return socket.broadcast("ended", reason)

    render = heex("""
    <form id="f" phx-change="change">
      <input type="hidden" name="h" value="1" /><input type="text" name="name" value={@name} />
      <input type="text" name="plain" /><input name="own" phx-change="own" />
    </form>
    <form id="g" phx-change="other" phx-auto-recover="recover"><input name="name" value="" /></form>
    <form id="i" phx-change="change" phx-auto-recover="ignore"><input name="name" value="" /></form>
    <form phx-change="change" phx-ignore-missing-id><input name="name" value="" class="no-id" /></form>
    <form id="o" phx-change="own"><input name="own" phx-change="own" /></form>
    <p>{@name}</p><b>{@n}</b>
    """)


def test_a_dropped_connection_ends_the_processes() -> None:
    """The browser shows what it has; `terminate` hears why (LC-45, LC-46)."""
    sim = Simulation()
    view, other = sim.live(Profile), sim.live(Ended)
    html = view.drop()
    assert "<b>0</b>" in html
    assert other.assigns.heard == [("shutdown", "closed")]
    assert sim.views == [other]
    with pytest.raises(ViewGone) as gone:
        view.render_click("x")
    assert str(gone.value) == (
        "the process of phx-1 has ended, and its client has not joined again\n"
        "  expected: a view that is connected\n"
        "  got: a connection that was dropped\n"
        "  cure: view.rejoin() joins again"
    )
    view.rejoin()
    view.rejoin()  # it is connected: nothing happens
    assert [frame.event for frame in view.wire].count("phx_join") == 2
    assert sim.views == [view, other]


class Ended(LiveView):
    """Hears who ended, and why."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(heard=[]).subscribe("ended")

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: [*heard, msg])

    render = heex("""<p></p>""")


def test_forms_are_filled_in_again() -> None:
    """Forms with an id and phx-change send what they had, once each, first field named; others do not (FM-35)."""
    view = live(Profile)
    view.form("#f", {"name": "ann", "plain": "x"}).render_change()
    view.form("#g", {"name": "bob"}).render_change()
    view.drop()
    count = len(view.wire)
    view.rejoin()
    sent = [frame.payload for frame in view.wire[count:] if frame.direction == "client"]
    assert sent[0]["params"] == {"_mounts": 1}
    assert sent[1:] == [
        {
            "type": "form",
            "event": "change",
            "value": "h=1&name=ann&plain=x&_unused_own=&own=",
            "meta": {"_target": "name"},
            "uploads": {},
        },
        {"type": "form", "event": "recover", "value": "name=bob", "meta": {"_target": "name"}, "uploads": {}},
    ]
    assert view.assigns.log == ("change", "recover")
    assert view.element("p").text == "ann"


def test_the_recovery_law() -> None:
    """What is in the URL and in forms comes back; what is in assigns alone does not, and the law says so (ER-5)."""
    view = live(Profile)
    view.form("#f", {"name": "ann"}).render_change()
    recovery_law(view)
    view.render_click("up")
    with pytest.raises(LawBroken) as broken:
        recovery_law(view)
    assert str(broken.value) == (
        "the recovery law is broken: after <View phx-1 of Profile at /> joined again its page is another one in b\n"
        "  expected: 1\n"
        "  got: 0\n"
        "  cure: keep it in the URL, in a form with an id and phx-change, or outside of the process"
    )
    assert view.assigns.n == 1


def test_a_page_is_dropped_with_its_children() -> None:
    """All are on one connection; their forms are filled in again too."""
    view = live(Holder)
    inner = view.find_live_child("in")
    assert inner is not None
    inner.form("#f", {"name": "ann"}).render_change()
    inner.drop()
    assert [line.process for line in view.sim.world.lines.values()] == [None, None]
    assert "<p>ann</p>" in view.render()
    inner.rejoin()
    assert inner.assigns.name == "ann"
    assert inner.assigns.log[0] == "change"
    assert "<p>ann</p>" in view.render()
    recovery_law(view)


class Holder(LiveView):
    """Holds the profile."""

    render = heex("""<.live_render view={Profile} id="in" />""")


def test_forks_crash_apart(sim: Simulation) -> None:
    """What crashed in a fork has not crashed here; whether crashes are contained is forked as well."""
    view = sim.live("/")
    there = view.fork()
    there.render_click("break")
    assert (len(sim.crashes), len(there.sim.crashes)) == (0, 1)
    assert repr(sim.crashes) == "Crashes([])"


class Ailing(LiveView):
    """Is well on paper, and cannot be mounted by a client while the world says so."""

    sim: Simulation | None = None

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if socket.connected and self.sim is not None and self.sim.store.get("sick"):
            raise RuntimeError("sick")
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        raise ValueError("broken")

    render = heex("<p>well</p>")


def test_a_page_that_always_fails_is_loaded_again_ever_more_slowly() -> None:
    """Ten times after 5 to 10 seconds, from then on after 30; one join that goes well, and it begins anew (CN-15)."""
    sim = Simulation(Router([Route("/", Ailing)]), crashes="restart")
    Ailing.sim = sim
    try:
        view = sim.live("/")
        for _ in range(2):
            sim.store["sick"] = True
            view.render_click("break")
            sim.clock.advance(1)
            waits: list[float] = []
            for _ in range(13):
                (pending,) = sim.clock.pending
                waits.append(pending.seconds)
                sim.clock.advance(pending.seconds)
            assert all(5 <= wait <= 10 for wait in waits[:10])
            assert waits[10:] == [30.0] * 3
            sim.store["sick"] = False
            sim.clock.advance(30)
            assert view.element("p").text == "well"
            assert sim.clock.pending == []
    finally:
        Ailing.sim = None


class Commanded(LiveView):
    """Forms that are recovered by commands, and one that begins with a button."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(seen=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("seen", lambda seen: (*seen, (event, params)))

    render = heex("""
    <form id="c" phx-change="change" phx-value-old="1" phx-auto-recover={JS.push("rec", value={"n": 1}).show(to="#x").push("too")}>
      <input name="q" value="a" />
    </form>
    <form id="b" phx-change={JS.push("changed", value={"k": 2})}>
      <input type="hidden" name="h" value="1" /><button name="by" value="me">x</button><input name="q" value="b" />
    </form>
    """)


def test_forms_are_recovered_by_commands() -> None:
    """Each push of the binding is sent, with its value; a button with a name speaks for the form as a field does (FM-35)."""
    view = live(Commanded)
    view.drop()
    view.rejoin()
    assert view.assigns.seen == (
        ("rec", {"q": "a", "_unused_q": "", "old": "1", "n": 1, "_target": ["q"]}),
        ("too", {"q": "a", "_unused_q": "", "old": "1", "_target": ["q"]}),
        ("changed", {"h": "1", "by": "me", "q": "b", "_unused_q": "", "k": 2, "_target": ["by"]}),
    )
