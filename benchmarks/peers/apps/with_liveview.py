"""The tiny apps with this project and its kit: a counter, a table of which one row changes, a chat that grows."""

from collections.abc import Iterator
from contextlib import contextmanager

import measuring as m
from attrs import evolve, frozen

from liveview_core import LiveView, Route, Router, heex
from liveview_testing import Simulation, live


@frozen
class Row:
    id: int
    name: str
    votes: int


@frozen
class Message:
    id: int
    author: str
    text: str


class CounterLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(count=0).subscribe("news")

    def handle_event(self, event, params, socket):
        return socket.update("count", lambda count: count + 1)

    def handle_info(self, msg, socket):
        return socket.update("count", lambda count: count + 1)

    render = heex("""<h1>Count: {@count}</h1><button id="inc" phx-click="increment">+</button>""")


class TableLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(rows=tuple(Row(n, f"row {n}", n % 7) for n in range(m.ROWS)))

    def handle_event(self, event, params, socket):
        rows = socket.assigns.rows
        row = evolve(rows[500], votes=rows[500].votes + 1)
        return socket.assign(rows=(*rows[:500], row, *rows[501:]))

    render = heex("""
      <button id="vote" phx-click="vote">vote</button>
      <table><tr :for={row in @rows} :key={row.id} id={f"row-{row.id}"}><td>{row.name}</td><td>{row.votes}</td></tr></table>
    """)


class ChatLive(LiveView):
    def mount(self, params, session, socket):
        messages = [Message(n, f"user {n % 5}", f"hello {n}.") for n in range(m.ROWS)]
        return socket.stream("messages", messages).assign(next=m.ROWS)

    def handle_event(self, event, params, socket):
        number = socket.assigns.next
        return socket.stream_insert("messages", Message(number, "me", f"hello {number}.")).assign(next=number + 1)

    render = heex("""
      <button id="say" phx-click="say">say</button>
      <ul id="messages" phx-update="stream">
        <li :for={dom_id, message in @streams.messages} id={dom_id}><b>{message.author}</b>: {message.text}</li>
      </ul>
    """)


class Page:
    """A view, and what a test of it counts."""

    def __init__(self, view, button, number=0):
        self.view, self.button, self.number = view, view.element(button), number


@contextmanager
def counter() -> Iterator[Page]:
    page = Page(live(CounterLive), "#inc")
    assert "Count: 0<" in page.view.html
    yield page


@contextmanager
def table() -> Iterator[Page]:
    yield Page(live(TableLive), "#vote", 500 % 7)


@contextmanager
def chat() -> Iterator[Page]:
    page = Page(live(ChatLive), "#say", m.ROWS - 1)
    assert "hello 999." in page.view.html
    yield page


def click(page):
    page.number += 1
    assert f"Count: {page.number}<" in page.button.render_click()


def vote(page):
    page.number += 1
    page.button.render_click()
    assert page.view.element("#row-500").text == f"row 500{page.number}"


def say(page):
    page.number += 1
    return page.button.render_click()


def by_id(page):
    say(page)
    assert page.view.element(f"#messages-{page.number}").text == f"me: hello {page.number}."


def by_text(page):
    say(page)
    assert page.view.has_element("#messages li", f"hello {page.number}.")


def whole(page):
    assert f"hello {page.number}." in say(page)


@contextmanager
def listeners():
    sim = Simulation(Router([Route("/", CounterLive)]))
    views = [sim.live("/") for _ in range(m.VIEWS)]
    yield sim
    assert all("Count: 0<" not in view.html for view in views)


def broadcast(sim):
    sim.broadcast("news", "more")


def sent(opened, act):
    """What the server sends for one act."""
    with opened() as page:
        act(page)
        return page.view.wire[-1].bytes


m.report(
    {
        m.MOUNT: counter,
        m.MOUNT_CHAT: chat,
        m.CLICK: m.Act(counter, click, 50),
        m.ROW: m.Act(table, vote),
        m.BY_ID: m.Act(chat, by_id),
        m.BY_TEXT: m.Act(chat, by_text),
        m.WHOLE: m.Act(chat, whole),
        m.BROADCAST: m.Act(listeners, broadcast),
        m.BYTES_CLICK: lambda: sent(counter, click),
        m.BYTES_ROW: lambda: sent(table, vote),
        m.BYTES_CHAT: lambda: sent(chat, say),
        m.KEPT_COUNTER: counter,
        m.KEPT_CHAT: chat,
    }
)
