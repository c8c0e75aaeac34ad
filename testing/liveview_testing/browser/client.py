"""The official client, as one value: what hears the DOM, what follows a patch, what hears the server's events.

Owns `CLIENT`, through which the rooms of the client call each other without knowing one another. Law: it holds no state; all
state is the browser's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from liveview_testing.browser.browser import Then
from liveview_testing.browser.connection import joining, live_navigation, reconnecting
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.events.listeners import listen
from liveview_testing.browser.lifecycle import elements, focus_wrap, hooks
from liveview_testing.browser.page.page import Page
from liveview_testing.browser.reaction import Change, Client, Reaction


class _Client:
    """Phoenix LiveView's client 1.2.10."""

    def hear(self, reaction: Reaction, event: DomEvent) -> None:
        listen(reaction, event)
        if event.type == "focus":
            focus_wrap.heard(reaction, event)

    def listened(self, reaction: Reaction, event: DomEvent) -> bool:
        return hooks.listened(reaction, event)

    def patching(
        self, reaction: Reaction, view: str, old: Page, new: Page, *, whole: bool, diff: Mapping[str, Any]
    ) -> Any:
        return hooks.before_patch(reaction, view, old, new, whole=whole, diff=diff)

    def patched(self, reaction: Reaction, change: Change) -> None:
        if len(reaction.document.views) > 1 or reaction.browser.network.offers:
            joining.gone(reaction, change.view, change.patch.closed)
        elements.patched(reaction, change)

    def unlocked(self, reaction: Reaction, view: str, number: int, ref: int) -> None:
        elements.unlocked(reaction, view, number, ref)

    def told(self, reaction: Reaction, name: str, payload: Any) -> None:
        hooks.told(reaction, name, payload)

    def nested(self, reaction: Reaction, view: str, *, sticky: bool = False) -> None:
        joining.nested(reaction, view, sticky=sticky)

    def join_answered(self, reaction: Reaction, view: str, message: Any) -> None:
        joining.answered(reaction, view, message)

    def crashed(self, reaction: Reaction, view: str) -> None:
        reconnecting.crashed(reaction, view)

    def ended(self, reaction: Reaction, view: str) -> None:
        reconnecting.ended(reaction, view)

    def unload(self, reaction: Reaction) -> None:
        reconnecting.unload(reaction)

    def replace_main(
        self, reaction: Reaction, url: str, flash: str | None, then: Then, number: int | None = None
    ) -> None:
        live_navigation.replace_main(reaction, url, flash, then, number)


CLIENT: Final[Client] = _Client()
