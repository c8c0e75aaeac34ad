"""A browser once its animations are over: what commands have begun is done, as if a moment had passed.

Owns `settled`. Handles that let no time pass between two acts (`view.element(...)`) judge the page as it is then. Only what
commands left for later frames and for the ends of transitions happens; debounces, throttles and everything else still waits.

Law: nothing leaves the browser, and the one that is asked about stays as it is. With nothing begun the answer is that very browser.
"""

from __future__ import annotations

from liveview_testing.browser.browser import Browser, Then
from liveview_testing.browser.commands import display, focusing, transitions
from liveview_testing.browser.react import react
from liveview_testing.browser.reaction import Surroundings
from liveview_testing.browser.stimuli import Due

_ANIMATIONS = frozenset((display.__name__, focusing.__name__, transitions.__name__))
_MOST = 1_000


def is_animation(then: Then) -> bool:
    """Whether it is a command that waits for a frame, or for the end of its transition."""
    return type(then).__module__ in _ANIMATIONS


def next_animation(browser: Browser) -> int | None:
    """The number of the animation step that is due first; None if none is under way."""
    steps = [(later.due, number) for number, later in browser.timers.items() if is_animation(later.then)]
    return min(steps)[1] if steps else None


def settled(browser: Browser, env: Surroundings) -> Browser:
    """The browser after all that its commands have begun."""
    for _ in range(_MOST):
        number = next_animation(browser)
        if number is None:
            break
        browser = react(browser, Due(number), env).browser
    return browser


def is_touched(browser: Browser) -> bool:
    """Whether anything of the page is not as it was sent."""
    return any(mark.written or mark.text is not None or mark.popover for mark in browser.document.marks.values())
