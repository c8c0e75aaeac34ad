"""Golden `hooks`: on_mount, attach_hook and detach_hook for four stages; cont, halt, halt with reply; their order."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from liveview_core import Cont, Halt, LiveView, heex
from tests.goldens.elixir import inspect


def log(socket: Any, line: str) -> Any:
    return socket.update("log", lambda log: [line, *log])


def on_mount(params: Any, session: Any, socket: Any) -> Any:
    return Cont(
        socket.assign(log=["on_mount"]).attach_hook(
            "logger", "handle_event", lambda e, p, s: Cont(log(s, "logger:" + e))
        )
    )


def filter_events(event: str, params: Any, socket: Any) -> Any:
    match event:
        case "halted":
            return Halt(log(socket, "filter halts"))
        case "reply":
            return Halt(log(socket, "filter replies"), reply={"hooked": params["v"]})
        case _:
            return Cont(socket)


def on_info(message: Any, socket: Any) -> Any:
    match message:
        case ("stop", v):
            return Halt(log(socket, f"info halts {v}"))
        case _:
            return Cont(log(socket, "info cont"))


class Hooks(LiveView):
    on_mount = (on_mount,)

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return (
            socket.assign(renders=0)
            .attach_hook("filter", "handle_event", filter_events)
            .attach_hook("params", "handle_params", lambda p, uri, s: Cont(log(s, f"params:{p['x']}")))
            .attach_hook("info", "handle_info", on_info)
            .attach_hook("async", "handle_async", lambda name, r, s: Cont(log(s, f"async {name}")))
        )

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return log(socket, "own params")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "detach":
                return socket.detach_hook("filter", "handle_event")
            case "late":
                return socket.attach_hook("late", "handle_event", lambda e, p, s: Cont(log(s, "late:" + e)))
            case "job":
                return socket.start_async("job", lambda: 1)
            case _:
                return log(socket, "own:" + event)

    def handle_info(self, message: Any, socket: Any) -> Any:
        return log(socket, f"own info {inspect(message)}")

    def handle_async(self, name: str, result: Any, socket: Any) -> Any:
        return log(socket, "own async")

    render = heex(r"""
    <ol><li :for={l in reversed(@log)}>{l}</li></ol>
    """)


view = Hooks
