"""`run_hooks`: who saw a message, who halted it, what each changed; in words and as a value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import BadReturn, Cont, Halt, Socket
from liveview_core.errors import BadOption
from liveview_core.socket.hooks import run
from liveview_testing import HookRun, run_hooks
from liveview_testing.strategies import HookLink, attached, hook_chains
from tests.harness.playing import scenario

dashboard = scenario("chat")
chat, likes = dashboard.chat, dashboard.likes


def bare() -> Socket:
    return Socket(connected=True)


def both() -> Socket:
    socket: Socket = bare().pipe(likes.assign_component).pipe(chat.assign_component, "left", username="Ann")
    return socket


ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "handle_params": ({}, "http://localhost/"),
    "handle_event": ("save", {}),
    "handle_info": ("tick",),
    "handle_async": ("job", 1),
}


@given(hook_chains(), st.sampled_from(sorted(ARGUMENTS)))
def test_it_is_what_the_core_does(chain: list[HookLink], stage: str) -> None:
    """The same socket, the same hooks in the same order, the same end."""
    socket = attached(Socket(), stage, chain)
    expected = run(socket, stage, *ARGUMENTS[stage])
    found = run_hooks(socket, stage, *ARGUMENTS[stage])
    assert found.socket == expected.socket
    assert found.halted == expected.halted
    assert tuple((step.id, step.changed) for step in found.steps) == expected.ran
    assert found.seen + found.unseen == tuple(link.id for link in chain)
    halting = [link.id for link in chain if link.halts]
    assert found.halted_by == (halting[0] if halting else None)


def test_a_run_tells_itself() -> None:
    """Hook by hook, change by change."""
    found = run_hooks(both(), "handle_event", "chat-widget:send", {"key": "left", "message": "hi"})
    assert repr(found) == (
        "<HookRun handle_event('chat-widget:send', {'key': 'left', 'message': 'hi'}): halted by 'chat-widget'\n"
        "  1. 'likes' let it go on\n"
        "  2. 'chat-widget' halted it\n"
        "       streams.left: + left-14a65c97bf45 Message(id='14a65c97bf45', author='Ann', text='hi')\n"
        "       broadcast from itself to 'chat-widget:chat:global': Posted(topic='chat:global',"
        " message=Message(id='14a65c97bf45', author='Ann', text='hi'))>"
    )
    assert found.halted
    assert found.halted_by == "chat-widget"
    assert found.seen == ("likes", "chat-widget")
    assert not found["likes"].changed
    assert [(change.part, change.name) for change in found.changes["chat-widget"]] == [
        ("stream", "left"),
        ("topic", "chat-widget:chat:global"),
    ]
    assert found == run_hooks(both(), "handle_event", "chat-widget:send", {"key": "left", "message": "hi"})
    assert isinstance(found, HookRun)


def test_who_did_not_see_it() -> None:
    """After a halt nobody does; asking for one of those says so."""
    found = run_hooks(both(), "handle_event", "likes:add", {})
    assert repr(found) == (
        "<HookRun handle_event('likes:add', {}): halted by 'likes'\n"
        "  1. 'likes' halted it\n"
        "       likes: 0 -> 1\n"
        "  -. 'chat-widget' did not see it>"
    )
    with pytest.raises(BadOption) as caught:
        found["chat-widget"]
    assert caught.value.happened == "the hook 'chat-widget' did not see the message"
    with pytest.raises(BadOption, match="the hook 'chat' is not on handle_event"):
        found["chat"]


def test_everything_that_a_hook_can_change_is_told() -> None:
    """Each part of a socket."""

    def busy(event: str, params: Any, socket: Socket) -> Halt:
        socket = socket.assign(n=1).stream("rows", [{"id": 1}]).put_flash("info", "hi").put_private("mine", 2)
        socket = socket.attach_hook("late", "handle_info", busy).detach_hook("old", "handle_info")
        socket = socket.subscribe("a:b").send("tick").send_after("tock", 1.5, name="t").send_interval("tack", 2)
        socket = socket.cancel_timer("t").broadcast("a:b", 1).start_async("job", int).push_event("beep", {"n": 1})
        return Halt(socket.push_patch("/there"), reply={"ok": True})

    def old(msg: Any, socket: Socket) -> Cont:
        return Cont(socket)

    socket = bare().attach_hook("old", "handle_info", old).attach_hook("busy", "handle_event", busy)
    found = run_hooks(socket, "handle_event", "go", {})
    assert [str(change) for change in found["busy"].changes] == [
        "n: nothing -> 1",
        "streams.rows: created, + rows-1 {'id': 1}",
        "flash info: nothing -> 'hi'",
        "detached the hook 'old' on handle_info",
        "attached the hook 'late' on handle_info",
        "private mine: nothing -> 2",
        "subscribed to 'a:b'",
        "sent itself 'tick'",
        "sends itself 'tock' in 1.5 s",
        "sends itself 'tack' every 2 s",
        "cancelled the timer 't'",
        "broadcast to 'a:b': 1",
        "started the task 'job'",
        "pushed the event 'beep' {'n': 1}",
        "replied {'ok': True}",
        "push_patch('/there')",
    ]
    assert found.reply == {"ok": True}


def test_no_hook_at_all() -> None:
    """The message goes on to the view."""
    found = run_hooks(bare(), "handle_info", "tick")
    assert repr(found) == "<HookRun handle_info('tick'): no hook is attached>"
    assert not found.halted
    assert found.reply is None


def test_after_render_hooks() -> None:
    """They give the socket itself; the hooks that empty streams are nobody's."""
    socket = bare().stream("rows", []).attach_hook("look", "after_render", lambda socket: socket.assign(seen=True))
    found = run_hooks(socket, "after_render")
    assert repr(found) == "<HookRun after_render(): done\n  1. 'look' let it go on\n       seen: nothing -> True>"
    assert not run_hooks(bare().stream("rows", []), "after_render").steps


