"""Small views that the tests of the kit share."""

from __future__ import annotations

from typing import Any

from liveview_core import Cont, Halt, LiveSession, LiveView, Reply, Route, Router, Socket, heex


class CounterLive(LiveView):
    """The counter of the public contract."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(count=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "increment":
                return socket.update("count", lambda n: n + 1)
            case "reset":
                return socket.assign(count=0)
            case "boom":
                raise RuntimeError("boom")
            case "ask":
                return Reply(socket, {"answer": params.get("question")})
            case "chart":
                return socket.push_event("chart", {"points": [1, 2], "at": socket.assigns.count})
            case _:
                return socket

    render = heex("""
    <div class="counter">
      <h1>Count: {@count}</h1>
      <button id="up" phx-click="increment">+</button>
      <button phx-click="reset">Reset</button>
      <button id="boom" phx-click="boom">!</button>
      <button id="off" phx-click="increment" disabled>off</button>
    </div>
    """)


class RoomLive(LiveView):
    """A room: PubSub, a form, a stream."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        topic = f"room:{params['room']}"
        socket = socket.assign(topic=topic, name=session.get("name", "?"), seen=0)
        return socket.subscribe(topic).stream("messages", [])

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "say":
                message = {"id": f"{socket.assigns.name}-{params['text']}", "text": params["text"]}
                return socket.broadcast(socket.assigns.topic, ("said", message))
            case "whisper":
                return socket.broadcast_from(socket.assigns.topic, ("said", {"id": "w", "text": params["text"]}))
            case "twice":
                return socket.subscribe(socket.assigns.topic)
            case "leave":
                return socket.unsubscribe(socket.assigns.topic)
            case _:
                raise ValueError(event)

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        match msg:
            case ("said", message):
                return socket.stream_insert("messages", message).update("seen", lambda n: n + 1)
            case _:
                return socket

    render = heex("""
    <section>
      <p id="seen">{@seen}</p>
      <ul id="messages" phx-update="stream">
        <li :for={dom_id, m in @streams.messages} id={dom_id}>{m["text"]}</li>
      </ul>
      <form id="say" phx-submit="say"><input type="text" name="text" /><button>Send</button></form>
    </section>
    """)


class PageLive(LiveView):
    """Patches, navigation, flash and titles."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        if params.get("guard") == "mount":
            return socket.put_flash("error", "no").redirect("/login")
        if params.get("guard") == "join" and socket.connected:
            return socket.push_navigate("/login")
        return socket.assign(page_title="Page 1")

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Socket:
        if params.get("page") == "old":
            return socket.push_patch("/page?page=new")
        return socket.assign(page=params.get("page", "1"), uri=uri, page_title=f"Page {params.get('page', '1')}")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "next":
                return socket.push_patch("/page?page=2")
            case "away":
                return socket.put_flash("info", "bye").push_navigate("/login")
            case "out":
                return socket.put_flash("info", "out").redirect("/login")
            case _:
                return socket

    render = heex("""
    <main>
      <h1>{@page}</h1><i>{@uri}</i>
      <a id="three" href="/page?page=3" data-phx-link="patch" data-phx-link-state="push">3</a>
      <a id="login" href="/login" data-phx-link="redirect" data-phx-link-state="push">login</a>
      <a id="plain" href="/login">plain</a>
      <button id="next" phx-click="next">next</button>
      <button id="away" phx-click="away">away</button>
      <button id="out" phx-click="out">out</button>
    </main>
    """)


class LoginLive(LiveView):
    """Where others are sent."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(user=session.get("user", "nobody"))

    render = heex("""<p id="user">{@user}</p><p :for={kind, text in @flash.items()} class={kind}>{text}</p>""")


class ClockLive(LiveView):
    """Timers and tasks."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(ticks=0, now=socket.now.isoformat(), state="idle")

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "start":
                return socket.send_interval("tick", 1, name="tick")
            case "stop":
                return socket.cancel_timer("tick")
            case "later":
                return socket.send_after("late", 0.5)
            case "load":
                return socket.assign(state="loading").start_async("load", lambda: 42)
            case "fail":
                return socket.assign(state="loading").start_async("load", lambda: 1 // 0)
            case "loop":
                return socket.send("loop")
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        match msg:
            case "tick":
                return socket.update("ticks", lambda n: n + 1).assign(now=socket.now.isoformat())
            case "loop":
                return socket.send("loop")
            case "late":
                return socket.assign(state="late")
            case _:
                return socket

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Any:
        return socket.assign(state=repr(result))

    render = heex("""<p id="ticks">{@ticks}</p><p id="now">{@now}</p><p id="state">{@state}</p>""")


def require_user(params: Any, session: Any, socket: Socket) -> Any:
    """The guard of the members' pages."""
    if "user" in session:
        return Cont(socket)
    return Halt(socket.redirect("/login"))


class MembersLive(CounterLive):
    """A page of another live session, behind a guard."""

    on_mount = (require_user,)


ROUTER = Router(
    [
        Route("/", CounterLive),
        Route("/room/:room", RoomLive),
        Route("/page", PageLive),
        Route("/login", LoginLive),
        Route("/clock", ClockLive),
        LiveSession("members", [Route("/members", MembersLive)]),
    ]
)
