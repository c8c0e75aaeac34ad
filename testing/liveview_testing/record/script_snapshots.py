"""Snapshots of stories: what was done, what went over the wires, what everybody sees in the end.

Owns `ScriptExtension`. Law: the same story gives the same lines; a script is played again in a world made as its own was.
"""

from __future__ import annotations

from typing import Any

from liveview_testing.record.scripts.replaying import replay
from liveview_testing.record.scripts.script import Script
from liveview_testing.record.snapshots import Named
from liveview_testing.record.transcript import transcript
from liveview_testing.user.simulation import Page, Simulation, View


def story_text(data: object) -> str:
    """A world (that of a view, a tab) or a script, played: acts, frames with their bytes, pages in the end."""
    if isinstance(data, Simulation):
        return transcript(data)
    if isinstance(data, (Page, View)):
        return transcript(data.sim)
    if isinstance(data, Script):
        sim = Simulation(**data.world)
        replay(data, sim)
        return transcript(sim)
    raise TypeError(
        f"script_snapshot compares what happened: a Simulation, a View, a Page or a Script, not {type(data).__name__}. "
        "For the frames of one view use diff_snapshot."
    )


class ScriptExtension(Named):
    """`script_snapshot`: what happened."""

    kind = "script"

    def serialize(self, data: object, **options: Any) -> str:
        return story_text(data)
