"""The laws, each held to a view that keeps it and to one that breaks it; and the strategies that feed them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import Cont, Halt, LiveView, Socket, heex
from liveview_core.socket import hooks
from liveview_testing import Simulation, View, live
from liveview_testing.laws import (
    LawBroken,
    detach_law,
    effect_law,
    hold,
    hook_law,
    info_law,
    isolation_law,
    patch_law,
    quiet_law,
    replay_law,
    replay_of,
    stream_law,
    streams_settled,
    subscription_law,
    untouched_law,
)
from liveview_testing.strategies import HookLink, StreamOp, attached, events, hook_chains, stream_scripts
from tests.harness.views import ROUTER, ClockLive, CounterLive


class Shelf(LiveView):
    """A list that is changed in place (the mistake) or replaced (the right way)."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(items=["a"], n=0, calls=[])

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "mutate":
                socket.assigns["items"].append("b")
                return socket.update("n", lambda n: n + 1)
            case "replace":
                return socket.assign(items=[*socket.assigns["items"], "b"])
            case "remember":
                socket.assigns["calls"].append(1)
                return socket.push_event("calls", {"n": len(socket.assigns["calls"])})
            case "restore":
                return socket.assign(n=99).assign(n=socket.assigns.n)
            case "bad":
                raise ValueError("bad")
            case _:
                return socket

    render = heex("""<ul><li :for={item in @items}>{item}</li></ul><p>{@n}</p>""")


def test_patch_law() -> None:
    """The page is what a fresh render gives; a value mutated in place is found, with the place and the cure."""
    view = live(Shelf)
    view.render_click("replace")
    patch_law(view)
    view.render_click("mutate")
    with pytest.raises(LawBroken) as raised:
        patch_law(view)
    assert raised.value.law == "patch"
    assert str(raised.value) == (
        "the patch law is broken: the page of <View phx-1 of Shelf at /> is not what the server would render in ul\n"
        "  expected: <li>\n"
        "  got: nothing\n"
        "  cure: an assign was changed without assign (mutated in place?), or a message was lost on the way"
    )


def test_quiet_law() -> None:
    """What changes nothing sends nothing; an assign that was set and set back is sent, and found."""
    view = live(Shelf)
    world = view.sim.world
    quiet_law(view, lambda it: it.render_click("nothing"))
    quiet_law(view, lambda it: it.render_click("replace"))
    with pytest.raises(LawBroken, match="the quiet law is broken: client event changed nothing"):
        quiet_law(view, lambda it: it.render_click("restore"))
    assert view.sim.world is world


def test_quiet_law_of_one_among_others() -> None:
    """What another process has got meanwhile is its own affair; what comes after it counts all the same."""
    view = live(Shelf)
    other = view.sim.live(Shelf)

    def both(it: View) -> None:
        it.sim.view(other).render_click("replace")
        it.render_click("restore")

    with pytest.raises(LawBroken, match="the quiet law is broken: client event changed nothing"):
        quiet_law(view, both)
    quiet_law(view, lambda it: it.sim.view(other).render_click("restore"))


def test_replay_law() -> None:
    """The same action twice is the same run; state outside the world is found."""
    view = live(Shelf)
    replay_law(view, lambda it: it.render_click("replace"))
    with pytest.raises(LawBroken, match="the replay law is broken: two runs of the same actions part at line"):
        replay_law(view, lambda it: it.render_click("remember"))

    def story(sim: Simulation) -> None:
        sim.live("/").render_click("increment")

    replay_of(story, router=ROUTER)
    ids = iter(range(10))
    with pytest.raises(LawBroken, match="replay"):
        replay_of(lambda sim: sim.live("/").render_click("x", {"id": next(ids)}), router=ROUTER)


class Mutating(LiveView):
    """It changes in place what it holds, and fails."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(items=[1], deep={"a": (Holder([1]),)}, names={1}, fine=[1]).stream("rows", [{"id": 1}])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "items":
                socket.assigns.items.append(2)
            case "deep":
                socket.assigns.deep["a"][0].inner[0] = 2
            case "names":
                socket.assigns.names.add(2)
            case _:
                socket.stream_insert("rows", {"id": 2}).assign(items=[2])
        raise ValueError(event)

    render = heex('<ul id="r" phx-update="stream"><li :for={id, _ in @streams.rows} id={id}>{len(@items)}</li></ul>')


class Holder:
    """An object of the author's."""

    def __init__(self, inner: list[int]) -> None:
        self.inner = inner


@pytest.mark.parametrize(
    ("event", "place"), [("items", "@items"), ("deep", "@deep['a'][0].inner"), ("names", "@names"), ("fine", None)]
)
def test_untouched_law_sees_what_was_changed_in_place(event: str, place: str | None) -> None:
    """The world is the same object, and not what it was."""
    if place is None:
        untouched_law(live(Mutating), lambda it: it.render_click(event))
        return
    with pytest.raises(LawBroken) as caught:
        untouched_law(live(Mutating), lambda it: it.render_click(event))
    assert f"got: another phx-1: {place}" in str(caught.value)


