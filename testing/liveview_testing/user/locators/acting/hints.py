"""What else may be why it failed: what is due later, whose page it is, an assign that was changed in place.

Owns the lines below a failure that ask the rest of the world. Law: they look, when somebody reads a failure, and change nothing;
what they say is so, and where nothing is to be said there is no line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility.text import norm
from liveview_testing.user.locators.scene import Scene
from liveview_testing.user.locators.waiting import MILLISECOND, Waiting
from liveview_testing.world.simulation.page_law import broken_in

if TYPE_CHECKING:
    from liveview_testing.user.locators.scene import Memory

FAR = 10**15
"""Microseconds: thirty years, in which everything that is due is due."""


def due_later(waiting: Waiting[Any]) -> str:
    """What is due next, after the time that was waited; nothing if nothing is."""
    scene: Scene = waiting.there
    due = scene.world.next_due(scene.now + FAR)
    return (
        ""
        if due is None
        else f"; the next is due after {(due - waiting.begun) / MILLISECOND:.10g} ms: timeout=… waits longer"
    )


def others(scene: Scene) -> Iterator[Scene]:
    """The same question on the pages of the other people of the world."""
    people: list[Memory] = list(getattr(scene.world, "people", ()))
    for memory in people:
        if memory.tab != scene.tab and memory.tab in scene.world.world.browsers:
            yield type(scene)(scene.world, memory.tab, memory)


def whose(scene: Scene, holds: Callable[[Scene], bool]) -> list[str]:
    """Whose page it is, where there are several, and on whose it is so."""
    rest = list(others(scene))
    if not rest:
        return []
    where = [each.memory.name for each in rest[:10] if _asked(each, holds)]
    said = f"  this is the page of {scene.memory.name}"
    return [f"{said}; on the page of {' and of '.join(where)} it is so" if where else said]


def _asked(scene: Scene, holds: Callable[[Scene], bool]) -> bool:
    try:
        return holds(scene)
    except Exception:  # there it cannot be asked
        return False


def stale(scene: Scene) -> list[str]:
    """A page that is not what the server would render: the mistake is in the view, not in what was waited for."""
    broken = broken_in(scene.world.world, scene.tab)
    if broken is None:
        return []
    parts = (("expected", broken.expected), ("got", broken.got), ("cure", broken.cure))
    return [
        "",
        "The page is behind its view:",
        f"  {broken.happened}",
        *(f"    {name}: {said}" for name, said in parts if said),
    ]


_SCRIPT = late_pattern(r"/(.+)/([gimsu]*)")
_SPECIAL = late_pattern(r"\\[dwsb]|[.\])][*+?]|\[[^\]]+\]|^\^|\$$|\(\?|\w\|\w")


def as_pattern(text: str) -> re.Pattern[str] | None:
    """What a text that was written as a pattern means, in JavaScript's way or in Python's; None where it is none."""
    script = _SCRIPT.fullmatch(text)
    if script is None and _SPECIAL.search(text) is None:
        return None
    try:
        return re.compile(script[1], re.IGNORECASE if "i" in script[2] else 0) if script else re.compile(text)
    except re.error:
        return None


def meant(expected: str, received: str, verb: str) -> list[str]:
    """What of the same text would be so: a pattern, or a part."""
    pattern = as_pattern(expected)
    if pattern is not None and pattern.search(norm(received)):
        return [f"  as a pattern it is so: {written(pattern)}"]
    if verb == "have text" and norm(expected) and norm(expected) in norm(received):
        return [f"  it is a part of it: to_contain_text({expected!r})"]
    return []


def written(pattern: re.Pattern[str]) -> str:
    """A pattern as Python."""
    return f"re.compile({pattern.pattern!r}{', re.IGNORECASE' if pattern.flags & re.IGNORECASE else ''})"
