"""What a widget that lives in hooks is held to: the chat and the likes, together and apart; and wrong ones, each found."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveview_core import Cont, Halt, Socket
from liveview_core.errors import BadOption
from liveview_testing import LawBroken, assert_isolated, assert_never_halts, assert_routes, run_hooks
from liveview_testing.properties.hook_chains.owners import owner_of
from liveview_testing.properties.hook_chains.socket_changes import Change
from liveview_testing.strategies import HookMessage, widget_chains, widget_messages
from tests.harness.playing import scenario

dashboard = scenario("chat")
chat, likes = dashboard.chat, dashboard.likes
left, right = (partial(chat.assign_component, key=key) for key in ("left", "right"))

# --- the widgets of the scenarios -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "widgets",
    [(chat,), (likes,), (chat, likes), (likes, chat), (left, right), (left, right, likes), (likes, left, right)],
)
def test_the_widgets_stay_with_their_own(widgets: tuple[Any, ...]) -> None:
    """Alone, with each other, and two of a kind."""
    assert_isolated(*widgets, examples=40)


def test_the_widgets_take_what_is_theirs() -> None:
    """Their events end in them, and nothing else does."""
    assert_routes(chat, ["chat-widget:send"])
    assert_routes(likes, ["likes:add"], examples=40)
    assert_never_halts(chat, examples=40)
    assert_never_halts(likes)


def both(socket: Socket) -> Socket:
    both: Socket = likes.assign_component(left(socket))
    return both


def test_two_widgets_as_one() -> None:
    """What holds for each holds for both."""
    assert_routes(both, ["chat-widget:send", "likes:add"])
    assert_isolated(both, examples=40)
    assert_never_halts(both, examples=40)


# --- what is drawn --------------------------------------------------------------------------------------------------------


def test_messages_mean_the_widget() -> None:
    """Its events with params that fit, the messages it is written for, and others'."""
    met: set[str] = set()

    @settings(max_examples=300, database=None, derandomize=True)
    @given(widget_chains(chat, likes), widget_messages(chat, likes))
    def play(socket: Socket, message: HookMessage) -> None:
        assert eval(repr(message), {**vars(chat), "run_hooks": lambda _, *rest: rest, "socket": socket}) == (
            message.stage,
            *message.arguments,
        )
        try:
            run = message.run(socket)
        except chat.UnknownWidget:
            met.add("a forged key")
            return
        if run.halted:
            met.add(f"{run.halted_by} halts")
        for step in run.steps:
            met.update(f"{step.id} changes the {change.part}" for change in step.changes)
        if message.stage == "handle_event" and not run.halted:
            met.add("an event goes on")

    play()
    assert met == {
        "a forged key",
        "chat-widget halts",
        "likes halts",
        "an event goes on",
        "likes changes the assign",
        "chat-widget changes the assign",
        "chat-widget changes the stream",
        "chat-widget changes the private",
        "chat-widget changes the topic",
    }


def test_chains_in_any_order() -> None:
    """Some of the widgets, at least one, in any order."""
    orders: set[tuple[Any, ...]] = set()

    @settings(max_examples=60, database=None, derandomize=True)
    @given(widget_chains(chat, likes))
    def look(socket: Socket) -> None:
        orders.add(tuple(hook.id for hook in socket.hooks_of("handle_event")))

    look()
    assert orders == {("chat-widget",), ("likes",), ("chat-widget", "likes"), ("likes", "chat-widget")}


# --- widgets that are wrong -----------------------------------------------------------------------------------------------


def hooked(name: str, stage: str, fn: Any, **assigns: Any) -> Any:
    """A widget of one hook."""

    def attach(socket: Socket) -> Socket:
        return socket.assign(assigns).attach_hook(name, stage, fn)

    attach.__name__ = name
    return attach


def on_event(event: str, do: Any) -> Any:
    return lambda name, params, socket: Halt(do(socket)) if name == event else Cont(socket)


def told(broken: pytest.ExceptionInfo[LawBroken]) -> str:
    assert broken.value.__dict__.get("__notes__", []) == []
    return str(broken.value)


