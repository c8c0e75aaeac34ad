"""`process` and `turn`: what a message does to a joined view - callbacks, hooks, rendering, replies, events, the end, facts.

Each error is compared in full, and after each the process is as it was (`Client.refused`).
"""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from liveview_core import (
    BadReturn,
    Cont,
    Halt,
    LiveComponent,
    LiveView,
    Reply,
    Route,
    Router,
    Socket,
    heex,
)
from liveview_core.errors import DuplicateHook, LiveViewError, UndefinedCallback
from liveview_core.process import upload_messages
from liveview_core.process.process import DiffReply, JoinReply, Sent
from liveview_core.process.step import NotRunning, StepFacts, UnknownReservedEvent, new_process, step
from liveview_core.protocol import messages
from liveview_core.protocol.effects import Broadcast, Send
from liveview_core.protocol.messages import (
    Call,
    Cast,
    CidsDestroyed,
    CidsWillDestroy,
    Event,
    Info,
    Join,
    Leave,
    Reload,
    SendUpdate,
    Stop,
)
from liveview_core.socket.socket_state import NO_REPLY
from tests.harness.client import ENV, HOST, Client, joined


class Counter(LiveView):
    """Does in each callback what the message says: a function of the socket, whose value is returned."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(n=3, log=())

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket) if params and "do" in params else socket

    def handle_info(self, msg: Any, socket: Socket) -> Any:
        return msg(socket) if callable(msg) else socket

    def handle_call(self, msg: Any, sender: Any, socket: Socket) -> Any:
        return msg(socket)

    def handle_cast(self, msg: Any, socket: Socket) -> Any:
        return msg(socket)

    render = heex("<p>{@n}</p>")


class Bare(LiveView):
    """Nothing but what is needed to be shown."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return hooked(socket.assign(n=1)) if (hooked := session.get("hooks")) else socket.assign(n=1)

    render = heex("<p>{@n}</p>")


def bare(hooks: Any = None) -> Client:
    return joined(Bare, session={"hooks": hooks} if hooks else {})


def do(fn: Any) -> Event:
    return Event("do", "click", {"do": fn})


def plus(by: int) -> Any:
    return lambda socket: socket.update("n", lambda n: n + by)


# --- rendering and answering ----------------------------------------------------------------------------------------------


def test_answers_and_pushes() -> None:
    """LC-42, LC-44, VX-26: nothing changed is a bare answer or silence; a change is in the answer, or pushed."""
    client = joined(Counter)
    assert client.tell(do(plus(1))) == [("ok", {"diff": {"0": "4"}})]
    assert client.tell(do(lambda s: s)) == [("ok", {})]
    assert client.info(plus(1)) == [("diff", {"0": "5"})]
    assert client.info(lambda s: s) == []
    assert client.info("unknown") == []
    assert client.tell(Cast(plus(1))) == [("diff", {"0": "6"})]


def test_changed_and_changed_back() -> None:
    """AS-5, VX-25, EN-10a: an assign that was changed and changed back is rendered; one that was not changed is not."""
    client = joined(Counter)
    assert client.tell(do(lambda s: s.assign(n=4).assign(n=3))) == [("ok", {"diff": {"0": "3"}})]
    assert client.tell(do(lambda s: s.assign(n=3))) == [("ok", {})]
    assert client.tell(do(lambda s: s.assign(n=3.0))) == [("ok", {"diff": {"0": "3.0"}})]


def test_a_payload_is_decoded() -> None:
    """CB-9: a form's fields by their names; meta over them; anything else as it came."""
    seen: list[Any] = []

    class View(Counter):
        def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
            seen.append(params)
            return socket

    client = joined(View)
    client.tell(Event("x", "form", "user[name]=ann&_target=user%5Bname%5D", None, {"more": 1}))
    client.tell(Event("x", "form", "a[]=1&a[]=2", None, {"_target": ["a"]}))
    client.tell(Event("x", "click", {"value": ""}))
    client.tell(Event("x", "hook", "text"))
    assert seen == [
        {"user": {"name": "ann"}, "_target": ["user", "name"], "more": 1},
        {"a": ["1", "2"], "_target": ["a"]},
        {"value": ""},
        "text",
    ]


# --- events for the client, replies ---------------------------------------------------------------------------------------


