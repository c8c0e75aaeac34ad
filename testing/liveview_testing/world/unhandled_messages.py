"""Messages that nobody gets: what Phoenix drops with a line in a log that nobody reads.

Owns what is said of a message to a view without `handle_info`, of one to an id that nobody ever had, of a broadcast to a topic
that is nearly one somebody listens to, of an update for a component that is nearly one of the page, and of an async result that
can never be used. Law: the message is dropped all the same, as there; it is told where what led to it was done.
"""  # CB-6, HK-20, CP-21, AY-7

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from liveview_core.errors import shown, spelled
from liveview_core.protocol.async_result import AsyncResult, BadAsyncReturn
from liveview_core.views.live_component import name_of
from liveview_testing.browser.page.finding.problems import Check, Problem
from liveview_testing.failures import close_matches
from liveview_testing.world.page_checks import PageError, judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liveview_core.process.process import Process
    from liveview_core.protocol.effects import Task
    from liveview_testing.world.page_checks import Checks
    from liveview_testing.world.pubsub import Topic
    from liveview_testing.world.world import Line


class Lines(Protocol):
    """The lines of an open world."""

    def __getitem__(self, process: str, /) -> Line: ...


CHECK: Check = "unheard message"


def message(line: Line, process: Process, given: Any) -> None:
    """A message came to a view without `handle_info`, and no hook was there to see it."""
    _told(
        line.tab.checks,
        type(process.view).__qualname__,
        f"{type(process.view).__qualname__} got the message {shown(given)}, and has no handle_info: it is dropped",
        "`def handle_info(self, msg, socket): return socket`, or a hook; else do not send it, do not subscribe",
    )


def to_a_stranger(lines: Lines, sender: str, to: str, given: Any) -> None:
    """A message to a process that there never was; one that has ended is no slip: it may be sent to in good faith."""
    _told(
        lines[sender].tab.checks,
        to,
        f"{sender} sent the message {shown(given)} to {to!r}, which no process ever was: it is dropped",
        "the id of a process, `socket.id` in its own callbacks; without `to` a view sends to itself",
    )


def broadcast(lines: Lines, topics: Mapping[str, Topic], topic: str, given: Any) -> None:
    """A broadcast reaches nobody: that is usual, unless the topic is nearly one that somebody listens to."""
    near = close_matches.slips(topic, topics, endings=True)
    if near:
        listener = lines[next(iter(topics[near[0]]))]
        _told(
            listener.tab.checks,
            topic,
            f"the message {shown(given)} was broadcast to {topic!r}, where nobody listens",
            "one name for both, a constant or a function",
            near,
        )


def update(line: Line, process: Process, module: Any, id: object) -> None:
    """An update for a component that is not there: it may be gone; it never was, where one is there that is nearly it."""
    if process.components.find(module, id) is not None:
        return
    there = [each.id for each in process.components if name_of(each.module) == name_of(module)]
    word, words = spelled(id), [spelled(each) for each in there]
    near: list[object] = [each for each, its in zip(there, words, strict=True) if its == word]
    near = near or [*close_matches.slips(word, words, endings=True)] or [its for its in words if _is_cut(word, its)]
    if near:
        _told(
            line.tab.checks,
            word,
            f"send_update({name_of(module)}, id={shown(id)}) found no component: nothing is updated",
            "the id that the component has in its template, of the same type",
            [shown(each) for each in near],
        )


def _is_cut(said: str, there: str) -> bool:
    """Whether the last letter of an id is missing."""
    return len(said) > 3 and there[-1:].isalpha() and there[:-1] == said


def result(line: Line, process: Process, task: Task) -> None:
    """The function of `assign_async` or `stream_async` returned what cannot be used."""
    instance = None if task.cid is None else process.components.get(task.cid)
    assigns = process.socket.assigns if instance is None else instance.socket.assigns
    for key in task.keys:
        value: Any = assigns.get(key)
        reason = getattr(value.failed, "reason", None) if isinstance(value, AsyncResult) else None
        if isinstance(reason, BadAsyncReturn):
            text = f"{reason.happened}: @{key} is failed\n  expected: {reason.expected}\n  got: {reason.got}"
            _told(line.tab.checks, key, text, reason.cure or "")
            return


def _told(checks: Checks, about: str, happened: str, cure: str, near: list[str] | None = None) -> None:
    error = PageError(happened, cure=cure, nearest=near or ())
    error.problem = Problem(CHECK, about, ())
    judge(checks, error)
