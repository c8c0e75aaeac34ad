"""The pages that are measured: each as a view of ours and as a jinja2 template of the same HTML."""

from __future__ import annotations

from attrs import evolve, frozen
from jinja2 import Environment

from liveview_core import LiveView, Socket, heex

__all__ = ["CHAT", "COUNTER", "TABLE", "ChatLive", "CounterLive", "Message", "Row", "TableLive", "rows"]

_jinja = Environment(autoescape=True)


@frozen
class Row:
    """One row of the table."""

    id: int
    name: str
    votes: int
    done: bool


@frozen
class Message:
    """One message of the chat."""

    id: int
    author: str
    text: str


def rows(count: int) -> tuple[Row, ...]:
    """*count* rows."""
    return tuple(Row(n, f"row {n}", n % 7, n % 2 == 0) for n in range(count))


class CounterLive(LiveView):
    """One number and two buttons."""

    def mount(self, params: object, session: object, socket: Socket) -> Socket:
        return socket.assign(count=0)

    def handle_event(self, event: str, params: object, socket: Socket) -> Socket:
        return socket.update("count", lambda count: count + 1)

    render = heex("""
    <div class="counter">
      <h1>Count: {@count}</h1>
      <button id="inc" phx-click="increment">+</button>
      <button id="reset" phx-click="reset">Reset</button>
    </div>
    """)


COUNTER = _jinja.from_string("""<div class="counter">
  <h1>Count: {{ count }}</h1>
  <button id="inc" phx-click="increment">+</button>
  <button id="reset" phx-click="reset">Reset</button>
</div>""")


class TableLive(LiveView):
    """A keyed table in a tuple of frozen rows; a click votes for one row."""

    def mount(self, params: dict[str, str], session: dict[str, object], socket: Socket) -> Socket:
        count = session.get("rows", 1000)
        assert isinstance(count, int)
        return socket.assign(rows=rows(count), clicks=0)

    def handle_event(self, event: str, params: dict[str, str], socket: Socket) -> Socket:
        if event == "beside":
            return socket.update("clicks", lambda clicks: clicks + 1)
        at = int(params["id"])
        all_rows: tuple[Row, ...] = socket.assigns.rows
        row = all_rows[at]
        return socket.assign(rows=(*all_rows[:at], evolve(row, votes=row.votes + 1), *all_rows[at + 1 :]))

    render = heex("""
    <div>
      <button id="beside" phx-click="beside">{@clicks}</button>
      <form id="search" phx-change="search"><input name="q" value="x" /><input name="page" value="2" /></form>
      <table>
        <tbody>
          <tr :for={row in @rows} :key={row.id} id={f"row-{row.id}"}>
            <td>{row.name}</td>
            <td class={row.done and "done"}>{row.votes}</td>
            <td><button phx-click="vote" phx-value-id={row.id}>vote</button></td>
          </tr>
        </tbody>
      </table>
    </div>
    """)


TABLE = _jinja.from_string("""<div>
  <button id="beside" phx-click="beside">{{ clicks }}</button>
  <form id="search" phx-change="search"><input name="q" value="x" /><input name="page" value="2" /></form>
  <table>
    <tbody>
      {% for row in rows %}<tr id="row-{{ row.id }}">
        <td>{{ row.name }}</td>
        <td class="{{ 'done' if row.done else '' }}">{{ row.votes }}</td>
        <td><button phx-click="vote" phx-value-id="{{ row.id }}">vote</button></td>
      </tr>{% endfor %}
    </tbody>
  </table>
</div>""")


class ChatLive(LiveView):
    """A stream of messages; a submit appends one."""

    def mount(self, params: object, session: dict[str, object], socket: Socket) -> Socket:
        count = session.get("messages", 1000)
        assert isinstance(count, int)
        history = [Message(n, f"user {n % 5}", f"message {n}") for n in range(count)]
        return socket.stream("messages", history).assign(next=count)

    def handle_event(self, event: str, params: object, socket: Socket) -> Socket:
        message = Message(socket.assigns.next, "me", "hello")
        return socket.stream_insert("messages", message).assign(next=message.id + 1)

    render = heex("""
    <section>
      <ul id="messages" phx-update="stream">
        <li :for={dom_id, message in @streams.messages} id={dom_id}><b>{message.author}</b>: {message.text}</li>
      </ul>
      <form id="send" phx-submit="send"><input name="text" value="" /><button class="send">Send</button></form>
      <button class="own" phx-click="say">Say hello</button>
    </section>
    """)


CHAT = _jinja.from_string("""<section>
  <ul id="messages" phx-update="stream">
    {% for message in messages %}<li id="messages-{{ message.id }}"><b>{{ message.author }}</b>: {{ message.text }}</li>
    {% endfor %}
  </ul>
  <form id="send" phx-submit="send"><input name="text" value="" /><button class="send">Send</button></form>
  <button class="own" phx-click="say">Say hello</button>
</section>""")
