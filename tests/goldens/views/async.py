"""Golden `async`: assign_async in all its states, start_async, cancel_async, AsyncResult by hand, async_result."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from attrs import frozen

from liveview_core import AsyncExit, AsyncOk, AsyncResult, LiveView, heex
from tests.goldens.elixir import Atom, error, exit, inspect, slow


@frozen
class Data:
    name: str


class Async(LiveView):
    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return (
            socket.assign(task="idle")
            .assign(manual=AsyncResult.loading())
            .assign_async("data", slow(lambda: {"data": Data("Zed")}))
            .assign_async(["p", "q"], slow(lambda: {"p": 1, "q": 2}))
        )

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event, params:
            case "error", _:
                return socket.assign_async("data", slow(lambda: error("nope")))
            case "exit", _:
                return socket.assign_async("data", slow(lambda: exit("boom")))
            case "again", _:
                return socket.assign_async("data", slow(lambda: {"data": Data("Yve")}))
            case "reset", _:
                return socket.assign_async("data", slow(lambda: {"data": Data("New")}), reset=True)
            case "reset_error", _:
                return socket.assign_async("data", slow(lambda: error("bad")), reset=True)
            case "reset_exit", _:
                return socket.assign_async("data", slow(lambda: exit("boom")), reset=True)
            case "start", {"kind": "ok"}:
                return socket.assign(task="running").start_async("job", slow(lambda: 42))
            case "start", {"kind": "exit"}:
                return socket.assign(task="running").start_async("job", slow(lambda: exit("crash")))
            case "start", {"kind": "cancel"}:
                return socket.start_async("job", slow(lambda: None)).cancel_async("job", reason=Atom("stopped"))
            case "manual", {"v": v}:
                return socket.assign(manual=AsyncResult.ok(socket.assigns.manual, v))
            case "manual_fail", _:
                return socket.assign(manual=AsyncResult.failed(socket.assigns.manual, (Atom("error"), "m")))

    def handle_async(self, name: str, result: Any, socket: Any) -> Any:
        match result:
            case AsyncOk(value):
                return socket.assign(task=f"ok {value}")
            case AsyncExit(reason):
                return socket.assign(task=f"exit {inspect(reason)}")

    render = heex(r"""
    <div>
      <.async_result :let={d} assign={@data}>
        <:loading>loading...</:loading>
        <:failed :let={f}>failed {inspect(f)}</:failed>
        <b>{d.name}</b>
      </.async_result>
      <p>{@p.ok and @p.result} {@q.ok and @q.result}</p>
      <p :if={@manual.loading}>manual loading</p>
      <p :if={@manual.ok}>manual {@manual.result}</p>
      <p :if={@manual.failed}>manual failed</p>
      <i>{@task}</i>
    </div>
    """)


view = Async