def test_untouched_law() -> None:
    """What raises changed nothing; what does not raise is no case of the law."""
    view = live(Shelf)
    assert str(untouched_law(view, lambda it: it.render_click("bad"))) == "bad"
    with pytest.raises(LawBroken, match="the action did not raise"):
        untouched_law(view, lambda it: it.render_click("replace"))

    def twice(it: View) -> None:
        it.render_click("replace")
        it.render_click("bad")

    with pytest.raises(LawBroken, match="after part of it was done"):
        untouched_law(view, twice)


@frozen
class Copy:
    """A widget that keeps a copy of its stream."""

    messages: Any


class Copying(LiveView):
    """Both forms of a stream in a widget: copied into its state, and read from the socket."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.stream("rows", []).assign(widget=Copy(None))

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "add":
                return socket.stream_insert("rows", {"id": int(params["id"])})
            case "copy":
                socket = socket.stream_insert("rows", {"id": 0})
                return socket.assign(widget=Copy(socket.assigns.streams.rows))
            case "cycle":
                endless: list[Any] = []
                endless.append(endless)
                return socket.assign(widget=endless)
            case _:
                return socket

    render = heex("""
    <ul id="rows" phx-update="stream"><li :for={dom_id, row in @streams.rows} id={dom_id}>{row["id"]}</li></ul>
    """)


def test_stream_laws() -> None:
    """Nothing is pending and the page's list is the model's; a stale copy in a struct is found by its path."""
    view = live(Copying)
    view.render_click("add", {"id": 1})
    view.render_click("add", {"id": 2})
    stream_law(view, "rows", ["rows-1", "rows-2"])
    patch_law(view)
    with pytest.raises(LawBroken, match="the list of 'rows' on the page is not the model's"):
        stream_law(view, "rows", ["rows-2", "rows-1"])
    view.render_click("copy")
    with pytest.raises(LawBroken, match=r"the stream 'rows' at widget\.messages of"):
        streams_settled(view)
    view.render_click("cycle")
    streams_settled(view)  # a value without an end has no stream that anybody would find


def test_effect_and_subscription_laws() -> None:
    """No effects are left between messages; a double subscription is reported with its cure."""
    sim = Simulation(ROUTER)
    view = sim.live("/room/tea")
    effect_law(view)
    hold(sim)
    view.render_click("twice")
    with pytest.raises(LawBroken) as raised:
        subscription_law(sim)
    assert str(raised.value) == (
        "the subscription law is broken: the same process listens to a topic more than once\n"
        "  expected: one subscription for each process and topic\n"
        "  got: phx-1 listens 2 times to 'room:tea'\n"
        "  cure: subscribe in one place, or keep count of who needs the topic"
    )
    with pytest.raises(LawBroken):
        hold(sim)


def test_info_law() -> None:
    """A handle_info hook that halts is named."""
    bare = Socket(connected=True, n=0)
    fine = bare.attach_hook("count", "handle_info", lambda msg, socket: Cont(socket.update("n", lambda n: n + 1)))
    assert info_law(fine, "x").assigns.n == 1
    greedy = fine.attach_hook("greedy", "handle_info", lambda msg, socket: Halt(socket))
    with pytest.raises(LawBroken, match="the handle_info hook 'greedy' halted 'x'"):
        info_law(greedy, "x")


def test_isolation_law() -> None:
    """An action may change its own assigns, and is found out if it changes others."""
    view = live(Shelf)
    isolation_law(view, lambda it: it.render_click("replace"), {"items"})
    with pytest.raises(LawBroken, match="an action of one widget changed what is not its own"):
        isolation_law(view, lambda it: it.render_click("replace"), {"n"})


@given(hook_chains(), st.sampled_from(["handle_event", "handle_params", "handle_info", "handle_async"]))
def test_hook_laws_hold_for_every_chain(chain: list[HookLink], stage: str) -> None:
    """Order of running is order of attaching, up to the first that halts; detaching takes one away, or nothing."""
    arguments = {"handle_event": ("e", {}), "handle_params": ({}, "/"), "handle_info": ("m",)}.get(stage, ("n", 1))
    socket = attached(Socket(connected=True), stage, chain)
    verdict = hook_law(socket, stage, *arguments)
    halted = next((at for at, link in enumerate(chain) if link.halts), None)
    expected = [link.id for link in (chain if halted is None else chain[: halted + 1])]
    assert list(verdict.socket.assigns.get("ran", ())) == expected
    assert verdict.halted is (halted is not None)
    for id in "abcdefgh":
        detach_law(socket, id, stage)


class Streamed(LiveView):
    """Runs stream scripts."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.stream("rows", [])

    def handle_info(self, msg: Any, socket: Any) -> Any:
        for op in msg:
            socket = op.apply(socket, "rows")
        return socket

    render = heex("""
    <ol id="rows" phx-update="stream"><li :for={dom_id, row in @streams.rows} id={dom_id}>{row["n"]}</li></ol>
    """)


