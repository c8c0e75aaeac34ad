"""Delivering messages: one action of the world, from its cause until everything is quiet again.

Owns `Run`, the open copy of a `World` that an action works on: it hands messages to processes, lets browsers read what
they sent, and does what the callbacks asked for (effects, in order). Laws: first in, first out; everything due at this
instant happens before the action ends; what raises leaves no trace, because only a run that ended well is published.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from types import CoroutineType
from typing import TYPE_CHECKING, Any

from attrs import evolve
from immutables import Map

from liveview_core.errors import LiveViewError, nearest_names, shown
from liveview_core.process.process import ReloadStep
from liveview_core.process.step import Step, step
from liveview_core.protocol import messages
from liveview_core.protocol.async_result import AsyncExit, AsyncOk
from liveview_core.protocol.effects import (
    Broadcast,
    CancelAsync,
    CancelTimer,
    Deliver,
    DeliverAfter,
    Dropped,
    Effect,
    Every,
    Send,
    SendAfter,
    SendUpdate,
    Spawn,
    StartAsync,
    Subscribe,
    Unsubscribe,
)
from liveview_core.socket.socket import Socket
from liveview_testing.browser.page.finding.problems import nowhere
from liveview_testing.browser.uploads.state import FrameOfFile
from liveview_testing.world import pubsub
from liveview_testing.world.browsing import dom_ids, incoming, navigation, visits
from liveview_testing.world.open_world import OpenWorld
from liveview_testing.world.tabs import handle_acts, journeys, tab_documents, tabs
from liveview_testing.world.world import Happening, Line, TabDue, Timer, Work, history

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liveview_testing.browser.bindings.actions import Command
    from liveview_testing.browser.bindings.visibility import Hider
    from liveview_testing.browser.page.node import Node

CALLER = "test"
"""Who calls, as `handle_call` is told."""

LIMIT = 10_000
"""Deliveries at one instant after which a settle is called a loop."""


MANY = 100
"""Messages waiting at once from which on the cyclic collector pauses until they are delivered.

