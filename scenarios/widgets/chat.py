"""The chat widget: a hooked function component, any number of them on a page.

A view needs two lines: `.pipe(chat.assign_component, "chat_left")` in its mount, and in its template

    <chat.render state={@chat_left} messages={@streams.chat_left} />

(and a `handle_params`, possibly empty, once it is patched). The widget's state is one frozen value in the view's assigns, its
messages are a stream of the same name. Its three hooks are attached with the first instance and detached with the last.
Laws: it touches nothing but its own assigns and streams; its own events end here, everything else goes on to the view.
"""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from liveview_core import Cont, Halt, LiveViewError, Socket, attr, heex

__all__ = [
    "ChatWidget",
    "Message",
    "Posted",
    "UnknownWidget",
    "assign_component",
    "detach_component",
    "render",
    "widgets",
]

_HOOK = "chat-widget"


@frozen
class Message:
    """One line of a conversation."""

    id: str
    author: str
    text: str


@frozen
class Posted:
    """What travels over PubSub: a message, and the room it was posted in."""

    topic: str
    message: Message


@frozen
class ChatWidget:
    """One instance: `topic` is the room it shows, `home` the room it shows when the URL names none."""

    key: str
    username: str
    topic: str
    home: str


@frozen
class _Widgets:
    """What all instances of a view share: their keys in order, the room that the URL names, and the keys of those that left."""

    keys: tuple[str, ...] = ()
    room: str | None = None
    left: tuple[str, ...] = ()


class UnknownWidget(LiveViewError, LookupError):
    """An event for a widget that never was on the page: forged."""


# --- what a view calls ----------------------------------------------------------------------------------------------------


def assign_component(socket: Socket, key: str, *, username: str | None = None, topic: str = "chat:global") -> Socket:
    """Put a chat widget into the view's assigns under *key*; one that is there already stays as it is."""
    shared = _shared(socket)
    if key in shared.keys:
        return socket
    if not shared.keys:
        socket = _attach_hooks(socket)
    name = f"guest-{socket.random.randrange(1000, 10000)}" if username is None else username
    room = shared.room or topic  # also one that comes late is in the room of the URL
    gone = tuple(each for each in shared.left if each != key)
    socket = _share(socket, evolve(shared, keys=(*shared.keys, key), left=gone))
    socket = _listen(socket, room).assign({key: ChatWidget(key, name, room, topic)})
    return socket.stream(key, [], reset=True)


def detach_component(socket: Socket, key: str) -> Socket:
    """Take a widget away; its assign is None from then on, so the template guards it. The last one out takes the hooks along."""
    shared = _shared(socket)
    if key not in shared.keys:
        return socket
    room = socket.assigns[key].topic
    left = tuple(each for each in shared.keys if each != key)
    gone = (*shared.left, key) if left else ()  # with the hooks goes what they would remember
    socket = _share(socket.assign({key: None}), evolve(shared, keys=left, left=gone))
    socket = _leave(socket, room).stream(key, [], reset=True)
    return socket if left else _detach_hooks(socket)


def widgets(socket: Socket) -> tuple[ChatWidget, ...]:
    """The instances on the page, in the order they came."""
    return tuple(socket.assigns[key] for key in _shared(socket).keys)


render = heex(
    """
<section id={@state.key} class="chat">
  <h2>{@state.topic}</h2>
  <ul id={f"{@state.key}-messages"} phx-update="stream">
    <li :for={dom_id, message in @messages} id={dom_id}><b>{message.author}</b> {message.text}</li>
  </ul>
  <form id={f"{@state.key}-form"} phx-submit="chat-widget:send">
    <input type="hidden" name="key" value={@state.key} />
    <input type="text" name="message" value="" placeholder={f"Message as {@state.username}"} autocomplete="off" />
    <button>Send</button>
  </form>
</section>
""",
    attr("state", ChatWidget, required=True, doc="The instance."),
    attr("messages", required=True, doc="Its stream: @streams with the instance's key."),
)


