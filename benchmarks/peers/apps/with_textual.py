"""The tiny apps with Textual and its `Pilot`: a terminal, so nothing is sent and there is no html."""

from contextlib import asynccontextmanager

import measuring as m
from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Button, Label


class Press(Button):
    """A button that takes the next click at once: within 0.2 s of its effect it ignores it, and a test loses it."""

    def __init__(self, label, **options):
        super().__init__(label, **options)
        self.active_effect_duration = 0


class CounterApp(App):
    count = 0

    def compose(self):
        yield Press("+", id="inc")
        yield Label("Count: 0", id="count")

    def on_button_pressed(self):
        self.count += 1
        self.query_one("#count", Label).update(f"Count: {self.count}")


class TableApp(App):
    votes = 500 % 7

    def compose(self):
        yield Press("vote", id="vote")
        with VerticalScroll():
            for n in range(m.ROWS):
                yield Label(f"row {n}: {n % 7}", id=f"row-{n}")

    def on_button_pressed(self):
        self.votes += 1
        self.query_one("#row-500", Label).update(f"row 500: {self.votes}")


class ChatApp(App):
    count = m.ROWS

    def compose(self):
        yield Press("say", id="say")
        with VerticalScroll(id="messages"):
            for n in range(m.ROWS):
                yield Label(f"user {n % 5}: hello {n}.", id=f"messages-{n}")

    async def on_button_pressed(self):
        await self.query_one("#messages").mount(Label(f"me: hello {self.count}.", id=f"messages-{self.count}"))
        self.count += 1


class Page:
    """A pilot, and what a test of it counts."""

    def __init__(self, pilot, button, number):
        self.pilot, self.button, self.number = pilot, button, number

    async def click(self):
        self.number += 1
        await self.pilot.click(self.button)

    def reads(self, selector):
        return str(self.pilot.app.query_one(selector, Label).content)


def opening(app, button, number, selector, read):
    @asynccontextmanager
    async def opened():
        async with app().run_test() as pilot:
            page = Page(pilot, button, number)
            assert page.reads(selector).endswith(read)
            yield page

    return opened


counter = opening(CounterApp, "#inc", 0, "#count", "Count: 0")
table = opening(TableApp, "#vote", 500 % 7, "#row-999", f"{999 % 7}")
chat = opening(ChatApp, "#say", m.ROWS - 1, "#messages-999", "hello 999.")


async def click(page):
    await page.click()
    assert page.reads("#count") == f"Count: {page.number}"


async def vote(page):
    await page.click()
    assert page.reads("#row-500") == f"row 500: {page.number}"


async def by_id(page):
    await page.click()
    assert page.reads(f"#messages-{page.number}") == f"me: hello {page.number}."


async def by_text(page):
    await page.click()
    assert any(str(label.content) == f"me: hello {page.number}." for label in page.pilot.app.query(Label))


NO_WIRE = "a terminal: no wire"
m.report(
    {
        m.MOUNT: counter,
        m.MOUNT_CHAT: chat,
        m.CLICK: m.Act(counter, click, 5),
        m.ROW: m.Act(table, vote, 2),
        m.BY_ID: m.Act(chat, by_id, 2),
        m.BY_TEXT: m.Act(chat, by_text, 2),
        m.WHOLE: "no html: the page is widgets",
        m.BROADCAST: "one app, one screen",
        m.BYTES_CLICK: NO_WIRE,
        m.BYTES_ROW: NO_WIRE,
        m.BYTES_CHAT: NO_WIRE,
        m.KEPT_COUNTER: counter,
        m.KEPT_CHAT: chat,
    }
)
