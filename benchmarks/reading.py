"""What the natural assertions cost: `in html` after a click, a text read again, and something looked for after a chat has grown.

Law: reading costs what changed. A text is kept by subtree, so reading it again is a look; what is looked for by its text is asked
of the rows that can hold it. It does not hold yet for a role without a name, which is asked of every row. Yardsticks: a jinja2
render of the same page, the same look-up by id, the same in a tenth of the list.
"""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.pages import COUNTER, ChatLive, CounterLive, Message
from benchmarks.yardstick import Result, measure
from liveview_core import Socket
from liveview_testing import Page, Simulation, live

__all__ = ["results"]

Look = Callable[[Page], bool]


class TalkLive(ChatLive):
    """The chat, in which no text is a part of another's."""

    def mount(self, params: object, session: dict[str, object], socket: Socket) -> Socket:
        count = session["messages"]
        assert isinstance(count, int)
        return socket.stream("messages", [said(number) for number in range(count)]).assign(next=count)

    def handle_event(self, event: str, params: object, socket: Socket) -> Socket:
        number: int = socket.assigns.next
        return socket.stream_insert("messages", said(number)).assign(next=number + 1)


def said(number: int) -> Message:
    """One message."""
    return Message(number, f"user {number % 5}", f"hello {number}.")


def by_id(page: Page) -> bool:
    """The look-up that everything is compared with."""
    return page.view.has_element("#messages-7")


LOOKS: tuple[tuple[str, Look, float], ...] = (
    ("has_element by text", lambda page: page.view.has_element("#messages li", "hello 7."), 1.5),
    ("get_by_text, the first", lambda page: page.get_by_text("hello 7.").first.is_visible(), 1.5),
    ("get_by_text, the only one", lambda page: page.get_by_text("hello 7.").is_visible(), 3),
    ("get_by_role, the first", lambda page: page.get_by_role("listitem").first.is_visible(), 1.5),
    ("get_by_role, all counted", lambda page: page.get_by_role("listitem").count() >= 1000, 3),
)
"""What is looked for, and how much more it may cost in a list that is ten times as long."""


def growing(count: int, look: Look) -> Callable[[], object]:
    """A message comes to a chat of *count*, and something is looked for."""
    page = Simulation().page(TalkLive, session={"messages": count})
    say = page.view.element("button.own")

    def act() -> object:
        say.render_click()
        return look(page)

    assert act()
    return act


def reading() -> Callable[[], object]:
    """A click on a counter, and a look at its html."""
    element = live(CounterLive).element("#inc")
    return lambda: "Count: 0<" in element.render_click()


def text_again() -> Callable[[], object]:
    """The text of a chat of 1,000, read again."""
    messages = live(ChatLive, session={"messages": 1000}).element("#messages")
    assert "message 999" in messages.text
    return lambda: messages.text


def results() -> list[Result]:
    """Assertions beside renders, beside look-ups by id, and beside themselves in a tenth of the list."""
    found = [
        Result("counter: a click and `in html`", measure(reading(), lambda: COUNTER.render(count=1)), 4.5, goal=2.2),
        Result("the text of a chat, read again", measure(text_again(), lambda: COUNTER.render(count=1)), 0.5),
    ]
    for name, look, goal in LOOKS:
        role = name.startswith("get_by_role")
        beside = measure(growing(1000, look), growing(1000, by_id), rounds=60)
        found.append(Result(f"chat: append, {name}, beside by id", beside, 40 if role else 3, goal=3))
        grown = measure(growing(10_000, look), growing(1000, look), rounds=8)
        found.append(Result(f"10,000 beside 1,000: {name}", grown, 2 if role else 1.5, goal=goal))
    return found