def test_pushed_events() -> None:
    """PE-2, PE-3, VX-26: in order, also alone; empty of them the next message is (SK-5)."""
    client = joined(Counter)
    push: Any = lambda s: s.push_event("a", {"x": 1}).push_event("b", {}, dispatch="before")
    assert client.tell(do(push)) == [("ok", {"diff": {"e": [["a", {"x": 1}], ["b", {}, True]]}})]
    assert client.info(lambda s: push(s.assign(n=0))) == [("diff", {"0": "0", "e": [["a", {"x": 1}], ["b", {}, True]]})]
    assert client.tell(do(lambda s: s)) == [("ok", {})]


def test_replies() -> None:
    """CB-2, CB-11: in the diff under `r`; the last one given wins; without a reply there is none, also not later."""
    client = joined(Counter)
    assert client.tell(do(lambda s: Reply(s, {"a": 1}))) == [("ok", {"diff": {"r": {"a": 1}}})]
    assert client.tell(do(lambda s: Reply(s.assign(n=9), {}))) == [("ok", {"diff": {"0": "9", "r": {}}})]
    assert client.tell(do(lambda s: s)) == [("ok", {})]
    hook = lambda event, params, s: Halt(s.with_reply({"first": 1}), reply={"last": 1})
    client = bare(lambda s: s.attach_hook("h", "handle_event", hook))
    assert client.event("x") == [("ok", {"diff": {"r": {"last": 1}}})]


def test_after_render_hooks() -> None:
    """LC-43, HK-22, VX-26, VX-31: what they push is sent; what they assign is kept, and not rendered; no render, no hook."""
    calls: list[bool] = []

    def hook(socket: Socket) -> Socket:
        calls.append(socket.changed("n"))
        return socket.assign(n=99).push_event("seen", {})

    class View(Counter):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.assign(n=3).attach_hook("h", "after_render", hook)

    client = joined(View)
    assert client.assigns.n == 99
    assert client.tell(do(lambda s: s)) == [("ok", {})]
    assert calls == [True]
    assert client.tell(do(plus(1))) == [("ok", {"diff": {"0": "100", "e": [["seen", {}]]}})]
    assert calls == [True, True]
    assert not client.process.socket.has_changed()


def test_the_title() -> None:
    """DF-28…30: whenever it was assigned and something is rendered, raw; also a None."""
    client = joined(Counter)
    assert client.tell(do(lambda s: s.assign(page_title="a<b"))) == [("ok", {"diff": {"t": "a<b"}})]
    assert client.tell(do(lambda s: s.assign(page_title=None))) == [("ok", {"diff": {"t": None}})]


# --- callbacks: legal returns, missing ones -------------------------------------------------------------------------------

RETURNS: list[tuple[Any, str, str, str]] = [
    (do(lambda s: None), "handle_event", "a Socket or Reply(socket, {…})",
     "no case for event 'do', or one without a return? End both with `return socket`"),
    (do(lambda s: Reply(s, 1)), "handle_event", "a Socket or Reply(socket, {…})",
     "a reply is a mapping: Reply(socket, {'value': …})"),
    (Info(lambda s: (s,)), "handle_info", "a Socket", "no tuple is needed: return the socket"),
    (Info(lambda s: Reply(s, {})), "handle_info", "a Socket",
     "only handle_event and handle_call may reply: return the socket"),
    (Cast(lambda s: "x"), "handle_cast", "a Socket", "return the socket"),
    (Call(lambda s: 5), "handle_call", "a Socket or Reply(socket, answer)", "return the socket"),
]  # fmt: skip


@pytest.mark.parametrize("case", RETURNS, ids=lambda case: case[1])
def test_invalid_returns(case: Any) -> None:
    """CB-2, CB-3, CB-4: where, what was expected, what came, the cure; and nothing has happened (ER-3)."""
    message, name, expected, cure = case
    text = joined(Counter).refused(message, BadReturn)
    happened, wanted, got, cured = text.split("\n")
    assert (happened, wanted, cured) == (
        f"invalid return from Counter.{name}",
        f"  expected: {expected}",
        f"  cure: {cure}",
    )
    assert got.startswith("  got: ")


MISSING: list[tuple[Any, str, str, str]] = [
    (Event("save"), "handle_event", "the event 'save' needs", "def handle_event(self, event, params, socket): return socket"),
    (Call("q"), "handle_call", "the call 'q' needs", "def handle_call(self, msg, sender, socket): return Reply(socket, None)"),
    (Cast("q"), "handle_cast", "the cast 'q' needs", "def handle_cast(self, msg, socket): return socket"),
]  # fmt: skip


