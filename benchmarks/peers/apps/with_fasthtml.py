"""The tiny apps with FastHTML and its `Client`: htmx, so an act is a request and its answer the piece of the page that changes."""

from contextlib import contextmanager

import measuring as m
from fasthtml.components import H1, B, Button, Div, Li, Table, Td, Tr, Ul
from fasthtml.core import Client, FastHTML


def counter_app():
    app, state = FastHTML(), {"count": 0}

    def heading():
        return H1(f"Count: {state['count']}", id="count")

    @app.get("/")
    def page():
        return Div(heading(), Button("+", id="inc", hx_post="/increment", hx_target="#count"))

    @app.post("/increment")
    def increment():
        state["count"] += 1
        return heading()

    return app


def table_app():
    app, votes = FastHTML(), [n % 7 for n in range(m.ROWS)]

    def row(n):
        return Tr(Td(f"row {n}"), Td(votes[n]), id=f"row-{n}")

    @app.get("/")
    def page():
        return Div(Button("vote", id="vote", hx_post="/vote"), Table(*(row(n) for n in range(m.ROWS))))

    @app.post("/vote")
    def vote():
        votes[500] += 1
        return row(500)

    return app


def chat_app():
    app, messages = FastHTML(), [(f"user {n % 5}", f"hello {n}.") for n in range(m.ROWS)]

    def item(n):
        author, text = messages[n]
        return Li(B(author), ": ", text, id=f"messages-{n}")

    @app.get("/")
    def page():
        return Div(Button("say", id="say", hx_post="/say"), Ul(*(item(n) for n in range(len(messages))), id="messages"))

    @app.post("/say")
    def say():
        messages.append(("me", f"hello {len(messages)}."))
        return item(len(messages) - 1)

    return app


class Page:
    """A client, and what a test of it counts."""

    def __init__(self, app, path, number):
        self.client, self.path, self.number = Client(app), path, number

    def click(self):
        self.number += 1
        return self.client.post(self.path, headers={"hx-request": "1"}).text


def opening(app, path, number, read):
    @contextmanager
    def opened():
        page = Page(app(), path, number)
        assert read in page.client.get("/").text
        yield page

    return opened


counter = opening(counter_app, "/increment", 0, "Count: 0<")
table = opening(table_app, "/vote", 500 % 7, "row 999")
chat = opening(chat_app, "/say", m.ROWS - 1, "hello 999.")


def click(page):
    assert f"Count: {page.number + 1}<" in page.click()


def vote(page):
    assert f"<td>{page.number + 1}</td>" in page.click().replace("\n", "")


def by_text(page):
    assert f"hello {page.number + 1}." in page.click()


def whole(page):
    page.click()
    assert f"hello {page.number}." in page.client.get("/").text


def sent(opened):
    with opened() as page:
        return len(page.click())


NO_STATE = "keeps no page on the server"
m.report(
    {
        m.MOUNT: counter,
        m.MOUNT_CHAT: chat,
        m.CLICK: m.Act(counter, click),
        m.ROW: m.Act(table, vote),
        m.BY_ID: "no elements: the answer is searched",
        m.BY_TEXT: m.Act(chat, by_text),
        m.WHOLE: m.Act(chat, whole, 5),
        m.BROADCAST: "nothing that its client can hear",
        m.BYTES_CLICK: lambda: sent(counter),
        m.BYTES_ROW: lambda: sent(table),
        m.BYTES_CHAT: lambda: sent(chat),
        m.KEPT_COUNTER: NO_STATE,
        m.KEPT_CHAT: NO_STATE,
    }
)