def test_time_and_chance_are_the_callers() -> None:
    """A socket in no step gets an instant; another seed gives other numbers."""

    def dice(msg: Any, socket: Socket) -> Cont:
        return Cont(socket.assign(n=socket.random.random(), at=socket.now.isoformat()))

    socket = bare().attach_hook("dice", "handle_info", dice)
    first, again, other = (run_hooks(socket, "handle_info", "x", seed=seed) for seed in (1, 1, 2))
    assert first.socket.assigns == again.socket.assigns
    assert first.socket.assigns.n != other.socket.assigns.n
    assert first.socket.assigns.at == "2025-01-01T12:00:00+00:00"


def test_hooks_see_the_chain_that_is_there() -> None:
    """A hook that detaches another, or itself, does it to the real chain; this pass is a snapshot."""

    def leaves(msg: Any, socket: Socket) -> Cont:
        return Cont(socket.detach_hook("leaves", "handle_info").detach_hook("next", "handle_info"))

    def stays(msg: Any, socket: Socket) -> Cont:
        return Cont(socket.assign(heard=msg))

    socket = bare().attach_hook("leaves", "handle_info", leaves).attach_hook("next", "handle_info", stays)
    found = run_hooks(socket, "handle_info", "x")
    assert found.seen == ("leaves", "next")
    assert found.socket.hooks_of("handle_info") == ()
    assert [hook.id for hook in socket.hooks_of("handle_info")] == ["leaves", "next"]


def test_what_cannot_be_run_says_so() -> None:
    """A stage that is none, arguments that do not fit, what is no socket."""
    with pytest.raises(BadOption) as caught:
        run_hooks(bare(), "handle_evnt", "x", {})
    assert str(caught.value) == (
        "there is no stage 'handle_evnt'\n"
        "  expected: one of handle_params, handle_event, handle_info, handle_async, after_render\n"
        "  got: 'handle_evnt'\n"
        "  nearest: handle_event, handle_info, handle_async"
    )
    with pytest.raises(BadOption) as caught:
        run_hooks(bare(), "handle_event", "save")
    assert str(caught.value) == (
        "hooks on handle_event are functions of (event, params, socket)\n"
        "  expected: 2 arguments after the stage: event, params\n"
        "  got: 1: 'save'\n"
        "  cure: run_hooks(socket, 'handle_event', event, params)"
    )
    with pytest.raises(BadOption) as caught:
        run_hooks("socket", "handle_info", "x")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert caught.value.happened == "run_hooks runs the hooks of a socket"


def test_a_hook_that_fails_is_named() -> None:
    """Its own error, with a note; what a hook may not return is the core's to say."""

    def boom(msg: Any, socket: Socket) -> Cont:
        raise ValueError("boom")

    socket = bare().attach_hook("fine", "handle_info", lambda msg, socket: Cont(socket))
    with pytest.raises(ValueError, match="boom") as caught:
        run_hooks(socket.attach_hook("boom", "handle_info", boom), "handle_info", "x")
    assert caught.value.__notes__ == ["in the hook 'boom' on handle_info"]
    with pytest.raises(BadReturn, match="hook 'wrong' on handle_info"):
        run_hooks(socket.attach_hook("wrong", "handle_info", lambda msg, socket: socket), "handle_info", "x")
