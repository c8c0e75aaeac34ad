"""The tiny apps with NiceGUI and its `User`."""

import asyncio
from contextlib import asynccontextmanager

import httpx
import measuring as m
from nicegui import Event, core, json, ui
from nicegui.testing import User
from nicegui.testing.user_simulation import user_simulation

news = Event()


def counter_app():
    state = {"count": 0}

    def increment():
        state["count"] += 1
        heading.text = f"Count: {state['count']}"

    heading = ui.label("Count: 0")
    ui.button("+", on_click=increment).mark("inc")
    news.subscribe(increment)


def table_app():
    votes = [n % 7 for n in range(m.ROWS)]

    def vote():
        votes[500] += 1
        cells[500].text = f"row 500: {votes[500]}"

    ui.button("vote", on_click=vote).mark("vote")
    cells = [ui.label(f"row {n}: {count}") for n, count in enumerate(votes)]


def chat_app():
    count = m.ROWS

    def item(author, number):
        ui.label(f"{author}: hello {number}.").mark(f"messages-{number}")

    def say():
        nonlocal count
        with messages:
            item("me", count)
        count += 1

    ui.button("say", on_click=say).mark("say")
    with ui.column() as messages:
        for n in range(m.ROWS):
            item(f"user {n % 5}", n)


def pages():
    ui.page("/counter")(counter_app)
    ui.page("/table")(table_app)
    ui.page("/chat")(chat_app)


class Page:
    """A user, and what a test of it counts."""

    def __init__(self, user, button, number):
        self.user, self.button, self.number = user, button, number

    def click(self):
        self.number += 1
        self.user.find(marker=self.button).click()


simulated = m.AsyncExitStack()
"""One simulation serves all pages of this process, as one of a test module would be too: it is no part of a mount."""
entered = []


async def user():
    if not entered:
        entered.append(await simulated.enter_async_context(user_simulation(main_file=None, root=None)))
        pages()
    return User(httpx.AsyncClient(transport=httpx.ASGITransport(core.app), base_url="http://test"))


def opening(path, button, number, read):
    @asynccontextmanager
    async def opened():
        page = Page(await user(), button, number)
        await page.user.open(path)
        await page.user.should_see(read)
        yield page
        page.user.client.delete()

    return opened


counter = opening("/counter", "inc", 0, "Count: 0")
table = opening("/table", "vote", 500 % 7, "row 999")
chat = opening("/chat", "say", m.ROWS - 1, "hello 999.")


async def click(page):
    page.click()
    await page.user.should_see(f"Count: {page.number}")


async def vote(page):
    page.click()
    await page.user.should_see(f"row 500: {page.number}")


async def by_id(page):
    page.click()
    await page.user.should_see(marker=f"messages-{page.number}")


async def by_text(page):
    page.click()
    await page.user.should_see(f"hello {page.number}.")


@asynccontextmanager
async def listeners():
    users = [await user() for _ in range(m.VIEWS)]
    for each in users:
        await each.open("/counter")
    yield users
    for each in users:
        await each.should_not_see("Count: 0")
        each.client.delete()


async def broadcast(users):
    news.emit()
    await asyncio.sleep(0)


async def sent(opened):
    """What the outbox gives to the socket."""
    async with opened() as page:
        await asyncio.sleep(0.3)
        outbox, sizes = page.user.client.outbox, []
        emit = outbox._emit

        async def counted(message):
            sizes.append(len(json.dumps(message[2])))
            await emit(message)

        outbox._emit = counted
        page.click()
        await asyncio.sleep(0.3)
        return sum(sizes)


m.report(
    {
        m.MOUNT: counter,
        m.MOUNT_CHAT: chat,
        m.CLICK: m.Act(counter, click),
        m.ROW: m.Act(table, vote, 5),
        m.BY_ID: m.Act(chat, by_id, 5),
        m.BY_TEXT: m.Act(chat, by_text, 5),
        m.WHOLE: "no html: the page is elements",
        m.BROADCAST: m.Act(listeners, broadcast, 5),
        m.BYTES_CLICK: lambda: sent(counter),
        m.BYTES_ROW: lambda: sent(table),
        m.BYTES_CHAT: lambda: sent(chat),
        m.KEPT_COUNTER: counter,
        m.KEPT_CHAT: chat,
    }
)
