"""The chat widget under any sequence of events, beside a model that is a few dictionaries.

Two people, three possible panes each, three rooms. Whatever they do - say, switch rooms, open and close panes, click the other
widget, forge an event - after each step the laws hold (patch, streams, effects, subscriptions, hooks, isolation) and each
page is the model's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import define, field
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from liveview_core import LiveView, Route, Router, Socket, heex
from liveview_testing import Simulation, View
from liveview_testing.laws import hold, hook_law, info_law, isolation_law, untouched_law
from tests.harness.examples import THOROUGH
from tests.harness.playing import listeners, scenario, texts

dashboard = scenario("chat")
chat, likes = dashboard.chat, dashboard.likes

KEYS = ("one", "two", "three")
ROOMS = ("tea", "jazz", "go")
PEOPLE = ("Ann", "Ben")


class HostLive(LiveView):
    """A page on which panes come and go."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        mounted: Socket = likes.assign_component(
            socket.assign(heard=0, me=session["name"], one=None, two=None, three=None)
        )
        return mounted

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        return socket

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        changed: Socket = socket
        match event, params:
            case "open", {"key": key, "topic": topic}:
                changed = chat.assign_component(socket, key, username=socket.assigns.me, topic=topic)
            case "shut", {"key": key}:
                changed = chat.detach_component(socket, key)
            case _:
                changed = socket.assign(unknown=event)
        return changed

    def handle_info(self, msg: Any, socket: Socket) -> Socket:
        return socket.update("heard", lambda heard: heard + 1)

    render = heex(
        """
        <main>
          <b>{@heard}</b>
          <likes.render count={@likes} />
          <chat.render :if={@one} state={@one} messages={@streams.one} />
          <chat.render :if={@two} state={@two} messages={@streams.two} />
          <chat.render :if={@three} state={@three} messages={@streams.three} />
        </main>
        """,
        names={"chat": chat, "likes": likes},
    )


ROUTER = Router([Route("/host", HostLive)])


@define
class Pane:
    """What the model knows of a pane: its own room, the one it shows, and what was said while it showed it."""

    home: str
    room: str
    lines: list[str] = field(factory=list[str])


@define
class Page:
    """What the model knows of a person's page."""

    name: str
    url_room: str | None = None
    panes: dict[str, Pane] = field(factory=dict[str, Pane])
    heard: int = 0
    likes: int = 0
    unknown: str | None = None

    def rooms(self) -> set[str]:
        """The rooms that some pane shows."""
        return {pane.room for pane in self.panes.values()}

    def hear(self, room: str, line: str) -> None:
        """Something was said in a room."""
        for pane in self.panes.values():
            if pane.room == room:
                pane.lines.append(line)


people = st.sampled_from(PEOPLE)
keys = st.sampled_from(KEYS)
rooms = st.sampled_from(ROOMS)
lines = st.sampled_from(["hi", "a b", "", " ", "<b>&amp;</b>", '"', "ü"])