@pytest.mark.parametrize("case", MISSING, ids=lambda case: case[1])
def test_missing_callbacks(case: Any) -> None:
    """CB-6: an event, call or cast needs one."""
    message, name, why, cure = case
    assert bare().refused(message, UndefinedCallback) == (
        f"Bare does not define {name}, which {why}\n"
        f"  expected: a method {name}\n  got: none of that name\n  cure: add `{cure}`"
    )


def test_a_message_that_nobody_handles() -> None:
    """CB-6, HK-20: without handle_info it is dropped, after its hooks have seen it."""
    assert bare().info("anything") == []
    client = bare(lambda s: s.attach_hook("h", "handle_info", lambda msg, s: Cont(s.assign(n=msg))))
    assert client.info(7) == [("diff", {"0": "7"})]


def test_reserved_events() -> None:
    """CB-8, HK-24: LiveView's own; neither hooks nor callbacks are asked."""
    client = bare(
        lambda s: s.attach_hook("h", "handle_event", lambda *a: 1 / 0).put_flash("a", "1").put_flash("b", "2")
    )
    assert client.event("lv:clear-flash", {"key": "a"}) == [("ok", {})]
    assert client.assigns.flash == {"b": "2"}
    assert client.event("lv:clear-flash") == [("ok", {})]
    assert client.assigns.flash == {}
    assert client.refused(Event("lv:other"), UnknownReservedEvent) == (
        "received unknown LiveView event 'lv:other'\n"
        "  expected: lv:clear-flash, the only event of that kind\n"
        "  got: 'lv:other'\n"
        "  cure: choose a name for your event that does not begin with 'lv:'"
    )


def test_calls() -> None:
    """CB-4, NV-20: rendered first, then answered; a redirect ends the view, and is answered all the same; no answer is none."""
    client = joined(Counter)
    assert client.tell(Call(lambda s: Reply(s.assign(n=8), "answer"))) == [("diff", {"0": "8"})]
    assert client.step is not None
    assert client.step.answer == "answer"
    client.tell(Call(lambda s: Reply(s, None)))
    assert client.step.answer is None
    client.tell(Call(lambda s: s))
    assert client.step.answer is NO_REPLY
    assert client.tell(Call(lambda s: Reply(s.redirect("/b"), 1))) == [
        ("diff", {"e": []}),
        ("redirect", {"to": "/b", "status": 302}),
    ]
    assert (client.step.answer, client.process.stopped) == (1, ("shutdown", ("redirect", {"to": "/b", "status": 302})))


# --- hooks ----------------------------------------------------------------------------------------------------------------


def test_a_halt_hides_the_event() -> None:
    """HK-13, HK-15: hooks in order, then the callback, unless one halts; what the halting one assigned is rendered."""

    def hook(name: str, halts: bool = False) -> Any:
        def run(event: str, params: Any, socket: Socket) -> Any:
            socket = socket.assign(n=f"{socket.assigns.n} {name}")
            return Halt(socket) if halts else Cont(socket)

        return run

    client = bare(lambda s: s.attach_hook(1, "handle_event", hook("a")).attach_hook(2, "handle_event", hook("b", True)))
    assert client.event("x") == [("ok", {"diff": {"0": "1 a b"}})]


def test_vx_30() -> None:
    """HK-16, VX-30: a chain is a snapshot; what is attached or detached in it counts from the next message on."""
    ran: list[str] = []

    def first(msg: Any, socket: Socket) -> Any:
        ran.append("h1")
        if len(ran) == 1:
            socket = socket.attach_hook("h3", "handle_info", third).detach_hook("h2", "handle_info")
        return Cont(socket.detach_hook("h1", "handle_info"))

    def second(msg: Any, socket: Socket) -> Any:
        ran.append("h2")
        return Cont(socket)

    def third(msg: Any, socket: Socket) -> Any:
        ran.append("h3")
        return Cont(socket)

    client = bare(lambda s: s.attach_hook("h1", "handle_info", first).attach_hook("h2", "handle_info", second))
    client.info(1)
    assert ran == ["h1", "h2"]
    client.info(2)
    assert ran == ["h1", "h2", "h3"]


