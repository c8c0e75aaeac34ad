"""The hooked function component of golden `chat`: one frozen value in the parent's assigns, hooks attached to the parent."""

# As recorded: an event without a clause is an error.
# pyright: reportMatchNotExhaustive=false

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from liveview_core import JS, Cont, Halt, attr, heex, render_slot, slot

__all__ = ["JS", "chat", "init", "render_slot"]


@frozen
class Chat:
    id: str
    topic: Any
    user: str
    stream: str
    count: int = 0
    draft: str = ""
    typing: tuple[str, ...] = ()
    open: bool = True


@frozen
class Line:
    id: str
    sender: str
    text: str


def init(socket: Any, id: str, *, user: str, topic: str) -> Any:
    stream = f"{id}_messages"
    return join(
        socket.assign({id: Chat(id=id, user=user, stream=stream, topic=None)})
        .stream(stream, [])
        .attach_hook(("chat", id, "event"), "handle_event", lambda e, p, s: on_event(id, e, p, s))
        .attach_hook(("chat", id, "info"), "handle_info", lambda m, s: on_info(id, m, s))
        .attach_hook(
            ("chat", id, "params"), "handle_params", lambda p, u, s: Cont(join(s, id, p.get(f"{id}_topic") or "lobby"))
        ),
        id,
        topic,
    )


def history(topic: str) -> list[Line]:
    size = 2 if topic == "lobby" else int(topic[1:]) if topic.startswith("h") else 0
    return [Line(f"{topic}-{i}", "bot", f"hello {i}") for i in range(1, size + 1)]


def pubsub(id: str, topic: str) -> str:
    return f"chat:{id}:{topic}"


def join(socket: Any, id: str, topic: str) -> Any:
    chat = socket.assigns[id]
    if chat.topic == topic:
        return socket
    if socket.connected:
        if chat.topic:
            socket = socket.unsubscribe(pubsub(id, chat.topic))
        socket = socket.subscribe(pubsub(id, topic))
    lines = history(topic)
    return socket.assign({id: evolve(chat, topic=topic, count=len(lines), typing=())}).stream(
        chat.stream, lines, reset=True
    )


def on_event(id: str, event: str, params: Any, socket: Any) -> Any:
    if event.startswith("chat:") and params.get("chat") == id:
        return Halt(own_event(id, event.removeprefix("chat:"), params, socket))
    return Cont(socket)


def own_event(id: str, event: str, params: Any, socket: Any) -> Any:
    chat = socket.assigns[id]
    match event:
        case "send":
            if not params["text"].strip():
                return socket
            line = Line(params.get("mid") or f"m{chat.count + 1}", chat.user, params["text"])
            return socket.broadcast(pubsub(id, chat.topic), ("chat", id, ("message", chat.topic, line))).assign(
                {id: evolve(chat, draft="")}
            )
        case "draft":
            return socket.assign({id: evolve(chat, draft=params["text"])})
        case "toggle":
            return socket.assign({id: evolve(chat, open=not chat.open)})
        case "delete":
            return socket.broadcast(pubsub(id, chat.topic), ("chat", id, ("deleted", chat.topic, params["mid"])))


def on_info(id: str, message: Any, socket: Any) -> Any:
    match message:
        case ("chat", target, what) if target == id:
            return Halt(own_info(id, what, socket))
        case _:
            return Cont(socket)


def own_info(id: str, message: Any, socket: Any) -> Any:
    chat = socket.assigns[id]
    match message:
        case ("message", topic, line):
            if chat.topic != topic:
                return socket
            typing = tuple(who for who in chat.typing if who != line.sender)
            return (
                socket.assign({id: evolve(chat, count=chat.count + 1, typing=typing)})
                .stream_insert(chat.stream, line)
                .push_event("chat:scroll", {"id": id})
            )
        case ("deleted", topic, mid):
            if chat.topic != topic:
                return socket
            return socket.assign({id: evolve(chat, count=chat.count - 1)}).stream_delete_by_dom_id(
                chat.stream, f"{chat.stream}-{mid}"
            )
        case ("typing", who):
            typing = chat.typing if who in chat.typing else (*chat.typing, who)
            return socket.assign({id: evolve(chat, typing=typing)})


chat = heex(
    r"""
    <section id={f"chat-{@chat.id}"} class={["chat", not @chat.open and "closed"]} {@rest}>
      <header>{render_slot(@header, @chat)} <span class="count">{@chat.count}</span>
        <button class="toggle" phx-click="chat:toggle" phx-value-chat={@chat.id}>{"hide" if @chat.open else "show"}</button>
      </header>
      <div :if={@chat.open} class="body">
        <ul id={f"{@chat.id}-messages"} phx-update="stream">
          <li :for={dom_id, m in @messages} id={dom_id} class={[m.sender == @chat.user and "mine"]}>
            <%= if @message != []: %>{render_slot(@message, m)}<% else: %><b>{m.sender}</b>: {m.text}<% end %>
            <button class="del" phx-click={JS.push("chat:delete", value={"chat": @chat.id, "mid": m.id})}>x</button>
          </li>
        </ul>
        <p :if={@chat.typing} class="typing">{", ".join(@chat.typing)} typing</p>
      </div>
      <form id={f"{@chat.id}-form"} phx-submit="chat:send" phx-change="chat:draft">
        <input type="hidden" name="chat" value={@chat.id} />
        <input type="text" name="text" value={@chat.draft} autocomplete="off" />
        <button>Send</button>
      </form>
    </section>
    """,
    attr("chat", Chat, required=True),
    attr("messages", "any", required=True),
    attr("rest", "global"),
    slot("header"),
    slot("message"),
)
