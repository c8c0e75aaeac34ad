"""The chat widget, requirement by requirement (R/1…R/5), then the sixteen places where the usual widget misbehaves.

The numbers are those of the list of such places; what the kit says about a widget that *does* misbehave is in test_mistakes.py.
"""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Cont, LiveView, Route, Router, Socket, heex
from liveview_core.protocol.effects import Broadcast, Dropped, Subscribe, Unsubscribe
from liveview_core.socket.socket_state import Instant
from liveview_testing import Simulation, View
from liveview_testing.laws import hold, hook_law, info_law, isolation_law, patch_law, streams_settled, untouched_law
from tests.harness.playing import listeners, scenario, texts

dashboard = scenario("chat")
chat = dashboard.chat

LEFT, RIGHT = "#chat_left", "#chat_right"
STAGES = ("handle_event", "handle_info", "handle_params")


@pytest.fixture
def liveview_router() -> Router:
    """The scenario's routes."""
    router: Router = dashboard.ROUTER
    return router


def person(sim: Simulation, name: str, path: str = "/dashboard") -> View:
    """Somebody opens the dashboard."""
    return sim.live(path, session={"name": name})


def say(view: View, pane: str, text: str) -> None:
    """They type into one of the panes."""
    view.form(f"{pane}-form", {"message": text}).render_submit()


def bare(**assigns: Any) -> Socket:
    """A socket inside a step, to call the widget's functions alone."""
    return Socket(connected=True, **assigns).at(Instant(0, "seed"))


def hooks(socket: Socket) -> list[Any]:
    """The ids of the hooks at the widget's stages."""
    return [hook.id for stage in STAGES for hook in socket.hooks_of(stage)]


# --- R/1: send and receive ------------------------------------------------------------------------------------------------


def test_r1_a_message_goes_to_the_page_and_to_the_room(sim: Simulation) -> None:
    """The sender's page is patched by the reply, the others' by a broadcast; each of them with the message alone."""
    ann, ben = person(sim, "Ann"), person(sim, "Ben")
    say(ann, LEFT, "hello")
    assert texts(ann, f"{LEFT} li") == texts(ben, f"{LEFT} li") == ["Ann hello"]
    assert texts(ben, f"{RIGHT} li") == []
    reply, diff = ann.wire[-1], ben.wire[-1]
    assert (reply.event, diff.event) == ("phx_reply", "diff")
    assert "Ann" in diff.text and "hello" in diff.text and "chat:python" not in diff.text


def test_r1_the_hook_halts_its_own_events_alone(sim: Simulation) -> None:
    """`chat-widget:send` never reaches the view; every other event goes on to it."""
    socket = bare().pipe(chat.assign_component, "one", username="Ann")
    params = {"key": "one", "message": "hello"}
    sent = hook_law(socket, "handle_event", "chat-widget:send", params)
    assert sent.halted
    broadcast = sent.socket.effects[-1]
    assert isinstance(broadcast, Broadcast)
    assert broadcast.from_self
    other = hook_law(socket, "handle_event", "close", {})
    assert not other.halted
    assert other.socket is socket


def test_r1_the_form_carries_its_widget_s_key(sim: Simulation) -> None:
    """Two forms, one event name: the hidden field says whose it is."""
    ann = person(sim, "Ann")
    say(ann, RIGHT, "to the right")
    assert "key=chat_right&message=to+the+right" in ann.wire[-2].payload["value"]
    assert texts(ann, f"{LEFT} li") == []


# --- R/2: rooms by URL ----------------------------------------------------------------------------------------------------


def test_r2_the_url_names_the_room_at_mount(sim: Simulation) -> None:
    """`?topic=` holds for every instance from the first render on, and only that room is listened to."""
    ann = person(sim, "Ann", "/dashboard?topic=chat:elixir")
    assert texts(ann, "h2") == ["chat:elixir", "chat:elixir"]
    assert listeners(sim) == {"chat-widget:chat:elixir": [ann.id]}