@given(stream_scripts())
def test_every_stream_script_ends_as_its_model(script: list[StreamOp]) -> None:
    """One operation a message: the page's list is the model's after each."""
    view, model = live(Streamed), list[int]()
    for op in script:
        view.send([op])
        model = op.model(model)
        stream_law(view, "rows", [f"rows-{id}" for id in model])


@given(st.data())
def test_whatever_a_user_does_the_laws_hold(data: st.DataObject) -> None:
    """Events drawn from the page itself: each can be performed, and the patch law holds after it."""
    sim = Simulation(ROUTER)
    views = [sim.live("/room/tea", session={"name": "ann"}), sim.live("/page")]
    for _ in range(data.draw(st.integers(0, 4))):
        view = data.draw(st.sampled_from([each for each in views if each.line.process is not None]))
        before = len(view.wire)
        data.draw(events(view)).perform(view)
        assert len(view.wire) > before
        hold(sim)


def test_events_are_those_of_the_page() -> None:
    """Disabled and hidden elements are never drawn; a page without events has none."""

    class Quiet(LiveView):
        render = heex("<p>nothing to do</p>")

    assert events(live(Quiet)).is_empty
    view = live(CounterLive)

    @given(events(view))
    def check(event: Any) -> None:
        assert event.kind == "click"
        try:
            event.perform(view.fork())
        except RuntimeError as error:
            assert str(error) == "boom"  # noqa: PT017

    check()
    assert live(ClockLive).assigns.ticks == 0


class Ignoring(LiveView):
    """What is ignored stays so, whatever the server says of it later."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""
    <div id="a" phx-update={"ignore" if @n == 0 else None} class={@n} data-n={@n}>{@n}</div>
    <ul id="b" phx-update={"ignore" if @n < 2 else "stream"}></ul>
    <p id="c" phx-update={"ignore" if @n == 1 else None}>{@n}</p>
    """)


def test_what_was_ignored_is_not_compared() -> None:
    """A browser asks the element that is there, and so does the law."""
    view = live(Ignoring)
    for n in range(1, 4):
        view.render_click("go")
        patch_law(view)
        assert f'<div id="a" phx-update="ignore" class="0" data-n="{n}">0</div>' in view.render()
    assert '<ul id="b" phx-update="ignore">' in view.render()
    assert '<p id="c" phx-update="ignore">1</p>' in view.render()


def test_hook_law_is_broken_by_hooks_in_another_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """A law that cannot fail says nothing."""
    socket = attached(Socket(connected=True), "handle_info", [HookLink("a", False), HookLink("b", False)])
    verdict = hooks.run(socket, "handle_info", "m")
    for ran in (tuple(reversed(verdict.ran)), verdict.ran[:1]):
        monkeypatch.setattr(hooks, "run", lambda *_, ran=ran: evolve(verdict, ran=ran))
        with pytest.raises(LawBroken, match="the handle_info hooks did not run in order"):
            hook_law(socket, "handle_info", "m")


# --- what our own core never does -------------------------------------------------------------------------------------


class Leftover:
    """A view of which an effect was left behind."""

    socket = SimpleNamespace(effects=("push",))

    def __repr__(self) -> str:
        return "<View>"


class Clinging:
    """A socket that keeps its hooks."""

    def hooks_of(self, stage: str) -> list[Any]:
        return [SimpleNamespace(id="a"), SimpleNamespace(id="b")]

    def detach_hook(self, id: str, stage: str) -> Clinging:
        return self


@pytest.mark.parametrize(
    ("law", "arguments", "told"),
    [
        (effect_law, (Leftover(),), "effects are left in the socket of <View>\n  expected: none\n  got: ('push',)"),
        (
            detach_law,
            (Clinging(), "a", "handle_info"),
            "detaching 'a' from handle_info\n  expected: ['b']\n  got: ['a', 'b']",
        ),
    ],
)
def test_a_core_that_breaks_its_laws_is_told(law: Any, arguments: tuple[Any, ...], told: str) -> None:
    with pytest.raises(LawBroken) as broken:
        law(*arguments)
    assert str(broken.value).partition(": ")[2] == told


class Deaf(LiveView):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket

    render = heex("<p>x</p>")


def test_runs_that_part_where_their_traces_are_forgotten() -> None:
    """EX-7: the digest is of all that ever happened."""
    said: list[str] = []

    def story(sim: Simulation) -> None:
        view = sim.live(Deaf)
        said.append("x")
        for n in (len(said), *range(300)):
            view.render_click("n", {"n": n})

    with pytest.raises(LawBroken) as broken:
        replay_of(story, history=2)
    lines = str(broken.value).splitlines()
    assert lines[0].endswith("two runs of the same actions part in what their traces do not hold any more")
    assert lines[-1] == "  cure: a larger Simulation(history=…) to see where"