def test_what_a_hook_may_return() -> None:
    """HK-14: its id, its stage, what is permitted there; after_render has its own words."""
    cases: list[tuple[str, Any, Any, str]] = [
        ("handle_event", lambda e, p, s: None, Event("x"), "Cont(socket) or Halt(socket) or Halt(socket, reply={…})"),
        ("handle_info", lambda m, s: s, Info(1), "Cont(socket) or Halt(socket)"),
    ]
    for stage, hook, message, permitted in cases:
        client = bare(lambda s, stage=stage, hook=hook: s.attach_hook("mine", stage, hook))
        text = client.refused(message, BadReturn)
        assert text.startswith(f"invalid return from hook 'mine' on {stage}\n  expected: {permitted}\n  got: ")

    class View(Counter):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            once = lambda s: s if s.assigns.n == 3 else Cont(s)
            return socket.assign(n=3).attach_hook("mine", "after_render", once)

    text = joined(View).refused(do(plus(1)), BadReturn)
    assert text.startswith("invalid return from hook 'mine' on after_render\n  expected: the socket\n  got: Cont(")
    assert text.endswith("  cure: return the socket itself, without Cont")


def test_a_streams_hook_has_its_name() -> None:
    """HK-23, ST-19: the hook that empties a stream cannot be shadowed."""
    text = joined(Counter).refused(
        do(lambda s: s.stream("rows", []).attach_hook("rows", "after_render", lambda s: s)), DuplicateHook
    )
    assert text == (
        "a hook with the id 'rows' is already attached on after_render\n"
        "  expected: an id that is unique on its stage\n"
        "  got: the hooks of after_render are: 'rows'\n"
        "  cure: attach it once, or socket.detach_hook('rows', 'after_render') first; a stream takes its own name as a hook"
        " id on after_render"
    )


# --- components -----------------------------------------------------------------------------------------------------------


class Item(LiveComponent):
    """As `Counter`, in a component."""

    def update(self, assigns: Any, socket: Socket) -> Any:
        return socket.assign(dict(assigns)).push_event("updated", {"id": assigns.id})

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    render = heex("<li>{@n}<.live_component :if={@n > 10} module={Leaf} id={@id} n={@n} /></li>")


class Leaf(LiveComponent):
    def update(self, assigns: Any, socket: Socket) -> Any:
        return socket.assign(dict(assigns)).push_event("leaf", {})

    render = heex("<b>{@n}</b>")


class List(Counter):
    render = heex("<ul>{@flash.get('info')}<.live_component module={Item} id='a' n={@n} /></ul>")


def item(fn: Any) -> Event:
    return Event("do", "click", {"do": fn}, 1)


def test_a_components_event() -> None:
    """CP-16, DF-25, VX-26: only its own diff is sent; a component that is gone is answered and nothing else."""
    client = joined(List)
    assert client.tell(item(lambda s: s.assign(n=5))) == [("ok", {"diff": {"c": {"1": {"0": "5", "1": ""}}}})]
    assert client.tell(item(lambda s: Reply(s, {"a": 1}))) == [("ok", {"diff": {"r": {"a": 1}}})]
    assert client.event("x", {}, cid=77) == [("ok", {})]
    assert client.refused(item(lambda s: None), BadReturn).startswith("invalid return from Item.handle_event\n")
    assert client.refused(Event("lv:nope", cid=1), UnknownReservedEvent).startswith("received unknown LiveView event")
    client.tell(item(lambda s: s.put_flash("info", "x")))
    assert client.tell(Event("lv:clear-flash", cid=1)) == [("ok", {})]  # CP-29


def test_the_order_of_events() -> None:
    """PE-4: components that were updated first, then the view; a component's own, then those of what is below it."""
    client = joined(List)
    assert client.tell(do(lambda s: s.assign(n=4).push_event("view", {}))) == [
        ("ok", {"diff": {"1": 1, "c": {"1": {"0": "4", "1": ""}}, "e": [["updated", {"id": "a"}], ["view", {}]]}})
    ]
    ((_, response),) = client.tell(item(lambda s: s.assign(n=11).push_event("own", {})))
    assert response["diff"]["e"] == [["own", {}], ["leaf", {}]]


def test_send_update() -> None:
    """VX-26, CP-20, CP-21: pushed as a diff; equal values send nothing; a component that is not there is no error."""
    client = joined(List)
    quiet = joined(QuietList)
    assert quiet.tell(SendUpdate(Plain, "a", {"n": 50})) == [("diff", {"c": {"1": {"0": "50"}}})]
    assert quiet.tell(SendUpdate(Plain, "a", {"n": 50})) == []
    assert quiet.tell(SendUpdate(Plain, None, {"n": 51}, cid=1)) == [("diff", {"c": {"1": {"0": "51"}}})]
    assert quiet.tell(SendUpdate(Plain, "b", {"n": 50})) == []
    assert client.process.components.get(1) is not None


