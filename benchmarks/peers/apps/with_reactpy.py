"""The tiny apps with ReactPy: its `Layout`, delivered and rendered by hand; its own test kit is a browser."""

import json
from contextlib import asynccontextmanager

import measuring as m
from reactpy import component, html, use_state
from reactpy.core.layout import Layout

told = []
"""How to tell each mounted counter the news: ReactPy has no broadcast, a test calls every setter."""


@component
def counter_app():
    count, set_count = use_state(0)
    told.append(set_count)
    return html.div(
        html.h1(f"Count: {count}"), html.button({"id": "inc", "on_click": lambda event: set_count(count + 1)}, "+")
    )


@component
def table_app():
    votes, set_votes = use_state(tuple(n % 7 for n in range(m.ROWS)))

    def vote(event):
        set_votes((*votes[:500], votes[500] + 1, *votes[501:]))

    rows = (
        html.tr({"id": f"row-{n}", "key": n}, html.td(f"row {n}"), html.td(str(count))) for n, count in enumerate(votes)
    )
    return html.div(html.button({"id": "vote", "on_click": vote}, "vote"), html.table(*rows))


@component
def chat_app():
    messages, set_messages = use_state(tuple((f"user {n % 5}", f"hello {n}.") for n in range(m.ROWS)))

    def say(event):
        set_messages((*messages, ("me", f"hello {len(messages)}.")))

    items = (
        html.li({"id": f"messages-{n}", "key": n}, html.b(author), ": ", text)
        for n, (author, text) in enumerate(messages)
    )
    return html.div(html.button({"id": "say", "on_click": say}, "say"), html.ul(*items))


def nodes(model):
    """All nodes of a model, texts too."""
    yield model
    if isinstance(model, dict):
        for child in model.get("children", ()):
            yield from nodes(child)


def holding(model, text):
    return any(node == text for node in nodes(model))


class Page:
    """A layout, its last model, and what a test of it counts."""

    def __init__(self, layout, update, number):
        self.layout, self.number = layout, number
        self.update = update

    def target(self):
        for node in nodes(self.update["model"]):
            if isinstance(node, dict) and node["tagName"] == "button":
                return node["eventHandlers"]["on_click"]["target"]
        raise AssertionError("no button")

    async def click(self):
        self.number += 1
        await self.layout.deliver({"type": "layout-event", "target": self.target(), "data": [{}]})
        self.update = await self.layout.render()
        return self.update["model"]


def opening(app, number, read):
    @asynccontextmanager
    async def opened():
        async with Layout(app()) as layout:
            page = Page(layout, await layout.render(), number)
            assert holding(page.update["model"], read)
            yield page

    return opened


counter = opening(counter_app, 0, "Count: 0")
table = opening(table_app, 500 % 7, "row 999")
chat = opening(chat_app, m.ROWS - 1, "hello 999.")


async def click(page):
    assert holding(await page.click(), f"Count: {page.number}")


async def vote(page):
    model = await page.click()
    row = next(node for node in nodes(model) if isinstance(node, dict) and node.get("key") == 500)
    assert row["children"][1]["children"] == [str(page.number)]


async def by_id(page):
    wanted = f"messages-{page.number + 1}"
    model = await page.click()
    assert any(isinstance(node, dict) and node.get("attributes", {}).get("id") == wanted for node in nodes(model))


async def by_text(page):
    assert holding(await page.click(), f"hello {page.number}.")


async def whole(page):
    assert f"hello {page.number + 1}." in json.dumps(await page.click())


@asynccontextmanager
async def listeners():
    told.clear()
    async with m.AsyncExitStack() as stack:
        pages = [await stack.enter_async_context(counter()) for _ in range(m.VIEWS)]
        yield pages, told[:]
        assert not any(holding(page.update["model"], "Count: 0") for page in pages)


async def broadcast(opened):
    pages, setters = opened
    for set_count in setters:
        set_count(lambda count: count + 1)
    for page in pages:
        page.update = await page.layout.render()


async def sent(opened):
    async with opened() as page:
        await page.click()
        return len(json.dumps(page.update, separators=(",", ":")))


m.report(
    {
        m.MOUNT: counter,
        m.MOUNT_CHAT: chat,
        m.CLICK: m.Act(counter, click),
        m.ROW: m.Act(table, vote),
        m.BY_ID: m.Act(chat, by_id),
        m.BY_TEXT: m.Act(chat, by_text),
        m.WHOLE: m.Act(chat, whole),
        m.BROADCAST: m.Act(listeners, broadcast),
        m.BYTES_CLICK: lambda: sent(counter),
        m.BYTES_ROW: lambda: sent(table),
        m.BYTES_CHAT: lambda: sent(chat),
        m.KEPT_COUNTER: counter,
        m.KEPT_CHAT: chat,
    }
)
