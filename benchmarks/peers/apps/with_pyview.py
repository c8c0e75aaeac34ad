"""The tiny apps with pyview: its whole server behind a socket of ours, since it has no test kit."""

import asyncio
import json
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import measuring as m
from pyview import LiveView
from pyview.csrf import generate_csrf_token
from pyview.instrumentation import NoOpInstrumentation
from pyview.live_routes import LiveViewLookup
from pyview.live_socket import pub_sub_hub
from pyview.session import serialize_session
from pyview.stream import Stream
from pyview.template import LiveRender
from pyview.template.live_template import LiveTemplate
from pyview.vendor.ibis import Template
from pyview.ws_handler import LiveSocketHandler
from starlette.websockets import WebSocketDisconnect


def template(source):
    made = LiveTemplate(Template(source))

    async def render(self, assigns, meta):
        return LiveRender(made, assigns, meta)

    return render


class CounterLive(LiveView):
    async def mount(self, socket, session):
        socket.context = {"count": 0}
        await socket.subscribe("news")

    async def handle_event(self, event, payload, socket):
        socket.context["count"] += 1

    async def handle_info(self, event, socket):
        socket.context["count"] += 1

    render = template("""<h1>Count: {{ count }}</h1><button id="inc" phx-click="increment">+</button>""")


class TableLive(LiveView):
    async def mount(self, socket, session):
        socket.context = {"rows": [{"id": n, "name": f"row {n}", "votes": n % 7} for n in range(m.ROWS)]}

    async def handle_event(self, event, payload, socket):
        socket.context["rows"][500]["votes"] += 1

    render = template("""<button id="vote" phx-click="vote">vote</button>
      <table>{% for row in rows %}<tr id="row-{{ row.id }}"><td>{{ row.name }}</td><td>{{ row.votes }}</td></tr>{% endfor %}</table>
    """)


@dataclass
class Message:
    id: int
    author: str
    text: str


class ChatLive(LiveView):
    async def mount(self, socket, session):
        messages = [Message(n, f"user {n % 5}", f"hello {n}.") for n in range(m.ROWS)]
        socket.context = {"messages": Stream(messages, name="messages"), "next": m.ROWS}

    async def handle_event(self, event, payload, socket):
        number = socket.context["next"]
        socket.context["messages"].insert(Message(number, "me", f"hello {number}."))
        socket.context["next"] = number + 1

    render = template("""<button id="say" phx-click="say">say</button>
      <ul id="messages" phx-update="stream">{% for dom_id, message in messages %}<li id="{{ dom_id }}">
        <b>{{ message.author }}</b>: {{ message.text }}</li>{% endfor %}</ul>
    """)


class Socket:
    """The client's end, in memory."""

    def __init__(self):
        self.coming, self.going = asyncio.Queue(), asyncio.Queue()

    async def accept(self):
        pass

    async def close(self):
        pass

    async def receive_text(self):
        return await self.coming.get()

    async def receive(self):
        text = await self.coming.get()
        if text is None:
            raise WebSocketDisconnect(1000)
        return {"type": "websocket.receive", "text": text}

    async def send_text(self, text):
        self.going.put_nowait(text)


routes = LiveViewLookup()
for path, view in (("/counter", CounterLive), ("/table", TableLive), ("/chat", ChatLive)):
    routes.add(path, view)
numbers = iter(range(1 << 60))


class Page:
    """A joined view, and what a test of it counts."""

    def __init__(self, path, event, number):
        self.topic, self.event, self.number = f"lv:phx-{next(numbers)}", event, number
        self.socket = Socket()
        self.served = asyncio.create_task(LiveSocketHandler(routes, NoOpInstrumentation()).handle(self.socket))
        payload = {
            "url": f"http://localhost{path}",
            "params": {"_csrf_token": generate_csrf_token(self.topic)},
            "session": serialize_session({}),
        }
        self.send("phx_join", payload)

    def send(self, event, payload):
        self.socket.coming.put_nowait(json.dumps(["4", "4", self.topic, event, payload]))

    async def click(self):
        self.number += 1
        self.send("event", {"type": "click", "event": self.event, "value": {"value": ""}})
        return await self.socket.going.get()


def opening(path, event, number, read):
    @asynccontextmanager
    async def opened():
        page = Page(path, event, number)
        assert read in await page.socket.going.get()
        yield page
        page.socket.coming.put_nowait(None)
        with suppress(WebSocketDisconnect):
            await page.served

    return opened


counter = opening("/counter", "increment", 0, '"0"')
table = opening("/table", "vote", 500 % 7, "row 999")
chat = opening("/chat", "say", m.ROWS - 1, "hello 999.")


async def click(page):
    assert f'"{page.number + 1}"' in await page.click()


async def vote(page):
    assert f'"row 500", "{page.number + 1}"' in await page.click()


async def say(page):
    assert f"hello {page.number + 1}." in await page.click()


@asynccontextmanager
async def listeners():
    pages = [Page("/counter", "increment", 0) for _ in range(m.VIEWS)]
    for page in pages:
        await page.socket.going.get()
    yield pages
    for page in pages:
        page.socket.coming.put_nowait(None)
        await page.served


async def broadcast(pages):
    await pub_sub_hub.send_all_on_topic_async("news", "more")
    for page in pages:
        assert '"diff"' in await page.socket.going.get()


async def sent(opened):
    async with opened() as page:
        return len(json.dumps(json.loads(await page.click())[4], separators=(",", ":")))


NO_PAGE = "no client: the diff is searched, there is no page"
m.report(
    {
        m.MOUNT: counter,
        m.MOUNT_CHAT: chat,
        m.CLICK: m.Act(counter, click),
        m.ROW: m.Act(table, vote),
        m.BY_ID: NO_PAGE,
        m.BY_TEXT: m.Act(chat, say),
        m.WHOLE: NO_PAGE,
        m.BROADCAST: m.Act(listeners, broadcast),
        m.BYTES_CLICK: lambda: sent(counter),
        m.BYTES_ROW: lambda: sent(table),
        m.BYTES_CHAT: lambda: sent(chat),
        m.KEPT_COUNTER: counter,
        m.KEPT_CHAT: chat,
    }
)
