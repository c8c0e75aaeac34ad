"""Golden `extra_component_hooks`: hooks inside a LiveComponent; each instance has its own."""

# ruff: noqa: E501 - the lines of the template are as recorded
# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import Cont, Halt, LiveComponent, LiveView, heex
from tests.goldens.elixir import slow


def log(socket: Any, line: str) -> Any:
    return socket.assign(log=[line, *socket.assigns.log][:6])


def guard(event: str, params: Any, socket: Any) -> Any:
    match event:
        case "blocked":
            return Halt(log(socket, "halted"))
        case "asked":
            return Halt(log(socket, "replied"), reply={"echo": params["x"]})
        case "once":
            return Halt(log(socket.detach_hook("guard", "handle_event"), "detached"))
        case _:
            return Cont(log(socket, f"saw {event}"))


class HookedComp(LiveComponent):
    def mount(self, socket: Any) -> Any:
        return (
            socket.assign(n=0, log=[], text=None)
            .attach_hook("guard", "handle_event", guard)
            .attach_hook("async", "handle_async", lambda name, result, s: Cont(log(s, f"{name} {result.value}")))
            .attach_hook("after", "after_render", lambda s: log(s, "rendered"))
        )

    def update(self, assigns: Any, socket: Any) -> Any:
        return socket.assign(assigns)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "inc":
                return socket.update("n", lambda n: n + 1)
            case "job":
                return socket.start_async("job", slow(lambda: 7))
            case "bad":
                return socket.attach_hook("x", "handle_info", lambda m, s: Cont(s))
            case _:
                return log(socket, f"own {event}")

    def handle_async(self, name: str, result: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + result.value)

    render = heex(r"""
    <div id={@id}>
      <b>{@n}</b>
      <i>{@label}</i>
      <ol><li :for={l in @log}>{l}</li></ol>
      <button :for={e in "inc blocked asked once job bad other".split()} class={e} phx-click={e} phx-value-x="5" phx-target={@myself}>{e}</button>
    </div>
    """)


class ComponentHooks(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(label="a", seen=[]).attach_hook(
            "parent", "handle_event", lambda e, p, s: Cont(s.update("seen", lambda seen: [e, *seen]))
        )

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "label":
                return socket.assign(label=params["l"])

    render = heex(r"""
    <div>
      <p>{" ".join(@seen)}</p>
      <.live_component module={HookedComp} id="one" label={@label} />
      <.live_component module={HookedComp} id="two" label="fixed" />
    </div>
    """)


view = ComponentHooks
