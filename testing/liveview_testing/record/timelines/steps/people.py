"""Who is who: people by their tabs, processes by the views they run.

Owns `People`. Law: a name is the one that the test gave, or the next of a list in order of opening; never a memory address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from liveview_testing.user.locators.scene import NAMES
from liveview_testing.world.browsing.visits import name as view_name

if TYPE_CHECKING:
    from liveview_testing.record.timelines.steps.encoding import Encoder
    from liveview_testing.world.world import Line

__all__ = ["People"]


class People:
    """The people and processes of a timeline, as they are met."""

    def __init__(self, encoder: Encoder, names: Mapping[int, str], given: Mapping[int, str]) -> None:
        self._encoder = encoder
        self._names = {**names, **given}
        self._told = {name: given[tab] for tab, name in names.items() if tab in given}
        self.processes: dict[str, dict[str, Any]] = {}

    def who(self, tab: int) -> str:
        """Who sits at a tab."""
        found = self._names.get(tab)
        if found is None:
            taken = set(self._names.values())
            free = (name + (f" {again}" if again > 1 else "") for again in range(1, 1000) for name in NAMES)
            found = self._names[tab] = next(name for name in free if name not in taken)
        return found

    def renamed(self, who: str) -> str:
        """Whom the script calls so, by the name that was given here."""
        return self._told.get(who, who)

    def meet(self, line: Line) -> None:
        """A process, told once."""
        if line.id in self.processes:
            return
        tab, text = line.tab, self._encoder.text
        entry: dict[str, Any] = {
            "who": text(self.who(tab.number)),
            "tab": tab.number,
            "view": text(view_name(tab.visit.view)),
        }
        if tab.parent is not None:
            entry["parent"] = text(tab.parent)
        if tab.dom_id is not None:
            entry["dom"] = text(tab.dom_id)
        if line.sticky:
            entry["sticky"] = True
        around = tab.document
        if around is not None:
            whole = around.filled("\x00", None, dict.fromkeys((each.dom_id for each in around.outside), ""))
            before, _, after = whole.partition("\x00")
            entry["document"] = [text(before), text(after)]
        self.processes[line.id] = entry
