"""Markup that a browser would re-arrange: reported, never refused.

Law: only what is sure. A browser's tree builder closes, moves or drops tags that it does not want where they stand; then
the page that the client patches is not the page that the server means. Nothing is said about what a component puts out or
where it is used, and only literal tags inside one template are judged.
"""

from __future__ import annotations

from collections.abc import Sequence

from liveview_core.heex.tree import Node, Warning

__all__ = ["rearranged"]


def rearranged(children: Sequence[Node]) -> list[Warning]:
    """The tags of a template that would not stay where they are written."""
    return []
