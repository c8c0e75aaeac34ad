"""Replays a recorded trace: the client's frames go in, and the server's frames must come out, key for key.

Also compared: the HTML of the disconnected render, the page that the kit's browser builds from our frames (as text where the
trace has the text, as DOM where it was printed by LiveViewTest's client), which assigns changed at each render, and the
assigns after each step. What differs by accident has a name in `names.py`; what differs on purpose stands in
`departures.py`.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from attrs import define, field

from liveview_core import Route, Router
from liveview_core.errors import LiveViewError
from liveview_core.protocol.messages import Info, SendUpdate
from liveview_testing.browser.page.page import Page, Patched
from tests.goldens import dom, elixir
from tests.goldens.comparing import Difference, equal, plain, plain_recorded
from tests.goldens.names import Names, canonical, canonical_message, same_order
from tests.goldens.transport import MAIN, World

TRACES = Path(__file__).parent / "traces"


def traces() -> list[str]:
    """The names of all recorded views."""
    return sorted(path.stem for path in TRACES.glob("*.json") if not path.stem.startswith("_"))


@cache
def golden(name: str) -> dict[str, Any]:
    trace: dict[str, Any] = json.loads((TRACES / f"{name}.json").read_text(encoding="utf-8"))
    return trace


@define
class Replay:
    """One golden, played step by step."""

    name: str
    module: Any
    trace: dict[str, Any]
    world: World
    names: Names = field(factory=Names)
    pages: dict[str, Page] = field(factory=dict)
    happened: list[Any] = field(factory=list)
    answered: dict[str, Page] = field(factory=dict)  # the pages when the last reply to what was done had arrived

    @classmethod
    def of(cls, name: str) -> Replay:
        module = importlib.import_module(f".views.{name}", __package__)
        trace = golden(name)
        router = getattr(module, "router", None) or Router(
            [Route(trace["path"].partition("?")[0], module.view, action="index")]
        )
        return cls(name, module, trace, World(module.view, router))

    def steps(self) -> Iterator[tuple[int, str, list[Difference]]]:
        """`(index, what was done, differences)` of the join (-1) and of each step."""
        yield -1, "join", [*self.static(), *self.play(self.trace["join"])]
        for index, step in enumerate(self.trace["steps"]):
            yield index, json.dumps(step["step"]), self.play(step)

    # --- the disconnected render ------------------------------------------------------------------------------------------

    def static(self) -> Iterator[Difference]:
        static = self.world.visit(self.trace["path"])
        self.names.learn(self.trace["static_html"], static.html or "")
        yield from unlike("static status", self.trace["static_status"], static.status)
        ours = self.names.text(static.html or "")
        title = static.title or "Default"  # the recording's layout: prefix="P ", default="Default", suffix=" S"
        yield from unlike("static title", self.trace["join"]["page_title"], f"P {title} S")
        yield from unlike("static html", same_order(canonical(self.trace["static_html"])), same_order(ours))

    # --- one step ---------------------------------------------------------------------------------------------------------

    def play(self, step: dict[str, Any]) -> list[Difference]:
        ended = isinstance(step.get("result"), dict) and step["result"].get("ended")
        try:
            ours = self.frames(step)
        except LiveViewError as error:
            if ended:
                return []
            raise AssertionError(f"{self.name}: {step.get('step', 'join')} raised {error}") from error
        if ended:
            return [Difference("the process ends", ended, "it lives")]
        found: list[Difference] = []
        recorded = [m for m in step["messages"] if m["dir"] == "server"]
        for index in range(max(len(recorded), len(ours))):
            expected = recorded_frame(recorded[index]) if index < len(recorded) else "(no further message)"
            got = ours[index] if index < len(ours) else "(no further message)"
            found += unlike(f"server message {index}", expected, got)
        found += self.events(step)
        found += self.renders(step)
        found += self.page(step)
        found += self.state(step)
        return found

    def frames(self, step: dict[str, Any]) -> list[dict[str, Any]]:
        """Do what was done, and give what the server answered in the trace's form."""
        self.world.begin()
        clients = [m for m in step["messages"] if m["dir"] == "client"]
        if not clients and "step" in step:
            self.drive(step["step"])
        answered, ours = None, list[dict[str, Any]]()
        for message in clients or [None]:
            if message is not None:
                self.say(message)
            for sent in self.world.sent[len(ours) :]:
                self.names.learn(json.dumps(step["messages"]), json.dumps(sent))
                ours.append(self.frame(*sent))
                if (
                    message is not None
                    and message["event"] in ("event", "live_patch", "phx_join")
                    and sent[1] == "phx_reply"
                ):
                    answered = dict(self.pages)
        self.answered = answered or dict(self.pages)
        return ours

    def say(self, message: dict[str, Any]) -> None:
        """One recorded client frame, in our references."""
        payload = self.names.ours(message["payload"])
        if message["event"] == "phx_join" and message["topic"].startswith("lvu:"):
            payload = {"token": self.world.uploading}
        self.world.client({**message, "payload": payload})

    def drive(self, step: dict[str, Any]) -> None:
        """A step in which the client said nothing: a message to a process, an update, tasks that end."""
        match step:
            case {"op": "info", "message": message}:
                self.world.deliver(MAIN, Info(elixir.message(message)))
            case {"op": "child_info", "child": child, "message": message}:
                self.world.deliver(child, Info(elixir.message(message)))
            case {"op": "info_chat"}:
                self.world.deliver(MAIN, Info(self.module.message(step)))
            case {"op": "send_update", "module": module, "id": id, "assigns": assigns}:
                self.world.deliver(MAIN, SendUpdate(self.module.modules[module], id, assigns))
            case {"op": "async"}:
                self.world.run_tasks()
            case _:
                pass  # refused by the recording client itself: nothing reached the server

    def frame(self, id: str, event: str, payload: Any) -> dict[str, Any]:
        """One of our frames in the trace's form; the page of its process takes it in."""
        self.take_in(id, event, payload)
        for token in (
            payload.get("response", {}).get("entries", {}).values()
        ):  # of a preflight: the client's key to send the file
            self.world.uploading = token
            self.names.name(token, "TOKEN")
        return named_frame(self.names, event, payload)

    def take_in(self, id: str, event: str, payload: Any) -> None:
        response = payload.get("response", {}) if event == "phx_reply" else {}
        if "rendered" in response:
            self.applied(id, Page.join(response["rendered"]))
            return
        diff = payload if event == "diff" else response.get("diff")
        if diff is not None and id in self.pages:
            self.applied(id, self.pages[id].patch(diff))

    def applied(self, id: str, patched: Patched) -> None:
        self.pages[id] = patched.page
        self.happened += [["push_event", event.name, event.payload] for event in patched.events]
        if patched.replied:
            self.happened.append(["reply", patched.reply])

    # --- the page ---------------------------------------------------------------------------------------------------------

    def page(self, step: dict[str, Any]) -> Iterator[Difference]:
        if MAIN not in self.world.processes:
            return  # the view has left the page
        if step.get("raw_html") is not None:
            ours = self.names.text(self.pages[MAIN].wire_text())
            yield from unlike("raw_html", same_order(canonical(step["raw_html"])), same_order(ours))
        html = step.get("html") or step.get("render_html")
        if html:
            yield from unlike("html", dom.inner(html), self.tree(self.pages, MAIN))
        if step.get(
            "op_html"
        ):  # what `render_click` and its kin returned, when they did; of `render` with the container
            of = step["step"].get("child", MAIN)
            recorded = dom.tree(step["op_html"])
            if len(recorded) == 1 and dict(recorded[0][1]).get("id") == of:
                recorded = recorded[0][2]
            yield from unlike("op_html", recorded, self.tree(self.answered, of))

    def tree(self, pages: dict[str, Page], of: str) -> dom.Tree:
        """One of these pages, with those of nested views in their places."""
        trees = {id: dom.tree(self.names.text(page.html())) for id, page in pages.items()}
        return dom.filled(trees.pop(of), trees)

    # --- what the page's scripts hear of ----------------------------------------------------------------------------------

    def events(self, step: dict[str, Any]) -> Iterator[Difference]:
        """The events and replies that the browser reads out of our frames."""
        if "client_events" in step:  # those of the join are the first step's
            recorded = [e for e in plain_recorded(step["client_events"]) if e[0] in ("push_event", "reply")]
            yield from unlike("client events", recorded, plain(self.happened))
            self.happened = []

    # --- what was rendered ------------------------------------------------------------------------------------------------

    def renders(self, step: dict[str, Any]) -> Iterator[Difference]:
        """Which assigns of a view had changed at each of its renders, and which components were rendered by themselves."""
        facts = [done.facts for _, done in self.world.steps]
        views = [sorted(render["changed_keys"]) for render in step["renders"] if render["cid"] is None]
        yield from unlike("assigns rendered", views, [sorted(fact.changed) for fact in facts if fact.changed])
        cids = [render["cid"] for render in step["renders"] if render["cid"] is not None]
        yield from unlike(
            "components rendered", cids, [fact.components[0] for fact in facts if fact.components and not fact.changed]
        )

    # --- what the server holds --------------------------------------------------------------------------------------------

    def state(self, step: dict[str, Any]) -> Iterator[Difference]:
        if step.get("state") is None or MAIN not in self.world.processes:
            return
        skipped = {"streams", "uploads", *getattr(self.module, "untranslated", ())}
        process = self.world.processes[MAIN]
        recorded = {k: plain_recorded(v) for k, v in step["state"]["assigns"].items() if k not in skipped}
        ours = {k: plain(v) for k, v in process.socket.assigns if k not in skipped}
        yield from unlike("assigns", recorded, ours)
        components = [
            {"cid": c["cid"], "id": c["id"], "module": c["module"], "assigns": _own(c["assigns"], skipped)}
            for c in step["state"]["components"]
        ]
        yield from unlike("components", components, list(self.components(skipped)))

    def components(self, skipped: set[str]) -> Iterator[dict[str, Any]]:
        for instance in self.world.held():
            module = instance.module if isinstance(instance.module, type) else type(instance.module)
            own = {k: plain(v) for k, v in instance.socket.assigns if k not in skipped | {"myself", "inner_block"}}
            yield {"cid": instance.cid, "id": instance.id, "module": module.__name__, "assigns": own}


def _own(assigns: dict[str, Any], skipped: set[str]) -> dict[str, Any]:
    return {k: plain_recorded(v) for k, v in assigns.items() if k not in skipped | {"myself", "inner_block"}}


def recorded_frame(message: dict[str, Any]) -> dict[str, Any]:
    payload = canonical_message(message["payload"])
    return (
        {"event": message["event"], "payload": payload}
        if message["kind"] == "push"
        else {"status": message["status"], "payload": payload}
    )


def named_frame(names: Names, event: str, payload: Any) -> dict[str, Any]:
    """One of our frames in the trace's form."""
    if event == "phx_reply":
        response = payload["response"]
        if "flash" in response.get("live_redirect", {}):  # the token that the next page's join hands in
            response = {"live_redirect": {**response["live_redirect"], "flash": "TOKEN"}}
        return {"status": payload["status"], "payload": names.message(response)}
    return {"event": event, "payload": names.message(payload)}


def unlike(what: str, recorded: Any, ours: Any) -> list[Difference]:
    same = equal(recorded, ours) if isinstance(recorded, (dict, list)) else recorded == ours
    return [] if same else [Difference(what, recorded, ours)]
