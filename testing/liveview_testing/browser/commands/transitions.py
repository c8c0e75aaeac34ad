"""Transitions: what runs for a time, and what waits until none does.

Owns the queue behind blocking transitions. While one runs, nothing changes the page: patches, answers with a diff,
navigation steps wait, first in first out; each is done fully, and a transition that it begins stops the queue again.

Law: with no blocking transition nothing waits: `when_free` does it at once.
"""  # JC-23 … JC-25

from __future__ import annotations

from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Then
from liveview_testing.browser.reaction import Reaction


@frozen
class InFrames:
    """Something happens some frames from now."""

    frames: int
    then: Then

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        in_frames(reaction, self.frames, self.then)


def in_frames(reaction: Reaction, frames: int, then: Then) -> None:
    """Let something happen in a frame from now: 0 is this moment, 1 the next frame."""
    if frames == 0:
        then(reaction)
    elif frames == 1:
        reaction.next_frame(then)
    else:
        reaction.next_frame(InFrames(frames - 1, then))


@frozen
class Ended:
    """The time of a blocking transition is over."""

    number: int
    then: Then

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        reaction.keep(blocking=tuple(each for each in reaction.browser.blocking if each != self.number))
        self.then(reaction)
        flush(reaction)


@frozen
class Nothing:
    """Nobody sees it."""

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        return


def begin(reaction: Reaction, time: float, start: Then, end: Then, *, blocking: bool = True) -> None:
    """A transition begins, and ends after `time` milliseconds."""
    start(reaction)
    if not blocking:
        reaction.later(time, end)
        return
    number = reaction.browser.begun + 1
    reaction.later(time, Ended(number, end))
    reaction.keep(blocking=(*reaction.browser.blocking, number))


def when_free(reaction: Reaction, then: Then) -> None:
    """Do something once no blocking transition runs: now, if none does."""
    if reaction.browser.blocking:
        reaction.keep(waiting=(*reaction.browser.waiting, then))
    elif reaction.entering is None:
        then(reaction)
    else:
        reaction.once_joining(WhenFree(then))


@frozen
class WhenFree:
    """The same, when its turn comes."""

    then: Then

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        when_free(reaction, self.then)


def flush(reaction: Reaction) -> None:
    """What waited happens, until something begins to block again, or the view that is navigated to is to join first."""
    while not reaction.browser.blocking and reaction.entering is None and reaction.browser.waiting:
        first, *rest = reaction.browser.waiting
        reaction.keep(waiting=tuple(rest))
        first(reaction)
