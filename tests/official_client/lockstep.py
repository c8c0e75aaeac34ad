"""A tab of ours and the official client in lockstep: every act is done to both, every message of our server goes to both.

Law: the server is one, ours; it answers our browser. After each act both sides have sent the same frames, in the same order and
at the same instants, and show the same DOM with the same properties and focus; the page's scripts have heard the same events, and
hooks were called alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from attrs import define, evolve, field, frozen

from liveview_testing import Simulation, View
from liveview_testing.browser import stimuli
from liveview_testing.browser.browser import Browser, Sent
from liveview_testing.browser.dom.forms import is_checked, option_value, selected_options, value_of
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.uploads.frame_of_file import FrameOfFile
from liveview_testing.client_hooks import BUILT_IN, ClientHook, ExternalUploader
from liveview_testing.world.simulation import tab_history
from liveview_testing.world.tabs import mounted_commands, network, receiving, tab_documents, tabs
from tests.official_client.client import Judges

OWN = frozenset(
    f"data-phx-{name}"
    for name in (
        *("id", "component", "view", "root-id", "session", "static", "main", "stream", "skip", "loc", "parent-id"),
        *("sticky", "child"),
    )
)
"""Attributes that only name things for the client itself."""


# --- hooks: the same as those of tab.mjs ----------------------------------------------------------------------------------


@frozen(eq=False)
class Logging(ClientHook):
    """A hook that says which of its callbacks were called."""

    calls: list[Any]
    name: str

    @property
    def events(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("told",) if self.name == "Listen" else ()

    @property
    def dom_events(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("keydown", "click", "input", "app:one", "app:block") if self.name == "Hear" else ()

    def handle_dom_event(self, el: Any, event: Any) -> None:
        self.calls.append(["heard", el.id, event.type, event.target.id or event.target.tag])
        if event.key == "x":
            event.prevent_default()
        if event.target.id == "stop":
            event.stop_propagation()
        if event.type == "app:block":
            el.after(50, "ended", event)

    def ended(self, el: Any, event: Any) -> None:
        el.done(event)

    def mounted(self, el: Any) -> None:
        self.calls.append(["mounted", el.id])
        if self.name == "Js":
            el.js("add_class", {"names": ["by-hook"]})
            el.js("hide", {"time": 20, "transition": [["out"], [], []]})
            el.js("push", {"event": "pushed", "value": {"a": 1}})
        if self.name == "To":
            el.push_event_to("[id^=box-]", "to", {"id": el.id})
        if self.name == "Push":
            el.push_event("hooked", {"id": el.id})
        if self.name == "Reply":
            el.push_event("asked", {"id": el.id}, reply="replied")

    def before_update(self, el: Any) -> None:
        self.calls.append(["before_update", el.id])

    def updated(self, el: Any) -> None:
        self.calls.append(["updated", el.id])
        if self.name == "OnUpdate":
            el.push_event("seen", {"id": el.id})

    def destroyed(self, el: Any) -> None:
        self.calls.append(["destroyed", el.id])

    def disconnected(self, el: Any) -> None:
        self.calls.append(["disconnected", el.id])

    def reconnected(self, el: Any) -> None:
        self.calls.append(["reconnected", el.id])

    def handle_event(self, el: Any, event: str, payload: Any) -> None:
        self.calls.append(["told", el.id, payload])

    def replied(self, el: Any, reply: Any, ref: int) -> None:
        self.calls.append(["replied", el.id, reply, ref])


@frozen(eq=False)
class Sending(ExternalUploader):
    """An uploader that sends, fails, or gives up its first file: as those of tab.mjs."""

    calls: list[Any]
    name: str

    def start(self, uploads: Any, response: Any) -> None:
        if self.name == "Failing":
            uploads[0].error("no bucket")
        elif self.name == "Cancelling":
            uploads[0].cancel()
        else:
            for upload in uploads:
                upload.progress(10.7)
                upload.progress(10.2)
                upload.after(100, "half")

    def half(self, upload: Any) -> None:
        if not upload.is_cancelled:
            upload.progress(50)
        upload.after(100, "rest")

    def rest(self, upload: Any) -> None:
        upload.progress(100)

    def cancelled(self, upload: Any) -> None:
        if self.name == "S3":
            self.calls.append(["cancelled", upload.ref])

    def view_failed(self, upload: Any) -> None:
        if self.name == "S3":
            self.calls.append(["view_failed", upload.ref])


UPLOADERS = ("S3", "Failing", "Cancelling")
HOOKS = ("Log", "Other", "Listen", "Push", "Reply", "OnUpdate", "Js", "To", "Hear")


# --- what our tab sent and was sent ---------------------------------------------------------------------------------------


@define
class Line:
    """What went over the link of our tab: what it sent, as the judge sees it, and what arrived, as it is told to the judge."""

    sim: Simulation
    calls: list[list[Any]] = field(factory=list)
    script: list[dict[str, Any]] = field(factory=list)
    numbers: dict[tuple[str, int | None], Any] = field(factory=dict)
    """By view and number of our push: which of the frames that the judge counts it is, or "join"."""
    counts: dict[str, int] = field(factory=dict)
    joins: dict[str, int] = field(factory=dict)
    """How many joins were sent on each topic."""
    joined: dict[str, int] = field(factory=dict)
    """By view: the number of its last join on its topic. What a process says is for the join that it answered, and no later one."""
    topics: dict[tuple[str, int | None], str] = field(factory=dict)
    """The channels of files that pushes went to, by view and number."""

    def up(self, now: int, topic: str, sent: Sent) -> None:
        payload: Any = sent.payload
        if isinstance(payload, FrameOfFile):
            topic = self.topics[sent.view, sent.push] = payload.topic
            payload = payload.data.decode("latin-1") if isinstance(payload.data, bytes) else payload.data
        if sent.event == "phx_join":
            self.joined[sent.view] = self.joins.get(topic, 0)
            self.numbers[sent.view, sent.push] = {"join": self.joins.get(topic, 0)}
            self.joins[topic] = self.joins.get(topic, 0) + 1
            if topic.startswith("lv:"):
                said = {name: value for name, value in payload.items() if name != "params"} | payload.get("params", {})
                self.calls.append([now / 1000, topic, sent.event, said])
        elif sent.event == "phx_leave":
            self.numbers[sent.view, sent.push] = "leave"
            self.calls.append([now / 1000, topic, sent.event, {}])
        else:
            self.calls.append([now / 1000, topic, sent.event, payload])
            self.numbers[sent.view, sent.push] = self.counts.get(topic, 0)
            self.counts[topic] = self.counts.get(topic, 0) + 1

    def down(
        self, now: int, topic: str, event: str, payload: Mapping[str, Any], answers: int | None, view: str = ""
    ) -> None:
        reply = event == "phx_reply"
        if reply and self.numbers.get((view, answers)) == "leave":
            return  # the judge answers those by itself
        if reply:
            topic = self.topics.get((view, answers), topic)
        joins = reply and "rendered" in (payload.get("response") or {}) and (view, answers) not in self.numbers
        self.script.append(
            {
                "at": now / 1000,
                "topic": topic,
                "event": event,
                "payload": payload,
                "answers": "join" if joins else self.numbers.get((view, answers), answers) if reply else None,
                "of": self.joined.get(view) if topic.startswith("lv:") else None,
            }
        )


@contextmanager
def recorded(line: Line) -> Generator[Line]:
    """While a tab of ours acts, what goes over its link is written down."""
    send, heard, tell, step = tabs.send_up, receiving.heard, receiving.said, tabs.react
    ours: Any = tabs
    theirs: Any = receiving

    def send_up(run: Any, number: int, sent: Sent) -> None:
        line.up(run.now, f"lv:{run.lines[sent.view].dom_id}", sent)
        send(run, number, sent)

    book = line

    def hear(run: Any, line: Any, happening: Any, push: int | None) -> None:
        for sent in happening.sent:
            book.down(run.now, f"lv:{line.dom_id}", sent.event, sent.payload, push, line.id)
        heard(run, line, happening, push)

    def said(run: Any, tab: int, view: str, event: str, payload: Any, push: int | None) -> None:
        line.down(run.now, f"lv:{run.lines[view].dom_id}", event, payload, push, view)
        tell(run, tab, view, event, payload, push)

    def react(run: Any, number: int, stimulus: stimuli.Stimulus) -> None:
        if isinstance(stimulus, stimuli.FileClosed):
            line.down(run.now, f"lvu:{stimulus.entry}", "phx_close", {}, None)
        step(run, number, stimulus)

    ours.send_up, ours.react = send_up, react
    theirs.heard, theirs.said = hear, said
    try:
        yield line
    finally:
        ours.send_up, ours.react = send, step
        theirs.heard, theirs.said = heard, tell


@contextmanager
def asleep() -> Generator[None]:
    """While a page is opened, it does nothing by itself: what `phx-mounted` does is compared once both sides look."""
    ours: Any = mounted_commands
    wakes, ours.wakes = ours.wakes, lambda line, sent, before: False
    try:
        yield
    finally:
        ours.wakes = wakes


# --- both -----------------------------------------------------------------------------------------------------------------


@define
class Lockstep:
    """Our tab, and the official client's."""

    judges: Judges
    sim: Simulation
    view: View
    number: int
    calls: list[Any]
    """What our hooks were called with since the last look."""
    line: Line
    tab: int = 0
    seen: int = 0
    frames: list[Any] = field(factory=list)
    """Every frame that both have sent, without instants: [event, payload]."""
    events: list[Any] = field(factory=list)
    acts: list[str] = field(factory=list)
    left: list[Any] = field(factory=list)
    """By which ways the official client has left the page."""
    answer: Mapping[str, Any] = field(factory=dict)
    """What the official client came to with the last act."""
    titled: int = 0
    """From when on both have the title of the join: the official client writes it in the next frame."""
    logs: Sequence[str] = ()
    """What the official client is expected to say, in parts."""
    scrolls: bool = False
    """Whether it is compared to what the page is scrolled: where links follow upon each other within a frame, the official client
    scrolls once for each, and ours for those that name a place."""

    @classmethod
    def of(cls, judges: Judges, view: type[Any] | View, *, logs: Sequence[str] = (), **options: Any) -> Lockstep:
        """Both browsers have opened the page of a view, and it has joined."""
        calls: list[Any] = []
        if isinstance(view, View):
            sim, shown = view.sim, view
        else:
            sim = Simulation(**options)
            with asleep():
                shown = sim.live(view)
        hooks = {**BUILT_IN, **{name: Logging(calls, name) for name in HOOKS}}
        uploaders = {name: Sending(calls, name) for name in UPLOADERS}
        listened = frozenset(name for each in hooks.values() for name in each.dom_events)
        sim.keep(tab_documents.SAID, {"hooks": hooks, "uploaders": uploaders, "listened": listened})
        line = Line(sim)
        wires = {each.here().dom_id: each.wire for each in sim.views}
        for dom_id, wire in wires.items():
            for frame in wire:
                if frame.event == "phx_reply" and "rendered" in frame.payload["response"]:
                    line.down(sim.world.now, f"lv:{dom_id}", frame.event, frame.payload, None)
        line.joins = {f"lv:{dom_id}": 1 for dom_id in wires}
        line.joined = {each.id: 0 for each in sim.views}
        html = sim.act(lambda run: _served(run, shown.id))
        with recorded(line):
            number = sim.act(lambda run: tabs.keep(run, shown.id))
        both = cls(judges, sim, shown, number, calls, line, logs=logs, titled=sim.world.now + 32_000)
        answer = judges.call(
            "tab",
            op="open",
            html=html,
            url=wires[shown.here().dom_id][0].payload["url"],
            now=sim.world.now / 1000,
            script=_delivered(line),
        )
        both.tab = answer.pop("tab")
        heard: list[Any] = answer[
            "events"
        ]  # our tab begins where its views have joined: what the joins told is not in it
        for name in ("phx:page-loading-start", "phx:page-loading-stop", *["phx:update"] * len(wires)):
            heard.remove(next(each for each in heard if each[0] == name))
        answer["calls"] = [each for each in answer["calls"] if each[2] != "phx_join"]
        both.compare(answer)
        return both

    @property
    def browser(self) -> Browser:
        return self.sim.world.browsers[self.number]

    def key(self, selector: str | int) -> Key:
        """The one element that a selector, or a number in document order, means."""
        document = root(self.browser.document)
        if isinstance(selector, int):
            return list(body_of(document).iter())[selector].key
        (found,) = find(document, selector)
        return found.key

    def close(self) -> None:
        """The judge forgets the page."""
        self.judges.call("tab", op="close", tab=self.tab)

    # --- acts -----------------------------------------------------------------------------------------------------------

    def do(self, ours: Callable[[], object], leaves: bool = False, /, **act: Any) -> Lockstep:
        """One act on both sides, and what follows; `leaves`: there is no page to compare any more."""
        self.acts.append(repr({name: each for name, each in act.items() if each is not None}))
        with recorded(self.line):
            ours()
        answer = self.judges.call(
            "tab",
            op="act",
            tab=self.tab,
            act=act,
            script=_delivered(self.line),
            until=self.sim.world.now / 1000,
        )
        self.answer = answer
        if leaves:
            self.left += answer["left"]
        else:
            self.compare(answer)
        return self

    def react(self, stimulus: stimuli.Stimulus, **act: Any) -> Lockstep:
        return self.do(lambda: self.sim.act(lambda run: tabs.react(run, self.number, stimulus)), **act)

    def click(self, selector: str | int, *modifiers: str, count: int = 1) -> Lockstep:
        """The mouse goes down and up on an element."""
        stimulus = stimuli.Click(self.key(selector), count, frozenset(modifiers))
        return self.react(stimulus, kind="click", **_named(selector), count=count, modifiers=modifiers)

    def leave_by(self, selector: str) -> Lockstep:
        """A click by which both leave the page: there is none to compare any more."""
        stimulus = stimuli.Click(self.key(selector))
        step = lambda: self.sim.act(lambda run: tabs.react(run, self.number, stimulus))
        return self.do(step, True, kind="click", selector=selector, count=1)

    def fill(self, selector: str | int, text: str) -> Lockstep:
        """A field is given another text, as one input."""
        return self.react(stimuli.Fill(self.key(selector), text), kind="fill", **_named(selector), text=text)

    def type(self, text: str) -> Lockstep:
        """Keys into whatever has the focus."""
        return self.react(stimuli.Type(text), kind="type", text=text)

    def press(self, key: str, *modifiers: str, phase: Any = "both") -> Lockstep:
        """A key on whatever has the focus."""
        stimulus = stimuli.Press(key, phase, frozenset(modifiers))
        return self.react(stimulus, kind="press", key=key, modifiers=modifiers, phase=phase)

    def choose(self, selector: str | int, *values: str) -> Lockstep:
        """Options of a select are picked."""
        return self.react(stimuli.Choose(self.key(selector), values), kind="choose", **_named(selector), values=values)

    def attach(self, selector: str, *files: Any) -> Lockstep:
        """Files are chosen for a file input."""
        return self.react(
            stimuli.Attach(self.key(selector), files), kind="attach", selector=selector, files=_contents(files)
        )

    def drag(self, selector: str, phase: Any, *files: Any, holds: bool = True) -> Lockstep:
        """Something is dragged over an element ("enter"), out of it ("leave") or let go on it ("drop"); `holds`: it is files."""
        stimulus = stimuli.DragFiles(self.key(selector), phase, files, holds)
        event = phase if phase == "drop" else f"drag{phase}"
        return self.react(stimulus, kind="drag", selector=selector, phase=event, files=_contents(files), holds=holds)

    def track(self, selector: str, *files: Any) -> Lockstep:
        """A script gives files to an input."""
        stimulus = stimuli.Dispatch(self.key(selector), "track-uploads", {"files": files})
        return self.react(stimulus, kind="track", selector=selector, files=_contents(files))

    def press_and_release(self, selector: str, to: str) -> Lockstep:
        """The mouse goes down on one element, and up on another."""
        stimulus = stimuli.Drag(self.key(selector), self.key(to))
        return self.react(stimulus, kind="press-release", selector=selector, to=to)

    def scroll(self, selector: str) -> Lockstep:
        """Somebody scrolls to an element."""
        return self.react(stimuli.Scroll(self.key(selector)), kind="scroll", selector=selector)

    def focus(self, selector: str | int) -> Lockstep:
        return self.react(stimuli.Focus(self.key(selector)), kind="focus", **_named(selector))

    def blur(self) -> Lockstep:
        return self.react(stimuli.Blur(), kind="blur")

    def dispatch(self, selector: str | int, event: str, detail: Any = None) -> Lockstep:
        """A script dispatches a bubbling event."""
        stimulus = stimuli.Dispatch(self.key(selector), event, detail)
        return self.react(stimulus, kind="dispatch", **_named(selector), event=event, detail=detail)

    def advance(self, milliseconds: int) -> Lockstep:
        """Time passes."""
        return self.do(lambda: self.sim.pass_time(milliseconds * 1000), kind="wait", ms=milliseconds)

    def tell(self, message: Any, view: str | None = None) -> Lockstep:
        """A process is sent a message."""
        return self.do(lambda: self.sim.tell(view or self.view.id, message), kind="wait", told=repr(message))

    def drop(self) -> Lockstep:
        """The connection is cut."""
        return self.do(lambda: self.sim.act(lambda run: network.drop(run, self.number)), kind="drop")

    def restore(self) -> Lockstep:
        """The network is there again."""
        return self.do(lambda: self.sim.act(lambda run: network.restore(run, self.number)), kind="restore")

    def go(self, by: int) -> Lockstep:
        """Back or forward in the history."""
        step = tab_history.go_back if by < 0 else tab_history.go_forward
        return self.do(lambda: self.sim.act(lambda run: step(run, self.number)), kind="go", by=by)

    def latency(self, milliseconds: int) -> Lockstep:
        """From now on frames take this long in each direction."""
        return self._network(latency=milliseconds * 1000)

    def hold(self) -> Lockstep:
        """From now on frames wait on the link."""
        return self._network(holding=True)

    def silence(self) -> Lockstep:
        """The line looks whole, and nothing comes through any more: no heartbeat is answered."""
        return self.do(lambda: self.sim.act(lambda run: network.hold(run, self.number)), kind="silence", on=True)

    def sound(self) -> Lockstep:
        """Everything comes through again."""
        self.judges.call(
            "tab",
            op="act",
            tab=self.tab,
            act={"kind": "silence", "on": False},
            script=[],
            until=self.sim.world.now / 1000,
        )
        return self.release()

    def _network(self, **changes: Any) -> Lockstep:
        def change(run: Any) -> None:
            run.browsers = run.browsers.set(self.number, evolve(run.browsers[self.number], **changes))

        self.sim.act(change)
        return self

    def release(self, count: int | None = None) -> Lockstep:
        """What waits arrives: the first `count` frames, or all, and the hold is over."""
        flights = None if count is None else self.browser.flights[:count]
        return self.do(lambda: self.sim.act(lambda run: network.release(run, self.number, flights)), kind="wait")

    def hear(
        self,
        event: str,
        payload: Mapping[str, Any],
        answers: int | None = None,
        *,
        leaves: bool = False,
        root: bool = False,
        of: Any = None,
    ) -> Lockstep:
        """A message of the server that ours does not send by itself; `answers`: which push, -1 the last. `leaves`: both leave the
        page; what the official client asks for is in `left`, and our tab is there already. `root`: it is for the view that is
        joining in the place of the one before. `of`: for the join that `joined` told of.
        """
        view = self.browser.root if root else self.view.id
        push = None if answers is None else self.browser.view(view).pushes + answers
        if of is not None:  # the world drops what is for a process that is gone: nothing reaches our tab
            message = {
                "at": self.sim.world.now / 1000,
                "topic": of[0],
                "event": event,
                "payload": payload,
                "answers": None,
            }
            self.line.script.append({**message, "join": of[1]})
            return self.do(lambda: None, kind="wait", heard=event)

        def arrives(run: Any) -> None:
            receiving.said(run, self.number, view, event, payload, push)

        return self.do(lambda: self.sim.act(arrives), leaves, kind="wait", heard=event)

    def discard(self) -> Lockstep:
        """What is held never arrives: a test says what does."""
        return self._network(flights=())

    def joined(self) -> tuple[str, str]:
        """The topic of the view, and the number that the official client's last join of it has."""
        topic = f"lv:{self.view.here().dom_id}"
        return topic, self.judges.call("tab", op="joined", tab=self.tab, topic=topic)

    def dom(self) -> str:
        """The DOM of our tab, as it is compared."""
        return picture(self.browser)

    def title(self) -> str:
        """What our tab says at its top."""
        title = self.browser.title
        if title is None:
            title = next((each.text for each in root(self.browser.document).iter() if each.tag == "title"), "")
        return " ".join(title.split())

    # --- the verdict ----------------------------------------------------------------------------------------------------

    def compare(self, answer: Mapping[str, Any]) -> None:
        """Both did the same, and show the same."""
        __tracebackhide__ = True
        calls, self.line.calls = self.line.calls, []
        called, self.calls[:] = list(self.calls), []
        here = self.browser
        events = [
            [each.name, _named_target(each.target), _told(each)]
            for each in list(here.events)[self.seen :]
            if each.name.startswith(("phx:", "app:")) or (self.scrolls and each.name == "scroll")
        ]
        self.seen = len(list(here.events))
        self.frames += [call[2:] for call in calls if call[2] not in ("phx_join", "phx_leave")]
        self.events += events
        self.left += answer["left"]
        said: Mapping[str, Any] = {
            "frames": calls,
            "dom": picture(here),
            "events": events,
            "hooks": called,
            "title": self.title(),
            "url": here.url,
        }
        heard = {
            "frames": answer["calls"],
            "dom": answer["dom"],
            "events": [each for each in answer["events"] if self.scrolls or each[0] != "scroll"],
            "hooks": answer["hooked"],
            "title": answer["title"] if self.sim.world.now >= self.titled else self.title(),
            "url": answer["url"],
        }
        told = json.loads(json.dumps({name: said[name] for name in said if name != "dom"})) | {"dom": said["dom"]}
        wrong = [_difference(name, told[name], heard[name]) for name in said if told[name] != heard[name]]
        logged = [each for each in answer["logged"] if not any(part in each for part in self.logs)]
        if wrong or logged:
            notes = "\n".join(f"  note {note.rule}: {note.text}" for note in here.notes)
            raise AssertionError(
                "\n\n".join(
                    [
                        "after " + "; ".join(self.acts[-6:] or ["the join"]),
                        *wrong,
                        *(f"the official client logged: {each}" for each in logged),
                        notes,
                    ]
                )
            )


