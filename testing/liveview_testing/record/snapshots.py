"""Snapshots of pages and of diffs, on syrupy.

Owns two syrupy extensions: `HtmlExtension` (a page, pretty, one element a line) and `DiffExtension` (what went over the
wire, one frame after the other). Law: a snapshot holds nothing that changes from run to run, so the same view in the same
state always gives the same lines.

    assert html_snapshot == view
    assert html_snapshot == view.element("#cart").render()
    assert diff_snapshot == view.wire
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, cast

from syrupy.extensions.amber import AmberSnapshotExtension

from liveview_testing.html.html import Html, pretty
from liveview_testing.world.wire import Frame

if TYPE_CHECKING:
    from syrupy.location import PyTestLocation
    from syrupy.types import SnapshotIndex


def page_text(data: object) -> str:
    """Anything that renders (a view, an element, `Html`, a text) as the lines of a snapshot."""
    if isinstance(data, Html):
        return pretty(str(data))
    render = getattr(data, "render", None)
    if callable(render):
        return pretty(str(render()))
    if isinstance(data, str):
        return pretty(data)
    raise TypeError(
        f"html_snapshot compares what renders: a View, an Element, Html or a str, not {type(data).__name__}. "
        "For frames or other data use diff_snapshot."
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
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, default=repr)


class _Named(AmberSnapshotExtension):
    """Amber, with the kind in each name: one test may use several kinds of snapshots, which count for themselves."""

    kind: ClassVar[str]

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return f"{super().get_snapshot_name(test_location=test_location, index=index)}[{cls.kind}]"


class HtmlExtension(_Named):
    """`html_snapshot`: pages as indented html."""

    kind = "html"

    def serialize(self, data: object, **options: Any) -> str:
        return page_text(data)


class DiffExtension(_Named):
    """`diff_snapshot`: what went over the wire."""

    kind = "diff"

    def serialize(self, data: object, **options: Any) -> str:
        return frame_text(data)