class Plain(LiveComponent):
    render = heex("<li>{@n}</li>")


class QuietList(Counter):
    render = heex("<ul><.live_component :if={@n < 100} module={Plain} id='a' n={@n} /></ul>")


def test_components_leave() -> None:
    """CP-23, CH-1: marked, then deleted if they still are; each message answered once."""
    client = joined(QuietList)
    client.tell(do(lambda s: s.assign(n=100)))
    assert client.tell(CidsWillDestroy((1, 9))) == [("ok", {})]
    assert client.tell(CidsDestroyed((1, 9))) == [("ok", {"cids": [1]})]
    assert client.tell(CidsDestroyed((1,))) == [("ok", {"cids": []})]


# --- the end --------------------------------------------------------------------------------------------------------------


class Ends(Counter):
    def terminate(self, reason: Any, socket: Socket) -> Any:
        assert socket.now.year == 2023  # a callback like any other: there is a time
        return socket.broadcast("ends", reason)


def test_terminate() -> None:
    """LC-45, LC-46, NV-8: whenever the view stops, with the reason; what it asks for is done, what else it returns ignored."""
    client = joined(Ends)
    assert client.tell(Leave()) == [("ok", {})]
    assert client.effects == [Broadcast("ends", ("shutdown", "left"))]
    assert client.process.stopped == ("shutdown", "left")
    client = joined(Ends)
    client.tell(do(lambda s: s.send("x", to="other").push_navigate("/b")))
    reason = ("shutdown", ("live_redirect", {"to": "/b", "kind": "push"}))
    assert client.effects == [Send("x", "other"), Broadcast("ends", reason)]
    for other in (("shutdown", "closed"), ("shutdown", "parent_exited"), ("shutdown", "draining"), "normal"):
        client = joined(Ends)
        assert client.tell(Stop(other)) == []
        assert client.effects == [Broadcast("ends", other)]
        assert client.process.stopped == other

    class Silent(Counter):
        def terminate(self, reason: Any, socket: Socket) -> Any:
            return None

    client = joined(Silent)
    assert client.tell(Leave()) == [("ok", {})]
    assert client.effects == []


def test_a_mount_that_fails_has_nothing_to_terminate() -> None:
    """LC-45, LC-25: a view that never was does not end."""

    class View(Ends):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            return socket.redirect("/b") if socket.connected else socket.assign(n=0)

    client = Client(View)
    assert client.join()[0][0] == "error"
    assert client.effects == []


def test_not_running() -> None:
    """One Join, before everything else; nothing after the end."""
    client = Client(Counter)
    assert client.refused(Info(1), NotRunning) == (
        "<Process phx-1 Counter not joined> cannot handle Info yet\n  expected: a Join first\n  got: Info"
    )
    client.join()
    assert client.refused(Join(), NotRunning) == (
        "<Process phx-1 Counter joined> has joined already\n  expected: one Join in the life of a process\n  got: Join"
    )
    client.tell(Leave())
    assert client.refused(Info(1), NotRunning) == (
        "<Process phx-1 Counter ('shutdown', 'left')> cannot handle Info: it has stopped\n"
        "  expected: a process that runs\n"
        "  got: one that stopped with ('shutdown', 'left')\n"
        "  cure: mount the view again"
    )


def test_reload() -> None:
    """LC-47: every assign counts as changed, and everything is rendered."""
    client = joined(Counter)
    assert client.tell(Reload()) == [("diff", {"0": "3"})]
    assert client.step is not None
    assert set(client.step.facts.changed) == {"n", "log", "live_action", "flash"}
    assert client.info(lambda s: s) == []


def test_a_crash_changes_nothing() -> None:
    """ER-3, ER-4: an exception of a callback, of a hook, of a template, of a component: the caller still holds what it had."""
    client = joined(List)
    client.refused(do(lambda s: s.assign(n=9, log=(1,)) and 1 / 0), ZeroDivisionError)
    client.refused(do(lambda s: s.assign(n="text")), TypeError)  # the component's template compares it
    client.refused(item(lambda s: 1 / 0), ZeroDivisionError)
    assert client.tell(do(plus(0))) == [("ok", {})]


# --- facts ----------------------------------------------------------------------------------------------------------------