def test_an_assign_of_the_view() -> None:
    """Which hook, which name, whose it is, the cure."""
    badge = hooked("badge", "handle_event", on_event("badge:up", lambda socket: socket.assign(title="mine")), badge=0)
    with pytest.raises(LawBroken) as broken:
        assert_isolated(badge, socket=Socket(connected=True, title="Home"))
    assert told(broken) == (
        "the isolation law is broken: the hook 'badge' of the widget badge touched what is not its own on handle_event:"
        " title: 'Home' -> 'mine'\n"
        "  expected: changes to its own alone (assigns: badge; hooks: 'badge')\n"
        "  got: the assign 'title', which belongs to the view; at run_hooks(socket, 'handle_event', 'badge:up', {})\n"
        "  cure: keep it in an assign of the widget's own, or send the view a message: socket.send(…); what it may touch is"
        " named: owns=('title',)"
    )
    assert_isolated(badge, socket=Socket(connected=True, title="Home"), owns=["title"])
    with pytest.raises(LawBroken, match="the assign 'title', which was not there when the widget was attached"):
        assert_isolated(badge)


def test_an_assign_of_another_widget() -> None:
    """It is the other's, by name; alone it is not even there."""
    thief = hooked(
        "thief", "handle_event", on_event("thief:take", lambda socket: socket.update("likes", lambda n: n + 1))
    )
    with pytest.raises(LawBroken, match="the assign 'likes', which belongs to the widget likes"):
        assert_isolated(thief, likes)
    with pytest.raises(LawBroken) as broken:
        assert_isolated(thief)
    assert told(broken) == (
        "the isolation law is broken: a hook of the widget thief needs what is not its own on handle_event: cannot update"
        " 'likes': there is no such assign\n"
        "  expected: its own alone (hooks: 'thief')\n"
        "  got: MissingAssign at run_hooks(socket, 'handle_event', 'thief:take', {})\n"
        "  cure: keep it in an assign of the widget's own; or pass the view's socket, assert_isolated(…, socket=…), and name"
        " what is shared, owns=(…)"
    )


@pytest.mark.parametrize(
    ("do", "what"),
    [
        (lambda s: s.stream("chat", [], reset=True), "the stream 'chat', which belongs to the widget chat"),
        (
            lambda s: s.detach_hook("chat-widget", "handle_info"),
            "the hook chat-widget on handle_info, which belongs to",
        ),
        (
            lambda s: s.put_private("chat-widget", 1),
            "the private value 'chat-widget', which belongs to the widget chat",
        ),
        (lambda s: s.unsubscribe("chat-widget:chat:global"), "the topic 'chat-widget:chat:global', which belongs to"),
        (lambda s: s.subscribe("all"), "the topic 'all', which is none that it subscribed to when it was attached"),
        (lambda s: s.put_flash("info", "!"), "the flash 'info', which belongs to the view: there is one for the whole"),
    ],
)
def test_everything_else_that_is_not_its_own(do: Any, what: str) -> None:
    """Streams, hooks, private values, topics, the flash."""
    with pytest.raises(LawBroken) as broken:
        assert_isolated(hooked("bad", "handle_info", lambda msg, s: Cont(do(s) if msg == "tick" else s)), chat)
    assert broken.value.got is not None
    assert broken.value.got.startswith(what)
    assert broken.value.got.endswith("at run_hooks(socket, 'handle_info', 'tick')")


def test_its_own_topics_are_a_family() -> None:
    """A widget that moves from room to room."""

    def moves(params: Any, uri: str, socket: Socket) -> Cont:
        return Cont(socket.unsubscribe("room:tea").subscribe(f"room:{params.get('room', 'tea')}"))

    def attach(socket: Socket) -> Socket:
        return socket.subscribe("room:tea").attach_hook("room", "handle_params", moves)

    assert_isolated(attach, examples=30)


def test_a_widget_that_reads_what_is_another_s() -> None:
    """It touches nothing, but beside the other it does another thing than alone."""
    peeps = hooked(
        "peeps", "handle_info", lambda msg, s: Cont(s.assign(seen=msg) if "likes" in s.assigns else s), seen=None
    )
    with pytest.raises(LawBroken) as broken:
        assert_isolated(peeps, likes)
    assert told(broken).startswith(
        "the isolation law is broken: the widget peeps does another thing beside others than alone\n"
        "  expected: changes of nothing\n"
        "  got: changes of assign seen, at run_hooks(socket, 'handle_info', "
    )
    assert broken.value.cure == "what its hooks read must be its own, too"


def test_a_widget_beside_it_that_swallows() -> None:
    """The fault is the other's, and it is said."""
    greedy = hooked("greedy", "handle_event", lambda event, params, s: Halt(s))
    with pytest.raises(
        LawBroken, match="the widget likes does not get to see its message: a widget beside it halts it"
    ):
        assert_isolated(likes, greedy)