def test_r2_a_patch_moves_every_instance_and_resets_its_list(sim: Simulation) -> None:
    """What was said in the old room leaves the page; the old room is not listened to any more."""
    ann, ben = person(sim, "Ann"), person(sim, "Ben")
    say(ann, LEFT, "in the lobby")
    ann.element("a", "Elixir").render_click()
    assert ann.url == "/dashboard?topic=chat:elixir"
    assert texts(ann, "h2") == ["chat:elixir", "chat:elixir"]
    assert texts(ann, "li") == []
    assert listeners(sim) == {
        "chat-widget:chat:elixir": [ann.id],
        "chat-widget:chat:global": [ben.id],
        "chat-widget:chat:python": [ben.id],
    }
    say(ben, LEFT, "still here?")
    assert texts(ann, "li") == []


def test_r2_without_a_topic_each_goes_home(sim: Simulation) -> None:
    """A URL without a topic is the page as it was opened without one."""
    ann = person(sim, "Ann", "/dashboard?topic=chat:elixir")
    ann.element("a", "Home").render_click()
    assert texts(ann, "h2") == ["chat:global", "chat:python"]
    assert listeners(sim) == {"chat-widget:chat:global": [ann.id], "chat-widget:chat:python": [ann.id]}


# --- R/3: messages of others ----------------------------------------------------------------------------------------------


def test_r3_a_message_shows_in_every_instance_of_its_room_and_goes_on(sim: Simulation) -> None:
    """Both panes in one room show it; the view counts it once."""
    ann, ben = (person(sim, name, "/dashboard?topic=chat:elixir") for name in ("Ann", "Ben"))
    say(ann, LEFT, "hello")
    for view in (ann, ben):
        assert texts(view, f"{LEFT} li") == texts(view, f"{RIGHT} li") == ["Ann hello"]
    assert (ann.assigns.heard, ben.assigns.heard) == (0, 1)


def test_r3_the_hook_never_halts() -> None:
    """Whatever the message is: its own, another module's, or nonsense."""
    socket = bare().pipe(chat.assign_component, "one", username="Ann")
    posted = chat.Posted("chat:global", chat.Message("m1", "Ben", "hi"))
    inserted = info_law(socket, posted)
    assert len(inserted.assigns.streams.one) == 1
    elsewhere = chat.Posted("chat:other", chat.Message("m1", "Ben", "hi"))
    for message in (elsewhere, "nonsense", None, {"topic": "chat:global"}):
        assert info_law(socket, message) is socket


# --- R/4: messages live on the page ---------------------------------------------------------------------------------------


def test_r4_nothing_is_pending_after_a_render(sim: Simulation) -> None:
    """After a hundred messages the socket holds none of them, and a diff is as small as the first."""
    ann, ben = person(sim, "Ann"), person(sim, "Ben")
    sizes = set[int]()
    for number in range(100):
        say(ann, LEFT, f"message {number:02}")
        sizes.add(ben.wire[-1].bytes - len(str(ben.assigns.heard)))  # the badge beside it counts up to three digits
        streams_settled(ben)
    assert len(texts(ben, f"{LEFT} li")) == 100
    assert len(ben.assigns.streams.chat_left) == 0
    (every,) = sizes - {ben.wire[-99].bytes}  # the first diff also brings the statics of a row
    assert every < 250


# --- R/5: any number of instances -------------------------------------------------------------------------------------------


def test_r5_an_instance_changes_nothing_of_another(sim: Simulation) -> None:
    """What is said in one pane changes no assign at all but the streams, and of these only its own."""
    ann = person(sim, "Ann")
    isolation_law(ann, lambda it: say(it, LEFT, "hello"), ("streams",))
    say(ann, LEFT, "hello")
    patch_law(ann)
    assert texts(ann, f"{RIGHT} li") == []


def test_r5_hooks_come_with_the_first_and_go_with_the_last() -> None:
    """However many instances there are, each stage has one hook of the widget's."""
    socket = bare()
    for key in ("one", "two", "three"):
        socket = chat.assign_component(socket, key, username="Ann")
        assert hooks(socket) == ["chat-widget"] * 3
    for key in ("two", "one"):
        socket = chat.detach_component(socket, key)
        assert hooks(socket) == ["chat-widget"] * 3
    socket = chat.detach_component(socket, "three")
    assert hooks(socket) == []
    assert chat.widgets(socket) == ()