def _served(run: Any, pid: str) -> str:
    """The document as the server would send it: what is in it, before any client has touched it."""
    document = tab_documents.document_of(run, pid)
    views = document.views
    for name, shown in document.views.items():
        views = views.set(name, evolve(shown, classes=()))
    text = root(evolve(document, views=views)).html()
    return "<!DOCTYPE html>" + text.replace('data-phx-session=""', 'data-phx-session="S"').replace(
        'data-phx-static=""', 'data-phx-static="T"'
    )


def _delivered(line: Line) -> list[dict[str, Any]]:
    script, line.script = line.script, []
    return script


def _contents(files: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {"name": each.name, "content": each.content.decode("latin-1"), "type": each.type, "at": each.last_modified}
        for each in files
    ]


def _named(selector: str | int) -> dict[str, Any]:
    return {"nth": selector} if isinstance(selector, int) else {"selector": selector}


def _named_target(node: DomNode | None) -> str | None:
    return None if node is None else node.id or node.tag


def _told(event: Any) -> Any:
    detail = event.detail
    if isinstance(detail, Mapping):
        return {name: value for name, value in detail.items() if not callable(value)}
    return detail


def _difference(name: str, ours: Any, theirs: Any) -> str:
    import difflib

    def lines(value: Any) -> Sequence[str]:
        return value.splitlines() if isinstance(value, str) else [json.dumps(each) for each in value]

    found = difflib.unified_diff(lines(theirs), lines(ours), "official", "ours", lineterm="", n=2)
    return f"{name}:\n" + "\n".join(found)


