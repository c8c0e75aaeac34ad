"""The tiny apps with djust and its `LiveViewTestClient`."""

import json
import tempfile
from contextlib import contextmanager
from pathlib import Path

import django
import measuring as m
from django.conf import settings

TEMPLATES = {
    "counter.html": """<div dj-root><h1>Count: {{ count }}</h1><button id="inc" dj-click="increment">+</button></div>""",
    "table.html": """<div dj-root><button id="vote" dj-click="vote">vote</button><table>
      {% for row in rows %}<tr id="row-{{ row.id }}"><td>{{ row.name }}</td><td>{{ row.votes }}</td></tr>{% endfor %}
    </table></div>""",
    "chat.html": """<div dj-root><button id="say" dj-click="say">say</button><ul id="messages">
      {% for message in messages %}
        <li id="messages-{{ message.id }}"><b>{{ message.author }}</b>: {{ message.text }}</li>
      {% endfor %}
    </ul></div>""",
}

folder = tempfile.TemporaryDirectory()
for name, source in TEMPLATES.items():
    Path(folder.name, name).write_text(source)
settings.configure(
    SECRET_KEY="only here",
    DATABASES={},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "djust"],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [folder.name]}],
)
django.setup()

from djust import LiveView  # noqa: E402  (Django wants its settings first)
from djust.decorators import event_handler  # noqa: E402
from djust.testing import LiveViewTestClient  # noqa: E402


class CounterView(LiveView):
    template_name = "counter.html"

    def mount(self, request, **kwargs):
        self.count = 0

    @event_handler
    def increment(self, **kwargs):
        self.count += 1

    def handle_info(self, message):
        self.count += 1


class TableView(LiveView):
    template_name = "table.html"

    def mount(self, request, **kwargs):
        self.rows = [{"id": n, "name": f"row {n}", "votes": n % 7} for n in range(m.ROWS)]

    @event_handler
    def vote(self, **kwargs):
        rows = list(self.rows)
        rows[500] = {**rows[500], "votes": rows[500]["votes"] + 1}
        self.rows = rows


class ChatView(LiveView):
    template_name = "chat.html"

    def mount(self, request, **kwargs):
        self.messages = [{"id": n, "author": f"user {n % 5}", "text": f"hello {n}."} for n in range(m.ROWS)]

    @event_handler
    def say(self, **kwargs):
        number = len(self.messages)
        self.messages = [*self.messages, {"id": number, "author": "me", "text": f"hello {number}."}]


class Page:
    """A client, and what a test of it counts."""

    def __init__(self, view, event, number):
        self.client, self.event, self.number = LiveViewTestClient(view).mount(), event, number

    def click(self):
        self.number += 1
        assert self.client.send_event(self.event)["success"]


def opening(view, event, number, read):
    @contextmanager
    def opened():
        page = Page(view, event, number)
        assert read in page.client.render()
        yield page

    return opened


counter = opening(CounterView, "increment", 0, "Count: 0<")
table = opening(TableView, "vote", 500 % 7, "row 999")
chat = opening(ChatView, "say", m.ROWS - 1, "hello 999.")


def click(page):
    page.click()
    assert f"Count: {page.number}<" in page.client.render()


def vote(page):
    page.click()
    assert f"<td>row 500</td><td>{page.number}</td>" in page.client.render()


def whole(page):
    page.click()
    assert f"hello {page.number}." in page.client.render()


@contextmanager
def listeners():
    clients = [Page(CounterView, "increment", 0).client for _ in range(m.VIEWS)]
    yield clients
    assert not any("Count: 0<" in client.render() for client in clients)


def broadcast(clients):
    for client in clients:
        assert client.trigger_info({"type": "news"})["success"]
        client.render()


def sent(opened):
    with opened() as page:
        page.client.render_with_patches()
        page.click()
        _, patches, _ = page.client.render_with_patches()
        return len(json.dumps(patches, separators=(",", ":"))) if patches else "no patches came"


NO_ELEMENTS = "no elements: the whole page is searched"
m.report(
    {
        m.MOUNT: counter,
        m.MOUNT_CHAT: chat,
        m.CLICK: m.Act(counter, click),
        m.ROW: m.Act(table, vote, 5),
        m.BY_ID: NO_ELEMENTS,
        m.BY_TEXT: NO_ELEMENTS,
        m.WHOLE: m.Act(chat, whole, 5),
        m.BROADCAST: m.Act(listeners, broadcast, 5),
        m.BYTES_CLICK: lambda: sent(counter),
        m.BYTES_ROW: lambda: sent(table),
        m.BYTES_CHAT: lambda: sent(chat),
        m.KEPT_COUNTER: counter,
        m.KEPT_CHAT: chat,
    }
)