def test_r5_a_shared_room_is_subscribed_once_and_left_with_its_last_listener() -> None:
    """Two instances in one room: one subscription, which ends with the second of them."""
    socket = bare().pipe(chat.assign_component, "one", username="A").pipe(chat.assign_component, "two", username="A")
    assert [effect for effect in socket.effects if isinstance(effect, Subscribe)] == [
        Subscribe("chat-widget:chat:global")
    ]
    socket = chat.detach_component(socket, "one")
    assert not [effect for effect in socket.effects if isinstance(effect, Unsubscribe)]
    socket = chat.detach_component(socket, "two")
    assert socket.effects[-1] == Unsubscribe("chat-widget:chat:global")


def test_r5_the_world_has_one_subscription_for_a_shared_room(sim: Simulation) -> None:
    """Seen from outside: both panes in one room, one subscription; a closed pane leaves it to the other."""
    ann = person(sim, "Ann", "/dashboard?topic=chat:elixir")
    assert listeners(sim) == {"chat-widget:chat:elixir": [ann.id]}
    ann.element("#close").render_click()
    assert listeners(sim) == {"chat-widget:chat:elixir": [ann.id]}
    sim.broadcast("chat-widget:chat:elixir", chat.Posted("chat:elixir", chat.Message("x", "Robot", "still listening")))
    assert texts(ann, "li") == ["Robot still listening"]


# --- where the usual widget misbehaves --------------------------------------------------------------------------------------


