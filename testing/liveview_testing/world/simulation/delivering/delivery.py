"""Delivering messages: one action of the world, from its cause until everything is quiet again.

Owns `Run`, the open copy of a `World` that an action works on: it hands messages to processes, lets browsers read what
they sent, and does what the callbacks asked for (effects, in order). Laws: first in, first out; everything due at this
instant happens before the action ends; what raises leaves no trace, because only a run that ended well is published.
"""

from __future__ import annotations

from collections import Counter
from types import CoroutineType
from typing import TYPE_CHECKING, Any, Literal

from attrs import evolve

from liveview_core.errors import LiveViewError, add_note, shown, spelled
from liveview_core.process.process import JoinReply, ReloadStep
from liveview_core.process.step import Step, abandon, step
from liveview_core.protocol import messages
from liveview_core.protocol.async_result import AsyncExit, AsyncOk
from liveview_core.protocol.effects import (
    Spawn,
)
from liveview_testing.browser.page.controls import hidden_by
from liveview_testing.browser.page.finding.problems import nowhere
from liveview_testing.browser.page.forms.constraints import is_constrained
from liveview_testing.browser.uploads.frame_of_file import FrameOfFile
from liveview_testing.failures import advice
from liveview_testing.world import unhandled_messages
from liveview_testing.world.browsing import dom_ids, incoming, navigation, visits
from liveview_testing.world.log.happening import history, make_happening
from liveview_testing.world.simulation.collector import MANY, pause_collector, resume_collector
from liveview_testing.world.simulation.delivering.effects import Effects, name_of
from liveview_testing.world.simulation.delivering.received import handed, of_file, received
from liveview_testing.world.tabs import frames, handle_acts, joins_and_loads, mounted_commands, receiving, tabs
from liveview_testing.world.world import Line, TabDue, Timer, Work, World, change_tab

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liveview_core.process.process import Process
    from liveview_testing.browser.bindings.actions import Command, Kind
    from liveview_testing.browser.bindings.visibility import Hider
    from liveview_testing.browser.browser import Browser
    from liveview_testing.browser.page.node import Node
    from liveview_testing.world.log.happening import Happening

CALLER = "test"
"""Who calls, as `handle_call` is told."""

LIMIT = 10_000
"""Deliveries at one instant after which a settle is called a loop."""


class Restless(LiveViewError, AssertionError):
    """The world does not become quiet: its processes keep sending messages to one another at the same instant."""


