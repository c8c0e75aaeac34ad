"""The laws of `step` over random messages to a view that has everything: replay, untouched, quiet, answered once, patch.

Streams, components, hooks of all stages, tasks, flash, patches, uploads, timers, randomness and the time - and messages that
raise, each in another place.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import (
    AsyncExit,
    AsyncOk,
    Cont,
    Halt,
    LiveComponent,
    LiveView,
    Ok,
    Reply,
    Route,
    Router,
    Socket,
    heex,
)
from liveview_core.process.step import Process, Step, new_process, render_full, step
from liveview_core.protocol.effects import Deliver, StartAsync, Task
from liveview_core.protocol.messages import (
    AllowUpload,
    AsyncDone,
    Call,
    Cast,
    Chunk,
    CidsDestroyed,
    CidsWillDestroy,
    Event,
    Info,
    Join,
    LivePatch,
    Message,
    Progress,
    RegisterUpload,
    Reload,
    SendUpdate,
    Stop,
)
from liveview_testing.browser.page.page import Page
from tests.harness.client import CLIENTS, ENV, HOST, frames, witness


@frozen
class Row:
    id: int
    text: str


def fetched() -> Any:
    """The work of all tasks here; a name, so that its repr is the same in every run."""


class Item(LiveComponent):
    def mount(self, socket: Socket) -> Any:
        return socket.assign(clicks=0).attach_hook(
            "seen", "after_render", lambda s: s.push_event("shown", {"cid": s.cid})
        )

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event:
            case "boom":
                return socket.assign(clicks=-1) and 1 / 0
            case "patch":
                return socket.put_flash("info", "item").push_patch(f"/?page={socket.assigns.clicks}")
            case "task":
                return socket.start_async("t", fetched)
            case _:
                return Reply(socket.update("clicks", lambda n: n + 1), {"clicks": socket.assigns.clicks})

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Any:
        return socket.assign(clicks=100)

    render = heex("<li>{@id} {@label} {@clicks}</li>")


def counts(event: str, params: Any, socket: Socket) -> Any:
    if event == "halted":
        return Halt(socket.assign(n=-1), reply={"halted": True})
    return Cont(socket.update("events", lambda n: n + 1)) if event.startswith("count") else Cont(socket)


def hears(msg: Any, socket: Socket) -> Any:
    return Cont(socket.assign(heard=msg)) if msg == "heard" else Cont(socket)


class Everything(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        socket = socket.assign(n=0, items=(1, 2), page="0", events=0, heard=None, got=None, tmp=None)
        socket = socket.attach_hook("counts", "handle_event", counts).attach_hook("hears", "handle_info", hears)
        socket = socket.attach_hook("params", "handle_params", lambda params, uri, s: Cont(s))
        socket = socket.stream("rows", [Row(0, "first")], limit=-5).subscribe("topic").send_interval("tick", 5)
        socket = socket.allow_upload("files", accept="any", max_entries=2, auto_upload=True, max_file_size=10)
        return Ok(socket.assign_async("data", fetched), temporary_assigns={"tmp": ""})

    def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
        if params.get("page") == "on":
            return socket.push_patch("/?page=9", replace=True)
        return socket.assign(page=params.get("page", "0"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        match event, params:
            case "add", {"id": id}:
                return socket.stream_insert("rows", Row(id, f"row {id}"), at=id % 3 - 1).assign(n=id)
            case "remove", {"id": id}:
                return socket.stream_delete("rows", Row(id, "")).stream_delete_by_dom_id("rows", "rows-9")
            case "items", {"id": id}:
                items = socket.assigns.items
                return socket.assign(items=tuple(i for i in items if i != id) if id in items else (id, *items))
            case "draw", _:
                return socket.assign(n=socket.random.random(), page_title=socket.now.isoformat())
            case "flash", {"id": id}:
                return socket.put_flash("info", f"m{id}").push_event("flashed", {"id": id})
            case "work", _:
                return socket.start_async("w", fetched).assign_async("data", fetched)
            case "temporary", {"id": id}:
                return socket.assign(tmp=f"t{id}")
            case "patch", {"id": id}:
                return socket.put_flash("error", "p").push_patch(f"/?page={'on' if id % 2 else id}")
            case "consume", _:
                socket, got = socket.consume_uploaded_entries("files", lambda content, entry: content)
                return socket.assign(got=str(got))
            case "boom", {"id": id}:
                socket = socket.assign(n="lost").stream_insert("rows", Row(5, "lost")).put_flash("info", "lost")
                socket = socket.send("lost").start_async("lost", fetched).push_event("lost", {})
                return (
                    [1 / 0, None, socket.push_patch("/nowhere"), socket.stream("rows", [{}])][id % 4]
                    if id % 4
                    else 1 / 0
                )
            case _:
                return socket

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        if msg == "boom":
            raise LookupError(msg)
        return socket.assign(heard=msg).send_update(Item, id=1, label=f"{msg}!")

    def handle_async(self, name: Any, result: Any, socket: Socket) -> Any:
        return socket.assign(got=f"{name} {type(result).__name__}")

    def handle_call(self, msg: Any, sender: Any, socket: Socket) -> Any:
        return Reply(socket.assign(n=msg), socket.assigns.n)

    def handle_cast(self, msg: Any, socket: Socket) -> Any:
        return socket.assign(n=msg)

    def terminate(self, reason: Any, socket: Socket) -> Any:
        return socket.broadcast("topic", "gone")

    render = heex(
        """
        <div>
          <p>{@n} {@page} {@events} {@heard} {@got} {@live_action} {str(@data.result)} {len(@uploads.files.entries)}</p>
          <b :if={@flash}>{@flash.get("info")}{@flash.get("error")}</b>
          <ul><.live_component :for={id in @items} :key={id} module={Item} id={id} label={@page} /></ul>
          <ol id="rows" phx-update="stream"><li :for={id, row in @streams.rows} id={id}>{row.text}{@n}</li></ol>
          <i>{@tmp}</i>
        </div>
        """
    )


ROUTER = Router([Route("/", Everything, action="index")])
REF = "phx-upload-phx-1-0"
NAMES = [
    *("add", "remove", "items", "draw", "flash", "work", "temporary"),
    *("patch", "consume", "count", "halted", "lv:clear-flash", "boom", "lv:nope"),
]

numbers = st.integers(0, 5)
messages = st.one_of(
    st.builds(lambda name, id: Event(name, "click", {"id": id}), st.sampled_from(NAMES), numbers),
    st.builds(lambda name, cid: Event(name, "click", {}, cid), st.sampled_from(["up", "boom", "patch", "task"]), numbers),
    st.builds(Info, st.sampled_from(["tick", "heard", "boom"])),
    st.builds(lambda id: LivePatch(f"{HOST}/?page={id}"), st.sampled_from([1, 2, "on"])),
    st.builds(lambda path: LivePatch(f"{HOST}/nowhere{path}"), numbers),
    st.builds(AsyncDone, st.sampled_from(["0", "1", "2", "1-0"]), st.sampled_from([AsyncOk({"data": 7}), AsyncExit("x")])),
    st.builds(lambda id, label: SendUpdate(Item, id, {"label": label}), numbers, numbers),
    st.builds(lambda cid: CidsWillDestroy((cid,)), numbers),
    st.builds(lambda cid: CidsDestroyed((cid,)), numbers),
    st.builds(lambda n: Call(n), numbers),
    st.builds(lambda n: Cast(n), numbers),
    st.builds(lambda ref: AllowUpload(REF, ({"ref": str(ref), "name": "a", "size": 3, "type": ""},)), numbers),
    st.builds(lambda ref: RegisterUpload(f"{REF}:{ref}"), numbers),
    st.builds(lambda ref, n: Chunk(REF, str(ref), b"x" * n), numbers, st.integers(0, 4)),
    st.builds(lambda ref, n: Progress(REF, str(ref), n), numbers, st.sampled_from([50, 100, 101])),
    st.just(Reload()),
)  # fmt: skip


def opened() -> Process:
    match = ROUTER.resolve(f"{HOST}/")
    process = new_process("phx-1", Everything, router=ROUTER, match=match, uri=f"{HOST}/")
    return step(process, Join(url=f"{HOST}/"), ENV).process


def told(done: Step) -> str:
    """Everything that a step said, as text: bytes, order, effects, facts."""
    return json.dumps(frames(done), default=str) + repr(done.effects) + repr(done.answer) + repr(done.facts)


def play(script: list[Message]) -> tuple[list[str], list[tuple[Process, Message, Step | None]]]:
    """What each step said (and `None` for one that raised), and all of it to look at again."""
    process, said, history = opened(), list[str](), list[tuple[Process, Message, Step | None]]()
    queue = list(script)
    while queue:
        message = queue.pop(0)
        try:
            done = step(process, message, ENV)
        except Exception:
            history.append((process, message, None))
            continue
        history.append((process, message, done))
        said.append(told(done))
        process = done.process
        queue[:0] = [effect.message for effect in done.effects if isinstance(effect, Deliver)]
        if process.stopped is not None:
            break
    return said, history


@given(st.lists(messages, max_size=25))
def test_replay(script: list[Message]) -> None:
    """Replay law: the same messages to the same process give the same steps, bytes included; also one by one, later."""
    said, history = play(script)
    assert play(script)[0] == said
    for process, message, done in reversed(history):  # nothing that came after has changed what was
        if done is not None:
            assert told(step(process, message, ENV)) == told(done)


@given(st.lists(messages, max_size=25))
def test_untouched(script: list[Message]) -> None:
    """Untouched law: a run in which some messages raise is the run without them."""
    said, history = play(script)
    failed = [message for _, message, done in history if done is None]
    kept = [message for message in script if not any(message is each for each in failed)]
    assert play(kept)[0] == said


@given(st.lists(messages, max_size=15), messages)
def test_what_raises_leaves_no_trace(script: list[Message], last: Message) -> None:
    """Untouched law, from near: after an error all that can be seen of the process is as before."""
    process = play(script)[1][-1][0] if script else opened()
    before = witness(process)
    with suppress(Exception):
        step(process, last, ENV)
    assert witness(process) == before


@given(st.lists(messages, max_size=25))
def test_answers_and_silence(script: list[Message]) -> None:
    """CH-1, CH-2: what a client sends is answered once, what the world sends never; four kinds of pushes, no empty diff."""
    for _, message, done in play(script)[1]:
        if done is not None:
            events = [sent.event for sent in done.sent]
            assert events.count("phx_reply") == isinstance(message, CLIENTS)
            assert set(events) <= {"phx_reply", "diff", "live_patch", "live_redirect", "redirect"}
            assert all(sent.payload for sent in done.sent if sent.event == "diff")


@given(st.lists(messages, max_size=20))
def test_the_page_is_what_a_render_from_scratch_gives(script: list[Message]) -> None:
    """Patch law, before the stream and the temporary assign, which only the page has: diffs lead where a render from
    scratch is at once.
    """
    process = opened()
    match = ROUTER.resolve(f"{HOST}/")
    first = step(
        new_process("phx-1", Everything, router=ROUTER, match=match, uri=f"{HOST}/"), Join(url=f"{HOST}/"), ENV
    )
    page = Page.join(first.sent[0].payload["response"]["rendered"]).page
    for before, _, done in play(script)[1]:
        process = before if done is None else done.process
        for sent in [] if done is None else done.sent:
            if sent.diff is not None:
                page = page.patch(sent.diff).page
    outside: Any = lambda html: html.split("<ol")[0]
    assert outside(page.wire_text()) == outside(render_full(process))


@given(st.lists(messages, max_size=10))
def test_nothing_is_left_of_a_message(script: list[Message]) -> None:
    """SK-5, ST-17, and the effect law: between two messages nothing is pending and nothing is marked, in view and components."""
    for _, _, done in play(script)[1]:
        if done is None:
            continue
        for socket in (done.process.socket, *(each.socket for each in done.process.components)):
            assert (socket.effects, socket.pushed_events(), socket.has_changed(), socket.redirected) == (
                (),
                [],
                False,
                None,
            )
            assert socket._instant is None
        assert not done.process.socket.assigns.streams.rows.pending


def test_the_script_has_everything() -> None:
    """What the random messages are to reach is reached: results of all kinds, errors of all kinds, tasks, uploads, the end."""
    reached = play(
        [
            Event("add", "click", {"id": 3}),
            Event("patch", "click", {"id": 1}),
            Event("work", "click", {}),
            AsyncDone(Task("w", "1", "start"), AsyncOk(5)),
            Event("up", "click", {}, 1),
            Event("patch", "click", {}, 1),
            AllowUpload(REF, ({"ref": "1", "name": "a", "size": 3, "type": ""},)),
            RegisterUpload(f"{REF}:1"),
            Chunk(REF, "1", b"xxx"),
            Progress(REF, "1", 100),
            Event("consume", "click", {}),
            Stop(("shutdown", "closed")),
        ]
    )[1]
    assert all(done is not None for _, _, done in reached)
    done = reached[-1][2]
    assert done is not None
    assert done.process.stopped == ("shutdown", "closed")
    assert done.process.socket.assigns.got == "[b'xxx']"
    assert any(isinstance(effect, StartAsync) for _, _, each in reached if each is not None for effect in each.effects)
    for id in range(4):
        with pytest.raises(Exception):  # noqa: B017 - of four kinds
            step(opened(), Event("boom", "click", {"id": id}), ENV)