What a step makes is either kept by the world or freed by counting references; looking for cycles meanwhile would walk the
whole world again and again, and a broadcast would cost more for each view the more views there are.
"""


def _pause_collector() -> bool:
    """Whether the collector was running, and now is not."""
    running = gc.isenabled()
    gc.disable()
    return running


def _resume_collector() -> None:
    """The collector runs again; what was made meanwhile is old at once, because the world keeps it.

    Freezing and unfreezing moves it to the oldest generation without walking it. Not if somebody froze objects himself.
    """
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()
    gc.enable()


class Restless(LiveViewError, AssertionError):
    """The world does not become quiet: its processes keep sending messages to one another at the same instant."""


class Run(OpenWorld):
    """An open world whose messages are delivered."""

    __slots__ = ()

    # --- messages ---------------------------------------------------------------------------------------------------

    def deliver(
        self, pid: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None
    ) -> Step | None:
        """One message to one process: the step, what its browser reads, what it asked for. To nobody if it is gone: None then."""
        before = self.lines.get(pid)
        if before is None:
            return None
        process = before.process
        if process is None:
            return None
        if not process.joined and not (event == "phx_join" and origin == "client"):
            self._unborn(before, message)
            return None
        try:
            outcome = step(process, message, self.env or self.environment())
        except Exception as error:
            error.add_note(f"in {pid} ({_name(process.view)}), handling {origin} {event}: {shown(payload)}")
            if isinstance(error, AttributeError) and isinstance(error.obj, Socket):
                error.add_note(_misread(error.obj, error.name or ""))
            raise
        self.number = number = self.number + 1
        happening = Happening()
        happening.at = self.now
        happening.number = number
        happening.process = pid
        happening.origin = origin
        happening.event = event
        happening.payload = payload
        happening.sent = outcome.sent
        happening.counted = outcome.counted
        happening.sender = sender
        happening.cause = self.cause
        self.cause = number
        happening.before = self.last
        happening.older = before.last
        self.last = happening
        line = before.copy()
        line.last = happening
        line.process = after = outcome.process
        push, self.push = self.push, None
        tab = line.tab
        known = kept = False
        if self.browsers:
            browser = self.browsers.get(tab.number)
            known = browser is not None
            kept = browser is not None and browser.follows
        if kept and outcome.effects:
            for effect in outcome.effects:
                if type(effect) is Spawn:  # a tab knows of nested views as soon as it hears of their containers
                    self.lines[pid] = line
                    navigation.spawn(self, pid, effect.process)
                    line.tab = self.lines[pid].tab
        if kept and outcome.sent and tabs.delayed(self, tab.number):
            self.lines[pid] = line
            tabs.send_down(self, line, happening, push)
            line = self.lines[pid]
        else:
            alone = tab.document is None and tab.parent is None and not tab.children
            answers = (
                incoming.hear(line, happening, nowhere if alone else dom_ids.elsewhere(self, pid, event), kept=kept)
                if outcome.sent
                else ()
            )
            self.lines[pid] = line
            if known:
                tabs.heard(self, line, happening, push)
                line = self.lines[pid]
            if not kept:
                for name, frame in answers:
                    if not known or name == "event":  # its tab says by itself which components are gone
                        self.post_client(pid, name, frame)
            if not known and outcome.sent and tab_documents.wakes(line):
                self.keep_tab(pid)
                line = self.lines[pid]
        if event == "phx_join" and origin == "client":
            self._joined(line, happening)
        if after.stopped is not None:
            if type(outcome) is ReloadStep:
                self.refused(before, outcome.error)
            self.end(line)
            if kept and type(message) not in (messages.Leave, messages.Stop):
                tabs.tell(self, tab.number, pid, "phx_close", {})
        elif kept:
            if line.tab.left is not None and after.origin.sticky:
                self.retab(pid, left=None)
        elif line.tab.left is not None and after.origin.sticky:
            navigation.sent_on(self, pid, line.tab.left)
        elif line.tab.children:
            self._children_gone(line)
        if outcome.effects:
            for effect in outcome.effects:
                self.interpret(pid, effect)
        self.cause = happening.cause
        return outcome

    def _joined(self, line: Line, happening: Happening) -> None:
        """The client of an open line has tried to join."""
        tab = line.tab
        if not any(sent.event == "phx_reply" and "rendered" in sent.payload["response"] for sent in happening.sent):
            line.tab = evolve(tab, failed=tab.failed + 1)
        else:
            again = happening.payload["params"].get("_mounts")
            line.tab = evolve(tab, joins=tab.joins + 1 if again else 1, failed=0)
            root = self.lines[self.root(line.id)]
            if root.tab.reloads:  # one that goes well is enough, whichever view's (CN-15)
                self.retab(root.id, reloads={})
        if tab.parent is not None:
            dom_ids.joined(self, line.id)

    def _unborn(self, line: Line, message: Any) -> None:
        """A message where no process is yet: it was for the one that was there before, or its sender could not know it.

        Only that its parent has ended concerns it: then it does not begin.
        """
        if isinstance(message, messages.Stop):
            line = line.copy()
            self.lines[line.id] = line
            self.end(line)

    def call(self, pid: str, message: Any) -> Step | None:
        """A call to one process, as if from outside: the step that answered, or None if it crashed."""
        return self.deliver(pid, messages.Call(message, CALLER), "call", type(message).__name__, message)

    def refused(self, line: Line, error: Exception) -> None:
        """A view could not be joined, for a reason that has an HTTP status: the browser would only load the page anew."""
        error.add_note(
            f"in {line.id} ({visits.name(line.tab.visit.view)}), joining; a browser would be told its status,"
            f" {getattr(error, 'status', None)}, and would load the page anew"
        )
        raise error

    # --- tabs ---------------------------------------------------------------------------------------------------------

    def keep_tab(self, pid: str) -> int:
        """The tab of a view is more than its pages from now on."""
        return tabs.keep(self, pid, follows=False)

    def shown(self, number: int, root: str) -> None:
        """A tab is at another page."""
        if number in self.browsers:
            tabs.show(self, number, root)

    def sight(self, pid: str) -> Hider:
        """What is hidden and disabled on the page of a view, as its tab has it."""
        return handle_acts.sight(self, pid)

    def named(self, pid: str, commands: Mapping[int, Command]) -> dict[int, int]:
        """What commands are about to be run: their elements are found again, wherever patches move them meanwhile."""
        return handle_acts.named(self, pid, commands)

    def command(self, pid: str, source: int, command: Command) -> None:
        """A JS command is carried out in the tab of a view."""
        handle_acts.command(self, pid, source, command)

    def held_back(self, pid: str, form: Node, submitter: Node | None) -> bool:
        """Whether the browser does not let a person submit a form, because it finds it invalid."""
        return handle_acts.held_back(self, pid, form, submitter)

    # --- settling ---------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Deliver everything due at this instant, in order, until nothing is.

        Messages come first, then due timers, then what browsers say by themselves, then tasks: what processes send arrives before
        any answer over the network can. Raises `Restless`, which names the senders, when that does not end.
        """
        queue, answers = self.queue, self.answers
        paused = False
        try:
            while True:
                if queue:
                    processes, message, origin, event, payload, sender, cause = queue.popleft()
                    if len(processes) + len(queue) > MANY and not paused:
                        paused = _pause_collector()
                    for process in processes:
                        self.count()
                        self.cause = cause
                        self.deliver(process, message, origin, event, payload, sender)
                elif self.timers and (timer := self.agenda.due(self.timers, self.now)) is not None:
                    self.count()
                    self.fire(timer)
                elif answers:
                    pid, event, payload, self.push, self.cause = answers.popleft()
                    self.count()
                    self.arrive(pid, event, payload)
                elif self.tasks and not self.hold:
                    self.count()
                    self.work(self.tasks[min(self.tasks)])
                else:
                    return
        finally:
            if paused:
                _resume_collector()

    def count(self) -> None:
        if self.until and self.number >= self.until:
            self._cut()
        self.delivered = delivered = self.delivered + 1
        if delivered > self.limit:
            raise self._restless()

    def _restless(self) -> Restless:
        recent: Counter[str] = Counter()
        unknown = max(0, self.limit - self.number + self.cut)
        for happening in history(self.last, self.number - self.limit):
            recent[f"{happening.sender or happening.origin} -> {happening.process}: {shown(happening.payload)}"] += 1
        return Restless(
            f"the world does not settle: {self.limit} messages at the same instant, and more are waiting",
            expected="callbacks that end by sending nothing more at this instant",
            got="\n    ".join(f"{times} x {what}" for what, times in recent.most_common(5))
            + (f"\n    {unknown} that are gone: history={self.kept}" if unknown else ""),
            cure="send_after(message, seconds) if it should repeat in time; Simulation(limit=...) if it really is that much",
        )

    # --- time -------------------------------------------------------------------------------------------------------

    def pass_time(self, by: int) -> None:
        """Every timer due within `by` microseconds fires at its own instant; the world settles after each."""
        until = self.now + by
        self.settle()
        while (timer := self.agenda.due(self.timers, until)) is not None:
            if timer.due > self.now:
                self.now = timer.due
                self.env = None
                self.delivered = 0
            self.fire(timer)
            self.settle()
        self.now = until
        self.env = None

    def fire(self, timer: Timer) -> None:
        self.cause = timer.cause
        if type(timer.message) is TabDue:
            self.timers = self.timers.delete(timer.seq)
            tabs.due(self, timer.message)
            return
        pid = timer.process
        if timer.every is None:
            self.timers = self.timers.delete(timer.seq)
            self._unname(pid, timer)
        else:
            self.schedule(evolve(timer, due=timer.due + timer.every))
        message = timer.message
        wrapped = message if timer.own else messages.Info(message)
        self.deliver(pid, wrapped, "timer", type(message).__name__, message)

    # --- tasks ------------------------------------------------------------------------------------------------------

    def work(self, work: Work) -> None:
        """Run a task and deliver what came of it."""
        self.cause = work.cause
        try:
            value = work.fn()
        except Exception as error:
            self.answer(work, AsyncExit(error))
            return
        if type(value) is CoroutineType:
            raise unawaited(work, value)  # pyright: ignore[reportUnknownArgumentType]
        self.answer(work, AsyncOk(value))  # pyright: ignore[reportUnknownArgumentType]

    def answer(self, work: Work, result: AsyncOk | AsyncExit) -> None:
        """A task ends, with this."""
        self.cause = work.cause
        self.tasks = self.tasks.delete(work.seq)
        self.deliver(work.process, messages.AsyncDone(work.task, result), "task", str(work.name), result)

    # --- effects ----------------------------------------------------------------------------------------------------

    def interpret(self, pid: str, effect: Effect) -> None:
        """Do one thing a callback asked for. A process that has just ended still gets its messages out."""
        match effect:
            case Send(message, to):
                if isinstance(message, messages.Forwarded):  # NV-11: a child asks the root to go elsewhere
                    self.post(self.root(pid), message, "forwarded", "patch", message, pid)
                else:
                    target = pid if to is None else str(getattr(to, "id", to))
                    self.post(target, messages.Info(message), "info", type(message).__name__, message, pid)
            case Broadcast(topic, message, from_self):
                self.broadcast(topic, message, pid, pid if from_self else None)
            case CancelAsync(task, reason):
                self._cancel(pid, task, reason)
            case SendUpdate():
                self._update(pid, effect)
            case Deliver(message):
                self.post(pid, message, "own", type(message).__name__, message, pid)
            case Dropped():
                pass
            case _:
                if self.alive(pid):
                    self._set_up(pid, effect)

    def _set_up(
        self,
        pid: str,
        effect: Subscribe | Unsubscribe | SendAfter | DeliverAfter | Every | CancelTimer | StartAsync | Spawn,
    ) -> None:
        """Effects that end with their process."""
        match effect:
            case Subscribe(topic):
                seq = self.next()
                self.topics = pubsub.subscribe(self.topics, topic, seq, pid)
                self.retab(pid, subscriptions=(*self.lines[pid].tab.subscriptions, (topic, seq)))
            case Unsubscribe(topic):
                subscriptions = self.lines[pid].tab.subscriptions
                mine = [seq for each, seq in subscriptions if each == topic]
                self.topics = pubsub.unsubscribe(self.topics, topic, mine)
                self.retab(pid, subscriptions=tuple(pair for pair in subscriptions if pair[0] != topic))
            case SendAfter(message, after, name):
                self.start_timer(pid, after, message, name)
            case DeliverAfter(message, after, name):
                self.start_timer(pid, after, message, name, own=True)
            case Every(message, interval, name):
                self.start_timer(pid, interval, message, name, interval)
            case CancelTimer(name):
                self.cancel_timer(pid, name)
            case StartAsync(task, fn):
                seq = self.next()
                self.tasks = self.tasks.set(seq, Work(seq, pid, task, fn, self.cause))
            case Spawn(_, process):
                if not self.keeps(self.lines[pid].tab.number):  # else it was done before
                    navigation.spawn(self, pid, process)

    def _cancel(self, pid: str, task: Any, reason: Any) -> None:
        for seq in sorted(self.tasks):
            work = self.tasks[seq]
            if work.process == pid and work.task.ref == task.ref:
                self.tasks = self.tasks.delete(seq)
                result = AsyncExit(reason)
                self.post(pid, messages.AsyncDone(work.task, result), "task", str(work.name), result)
                return

    def _update(self, pid: str, effect: SendUpdate) -> None:
        message = messages.SendUpdate(effect.module, effect.id, effect.assigns, effect.cid)
        target = pid if effect.to is None else str(getattr(effect.to, "id", effect.to))
        if effect.after is None:
            self.post(target, message, "send_update", _name(effect.module), effect.assigns, pid)
        elif self.alive(target):
            self.start_timer(target, effect.after, message, None, own=True)

    # --- the end of a process ---------------------------------------------------------------------------------------

    def end(self, line: Line, *, crashed: bool = False) -> None:
        """The process of an open line is gone: with its subscriptions, timers and tasks, and its child views.

        Sticky ones stay, in the browser that goes on to another page of the live session, or joins again.
        """  # AY-18, RT-14
        pid, tab = line.id, line.tab
        kept = self.keeps(tab.number)
        if tab.left is not None and tab.parent is not None and not kept:
            navigation.carried_along(self, self.root(pid), tab.left)
        stay: tuple[str, ...] = ()
        if crashed:
            stay = tuple(child for child in tab.children if self.lines[child].sticky)
        elif tab.left is not None and tab.parent is None and tab.left.kind == "live_redirect":
            stay = tuple(self.sticky_in(tab.children))
            for child in stay:  # from wherever it was
                self.retab(child, parent=pid)
        if self.browsers:
            tabs.gone(self, line)
        line.process = None
        line.tab = evolve(tab, subscriptions=(), timers=Map(), children=stay)
        for child in tab.children:
            if child not in stay and self.lines[child].tab.parent == pid:
                self.post(child, messages.Stop(("shutdown", "parent_exited")), "exit", "parent_exited", None)
        if tab.parent is not None and self.alive(tab.parent):
            siblings = self.lines[tab.parent].tab.children
            self.retab(tab.parent, children=tuple(child for child in siblings if child != pid))
        for topic, seq in tab.subscriptions:
            self.topics = pubsub.unsubscribe(self.topics, topic, [seq])
        for seq in [timer.seq for timer in self.timers.values() if timer.process == pid]:
            self.timers = self.timers.delete(seq)
        for seq in [work.seq for work in self.tasks.values() if work.process == pid]:
            self.tasks = self.tasks.delete(seq)

    def _children_gone(self, line: Line) -> None:
        """Child views whose container left the page leave with it."""
        for child in line.tab.children:
            if not self.stands(child):
                self.post_client(child, "phx_leave", {})

    # --- the line ---------------------------------------------------------------------------------------------------

    def send_client(self, pid: str, event: str, payload: dict[str, Any]) -> None:
        """A frame the user caused: it is next, nothing else is under way."""
        if self.browsers and tabs.sent_later(self, pid, event, payload):
            return
        self.arrive(pid, event, payload)

    def offer(self, parent: str, pid: str, *, outside: bool) -> None:
        """The kept tab of a nested view hears that it can be joined."""
        tabs.offer(self, parent, pid, outside=outside)

    def arrive(self, pid: str, event: str, payload: Any) -> None:
        """A frame reaches its process: on the view's channel, or on that of a file."""
        if type(payload) is FrameOfFile:
            self.deliver(pid, _of_file(event, payload), payload.topic, event, payload.data)
            return
        if event == "phx_join" and self.keeps(self.lines[pid].tab.number):
            journeys.joining(self, pid)
        self.deliver(pid, received(event, payload), "client", event, payload)

    def work_of(self, pid: str) -> None:
        """Run the tasks a process has pending now, oldest first; not those that their results start."""
        for seq in sorted(self.tasks):
            work = self.tasks.get(seq)
            if work is not None and work.process == pid:
                self.work(work)


