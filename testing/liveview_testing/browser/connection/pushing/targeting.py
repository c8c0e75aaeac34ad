"""Who a push is for: the view that an element belongs to, and what a `phx-target` means.

Owns targets and whether a view hears anything at all.

Law: what is meant follows from the DOM as it is when the push is made.
"""  # CE-59, CE-62, CE-63

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.dom.document import FRAME
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find, near
from liveview_testing.browser.reaction import Reaction

CID = late_pattern(r"0|[1-9][0-9]*")


def owner(node: DomNode) -> str | None:
    """The view that an element belongs to: of a container, the view inside; outside of all, the main view."""
    # MD-9
    inside = node.document.inside(node.view, node.id or "") if node.id else None
    if inside is not None:
        return None if inside.dead else inside.id
    if node.view == FRAME:
        return main(node)
    shown = node.document.views.get(node.view)
    return None if shown is not None and shown.dead else node.view


def main(node: DomNode) -> str | None:
    """The main view of the page."""
    outer = node.document.within(FRAME)
    return next((shown.id for shown in outer if shown.main and not shown.dead), None)


def connected(reaction: Reaction, view: str | None) -> bool:
    """Whether a view's pushes are sent."""
    return view is not None and view in reaction.document.views and reaction.view(view).state == "joined"


def is_cid(target: object) -> bool:
    """Whether a target is the number of a component."""
    return isinstance(target, int) or (isinstance(target, str) and CID.fullmatch(target) is not None)


def targets(reaction: Reaction, view: str, target: object, source: DomNode) -> Iterator[tuple[str, DomNode | int]]:
    """The views that a push goes to, each with the element or the component that is meant there."""
    # CE-60
    if target is None or target == "":
        own = owner(source)
        if own is not None:
            yield own, source
    elif is_cid(target):
        cid = int(cast("int | str", target))
        if reaction.document.page(view).component(cid) is None:
            reaction.note("CE-60", f"nothing was sent: there is no component {cid} on the page", "phx-target={@myself}")
        else:
            yield view, cid
    else:
        found = find(root(reaction.document), str(target))
        if not found:
            others = near(reaction.document, str(target))
            reaction.note(
                "CE-60",
                f"nothing was sent: phx-target {str(target)!r} matches no element of the page",
                f"nearest: {', '.join(others)}" if others else "a selector of an element that is there",
            )
        for each in found:
            own = owner(each)
            if own is not None:
                yield own, each


def nearest_cid(node: DomNode) -> int | None:
    """The component nearest around an element."""
    return node.cid
