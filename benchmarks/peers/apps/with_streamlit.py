"""The tiny apps with Streamlit and its `AppTest`: each act runs the whole script again."""

from contextlib import contextmanager

import measuring as m
from streamlit.testing.v1 import AppTest


def counter_app():
    import streamlit as st

    st.session_state.setdefault("count", 0)
    if st.button("+", key="inc"):
        st.session_state.count += 1
    st.markdown(f"Count: {st.session_state.count}")


def table_app():
    import streamlit as st

    votes = st.session_state.setdefault("votes", [n % 7 for n in range(1000)])
    if st.button("vote", key="vote"):
        votes[500] += 1
    for n, count in enumerate(votes):
        st.text(f"row {n}: {count}")


def chat_app():
    import streamlit as st

    messages = st.session_state.setdefault("messages", [f"user {n % 5}: hello {n}." for n in range(1000)])
    if st.button("say", key="say"):
        messages.append(f"me: hello {len(messages)}.")
    for message in messages:
        st.text(message)


class Page:
    """A tested app, and what a test of it counts."""

    def __init__(self, app, button, number):
        self.app, self.button, self.number = AppTest.from_function(app, default_timeout=60).run(), button, number

    def click(self):
        self.number += 1
        self.app.button(key=self.button).click().run()


def opening(app, button, number, read):
    @contextmanager
    def opened():
        page = Page(app, button, number)
        assert read(page)
        yield page

    return opened


counter = opening(counter_app, "inc", 0, lambda page: page.app.markdown[0].value == "Count: 0")
table = opening(table_app, "vote", 500 % 7, lambda page: len(page.app.text) == m.ROWS)
chat = opening(chat_app, "say", m.ROWS - 1, lambda page: page.app.text[-1].value.endswith("hello 999."))


def click(page):
    page.click()
    assert page.app.markdown[0].value == f"Count: {page.number}"


def vote(page):
    page.click()
    assert page.app.text[500].value == f"row 500: {page.number}"


def by_text(page):
    page.click()
    assert any(text.value == f"me: hello {page.number}." for text in page.app.text)


NO_WIRE = "AppTest has no wire"
m.report(
    {
        m.MOUNT: counter,
        m.MOUNT_CHAT: chat,
        m.CLICK: m.Act(counter, click),
        m.ROW: m.Act(table, vote, 2),
        m.BY_ID: "texts have no key",
        m.BY_TEXT: m.Act(chat, by_text, 2),
        m.WHOLE: "no html: the page is elements",
        m.BROADCAST: "AppTest has one session",
        m.BYTES_CLICK: NO_WIRE,
        m.BYTES_ROW: NO_WIRE,
        m.BYTES_CHAT: NO_WIRE,
        m.KEPT_COUNTER: counter,
        m.KEPT_CHAT: chat,
    }
)