def unawaited(work: Work, value: CoroutineType[Any, Any, Any]) -> LiveViewError:
    """Nobody here awaits: what an `async def` gives is not its value."""
    value.close()
    return LiveViewError(
        f"the function of the task {work.name!r} returned a coroutine, which nobody awaits",
        expected="a plain function, which returns its value",
        got=f"async def {value.__qualname__}",
        cure=f"lambda: asyncio.run({value.__name__}())",
    )


def received(event: str, payload: dict[str, Any]) -> messages.Message:
    """The message that a frame is to its process: data of its own, so that what a callback does to it never travelled."""
    if event == "event" and type(payload) is dict:
        value = payload.get("value")
        if type(value) is dict and value:
            payload = {**payload, "value": _copied(value)}
    return messages.from_wire(event, payload)


def _of_file(event: str, frame: FrameOfFile) -> messages.Message:
    """The message that a frame on a file's channel is to the process whose upload it is."""
    match event:
        case "phx_join":
            return messages.RegisterUpload(frame.data["token"])
        case "chunk":
            return messages.Chunk(frame.upload, frame.entry, frame.data)
        case _:
            return messages.CloseUpload(frame.upload, frame.entry)


_kind: Callable[[Any], object] = type  # the exact type, and nothing for a checker to narrow


def _copied(value: Any) -> Any:
    """A copy, all the way down; nearly always there is one level."""
    copy = value.copy()
    for name, each in copy.items() if _kind(copy) is dict else enumerate(copy):
        kind = _kind(each)
        if kind is dict or kind is list:
            copy[name] = _copied(each)
    return copy


def _name(module: Any) -> str:
    kind = module if isinstance(module, type) else type(module)
    return str(kind.__name__)


def _misread(socket: Socket, name: str) -> str:
    """What to write instead of a name that a socket does not have. (A `__getattr__` there would cost every read of it.)"""
    if name in socket.assigns:
        return f"{name} is an assign: socket.assigns.{name}"
    near = nearest_names(name, (each for each in dir(Socket) if not each.startswith("_")))
    return f"the nearest that a socket has: {', '.join(near)}" if near else "assigns are read through socket.assigns"


__all__ = ["LIMIT", "Restless", "Run", "received", "unawaited"]
