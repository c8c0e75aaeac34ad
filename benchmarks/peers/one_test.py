"""For the start-up of pytest: one file with one test of a counter for each kit, as its documentation would write it."""

__all__ = ["BARE", "ONE_TEST", "SETTINGS"]

BARE = """def test_counts():
    assert "1" in "12"
"""

SETTINGS = "[pytest]\nasyncio_mode = auto\nmain_file =\nfilterwarnings = ignore\n"
"""Of all; what a kit does not know is a warning."""

ONE_TEST = {
    "liveview": '''from liveview_core import LiveView, heex


class CounterLive(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(count=0)

    def handle_event(self, event, params, socket):
        return socket.update("count", lambda n: n + 1)

    render = heex("""<button id="up" phx-click="up">{@count}</button>""")


def test_counts(live):
    assert "1</button>" in live(CounterLive).element("#up").render_click()
''',
    "pyview": """import asyncio

from pyview import LiveView
from pyview.live_socket import UnconnectedSocket


class CounterLive(LiveView):
    async def mount(self, socket, session):
        socket.context = {"count": 0}

    async def handle_event(self, event, payload, socket):
        socket.context["count"] += 1


def test_counts():
    view, socket = CounterLive(), UnconnectedSocket()
    asyncio.run(view.mount(socket, {}))
    asyncio.run(view.handle_event("up", {}, socket))
    assert socket.context["count"] == 1
""",
    "nicegui": """from nicegui import ui
from nicegui.testing import User

pytest_plugins = ["nicegui.testing.user_plugin"]


async def test_counts(user: User):
    @ui.page("/")
    def page():
        label = ui.label("0")
        ui.button("+", on_click=lambda: label.set_text("1"))

    await user.open("/")
    user.find("+").click()
    await user.should_see("1")
""",
    "streamlit": """from streamlit.testing.v1 import AppTest


def app():
    import streamlit as st

    st.session_state.setdefault("count", 0)
    if st.button("+", key="up"):
        st.session_state.count += 1
    st.markdown(str(st.session_state.count))


def test_counts():
    at = AppTest.from_function(app).run()
    at.button(key="up").click().run(timeout=60)
    assert at.markdown[0].value == "1"
""",
    "textual": """import asyncio

from textual.app import App
from textual.widgets import Button, Label


class CounterApp(App):
    def compose(self):
        yield Button("+", id="up")
        yield Label("0", id="count")

    def on_button_pressed(self):
        self.query_one("#count", Label).update("1")


def test_counts():
    async def story():
        async with CounterApp().run_test() as pilot:
            await pilot.click("#up")
            await pilot.pause()
            assert str(pilot.app.query_one("#count", Label).content) == "1"

    asyncio.run(story())
""",
    "djust": """import pathlib
import tempfile

import django
from django.conf import settings

folder = tempfile.mkdtemp()
pathlib.Path(folder, "counter.html").write_text("<div dj-root><b>{{ count }}</b></div>")
settings.configure(
    SECRET_KEY="only here",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "djust"],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [folder]}],
)
django.setup()

from djust import LiveView
from djust.decorators import event_handler
from djust.testing import LiveViewTestClient


class CounterView(LiveView):
    template_name = "counter.html"

    def mount(self, request, **kwargs):
        self.count = 0

    @event_handler
    def up(self, **kwargs):
        self.count += 1


def test_counts():
    client = LiveViewTestClient(CounterView).mount()
    assert client.send_event("up")["success"]
    assert "1</b>" in client.render()
""",
    "fasthtml": """from fasthtml.core import Client, FastHTML

app, count = FastHTML(), [0]


@app.post("/up")
def up():
    count[0] += 1
    return str(count[0])


def test_counts():
    assert Client(app).post("/up").text == "1"
""",
    "reactpy": """import asyncio

from reactpy import component, html, use_state
from reactpy.core.layout import Layout


@component
def counter():
    count, set_count = use_state(0)
    return html.button({"on_click": lambda event: set_count(count + 1)}, str(count))


def test_counts():
    async def story():
        async with Layout(counter()) as layout:
            button = (await layout.render())["model"]["children"][0]
            target = button["eventHandlers"]["on_click"]["target"]
            await layout.deliver({"type": "layout-event", "target": target, "data": [{}]})
            assert (await layout.render())["model"]["children"][0]["children"] == ["1"]

    asyncio.run(story())
""",
}