def test_01_a_patch_needs_handle_params_and_says_so() -> None:
    """The first load does without; a patch raises the error that gives exactly the missing line (CB-7)."""

    class Bare(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            mounted: Socket = socket.pipe(chat.assign_component, "one", username="Ann")
            return mounted

        render = heex("<chat.render state={@one} messages={@streams.one} />", names={"chat": chat})

    sim = Simulation(Router([Route("/", Bare)]))
    view = sim.live("/?topic=chat:elixir")
    assert texts(view, "h2") == ["chat:elixir"]
    error = untouched_law(view, lambda it: it.render_patch("/"))
    assert str(error) == (
        "test_01_a_patch_needs_handle_params_and_says_so.<locals>.Bare does not define handle_params, which a patch calls "
        "after its hooks let the message go on\n"
        "  expected: a method handle_params\n"
        "  got: none of that name\n"
        "  cure: add `def handle_params(self, params, uri, socket): return socket`"
    )


@pytest.mark.parametrize("text", ["", " ", "\t "])
def test_02_a_blank_message_ends_in_the_hook(sim: Simulation, text: str) -> None:
    """It is halted without being sent; nothing reaches the view, the room or the page."""
    ann, ben = person(sim, "Ann"), person(sim, "Ben")
    frames = len(ben.wire)
    say(ann, LEFT, text)
    assert ann.wire[-1].payload == {"status": "ok", "response": {}}
    assert len(ben.wire) == frames
    verdict = hook_law(
        bare().pipe(chat.assign_component, "one", username="Ann"),
        "handle_event",
        "chat-widget:send",
        {"key": "one", "message": text},
    )
    assert verdict.halted
    assert verdict.socket.assigns.streams.one.pending is False


def test_02_a_message_without_its_field_is_blank(sim: Simulation) -> None:
    """A forged event without the field is halted as well."""
    ann = person(sim, "Ann")
    ann.render_submit("chat-widget:send", {"key": "chat_left"})
    assert texts(ann, "li") == []


def test_03_messages_go_on_to_a_view_that_wants_some_of_them(sim: Simulation) -> None:
    """The dashboard's handle_info has a case for the widget's message and one for all others."""
    ann = person(sim, "Ann")
    sim.broadcast("chat-widget:chat:global", chat.Posted("chat:global", chat.Message("1", "Ben", "hi")))
    ann.send("something else")
    assert ann.assigns.heard == 1


def test_04_the_same_room_again_resets_nothing(sim: Simulation) -> None:
    """Another query, or the same link again: what was said stays."""
    ann = person(sim, "Ann", "/dashboard?topic=chat:elixir")
    say(ann, LEFT, "stay")
    ann.element("a", "Elixir").render_click()
    ann.render_patch("/dashboard?topic=chat:elixir&page=2")
    assert texts(ann, f"{LEFT} li") == ["Ann stay"]


def test_05_06_a_room_of_its_own_comes_back(sim: Simulation) -> None:
    """After a URL with a topic, one without leads each instance to the room it was given (5, 6)."""
    ann = person(sim, "Ann")
    ann.element("a", "Elixir").render_click()
    ann.render_patch("/dashboard")
    assert texts(ann, "h2") == ["chat:global", "chat:python"]


def test_06_a_widget_that_comes_late_is_in_the_room_of_the_url(sim: Simulation) -> None:
    """It does not wait for the next patch."""
    ann = person(sim, "Ann", "/dashboard?topic=chat:elixir")
    ann.element("#close").render_click()
    ann.element("#open").render_click()
    assert texts(ann, "h2") == ["chat:elixir", "chat:elixir"]
    ann.render_patch("/dashboard")
    assert texts(ann, "h2") == ["chat:global", "chat:python"]


def test_07_leaving_a_room_takes_nothing_from_the_view() -> None:
    """The view listens to the room itself: the widget's leaving it ends no subscription of the view's."""

    class Moderator(LiveView):
        def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
            socket = socket.assign(notes=0).subscribe("chat:global")
            mounted: Socket = chat.assign_component(socket, "one", username="Ann")
            return mounted

        def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
            return socket

        def handle_info(self, msg: Any, socket: Socket) -> Socket:
            return socket.update("notes", lambda notes: notes + 1) if msg == "note" else socket

        render = heex("<p>{@notes}</p><chat.render state={@one} messages={@streams.one} />", names={"chat": chat})

    sim = Simulation(Router([Route("/", Moderator)]))
    view = sim.live("/")
    view.render_patch("/?topic=chat:elixir")
    sim.broadcast("chat:global", "note")
    assert view.assigns.notes == 1


def test_08_the_disconnected_mount_listens_to_nothing() -> None:
    """Nobody would be there to hear: the subscription is dropped, and noted as dropped."""
    socket = Socket().pipe(chat.assign_component, "one", username="Ann")
    assert socket.effects == (Dropped(Subscribe("chat-widget:chat:global")),)


def test_09_assigning_a_key_twice_changes_nothing() -> None:
    """The instance that is there stays, hooks, subscription and all."""
    socket = bare().pipe(chat.assign_component, "one", username="Ann")
    assert chat.assign_component(socket, "one", username="Eve", topic="chat:else") is socket


def test_10_detaching_what_is_not_there_changes_nothing() -> None:
    """An unknown key, and one that was detached before."""
    socket = bare().pipe(chat.assign_component, "one", username="Ann").pipe(chat.assign_component, "two", username="A")
    assert chat.detach_component(socket, "three") is socket
    once = chat.detach_component(socket, "two")
    assert chat.detach_component(once, "two") is once
    assert hooks(once) == ["chat-widget"] * 3


def test_11_a_forged_key_is_a_clear_error_a_late_one_is_ignored(sim: Simulation) -> None:
    """Forged, missing, of another widget; or of one that was closed while the click was under way."""
    ann = person(sim, "Ann")
    error = untouched_law(ann, lambda it: it.render_submit("chat-widget:send", {"key": "chat_lefd", "message": "x"}))
    assert str(error).splitlines()[:4] == [
        "there is no chat widget 'chat_lefd' on this page",
        "  expected: one of 'chat_left', 'chat_right'",
        "  got: 'chat_lefd'",
        "  cure: the form of chat.render sends the right key in a hidden field",
    ]
    for key in ({}, {"key": "likes"}):
        assert isinstance(
            untouched_law(ann, lambda it, key=key: it.render_submit("chat-widget:send", {**key, "message": "x"})),  # type: ignore[misc]
            chat.UnknownWidget,
        )
    ann.element("#close").render_click()
    before = ann.render()
    ann.render_submit("chat-widget:send", {"key": "chat_right", "message": "x"})
    assert ann.render() == before
    ann.element("#open").render_click()
    ann.form("#chat_right-form", {"message": "hello"}).render_submit()
    assert ann.has_element("#chat_right-messages li", "hello")


def test_11_with_no_widget_left_its_events_are_the_view_s() -> None:
    """The hooks are gone, so the event goes to whoever handles events: not a word of the widget's."""
    socket = bare().pipe(chat.assign_component, "one", username="Ann").pipe(chat.detach_component, "one")
    verdict = hook_law(socket, "handle_event", "chat-widget:send", {"key": "one", "message": "x"})
    assert (verdict.halted, verdict.ran) == (False, ())


def test_12_after_a_detach_the_assign_is_none_and_may_come_back(sim: Simulation) -> None:
    """The template guards it; attached again it begins with an empty list."""
    ann, ben = person(sim, "Ann"), person(sim, "Ben")
    say(ben, RIGHT, "before")
    ann.element("#close").render_click()
    assert ann.assigns.chat_right is None
    assert not ann.has_element(RIGHT)
    hold(sim)
    say(ben, RIGHT, "meanwhile")
    ann.element("#open").render_click()
    assert texts(ann, f"{RIGHT} li") == []
    say(ben, RIGHT, "after")
    assert texts(ann, f"{RIGHT} li") == ["Ben after"]
    hold(sim)


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_13_the_order_of_detaching_does_not_matter(order: tuple[str, str]) -> None:
    """Either way the hooks and the subscriptions end with the last."""
    socket = bare().pipe(chat.assign_component, "one", username="Ann")
    socket = chat.assign_component(socket, "two", username="Ann", topic="chat:python")
    for key in order:
        socket = chat.detach_component(socket, key)
    assert hooks(socket) == []
    left = [effect.topic for effect in socket.effects if isinstance(effect, Unsubscribe)]
    assert sorted(left) == ["chat-widget:chat:global", "chat-widget:chat:python"]


def test_14_the_state_holds_no_stream(sim: Simulation) -> None:
    """The widget's struct has nothing that could go stale; scenarios/stale_stream.py shows the one that has."""
    ann = person(sim, "Ann")
    say(ann, LEFT, "hello")
    assert ann.assigns.chat_left == chat.ChatWidget("chat_left", "Ann", "chat:global", "chat:global")
    streams_settled(ann)


def test_15_where_there_is_no_url_attaching_says_so(sim: Simulation) -> None:
    """A view outside the router has no handle_params: the error names the reason (HK-18)."""
    with pytest.raises(Exception, match="not mounted at the router"):
        sim.live_isolated(dashboard.DashboardLive, session={"name": "Ann"})


def test_16_the_sender_hears_nothing_of_its_own_message(sim: Simulation) -> None:
    """`broadcast_from`: the message is shown by the reply, and does not come back as a second diff."""
    ann = person(sim, "Ann")
    frames = len(ann.wire)
    say(ann, LEFT, "hello")
    assert [frame.event for frame in ann.wire[frames:]] == ["event", "phx_reply"]
    assert ann.assigns.heard == 0


def test_names_of_guests_come_from_the_seed() -> None:
    """Who gives no name gets one from `socket.random`: the same in every run of one seed, another in another."""
    names = [
        Simulation(dashboard.ROUTER, seed=seed).live("/dashboard").assigns.chat_left.username for seed in (0, 0, 1)
    ]
    assert names[0] == names[1] != names[2]
    assert names[0].startswith("guest-")


def test_a_second_different_widget_goes_untouched(sim: Simulation) -> None:
    """The like button knows nothing of the chat, nor the chat of it; both hooks see only what is theirs."""
    ann = person(sim, "Ann")
    isolation_law(ann, lambda it: it.element("#likes").render_click(), ("likes",))
    isolation_law(ann, lambda it: say(it, LEFT, "hello"), ("streams",))
    for _ in range(2):
        ann.element("#close").render_click()
    assert ann.assigns.likes == 0
    ann.element("#likes").render_click()
    assert ann.assigns.likes == 1
    verdict = hook_law(ann.socket, "handle_event", "likes:add", {})
    assert [id for id, _ in verdict.ran] == ["chat-widget", "likes"]


def test_a_hook_that_goes_on_gives_its_socket_back() -> None:
    """Cont with the very same socket: nothing changed, nothing is rendered."""
    socket = bare().pipe(chat.assign_component, "one", username="Ann")
    (hook,) = socket.hooks_of("handle_event")
    assert hook.fn("other", {}, socket) == Cont(socket)
