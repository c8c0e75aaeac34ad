"""`hooks` and `attach_hook`: the laws of a chain, on_mount hooks, and every error condition HK-1…HK-19."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import BadReturn, Cont, Halt, Socket
from liveview_core.errors import BadOption, DuplicateHook, LiveViewError, NavigationError, NotMounted
from liveview_core.socket.hooks import run, run_after_render, run_on_mount
from liveview_core.socket.socket import component_socket, mounting_socket
from liveview_core.socket.socket_state import COMPONENT_STAGES, NO_REPLY, STAGES, Facts

ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "handle_params": ({}, "http://localhost/"),
    "handle_event": ("save", {}),
    "handle_info": ("tick",),
    "handle_async": ("job", 1),
}


def log(socket: Socket, line: Any) -> Socket:
    return socket.assign(log=(*socket.assigns.get("log", ()), line))


def hook(name: Any, verdict: type[Cont] | type[Halt] = Cont) -> Callable[..., Any]:
    return lambda *arguments: verdict(log(arguments[-1], name))


# --- laws -----------------------------------------------------------------------------------------------------------------


@given(st.lists(st.booleans(), max_size=6), st.sampled_from(sorted(ARGUMENTS)))
def test_order_is_attach_order_and_halt_hides(halts: list[bool], stage: str) -> None:
    """Hooks run as attached (HK-13); after the first Halt none runs, and the verdict says so (HK-15)."""
    socket = Socket()
    for number, halt in enumerate(halts):
        socket = socket.attach_hook(number, stage, hook(number, Halt if halt else Cont))
    verdict = run(socket, stage, *ARGUMENTS[stage])
    expected = halts.index(True) + 1 if True in halts else len(halts)
    assert verdict.socket.assigns.get("log", ()) == tuple(range(expected))
    assert verdict.halted == (True in halts)
    assert verdict.ran == tuple((number, True) for number in range(expected))


operations = st.lists(st.tuples(st.sampled_from(["attach", "detach"]), st.integers(0, 3)), max_size=12)


@given(operations, st.sampled_from(STAGES))
def test_attaching_and_detaching_is_an_ordered_set(script: list[tuple[str, int]], stage: str) -> None:
    """The model: an ordered set of ids; a second attach is refused, detaching the absent gives the same socket."""
    socket, model = Socket(), list[int]()
    for what, id in script:
        if what == "detach":
            after = socket.detach_hook(id, stage)
            assert (after is socket) == (id not in model)
            model = [each for each in model if each != id]
            socket = after
        elif id in model:
            with pytest.raises(DuplicateHook):
                socket.attach_hook(id, stage, hook(id))
        else:
            socket = socket.attach_hook(id, stage, hook(id))
            model.append(id)
        assert [each.id for each in socket.hooks_of(stage)] == model


def test_the_chain_is_a_snapshot() -> None:
    """Attached during a pass: not run in it. Detached during a pass: still run in it (HK-16)."""

    def meddle(event: str, params: Any, socket: Socket) -> Cont:
        return Cont(
            log(socket, "meddle").attach_hook("new", "handle_event", hook("new")).detach_hook("old", "handle_event")
        )

    socket = Socket().attach_hook("meddle", "handle_event", meddle).attach_hook("old", "handle_event", hook("old"))
    after = run(socket, "handle_event", "x", {}).socket
    assert after.assigns.log == ("meddle", "old")
    assert [each.id for each in after.hooks_of("handle_event")] == ["meddle", "new"]


def test_ids_are_per_stage() -> None:
    """The same id may stand on every stage (HK-11); any hashable is an id."""
    socket = Socket()
    for stage in STAGES:
        socket = socket.attach_hook(("chat", 1), stage, hook(stage))
    assert all(len(socket.hooks_of(stage)) == 1 for stage in STAGES)


def test_a_halting_event_hook_may_reply() -> None:
    """The reply is kept for the diff; without one there is none (HK-15, CB-11)."""
    socket = Socket().attach_hook("a", "handle_event", lambda e, p, s: Halt(s, reply={"ok": e}))
    verdict = run(socket, "handle_event", "save", {})
    assert verdict.halted
    assert verdict.socket.reply == {"ok": "save"}
    assert socket.reply is NO_REPLY


def test_after_render_hooks_return_the_socket_and_see_changes() -> None:
    """A bare socket (HK-14); `changed` still says what was rendered (HK-22)."""
    seen: list[bool] = []

    def look(socket: Socket) -> Socket:
        seen.append(socket.changed("a"))
        return socket.push_event("rendered", {})

    after = run_after_render(Socket(a=1).assign(a=2).attach_hook("look", "after_render", look))
    assert seen == [True]
    assert after.pushed_events() == [["rendered", {}]]


# --- what a hook may not do -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", sorted(ARGUMENTS))
@pytest.mark.parametrize("returned", [None, "socket", 5, "tuple", Cont(None), Halt(None), Cont])  # type: ignore[arg-type]
def test_any_other_return_names_hook_stage_and_shapes(stage: str, returned: Any) -> None:
    """HK-14, with the permitted shapes of the stage; only handle_event mentions the reply."""

    def wrong(*arguments: Any) -> Any:
        return arguments[-1] if returned == "socket" else (arguments[-1],) if returned == "tuple" else returned

    with pytest.raises(BadReturn) as caught:
        run(Socket().attach_hook("mine", stage, wrong), stage, *ARGUMENTS[stage])
    assert caught.value.where == f"hook 'mine' on {stage}"
    assert ("Halt(socket, reply={…})" in caught.value.permitted) == (stage == "handle_event")
    assert caught.value.cure is not None


@pytest.mark.parametrize("stage", ["handle_info", "handle_params", "handle_async"])
def test_only_event_hooks_may_reply(stage: str) -> None:
    """HK-14: a reply elsewhere is not a legal return."""
    socket = Socket().attach_hook("a", stage, lambda *args: Halt(args[-1], reply={}))
    with pytest.raises(BadReturn, match="only handle_event hooks may reply"):
        run(socket, stage, *ARGUMENTS[stage])


def test_a_reply_is_a_mapping() -> None:
    """As for the callback itself (CB-2)."""
    socket = Socket().attach_hook("a", "handle_event", lambda e, p, s: Halt(s, reply=5))
    with pytest.raises(BadReturn, match="a reply is a mapping"):
        run(socket, "handle_event", "x", {})


@pytest.mark.parametrize("returned", [None, 5, Cont(Socket())])
def test_after_render_must_return_a_socket(returned: Any) -> None:
    """HK-14: its own text."""
    with pytest.raises(BadReturn) as caught:
        run_after_render(Socket().attach_hook("a", "after_render", lambda s: returned))
    assert caught.value.permitted == ("the socket",)


@pytest.mark.parametrize("stage", ["mount", "render", "handle_call", "handle_cast", "handle_evnt"])
def test_unknown_stages(stage: str) -> None:
    """Attach and detach refuse all but the five (HK-10, HK-17, HK-24)."""
    with pytest.raises(BadOption, match="handle_params, handle_event, handle_info, handle_async, after_render"):
        Socket().attach_hook("a", stage, hook("a"))
    with pytest.raises(BadOption):
        Socket().detach_hook("a", stage)


def test_a_hook_is_a_function() -> None:
    """HK-12: checked when it is attached; its arity is not."""
    with pytest.raises(BadOption, match="without calling it"):
        Socket().attach_hook("a", "handle_info", None)  # type: ignore[arg-type]


def test_params_hooks_need_the_router_before_anything_else() -> None:
    """HK-18: raised even for a bad function or a used id."""
    socket = mounting_socket(Facts(routed=False))
    with pytest.raises(NotMounted):
        socket.attach_hook("a", "handle_params", None)  # type: ignore[arg-type]
    assert socket.attach_hook("a", "handle_info", hook("a")).hooks_of("handle_info")
    assert (
        Socket().attach_hook("a", "handle_params", hook("a")).hooks_of("handle_params")
    )  # a bare one counts as routed


@pytest.mark.parametrize("stage", STAGES)
def test_components_have_three_stages(stage: str) -> None:
    """HK-19: attach and detach; their hooks are their own."""
    parent = Socket(connected=True).attach_hook("p", "handle_event", hook("p"))
    inside = component_socket(parent, 1)
    assert inside.hooks_of("handle_event") == ()
    if stage in COMPONENT_STAGES:
        assert inside.attach_hook("a", stage, hook("a")).detach_hook("a", stage).hooks_of(stage) == ()
    else:
        with pytest.raises(BadOption, match="not supported on components"):
            inside.attach_hook("a", stage, hook("a"))
        with pytest.raises(BadOption, match="not supported on components"):
            inside.detach_hook("a", stage)


# --- on_mount -------------------------------------------------------------------------------------------------------------


def mount(*hooks: Callable[..., Any], socket: Socket | None = None) -> Any:
    return run_on_mount(socket or Socket(), hooks, {"id": "1"}, {"user": 2}, "HomeLive")


def test_on_mount_hooks_run_in_order_with_params_and_session() -> None:
    """HK-1, HK-3: Cont goes on; options are applied (LC-31)."""

    def first(params: Any, session: Any, socket: Socket) -> Cont:
        return Cont(log(socket, (params["id"], session["user"])), temporary_assigns={"items": []}, layout=False)

    def role(name: str, params: Any, session: Any, socket: Socket) -> Cont:
        return Cont(log(socket, name))

    verdict = mount(first, partial(role, "admin"))
    assert not verdict.halted
    assert verdict.socket.assigns.log == (("1", 2), "admin")
    assert verdict.socket.assigns["items"] == []
    assert verdict.socket._standing.layout is False


def test_on_mount_halts_only_with_a_redirect() -> None:
    """HK-4, HK-5, HK-6: redirect and halt belong together."""
    verdict = mount(lambda p, s, socket: Halt(socket.redirect("/login")), hook("never"))
    assert verdict.halted
    assert "log" not in verdict.socket.assigns
    with pytest.raises(NavigationError, match="attempted to halt without redirecting"):
        mount(lambda p, s, socket: Halt(socket))
    with pytest.raises(NavigationError, match="attempted to redirect without halting"):
        mount(lambda p, s, socket: Cont(socket.push_navigate("/login")))


def test_on_mount_may_not_patch() -> None:
    """HK-9, LC-24."""
    with pytest.raises(NotMounted, match="live patch while mounting"):
        mount(lambda p, s, socket: Halt(socket.push_patch("/x")))


@pytest.mark.parametrize(
    "make", [lambda s: None, lambda s: s, lambda s: (s,), lambda s: Halt(s.redirect("/"), reply={})]
)
def test_on_mount_returns_cont_or_halt(make: Callable[[Socket], Any]) -> None:
    """HK-7, HK-8: anything else names the hook and the view."""

    def check_user(params: Any, session: Any, socket: Socket) -> Any:
        return make(socket)

    with pytest.raises(BadReturn, match="check_user of HomeLive"):
        mount(check_user)


@pytest.mark.parametrize(
    "options", [{"temporary_assigns": [("a", 1)]}, {"temporary_assigns": {1: 2}}, {"layout": "x"}, {"layout": None}]
)
def test_on_mount_options_are_checked(options: dict[str, Any]) -> None:
    """LC-32, LC-33."""
    with pytest.raises(BadOption):
        mount(lambda p, s, socket: Cont(socket, **options))


def test_a_failing_hook_changes_nothing() -> None:
    """The caller still holds what it had; the error is the hook's own."""
    socket = Socket(log=()).attach_hook("a", "handle_info", hook("a"))
    socket = socket.attach_hook("boom", "handle_info", lambda m, s: Cont(s.assign(n=1 // 0)))
    with pytest.raises(ZeroDivisionError):
        run(socket, "handle_info", "x")
    assert socket.assigns.log == ()
    assert issubclass(BadReturn, LiveViewError)
