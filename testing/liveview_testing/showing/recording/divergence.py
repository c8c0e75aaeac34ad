"""Whether the world of a recorded test has come to the same as the session.

Owns `told`. Acts reach the test's world at once, while in the session answers are on their way and people go on meanwhile; and a
page may depend on what no test knows. Law: what differs is told when the test is written, by the first words that do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liveview_testing.showing.recording.recorder import Recorder
    from liveview_testing.world.world import World

__all__ = ["told"]


def told(world: World, roots: Iterable[tuple[str, str | None]], recorder: Recorder) -> str:
    """Whose page says something else in the test than in the session, and what; "" if nobody's does.

    `roots`: who sits there, and what they see.
    """
    test = recorder.as_of(world.now)
    for who, root in roots:
        line = world.lines.get(root or "")
        if line is None or line.process is None or who not in recorder.player.people:
            continue
        here = _words(test.view(who, None).line.page.html())
        there = _words(line.page.html())
        at = next((at for at, (one, two) in enumerate(zip(here, there, strict=False)) if one != two), None)
        if at is None and len(here) != len(there):
            at = min(len(here), len(there))
        if at is not None:
            return f"; but there {who}'s page says {_around(here, at)}, and here {_around(there, at)}"
    return ""


def _words(html: str) -> list[str]:
    return unescape(re.sub(r"<[^>]*>", " ", html)).split()


def _around(words: list[str], at: int) -> str:
    return repr(" ".join(words[max(0, at - 2) : at + 3]))
