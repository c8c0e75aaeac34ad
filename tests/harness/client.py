"""The client of one process, in the plainest form: messages go in, frames come out, nothing else happens.

What the callbacks asked of the outside stays in `effects`, for the test to look at or to carry out. Laws, held at every
message: what a client sends is answered exactly once (CH-1), and a step that raises leaves everything as it was.
"""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import Route, Router
from liveview_core.errors import LiveViewError
from liveview_core.process.mounting import Static, mount_disconnected
from liveview_core.process.step import Env, Process, Step, new_process, step
from liveview_core.protocol import messages
from liveview_core.protocol.effects import Deliver, Spawn, StartAsync
from liveview_core.protocol.messages import AsyncDone, Event, Info, Join, LivePatch, Message, Reload

HOST = "http://localhost"
ENV = Env(now=1_700_000_000_000_000, seed="client")
CLIENTS = (
    messages.Join,
    messages.Event,
    messages.LivePatch,
    messages.CidsWillDestroy,
    messages.CidsDestroyed,
    messages.Leave,
    messages.AllowUpload,
    messages.RegisterUpload,
    messages.Chunk,
    messages.CloseUpload,
    messages.Progress,
)
"""What a client sends, and waits for an answer to."""


class Client:
    """`Client(View)` visits and joins; `client.event("save", {"a": 1})` gives the frames that came back.

    A frame is `(event, payload)`; a reply `("ok", response)` or `("error", response)`.
    """

    def __init__(self, view: Any, path: str = "/", *, router: Router | None = None, **options: Any) -> None:
        self.router = router or Router([Route("/", view)])
        match = self.router.resolve(HOST + path)
        self.flash = options.pop("flash", None)
        self.join_options = options.pop("join", {})
        self.env: Env = options.pop("env", ENV)
        extra = {**match.live_session.extra(options.get("connection", {})), **options.pop("session", {})}
        self.process: Process = new_process(
            "phx-1",
            match.view,
            router=self.router,
            match=match,
            uri=HOST + path,
            session=extra,
            flash=self.flash,
            **options,
        )
        self.step: Step | None = None
        self.effects: list[Any] = []
        self.static: Static = mount_disconnected(
            self.process, url=HOST + path, match=match, flash=self.flash, env=self.env
        )
        self.process = self.static.process
        self.path = path

    def join(self, **options: Any) -> list[tuple[str, Any]]:
        """The client joins."""
        fields: dict[str, Any] = {"url": HOST + self.path, **self.join_options, **options}
        return self.tell(Join(**fields))

    def tell(self, message: Message) -> list[tuple[str, Any]]:
        """One message, and the frames that come of it."""
        done = step(self.process, message, self.env)
        self.process, self.step = done.process, done
        self.effects = list(done.effects)
        replies = [sent for sent in done.sent if sent.event == "phx_reply"]
        assert len(replies) == isinstance(message, CLIENTS), done.sent
        return frames(done)

    def event(self, name: str, value: Any = None, cid: int | None = None) -> list[tuple[str, Any]]:
        """The user does something."""
        return self.tell(Event(name, "click", value, cid))

    def info(self, message: Any) -> list[tuple[str, Any]]:
        """A message for handle_info."""
        return self.tell(Info(message))

    def patch(self, to: str) -> list[tuple[str, Any]]:
        """The user follows a patch link."""
        return self.tell(LivePatch(HOST + to))

    def own(self) -> list[list[tuple[str, Any]]]:
        """The framework's own messages, which the last step asked for, are delivered."""
        return [self.tell(effect.message) for effect in self.effects if isinstance(effect, Deliver)]

    def settle(self, message: Message) -> list[tuple[str, Any]]:
        """One message, and after it the framework's own that come of it; the frames and the effects of them all."""
        got, effects, own = self.tell(message), list(self.effects), list(self.effects)
        while own:
            effect = own.pop(0)
            if isinstance(effect, Deliver) and self.process.stopped is None:
                got += self.tell(effect.message)
                effects += self.effects
                own += self.effects
        self.effects = effects
        return got

    def done(self, result: Any) -> list[tuple[str, Any]]:
        """The last task that was started ends with this."""
        return self.tell(AsyncDone(self.started[-1].task, result))

    @property
    def started(self) -> list[StartAsync]:
        return [effect for effect in self.effects if isinstance(effect, StartAsync)]

    @property
    def spawned(self) -> list[Spawn]:
        return [effect for effect in self.effects if isinstance(effect, Spawn)]

    @property
    def assigns(self) -> Any:
        return self.process.socket.assigns

    @property
    def html(self) -> str:
        """The first page's."""
        assert self.static.html is not None
        return self.static.html

    def refused(self, message: Message, kind: type[BaseException] = LiveViewError) -> str:
        """The text of the error that this message is, after which nothing has happened."""
        before = witness(self.process, self.env)
        with pytest.raises(kind) as error:
            step(self.process, message, self.env)
        assert witness(self.process, self.env) == before
        return str(error.value)


def joined(view: Any, path: str = "/", **options: Any) -> Client:
    """A client that has joined."""
    client = Client(view, path, **options)
    (frame,) = client.join()
    assert frame[0] == "ok", frame
    return client


def frames(done: Step) -> list[tuple[str, Any]]:
    """What was sent, in order."""
    return [
        (sent.payload["status"], sent.payload["response"]) if sent.event == "phx_reply" else (sent.event, sent.payload)
        for sent in done.sent
    ]


def witness(process: Process, env: Env = ENV) -> tuple[Any, ...]:
    """All that can be seen of a process: its fields, its components, and what it would send if it had to send everything."""
    everything = None
    if process.joined and process.stopped is None:
        done = step(process, Reload(), env)
        everything = (frames(done), repr(done.effects))
    held = [(each.module, each.id, each.cid, repr(each.socket), each.marked) for each in process.components]
    standing = repr(process.socket._standing)
    return repr(process), repr(process.socket), standing, held, process.steps, process.patches, everything


def text(diff: Any) -> str:
    """The first dynamic of a diff, for views that show one thing."""
    shown: str = diff["0"]
    return shown