class Run(Effects):
    """An open world whose messages are delivered."""

    __slots__ = ()

    # --- messages ---------------------------------------------------------------------------------------------------

    def deliver(
        self, pid: str, message: Any, origin: str, event: str, payload: Any, sender: str | None = None
    ) -> Step | None:
        """One message to one process: the step, what its browser reads, what it asked for. To nobody if it is gone: None then."""
        before = self.lines.get(pid)
        if before is None:
            if origin in ("info", "send_update") and sender is not None:
                unhandled_messages.to_a_stranger(self.lines, sender, pid, payload)
            return None
        process = before.process
        # stopped: its tab hears of it, and says its farewells to nobody
        if process is None or process.stopped is not None:
            return None
        if not process.joined and not (event == "phx_join" and origin == "client"):
            self._unborn(before, message)
            return None
        if origin != "client":
            message = handed(message)
        try:
            outcome = step(process, message, self.env or self.environment())
        except Exception as error:
            advice.annotate(error, f"in {pid} ({name_of(process.view)}), handling {origin} {event}: {shown(payload)}")
            raise
        if origin != "client":
            self._unanswered(before, process, message, outcome)
        self.number = number = self.number + 1
        sent, cause = outcome.sent, self.cause
        logged = (self.last, before.last)
        self.last = happening = make_happening(
            (self.now, number, pid, origin, event, payload, sent, outcome.counted, sender, cause, *logged)
        )
        self.cause = number
        after = outcome.process
        line = before.then(happening, after)
        browser = self.browsers.get(line.tab.number) if self.browsers else None
        if browser is not None:
            line = self._heard_in_tab(line, outcome, browser, happening)
        elif not sent:
            self.lines[pid] = line
        else:
            tab = line.tab
            alone = tab.document is None and tab.parent is None and not tab.children
            answers = incoming.hear(line, happening, nowhere if alone else dom_ids.elsewhere(self, pid, event))
            self.lines[pid] = line
            for name, frame in answers:
                self.post_client(pid, name, frame)
            if mounted_commands.wakes(line, sent, before.page):
                self.keep_tab(pid)
                line = self.lines[pid]
        if event == "phx_join" and origin == "client":
            self._joined(line, happening)
        if after.stopped is not None:
            self._stopped(before, line, outcome, message, browser)
        elif browser is not None and browser.follows:
            if line.tab.left is not None and after.origin.sticky:
                self.retab(pid, left=None)
        elif line.tab.left is not None and after.origin.sticky:
            navigation.sent_on(self, pid, line.tab.left)
        elif line.tab.children:
            self._children_gone(line)
        if outcome.effects:
            for effect in outcome.effects:
                self.interpret(pid, effect)
        self.cause = cause
        return outcome

    def _unanswered(self, line: Line, process: Process, message: Any, outcome: Step) -> None:
        """What nobody takes is told."""
        if type(message) is messages.Info:
            if not hasattr(process.view, "handle_info") and not outcome.counted[3]:
                unhandled_messages.message(line, process, message.message)
        elif type(message) is messages.SendUpdate and message.cid is None and not outcome.counted[2]:
            unhandled_messages.update(line, process, message.module, message.id)

    def _heard_in_tab(self, line: Line, outcome: Step, browser: Browser, happening: Happening) -> Line:
        """What a process sent, in a tab that is more than the pages of its views."""
        pid, tab, event, kept = line.id, line.tab, happening.event, browser.follows
        push, self.push = self.push, None
        if kept and outcome.effects:
            for effect in outcome.effects:
                if type(effect) is Spawn:  # a tab knows of nested views as soon as it hears of their containers
                    self.lines[pid] = line
                    navigation.spawn(self, pid, effect.process)
                    line.tab = self.lines[pid].tab
        if kept and outcome.sent and frames.delayed(self, tab.number):
            self.lines[pid] = line
            frames.send_down(self, line, happening, push)
            return self.lines[pid]
        answers: incoming.Frames = []
        if outcome.sent:
            alone = tab.document is None and tab.parent is None and not tab.children
            elsewhere = nowhere if alone else dom_ids.elsewhere(self, pid, event)
            answers = incoming.hear(line, happening, elsewhere, kept=kept)
        self.lines[pid] = line
        receiving.heard(self, line, happening, push)
        if answers and not kept:
            for name, frame in answers:
                if name == "event":  # its tab says by itself which components are gone
                    self.post_client(pid, name, frame)
        return self.lines[pid]

    def _stopped(self, before: Line, line: Line, outcome: Step, message: Any, browser: Browser | None) -> None:
        """A process has ended by its own last message."""
        if type(outcome) is ReloadStep:
            self.refused(before, outcome.error)
        self.end(line)
        if browser is not None and browser.follows and type(message) not in (messages.Leave, messages.Stop):
            receiving.tell(self, line.tab.number, line.id, "phx_close", {})

    def _joined(self, line: Line, happening: Happening) -> None:
        """The client of an open line has tried to join."""
        tab = line.tab
        if not any(
            type(sent) is JoinReply or (sent.event == "phx_reply" and "rendered" in sent.payload["response"])
            for sent in happening.sent
        ):
            line.tab = change_tab(tab, failed=tab.failed + 1)
        else:
            again = happening.payload["params"].get("_mounts")
            line.tab = change_tab(tab, joins=tab.joins + 1 if again else 1, failed=0)
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
        add_note(
            error,
            f"in {line.id} ({visits.name(line.tab.visit.view)}), joining; a browser would be told its status,"
            f" {getattr(error, 'status', None)}, and would load the page anew",
        )
        raise error

    def abandon(self, before: World) -> None:
        """This action has failed: what its processes opened outside meanwhile is closed."""
        for pid, line in self.every_line().items():
            known = before.lines.get(pid)
            if line is not known and line.process is not None:
                abandon(line.process, None if known is None else known.process)

    # --- tabs ---------------------------------------------------------------------------------------------------------

    def keep_tab(self, pid: str) -> int:
        """The tab of a view is more than its pages from now on."""
        return tabs.keep(self, pid, follows=False)

    def shown(self, number: int, root: str) -> None:
        """A tab is at another page."""
        if number in self.browsers:
            receiving.show(self, number, root)

    def visibility(self, pid: str) -> Hider:
        """What is hidden and disabled on the page of a view, as its tab has it."""
        return handle_acts.visibility(self, pid) if self.browsers else hidden_by

    def named(self, pid: str, commands: Mapping[int, Command]) -> dict[int, int]:
        """What commands are about to be run: their elements are found again, wherever patches move them meanwhile."""
        return handle_acts.named(self, pid, commands)

    def command(self, pid: str, source: int, command: Command) -> None:
        """A JS command is carried out in the tab of a view."""
        handle_acts.command(self, pid, source, command)

    def held_back(self, pid: str, form: Node, submitter: Node | None) -> bool:
        """Whether the browser does not let a person submit a form, because it finds it invalid."""
        return is_constrained(form) and handle_acts.held_back(self, pid, form, submitter)

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
                        paused = pause_collector()
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
                resume_collector()

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
            receiving.due(self, timer.message)
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
        task = work.task
        done = self.deliver(work.process, messages.AsyncDone(task, result), "task", spelled(work.name), result)
        if done is not None and task.kind != "start" and type(result) is AsyncOk:
            unhandled_messages.result(self.lines[work.process], done.process, task)

    # --- the line ---------------------------------------------------------------------------------------------------

    def send_client(self, pid: str, event: str, payload: dict[str, Any]) -> None:
        """A frame the user caused: it is next, nothing else is under way."""
        if self.browsers and frames.sent_later(self, pid, event, payload):
            return
        self.arrive(pid, event, payload)

    def follow_link(self, number: int, kind: Literal["patch", "redirect"], href: str, how: Kind) -> None:
        """A kept tab follows a live link that a handle has clicked."""
        handle_acts.follow_link(self, number, kind, href, how)

    def offer(self, parent: str, pid: str, *, outside: bool) -> None:
        """The kept tab of a nested view hears that it can be joined."""
        tabs.offer(self, parent, pid, outside=outside)

    def arrive(self, pid: str, event: str, payload: Any) -> None:
        """A frame reaches its process: on the view's channel, or on that of a file."""
        if type(payload) is FrameOfFile:
            self.deliver(pid, of_file(event, payload), payload.topic, event, payload.data)
            return
        if event == "phx_join" and self.keeps(self.lines[pid].tab.number):
            joins_and_loads.joining(self, pid)
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


__all__ = ["LIMIT", "Restless", "Run", "unawaited"]
