"""What is said where an event went to the view, and surely its component was meant.

Law: a hint is a note of the error that there is; nothing is raised here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liveview_core.errors import LiveViewError, add_note
from liveview_core.views.live_component import name_of

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node
    from liveview_testing.user.handles.view_page import Looking


def add(error: LiveViewError, owner: Looking[Any], node: Node, selector: str) -> None:
    """A view that knows no case for what an element of a component sends: an element without `phx-target`."""  # CP-17
    instance = None if node.cid is None else owner.process.components.get(node.cid)
    if instance is None or "handle_event" not in error.happened:
        return
    if any(each.get("phx-target") or '"target"' in (each.get("phx-click") or "") for each in (node, *node.ancestors())):
        return
    add_note(
        error,
        f"{selector!r} is in the component {name_of(instance.module)} (id {instance.id!r}); "
        "without phx-target={@myself} its events go to the view",
    )
