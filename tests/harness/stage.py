"""A view on a stage: a real process, the page that a client has of it, and the frames between them.

Law: after every message the client's page is what a render from scratch would give. A test that uses the stage need not say
so again; one that counts what is called, or shows what the server does not hold, says `compare=False`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from liveview_core import LiveView, Socket
from liveview_core.process.components import Instance
from liveview_core.process.step import Env, Process, Sent, new_process, render_full, step
from liveview_core.protocol.messages import CidsDestroyed, CidsWillDestroy, Event, Info, Join, Message, SendUpdate
from liveview_testing.browser.page.page import Page

ENV = Env(seed="stage")


class Stage:
    """`Stage(template, count=0)`: a view that shows the template with these assigns; `set(count=1)` gives the diff."""

    def __init__(
        self,
        render: Any,
        *,
        setup: Callable[[Socket], Socket] | None = None,
        compare: bool = True,
        **assigns: Any,
    ) -> None:
        class Shown(LiveView):
            def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
                socket = socket.assign(assigns)
                return socket if setup is None else setup(socket)

            def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
                done: Socket = params["change"](socket)
                return done

            def handle_info(self, msg: Any, socket: Socket) -> Socket:
                done: Any = msg(socket) if callable(msg) else socket
                return done  # type: ignore[no-any-return]

        Shown.render = staticmethod(render)  # pyright: ignore[reportAttributeAccessIssue]
        self.compare = compare
        self.sent: list[Sent] = []  # in answer to the last message
        self.effects: tuple[Any, ...] = ()
        self.evaluated = 0
        self.gone: tuple[int, ...] = ()
        self.process: Process = new_process("stage", Shown)
        done = step(self.process, Join(url="http://stage.test/"), ENV)
        self.process, self.evaluated, self.effects = done.process, done.facts.evaluated, done.effects
        self.join: dict[str, Any] = done.sent[0].payload["response"]["rendered"]
        self.page = Page.join(self.join).page
        self._same()

    def tell(self, message: Message) -> dict[str, Any]:
        """A message; what the diffs among the frames that it causes hold, `{}` if there is none."""
        done = step(self.process, message, ENV)
        self.process, self.sent, self.effects = done.process, done.sent, done.effects
        self.evaluated = done.facts.evaluated
        diff: dict[str, Any] = {}
        for sent in done.sent:
            if sent.diff is not None:
                diff = sent.diff
                patched = self.page.patch(diff)
                self.page, self.gone = patched.page, patched.gone
        self._same()
        return diff

    def _same(self) -> None:
        if self.compare and "streams" not in dict(self.process.socket.assigns):
            assert self.page.wire_text() == render_full(self.process)

    def set(self, **assigns: Any) -> dict[str, Any]:
        """Assign in the view."""
        return self.do(lambda socket: socket.assign(assigns))

    def do(self, change: Callable[[Socket], Socket]) -> dict[str, Any]:
        """Anything in the view's handle_event."""
        return self.tell(Event("do", "click", {"change": change}))

    def event(self, cid: int, name: str = "do", **params: Any) -> dict[str, Any]:
        """An event of a component."""
        return self.tell(Event(name, "click", params, cid=cid))

    def info(self, message: Any) -> dict[str, Any]:
        """A message to handle_info: a function of the socket is done, anything else is dropped."""
        return self.tell(Info(message))

    def update(self, module: Any, id: Any, **assigns: Any) -> dict[str, Any]:
        """What `send_update` delivers."""
        return self.tell(SendUpdate(module, id, assigns))

    def will_destroy(self, *cids: int) -> None:
        """The client says that components left its page (CP-23)."""
        assert self.tell(CidsWillDestroy(cids)) == {}
        assert [sent.payload for sent in self.sent] == [{"status": "ok", "response": {}}]

    def destroyed(self, *cids: int) -> list[int]:
        """The client says that they are gone; which ones the server has forgotten."""
        self.tell(CidsDestroyed(cids))
        forgotten: list[int] = self.sent[0].payload["response"]["cids"]
        self.page = self.page.drop_components(forgotten)
        return forgotten

    @property
    def html(self) -> str:
        """The client's page, as the wire's values spell it."""
        return self.page.wire_text()

    def held(self, cid: int) -> Instance:
        """A component that the server holds."""
        instance = self.process.components.get(cid)
        assert instance is not None
        return instance

    @property
    def cids(self) -> list[int]:
        """All components that the server holds."""
        return [instance.cid for instance in self.process.components]
