"""What the client looks for on a page when a view has joined, and after patches: elements with a binding of a few.

Owns `watched`. Law: there is one search for all of these attributes, so that a page is looked through once, and what changed of it
once more, whoever asks for which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from liveview_testing.browser.page.finding.select import find, found_in
from liveview_testing.browser.page.node import Node, PageOfNodes
from liveview_testing.browser.page.place import Place

HOOKS = ("phx-hook", "data-phx-hook", "phx-viewport-top", "phx-viewport-bottom")
"""The attributes that ask for a hook."""  # HK-1

_ALL = ", ".join(
    f"[{name}]" for name in (*HOOKS, "phx-mounted", "phx-connected", "phx-disconnected", "form", "data-phx-session")
)


def watched(page: PageOfNodes, *names: str) -> list[Node]:
    """The elements of a page that have one of these attributes as they were sent, in document order."""
    return [node for node in find(page, _ALL) if any(node.get(name) is not None for name in names)]


def watched_in(places: Iterable[Place], *names: str) -> Iterator[Node]:
    """The same in some instances of templates."""
    return (node for node in found_in(places, _ALL) if any(node.get(name) is not None for name in names))