def test_a_story_that_takes_more_than_one_message() -> None:
    """The state between two messages is part of it, and the story is the shortest."""

    def second(event: str, params: Any, socket: Socket) -> Cont | Halt:
        if event != "gate:push":
            return Cont(socket)
        return Halt(socket.assign(title="in") if socket.assigns.open else socket.assign(open=True))

    with pytest.raises(LawBroken) as broken:
        assert_isolated(hooked("gate", "handle_event", second, open=False))
    push = "run_hooks(socket, 'handle_event', 'gate:push', {})"
    assert broken.value.got is not None
    assert broken.value.got.endswith(f"at {push}, after {push}")


def test_a_hook_that_halts_what_others_wait_for() -> None:
    """A message for all is taken by one."""
    halts = hooked("halts", "handle_info", lambda msg, s: Halt(s) if msg == "tick" else Cont(s))
    with pytest.raises(LawBroken) as broken:
        assert_never_halts(halts)
    assert told(broken) == (
        "the halting law is broken: the hook 'halts' of the widget halts halted a message on handle_info\n"
        "  expected: Cont(socket): hooks after it, and the view, hear the message too\n"
        "  got: Halt(socket) at run_hooks(socket, 'handle_info', 'tick')\n"
        "  cure: return Cont(socket) with what the hook has changed"
    )
    assert_never_halts(halts, "handle_params")
    assert_never_halts(halts, "handle_event")
    with pytest.raises(BadOption, match="there is no stage 'handle_infos'"):
        assert_never_halts(halts, "handle_infos")


def test_a_widget_that_takes_too_much_or_too_little() -> None:
    """By the beginning of a name; not where the event comes to nothing; by an error at what is not its own."""
    prefix = hooked("vote", "handle_event", lambda e, p, s: Halt(s) if e.startswith("vote") else Cont(s))
    with pytest.raises(LawBroken) as broken:
        assert_routes(prefix, ["vote:up"])
    assert told(broken) == (
        "the routing law is broken: the hook 'vote' of the widget vote took the event 'vote', which is not its own\n"
        "  expected: Cont(socket), for every event but 'vote:up'\n"
        "  got: Halt(socket) at run_hooks(socket, 'handle_event', 'vote', {})\n"
        "  cure: compare whole names; if it is the widget's own: assert_routes(…, ['vote:up', 'vote'])"
    )

    def shy(event: str, params: Any, socket: Socket) -> Cont | Halt:
        return Halt(socket) if event == "vote:up" and params.get("for") else Cont(socket)

    with pytest.raises(LawBroken) as broken:
        assert_routes(hooked("vote", "handle_event", shy), ["vote:up"])
    assert told(broken) == (
        "the routing law is broken: the event 'vote:up' of the widget vote goes on to the view\n"
        "  expected: Halt(socket): its own events end in the widget\n"
        "  got: Cont(socket) at run_hooks(socket, 'handle_event', 'vote:up', {})\n"
        "  cure: return Halt(socket), also where the event comes to nothing"
    )

    def hasty(event: str, params: Any, socket: Socket) -> Cont | Halt:
        key = params["key"]
        return Halt(socket.assign(voted=key)) if event == "vote:up" else Cont(socket)

    with pytest.raises(LawBroken) as broken:
        assert_routes(hooked("vote", "handle_event", hasty), ["vote:up"])
    assert "the widget vote raises KeyError at the event " in told(broken)
    assert broken.value.cure == "look at the event's name before its params: `if event not in (…): return Cont(socket)`"
    assert isinstance(broken.value.__cause__, KeyError)


def test_an_event_that_is_never_taken_without_an_error() -> None:
    """What comes with it cannot be guessed: the messages are said."""

    def picky(event: str, params: Any, socket: Socket) -> Cont | Halt:
        if event != "pick:it":
            return Cont(socket)
        return Halt(socket.assign(picked=int(params["n"]) + 1_000))

    widget = hooked("pick", "handle_event", picky, picked=None)
    with pytest.raises(LawBroken, match="never took its event 'pick:it': each time it raised an error") as raised:
        assert_routes(widget, ["pick:it"])
    assert "cure: say what comes with the event: assert_routes(…, messages=strategies.…)" in str(raised.value)
    sent = st.builds(HookMessage, st.just("handle_event"), st.just(("pick:it", {"n": "7"})))
    assert_routes(widget, ["pick:it"], messages=sent)
    assert run_hooks(widget(Socket(connected=True)), "handle_event", "pick:it", {"n": "7"}).halted