def test_facts() -> None:
    """TM-1: dynamics that were evaluated, assigns that changed, components rendered, hooks with whether they did something."""

    class View(List):
        def mount(self, params: Any, session: Any, socket: Socket) -> Any:
            socket = socket.assign(n=3).stream("rows", [])
            socket = socket.attach_hook("idle", "handle_event", lambda e, p, s: Cont(s))
            socket = socket.attach_hook("busy", "handle_event", lambda e, p, s: Cont(s.assign(m=1)))
            return socket.attach_hook("after", "after_render", lambda s: s)

    client = joined(View)
    assert client.step is not None
    assert client.step.facts.hooks == (("after_render", "after", False),)
    assert client.step.facts.components == (1,)
    client.tell(do(plus(1)))
    assert client.step.facts == StepFacts(
        3,
        ("m", "n"),
        (1,),
        (("handle_event", "idle", False), ("handle_event", "busy", True), ("after_render", "after", False)),
    )
    client.tell(Info(lambda s: s))
    assert client.step.facts == StepFacts()


def test_facts_of_a_component() -> None:
    """TM-1, TM-2: a component's hooks are among them, and what it rendered."""

    class Hooked(Item):
        def mount(self, socket: Socket) -> Any:
            return socket.attach_hook("own", "after_render", lambda s: s.assign(seen=1))

    class View(Counter):
        render = heex("<ul><.live_component module={Hooked} id='a' n={@n} /></ul>", names={"Hooked": Hooked})

    client = joined(View)
    assert client.step is not None
    assert client.step.facts.hooks == (("after_render", "own", True),)
    client.tell(item(lambda s: s.assign(n=5)))
    assert client.step.facts == StepFacts(2, (), (1,), (("after_render", "own", False),))


def test_a_step_says_what_it_did() -> None:
    """`diff` and `reply` find what was sent; the repr shows it."""
    done = step(joined(Counter).process, do(plus(1)), ENV)
    assert (done.diff, done.reply) == ({"0": "4"}, {"diff": {"0": "4"}})
    assert repr(done) == (
        "Step(sent=[Sent('phx_reply', {'status': 'ok', 'response': {'diff': {'0': '4'}}})], effects=())"
    )
    quiet = step(done.process, Info(1), ENV)
    assert (quiet.diff, quiet.reply) == (None, None)
    assert done.sent[0] != quiet


def test_process_ids() -> None:
    """SK-9, SK-1: the id is given, and what callbacks read from the socket is the process's."""
    router = Router([Route("/", Counter)])
    process = new_process("phx-9", Counter, router=router, match=router.resolve("/"), uri=f"{HOST}/")
    socket = step(process, Join(), ENV).process.socket
    assert (socket.id, socket.view, socket.router, socket.connected, socket.parent, socket.cid) == (
        "phx-9",
        Counter(),
        router,
        True,
        None,
        None,
    )
    with pytest.raises(LiveViewError):
        _ = socket.now  # between two messages there is no time


def test_an_answer_that_carries_a_diff() -> None:
    """It is a message like any other: equal to one that was written out, the same payload at each reading, copied and pickled."""
    answer = DiffReply({"0": "4"})
    written = Sent("phx_reply", {"status": "ok", "response": {"diff": {"0": "4"}}})
    assert answer == written and written == answer and repr(answer) == repr(written)
    assert answer.payload is answer.payload and answer.payload["response"]["diff"] is answer.carried
    assert answer.diff == written.diff == {"0": "4"}
    assert answer != DiffReply({"0": "5"}) and answer != Sent("diff", {"0": "4"})
    assert copy.deepcopy(answer) == pickle.loads(pickle.dumps(answer)) == written
    assert pickle.loads(pickle.dumps(DiffReply({"0": "4"}))) == written


def test_every_message_of_uploads_is_known() -> None:
    """What handles them is imported when the first of them comes."""
    assert set(upload_messages.HANDLERS) == set(messages.OF_UPLOADS)


def test_an_answer_to_a_join() -> None:
    """As one that was written out, with the version beside what is shown."""  # LC-23
    answer = JoinReply({"0": "4", "s": ["", ""]})
    written = Sent(
        "phx_reply", {"status": "ok", "response": {"rendered": answer.carried, "liveview_version": "1.2.10"}}
    )
    assert answer == written and written == answer and repr(answer) == repr(written)
    assert answer.diff is written.diff is answer.carried
    assert answer != DiffReply(answer.carried)
    restored = pickle.loads(pickle.dumps(answer))
    assert type(restored) is JoinReply and copy.deepcopy(answer) == restored == written
