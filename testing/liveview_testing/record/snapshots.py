"""Snapshots of pages, frames and state, on syrupy.

Owns syrupy's extensions, one for each kind: `HtmlExtension` (a page, pretty, one element a line), `DiffExtension` (what went over
the wire, one frame after the other), `AriaExtension` (a page as roles, names and texts, in Playwright's format) and
`StateExtension` (what a view holds, one assign a line).
Law: a snapshot holds nothing that changes from run to run, so the same view in the same state always gives the same lines.

    assert html_snapshot == view
    assert html_snapshot == view.element("#cart").render()
    assert diff_snapshot == view.wire
    assert aria_snapshot == page
    assert state_snapshot == view
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, cast

from syrupy.extensions.amber import AmberSnapshotExtension

from liveview_testing.browser.accessibility import aria_snapshot as outline_of
from liveview_testing.record.state_text import one_line, state_text
from liveview_testing.user.html.html import Html
from liveview_testing.user.html.pretty_html import pretty
from liveview_testing.user.simulation import Locator, Page, View
from liveview_testing.world.log.wire import Frame

if TYPE_CHECKING:
    from syrupy.location import PyTestLocation
    from syrupy.types import SnapshotIndex


WIDTH = 100
"""A start tag that is longer has one attribute a line."""


def page_text(data: object) -> str:
    """Anything that renders (a view, an element, `Html`, a text) as the lines of a snapshot."""
    if isinstance(data, Html):
        return pretty(str(data), WIDTH)
    if isinstance(data, Page):
        return pretty(str(data.view.render()), WIDTH)
    render = getattr(data, "render", None)
    if callable(render):
        return pretty(str(render()), WIDTH)
    if isinstance(data, str):
        return pretty(data, WIDTH)
    raise TypeError(
        f"html_snapshot compares what renders: a View, an Element, Html or a str, not {type(data).__name__}. "
        "For frames or other data use diff_snapshot."
    )


def aria_text(data: object) -> str:
    """A tab, a locator or a view as roles, names and texts; a text as it is."""
    if isinstance(data, str):
        return data.strip("\n")
    if isinstance(data, (Page, Locator)):
        return data.aria_snapshot()
    if isinstance(data, View):
        found = data.page.reading.view(data.id)
        return "" if found is None else outline_of(found)
    raise TypeError(
        f"aria_snapshot compares what a person can see: a Page, a Locator, a View or a str, not {type(data).__name__}. "
        "For html use html_snapshot, for what a view holds state_snapshot."
    )


def frame_text(data: object) -> str:
    """Frames (one, several, or a view's whole wire) as the lines of a snapshot; other data as sorted JSON."""
    wire: Any = getattr(data, "wire", data)
    if isinstance(wire, Frame):
        return _frame(wire)
    if isinstance(wire, (list, tuple)):
        frames = cast("list[object]", wire)
        if frames and all(isinstance(each, Frame) for each in frames):
            return "\n".join(_frame(cast(Frame, each)) for each in frames)
    return _json(cast(object, wire))


def _frame(frame: Frame) -> str:
    arrow = "->" if frame.direction == "client" else "<-"
    return f"{arrow} {frame.event} {_json(frame.payload)}"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, default=one_line)


class Named(AmberSnapshotExtension):
    """Amber, with the kind in each name: one test may use several kinds of snapshots, which count for themselves."""

    kind: ClassVar[str]

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return f"{super().get_snapshot_name(test_location=test_location, index=index)}[{cls.kind}]"


class HtmlExtension(Named):
    """`html_snapshot`: pages as indented html."""

    kind = "html"

    def serialize(self, data: object, **options: Any) -> str:
        return page_text(data)


class DiffExtension(Named):
    """`diff_snapshot`: what went over the wire."""

    kind = "diff"

    def serialize(self, data: object, **options: Any) -> str:
        return frame_text(data)


class AriaExtension(Named):
    """`aria_snapshot`: roles, names and texts."""

    kind = "aria"

    def serialize(self, data: object, **options: Any) -> str:
        return aria_text(data)


class StateExtension(Named):
    """`state_snapshot`: what a view holds."""

    kind = "state"

    def serialize(self, data: object, **options: Any) -> str:
        return state_text(data)