def test_what_is_no_widget() -> None:
    """Each says what a widget is."""
    with pytest.raises(BadOption, match="a widget is what a view calls in its mount"):
        assert_isolated(3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(BadOption) as caught:
        assert_isolated(lambda socket: socket)
    assert str(caught.value) == (
        "the widget widget attached no hook\n"
        "  expected: a function that attaches hooks: socket.attach_hook(id, stage, fn)\n"
        "  got: a socket with nothing\n"
        "  cure: a widget without hooks can hear nothing; assert on what it renders"
    )
    with pytest.raises(BadOption, match="the widget widget gave no socket"):
        assert_isolated(lambda socket: None)  # type: ignore[arg-type, return-value]  # pyright: ignore[reportArgumentType, reportReturnType]
    with pytest.raises(BadOption) as caught:
        assert_routes(lambda socket, a, b: socket, ["x"])  # type: ignore[arg-type, misc]  # pyright: ignore[reportArgumentType, reportUnknownLambdaType]
    assert caught.value.got == "one that also needs a, b"
    with pytest.raises(BadOption, match="events are a list"):
        assert_routes(likes, "likes:add")


def test_a_widget_whose_names_are_made_of_its_key() -> None:
    """The words of `f"{key}:up"` are found; topics that begin with its name are its own, others are not."""

    def keyed(key: str, topic: str) -> Any:
        def on_event(event: str, params: Any, socket: Socket) -> Cont | Halt:
            if event != f"{key}:up":
                return Cont(socket)
            return Halt(socket.update(key, lambda n: n + 1).broadcast(f"{topic}:changed", 1))

        def attach(socket: Socket) -> Socket:
            return socket.assign({key: 0}).attach_hook(key, "handle_event", on_event)

        return attach

    assert_isolated(keyed("tea", "tea"), examples=30)
    assert_routes(keyed("tea", "tea"), ["tea:up"], examples=30)
    with pytest.raises(LawBroken, match="the topic 'coffee:changed', which is none that it subscribed to"):
        assert_isolated(keyed("tea", "coffee"))


def test_whose_a_stream_is_where_the_view_has_none() -> None:
    """It was not there before; the view's own is the view's."""
    change = Change("stream", "rows", None, None, "the stream 'rows' is new")
    assert owner_of(change, (), Socket()) == "was not there when the widget was attached"
    assert owner_of(change, (), Socket(connected=True).stream("rows", [])) == "belongs to the view"


def split(event: str) -> tuple[str, str]:
    match event.split(":"):
        case ["bell", "orders", verb]:
            return "orders", verb
        case _:
            return "", ""


def after_prefix(event: str) -> tuple[str, str]:
    return ("orders", event.removeprefix("bell:orders:")) if event.startswith("bell:orders:") else ("", "")


def in_two(event: str) -> tuple[str, str]:
    name, _, verb = event.partition("-")
    return (name, verb) if name == "orders" else ("", "")


@pytest.mark.parametrize(
    ("parts", "own", "other"),
    [
        (split, "bell:orders:toggle", "bell:orders:clear"),
        (after_prefix, "bell:orders:toggle", "bell:orders:clear"),
        (in_two, "orders-toggle", "orders-clear"),
    ],
)
def test_names_that_a_hook_takes_apart(parts: Callable[[str], tuple[str, str]], own: str, other: str) -> None:
    """They are put together of its words: what it takes beside its own is found, with the few examples that are usual."""

    def hear(event: str, params: Any, socket: Socket) -> Cont | Halt:
        match parts(event):
            case "orders", "toggle" | "clear":
                return Halt(socket)
            case _:
                return Cont(socket)

    bell = hooked("bell", "handle_event", hear)
    assert_routes(bell, [own, other])
    with pytest.raises(LawBroken) as broken:
        assert_routes(bell, [own])
    assert broken.value.got == f"Halt(socket) at run_hooks(socket, 'handle_event', {other!r}, {{}})"


def test_what_is_done_at_a_name_that_is_taken_apart() -> None:
    """The other laws hear such names, too."""

    def hear(event: str, params: Any, socket: Socket) -> Cont:
        match event.split(":"):
            case ["bell", "clear"]:
                return Cont(socket.assign(room=None))
            case _:
                return Cont(socket)

    with pytest.raises(LawBroken) as broken:
        assert_isolated(hooked("bell", "handle_event", hear))
    assert broken.value.got is not None
    assert broken.value.got.endswith("at run_hooks(socket, 'handle_event', 'bell:clear', {})")