# --- our picture ------------------------------------------------------------------------------------------------------------


def body_of(document: DomNode) -> DomNode:
    """The body of a document."""
    return next(each for each in document.iter() if each.tag == "body")


def picture(browser: Browser) -> str:
    """The DOM of a tab in the words of tab.mjs."""
    lines: list[str] = []

    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def walk(parent: DomNode, depth: int) -> None:
        words = ""
        idle = parent.get("phx-update") == "stream"
        for each in [*parent.children, None]:
            if isinstance(each, str):
                words += each
                continue
            if words and not (idle and not words.strip()):
                lines.append("  " * depth + text(words))
            words = ""
            if each is None:
                break
            attributes = sorted(f"{name}={text(value)}" for name, value in each.attributes.items() if name not in OWN)
            mark = "*" if each.focused else ""
            lines.append("  " * depth + mark + " ".join([f"<{each.tag}", *attributes]) + ">" + held(each))
            if each.tag != "textarea" and each.get("data-phx-portal") is None:
                walk(each, depth + 1)

    def held(node: DomNode) -> str:
        if node.tag == "select":
            return " " + text([option_value(each) for each in selected_options(node)])
        if node.tag == "textarea":
            return " " + text(value_of(node))
        kind = kind_of(node)
        if node.tag != "input" or kind == "file":
            return ""
        if kind in ("checkbox", "radio"):
            return " checked" if is_checked(node) else ""
        return " " + text(value_of(node))

    walk(body_of(root(browser.document)), 0)
    return "\n".join(lines)