# --- the hooks ------------------------------------------------------------------------------------------------------------


def _attach_hooks(socket: Socket) -> Socket:
    return (
        socket.attach_hook(_HOOK, "handle_event", _hooked_event)
        .attach_hook(_HOOK, "handle_info", _hooked_info)
        .attach_hook(_HOOK, "handle_params", _hooked_params)
    )


def _detach_hooks(socket: Socket) -> Socket:
    for stage in ("handle_event", "handle_info", "handle_params"):
        socket = socket.detach_hook(_HOOK, stage)
    return socket


def _hooked_event(event: str, params: Any, socket: Socket) -> Cont | Halt:
    """R/1: its own events end here, also those that come to nothing; all others go on."""
    if event != "chat-widget:send":
        return Cont(socket)
    if params.get("key") in _shared(socket).left:  # it was on its way while the widget was detached
        return Halt(socket)
    widget = _widget(socket, params.get("key"))
    text = params.get("message", "").strip()
    if not text:
        return Halt(socket)
    message = Message(f"{socket.random.getrandbits(48):012x}", widget.username, text)
    posted = Posted(widget.topic, message)
    # Shown here at once, with the reply; the others hear of it through PubSub.
    return Halt(_insert(socket, posted).broadcast_from(_pubsub(widget.topic), posted))


def _hooked_info(msg: Any, socket: Socket) -> Cont:
    """R/3: into every instance whose room it is; the view always hears of it, too."""
    return Cont(_insert(socket, msg) if isinstance(msg, Posted) else socket)


def _hooked_params(params: Any, uri: str, socket: Socket) -> Cont:
    """R/2: `?topic=…` moves every instance; without a topic each goes home."""
    room = params.get("topic")
    socket = _share(socket, evolve(_shared(socket), room=room))
    for widget in widgets(socket):
        socket = _move(socket, widget, room or widget.home)
    return Cont(socket)


# --- rooms ----------------------------------------------------------------------------------------------------------------


def _insert(socket: Socket, posted: Posted) -> Socket:
    for widget in widgets(socket):
        if widget.topic == posted.topic:
            socket = socket.stream_insert(widget.key, posted.message)
    return socket


def _move(socket: Socket, widget: ChatWidget, room: str) -> Socket:
    if room == widget.topic:  # the same room again: what was said in it stays on the page
        return socket
    socket = _listen(socket, room).assign({widget.key: evolve(widget, topic=room)})
    return _leave(socket, widget.topic).stream(widget.key, [], reset=True)


def _listen(socket: Socket, room: str) -> Socket:
    """Subscribe, unless an instance in that room has."""
    return socket if _rooms(socket).count(room) else socket.subscribe(_pubsub(room))


def _leave(socket: Socket, room: str) -> Socket:
    """Unsubscribe, unless another instance still is in that room."""
    return socket if _rooms(socket).count(room) else socket.unsubscribe(_pubsub(room))


def _rooms(socket: Socket) -> list[str]:
    return [widget.topic for key in _shared(socket).keys if (widget := socket.assigns.get(key)) is not None]


def _pubsub(room: str) -> str:
    # A topic of the widget's own: unsubscribing takes nothing from a view that listens to the room itself.
    return f"chat-widget:{room}"


def _widget(socket: Socket, key: Any) -> ChatWidget:
    keys = _shared(socket).keys
    if key not in keys:
        raise UnknownWidget(
            f"there is no chat widget {key!r} on this page",
            expected=f"one of {', '.join(map(repr, keys))}",
            got=repr(key),
            cure="the form of chat.render sends the right key in a hidden field",
        )
    found: ChatWidget = socket.assigns[key]
    return found


def _shared(socket: Socket) -> _Widgets:
    shared: _Widgets = socket.private.get(_HOOK, _Widgets())
    return shared


def _share(socket: Socket, shared: _Widgets) -> Socket:
    return socket.put_private(_HOOK, shared)
