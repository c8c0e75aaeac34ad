"""What callbacks ask for, done: messages, timers, topics, tasks, child views; and the end of a process.

Owns `Effects`, the part of an open world that carries them out. Law: in order; what would outlive its process ends with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from immutables import Map

from liveview_core.protocol import messages
from liveview_core.protocol.async_result import AsyncExit
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
from liveview_core.values.copies import own
from liveview_testing.world import pubsub
from liveview_testing.world.browsing import navigation
from liveview_testing.world.open_world import OpenWorld
from liveview_testing.world.tabs import receiving
from liveview_testing.world.world import Line, Work, change_tab

if TYPE_CHECKING:
    pass


class Effects(OpenWorld):
    """An open world that does what a process asked for."""

    __slots__ = ()

    # --- effects ----------------------------------------------------------------------------------------------------

    def interpret(self, pid: str, effect: Effect) -> None:
        """Do one thing a callback asked for. A process that has just ended still gets its messages out."""
        match effect:
            case Send(message, to):
                if isinstance(message, messages.Forwarded):  # NV-11: a child asks the root to go elsewhere
                    self.post(self.root(pid), message, "forwarded", "patch", message, pid)
                else:
                    target = pid if to is None else str(getattr(to, "id", to))
                    sent = own(message)
                    self.post(target, messages.Info(sent), "info", type(message).__name__, sent, pid)
            case Broadcast(topic, message, from_self):
                self.broadcast(topic, own(message), pid, pid if from_self else None)
            case CancelAsync(task, reason):
                self._cancel(pid, task, reason)
            case SendUpdate():
                self._update(pid, effect)
            case Deliver(message):
                self.post(pid, message, "own", type(message).__name__, message, pid)
            case Dropped():
                pass  # pragma: no cover - of a disconnected mount, whose effects nobody is asked to do
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
                self.start_timer(pid, after, own(message), name)
            case DeliverAfter(message, after, name):
                self.start_timer(pid, after, message, name, own=True)
            case Every(message, interval, name):
                self.start_timer(pid, interval, own(message), name, interval)
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
            self.post(target, message, "send_update", name_of(effect.module), effect.assigns, pid)
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
            receiving.gone(self, line)
        line.process = None
        line.tab = change_tab(tab, subscriptions=(), timers=Map(), children=stay)
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


def name_of(module: Any) -> str:
    kind = module if isinstance(module, type) else type(module)
    return str(kind.__name__)
