"""A small transport: processes, their mailboxes, PubSub and tasks, built directly on `step` and its effects.

Independent of the kit on purpose: it is what a real server would do with the effects, in the plainest way. Law: a frame
goes to one process and everything it causes is delivered before the next frame, except the results of tasks that slept when
they were recorded, which wait until `run_tasks`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from html import unescape
from typing import Any

from attrs import define, field

from liveview_core import Route, Router
from liveview_core.process.mounting import Static, mount_disconnected, new_process
from liveview_core.process.step import Env, Process, Step, step
from liveview_core.protocol import effects
from liveview_core.protocol.async_result import AsyncExit, AsyncOk
from liveview_core.protocol.messages import AsyncDone, Chunk, Event, Info, Join, RegisterUpload, SendUpdate, from_wire
from liveview_core.protocol.tokens import session_token
from tests.goldens.elixir import sleeps

MAIN = "phx-ID0"
HOST = "http://www.example.com"
ENV = Env(now=1_600_000_000_000_000, seed="goldens")


@define
class World:
    """The processes of one page, and what they have sent since `begin`, in order: `(process id, event, payload)`."""

    view: Any
    router: Router
    env: Env = ENV
    processes: dict[str, Process] = field(factory=dict)
    subscriptions: list[tuple[str, str]] = field(factory=list)
    mail: deque[tuple[str, Any]] = field(factory=deque)
    tasks: list[tuple[str, effects.StartAsync]] = field(factory=list)
    sent: list[tuple[str, str, Any]] = field(factory=list)
    steps: list[tuple[str, Step]] = field(factory=list)
    page: str = ""  # the HTML of the disconnected render
    uploading: str = ""  # the token of the file that the client sends

    @classmethod
    def of(cls, view: Any, path: str = "/") -> World:
        """A world with one view at one route."""
        return cls(view, Router([Route(path, view, action="index")]))

    def visit(self, path: str) -> Static:
        """The disconnected render of *path*; its process waits for the join."""
        match = self.router.resolve(HOST + path)
        process = new_process(MAIN, self.view, router=self.router, match=match, uri=HOST + path)
        static = mount_disconnected(process, url=HOST + path, match=match, env=self.env)
        self.processes[MAIN] = static.process
        self.page = static.html or ""
        return static

    def tokens(self, id: str) -> dict[str, str]:
        """What a client reads from its container, where the traces say only TOKEN: the static one from the first page."""
        container = re.search(f'<[^>]* id="{re.escape(id)}"[^>]* data-phx-static="([^"]*)"', self.page)
        return {"session": session_token(id), "static": "" if container is None else unescape(container[1])}

    def held(self) -> list[Any]:
        """The components that the main process holds, by cid."""
        return sorted(self.processes[MAIN].components, key=lambda instance: instance.cid)

    def begin(self) -> None:
        """Forget what was sent so far."""
        self.sent, self.steps = [], []

    def join(self, path: str = "/") -> dict[str, Any]:
        """Visit and join, for a trace without frames: the response."""
        self.visit(path)
        self.begin()
        self.deliver(MAIN, Join(url=HOST + path))
        return self.response()

    def event(self, event: str, value: Any) -> dict[str, Any]:
        """An event to the view, for a trace without frames: the response."""
        self.begin()
        self.deliver(MAIN, Event(event, "click", value))
        return self.response()

    def response(self) -> dict[str, Any]:
        (_, event, payload), *more = self.sent
        assert (event, payload["status"], more) == ("phx_reply", "ok", []), self.sent
        response: dict[str, Any] = payload["response"]
        return response

    def client(self, message: dict[str, Any]) -> None:
        """One recorded client frame."""
        topic, event, payload = message.get("topic", f"lv:{MAIN}"), message["event"], message["payload"]
        if not topic.startswith("lvu:"):
            id = topic.removeprefix("lv:")
            self.deliver(id, from_wire(event, {**payload, **self.tokens(id)} if event == "phx_join" else payload))
        elif event == "phx_join":
            count = len(self.sent)
            self.deliver(MAIN, RegisterUpload(payload["token"]))
            del self.sent[count]  # the trace has no answers to the joins of upload channels
        else:
            ref, _, entry_ref = self.uploading.rpartition(":")
            self.deliver(MAIN, Chunk(ref, entry_ref, payload["__binary__"].encode()))

    def deliver(self, id: str, message: Any) -> None:
        """One message to one process, and everything that follows from it."""
        self.mail.append((id, message))
        self.settle()

    def settle(self) -> None:
        """Deliver everything that is in the mail, and what comes of it."""
        while self.mail:
            to, message = self.mail.popleft()
            if to in self.processes:
                self.turn(to, message)
            if not self.mail:
                self.finish(lambda task: not sleeps(task.fn))

    def turn(self, id: str, message: Any) -> None:
        done = step(self.processes[id], message, self.env)
        self.steps.append((id, done))
        self.sent.extend((id, sent.event, sent.payload) for sent in done.sent)
        for effect in done.effects:
            self.perform(id, effect)
        if done.process.stopped is None:
            self.processes[id] = done.process
        else:
            self.forget(id)

    def perform(self, id: str, effect: effects.Effect) -> None:
        match effect:
            case effects.Send(message, to):
                self.mail.append((id if to is None else to, Info(message)))
            case effects.Subscribe(topic):
                self.subscriptions.append((topic, id))
            case effects.Unsubscribe(topic):
                self.subscriptions = [s for s in self.subscriptions if s != (topic, id)]
            case effects.Broadcast(topic, message, from_self):
                for subscribed, subscriber in self.subscriptions:
                    if subscribed == topic and not (from_self and subscriber == id):
                        self.mail.append((subscriber, Info(message)))
            case effects.StartAsync():
                self.tasks.append((id, effect))
            case effects.CancelAsync(task, reason):
                self.tasks = [(owner, t) for owner, t in self.tasks if t.ref != task.ref]
                self.mail.append((id, AsyncDone(task.ref, AsyncExit(reason))))
            case effects.SendUpdate(module, component, assigns, None, cid):
                self.mail.append((id, SendUpdate(module, component, assigns, cid)))
            case effects.Deliver(message):
                self.mail.append((id, message))
            case effects.DeliverAfter() | effects.CancelTimer():
                pass  # no time passes here
            case effects.Spawn(child, process):
                self.processes[child] = process
            case _:
                raise AssertionError(f"no recorded view asks for {effect}")

    def finish(self, these: Callable[[effects.StartAsync], bool]) -> None:
        """Let these tasks end, in the order in which they were started: their results are in the mail."""
        for id, start in [each for each in self.tasks if these(each[1])]:
            self.tasks.remove((id, start))
            try:
                result: Any = AsyncOk(start.fn())
            except Exception as reason:
                result = AsyncExit(reason)
            self.mail.append((id, AsyncDone(start.task, result)))

    def run_tasks(self) -> None:
        """Wait for all tasks."""
        self.finish(lambda task: True)
        self.settle()

    def forget(self, id: str) -> None:
        del self.processes[id]
        self.subscriptions = [(topic, who) for topic, who in self.subscriptions if who != id]
        self.tasks = [(owner, task) for owner, task in self.tasks if owner != id]
