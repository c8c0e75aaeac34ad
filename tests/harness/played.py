"""A generated page, played on our side: what its process sends, and what our browser makes of it.

Law: the process and the browser are the real ones, with nothing of the kit's world between them; components that leave the
page are announced and forgotten as a browser does it (CP-23).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from attrs import define, field

from liveview_core import LiveComponent, LiveView, Route, Router, attr, heex, raw, render_slot, slot
from liveview_core.process.step import Env, Process, mount_disconnected, new_process, render_full, step
from liveview_core.protocol.messages import CidsDestroyed, CidsWillDestroy, Event, Join, Message
from liveview_testing.browser.page.page import Page as OurPage
from tests.goldens.stateful import run
from tests.harness.random_pages import Page

URL = "http://judge.test/"
ENV = Env(now=1_600_000_000_000_000, seed="judge")


class Step(TypedDict, total=False):
    """One thing that reaches the client: a diff, or the reply that lets it forget components."""

    diff: dict[str, Any]
    prune: Sequence[int]


class Clicked(LiveComponent):
    """What every generated live component does."""

    def mount(self, socket: Any) -> Any:
        return socket.assign(n=0, open=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        assert event == "inc"
        return socket.update("n", lambda n: n + 1).update("open", lambda was: not was)


def view_of(page: Page) -> type[LiveView]:
    """The page as a view, with its components compiled around it."""
    names: dict[str, Any] = {"raw": raw, "render_slot": render_slot}
    label, flag = attr("label", "any"), attr("flag", "any")
    names["leaf"] = heex(page.leaf, label, attr("rest", "global"), names=dict(names))
    names["card"] = heex(page.card, label, flag, slot("inner_block"), names=dict(names))
    names["listing"] = heex(page.listing, attr("rows", list), slot("row"), names=dict(names))
    names["Cell"] = type("Cell", (Clicked,), {"render": heex(page.cell, names=dict(names))})
    names["Pane"] = type("Pane", (Clicked,), {"render": heex(page.pane, names=dict(names))})

    class Generated(LiveView):
        """Sets the state, then does what the steps say."""

        def mount(self, params: Any, session: Any, socket: Any) -> Any:
            socket = socket.assign(page.state)
            for name in page.streams:
                socket = socket.stream(name, page.state["items"])
            return socket

        def handle_event(self, event: str, params: Any, socket: Any) -> Any:
            return run(params["ops"], socket, {})

        render = heex(page.template, names=names)

    return Generated


@define
class Played:
    """One run: the process now, our page now, and what a client was sent on the way."""

    process: Process
    page: OurPage
    dead: str
    join: dict[str, Any]
    steps: list[Step] = field(factory=list)
    texts: list[str] = field(factory=list)  # our page after the join and after each of `steps`, as the wire spells it
    pages: list[str] = field(factory=list)  # … as the browser has it, streams accumulated
    scratch: list[str] = field(factory=list)  # … rendered from scratch

    @classmethod
    def start(cls, page: Page) -> Played:
        """Mounted twice, as always: disconnected for the first HTML, then joined."""
        view = view_of(page)
        router = Router([Route("/", view)])
        match = router.resolve(URL)
        process = new_process("judge", view, router=router, match=match, uri=URL)
        static = mount_disconnected(process, url=URL, match=match, env=ENV)
        assert static.html is not None
        done = step(static.process, Join(url=URL), ENV)
        rendered = done.sent[0].payload["response"]["rendered"]
        played = cls(done.process, OurPage.join(rendered).page, static.html, rendered)
        played.look()
        return played

    def look(self) -> None:
        """Note what our page shows now."""
        self.texts.append(self.page.wire_text())
        self.pages.append(self.page.html())
        self.scratch.append(render_full(self.process, update=True))

    def tell(self, message: Message) -> list[dict[str, Any]]:
        """A message to the process; its replies. Our page takes in every diff."""
        done = step(self.process, message, ENV)
        self.process = done.process
        replies: list[dict[str, Any]] = []
        for sent in done.sent:
            response = sent.payload["response"] if sent.event == "phx_reply" else {"diff": sent.payload}
            replies.append(response)
            if (diff := response.get("diff")) is not None:
                patched = self.page.patch(diff)
                self.page = patched.page
                self.steps.append({"diff": diff})
                self.look()
                self.forget(patched.gone)
        return replies

    def forget(self, gone: Sequence[int]) -> None:
        """Components left the page: announce it, and drop what the process confirms."""
        if gone:
            self.tell(CidsWillDestroy(tuple(gone)))
            (reply,) = self.tell(CidsDestroyed(tuple(gone)))
            self.page = self.page.drop_components(reply["cids"])
            self.steps.append({"prune": reply["cids"]})
            self.look()

    def do(self, operations: Sequence[dict[str, Any]]) -> None:
        """One of the page's steps."""
        match operations:
            case [{"op": "click", "nth": nth}]:
                cids = sorted(self.page.present())
                if cids:
                    self.tell(Event("inc", "click", {}, cid=cids[nth % len(cids)]))
            case _:
                self.tell(Event("ops", "click", {"ops": list(operations)}))


def play(page: Page) -> Played:
    """The whole run of a page."""
    played = Played.start(page)
    for operations in page.steps:
        played.do(operations)
    return played