class ChatMachine(RuleBasedStateMachine):
    """The widget and its model, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.sim = Simulation(ROUTER)
        self.views = {name: self.sim.live("/host", session={"name": name}) for name in PEOPLE}
        self.pages = {name: Page(name) for name in PEOPLE}

    def at(self, name: str) -> tuple[View, Page]:
        """A person's page, and the model of it."""
        return self.views[name], self.pages[name]

    def alone(self, name: str, act: Callable[[View], Any], *own: str) -> None:
        """Do it; nobody's assigns change but these."""
        isolation_law(self.views[name], act, own)
        act(self.views[name])

    @rule(name=people, key=keys, topic=rooms)
    def opens(self, name: str, key: str, topic: str) -> None:
        """A pane opens, in the room of the URL if that names one; one that is there already stays."""
        _, page = self.at(name)
        self.alone(name, lambda it: it.render_click("open", {"key": key, "topic": topic}), key, "streams")
        if key not in page.panes:
            page.panes[key] = Pane(topic, page.url_room or topic)

    @rule(name=people, key=keys)
    def shuts(self, name: str, key: str) -> None:
        """A pane closes; closing one that is not there is nothing."""
        _, page = self.at(name)
        self.alone(name, lambda it: it.render_click("shut", {"key": key}), key, "streams")
        page.panes.pop(key, None)

    @precondition(lambda self: any(page.panes for page in self.pages.values()))
    @rule(data=st.data(), text=lines)
    def says(self, data: st.DataObject, text: str) -> None:
        """A message goes to all panes in its room, everywhere; others' views hear of it, the sender's own does not."""
        name = data.draw(st.sampled_from([name for name in PEOPLE if self.pages[name].panes]))
        _, page = self.at(name)
        key = data.draw(st.sampled_from(sorted(page.panes)))
        room = page.panes[key].room
        self.alone(name, lambda it: it.form(f"#{key}-form", {"message": text}).render_submit(), "streams")
        if text.strip():
            for each in self.pages.values():
                each.hear(room, f"{name} {text.strip()}")
                each.heard += each is not page and room in each.rooms()

    @rule(room=rooms, text=lines)
    def somebody_says(self, room: str, text: str) -> None:
        """A message from outside reaches whoever is in the room, once a view."""
        posted = chat.Posted(room, chat.Message(f"m{len(self.sim.history)}", "Robot", text))
        for name in PEOPLE:
            info_law(self.views[name].socket, posted)
        self.sim.broadcast(f"chat-widget:{room}", posted)
        for page in self.pages.values():
            page.hear(room, f"Robot {text}".strip())
            page.heard += room in page.rooms()

    @rule(name=people, room=st.none() | rooms)
    def goes(self, name: str, room: str | None) -> None:
        """The URL names a room, or none; a pane that shows it already keeps what was said."""
        _, page = self.at(name)
        path = "/host" if room is None else f"/host?topic={room}"
        self.alone(name, lambda it: it.render_patch(path), *KEYS, "streams")
        if page.panes:  # without a widget there are no hooks, and nobody notes the room
            page.url_room = room
        for pane in page.panes.values():
            if pane.room != (room or pane.home):
                pane.room, pane.lines = room or pane.home, []

    @rule(name=people)
    def likes(self, name: str) -> None:
        """The other widget's click is the other widget's."""
        self.alone(name, lambda it: it.element("#likes").render_click(), "likes")
        self.pages[name].likes += 1

    @rule(name=people, text=lines)
    def forges(self, name: str, text: str) -> None:
        """An event for a pane that is not there is refused, and nothing happened; with no pane at all it is the view's."""
        view, page = self.at(name)
        absent = "four"  # one that left is not forged: it may have been on its way
        event = {"key": absent, "message": text}
        if page.panes:
            error = untouched_law(view, lambda it: it.render_submit("chat-widget:send", event))
            assert isinstance(error, chat.UnknownWidget)
        else:
            view.render_submit("chat-widget:send", event)
            page.unknown = "chat-widget:send"

    @invariant()
    def the_laws_hold(self) -> None:
        """Patch, streams, effects, subscriptions, for everybody."""
        hold(self.sim)

    @invariant()
    def the_pages_are_the_model_s(self) -> None:
        """Every pane, its room, its lines in order; the badge; the likes."""
        for name in PEOPLE:
            view, page = self.at(name)
            for key in KEYS:
                pane = page.panes.get(key)
                assert view.has_element(f"#{key}") == (pane is not None)
                if pane is not None:
                    assert texts(view, f"#{key} h2") == [pane.room]
                    assert texts(view, f"#{key} li") == [" ".join(line.split()) for line in pane.lines]
            assert (view.assigns.heard, view.assigns.likes) == (page.heard, page.likes)
            assert view.assigns.get("unknown") == page.unknown

    @invariant()
    def subscriptions_are_the_model_s(self) -> None:
        """Each view listens once to each room that it shows, and to no other."""
        heard: dict[str, set[str]] = {}
        for name in PEOPLE:
            for room in self.pages[name].rooms():
                heard.setdefault(f"chat-widget:{room}", set()).add(self.views[name].id)
        found = listeners(self.sim)
        assert {topic: set(ids) for topic, ids in found.items()} == heard
        assert all(len(ids) == len(set(ids)) for ids in found.values())

    @invariant()
    def hooks_are_there_once_or_not_at_all(self) -> None:
        """With any pane: one hook a stage, before the other widget's or after it; it halts its own and goes on with others."""
        for name in PEOPLE:
            view, page = self.at(name)
            for stage in ("handle_event", "handle_info", "handle_params"):
                ids = [hook.id for hook in view.socket.hooks_of(stage)]
                assert ids.count("chat-widget") == (1 if page.panes else 0)
            assert not hook_law(view.socket, "handle_event", "another", {}).halted


def options(**more: Any) -> settings:
    """How many runs of how many steps: the profile's to say."""
    return settings(max_examples=1_000 if THOROUGH else 30, stateful_step_count=60 if THOROUGH else 20, **more)


def test_the_widget_is_its_model() -> None:
    """Any sequence of rules, from an empty page on."""
    run_state_machine_as_test(ChatMachine, settings=options())


def test_the_machine_finds_a_widget_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary: a widget that resets its list for the same room again does not pass."""

    def resets(socket: Socket, widget: Any, room: str) -> Socket:
        if room == widget.topic:
            return socket.stream(widget.key, [], reset=True)
        moved: Socket = move(socket, widget, room)
        return moved

    move = chat._move
    monkeypatch.setattr(chat, "_move", resets)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(ChatMachine, settings=options(phases=(Phase.generate,)))
