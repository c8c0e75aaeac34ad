"""Client hooks in Python: stand-ins for the JavaScript that an element's `phx-hook` names.

    class Chart(ClientHook):
        events = ("points",)

        def mounted(self, el):
            el.push_event("ready", {}, reply="drawn")

        def drawn(self, el, reply, ref):
            el.set_state(reply["points"])

        def handle_event(self, el, event, payload):
            el.set_state(payload["points"])

    sim = Simulation(hooks={"Chart": Chart})

A hook's definition is shared by all elements that name it, and holds nothing; what it remembers of one element is `el.state`, a
value.
`InfiniteScroll`, `FocusWrap`, `LiveFileUpload` and `LiveImgPreview` are the ones that LiveView ships, and need not be given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from liveview_core.values.declaring import frozen
from liveview_testing.browser.uploads import hooks as uploads

if TYPE_CHECKING:
    from liveview_testing.browser.lifecycle.hook_element import HookElement

__all__ = ["BUILT_IN", "ClientHook", "FocusWrap", "InfiniteScroll", "LiveFileUpload", "LiveImgPreview"]


@frozen
class ClientHook:
    """What a hook does when something happens to its element; every callback may be left out.

    Each is given the element first, which can be read, changed as a script would change it, and told to push events.
    """

    events: ClassVar[tuple[str, ...]] = ()
    """The names of the server's events that `handle_event` hears, from the moment at which the hook is mounted."""

    def mounted(self, el: HookElement) -> None:
        """The element has come to the page, and its view has joined."""

    def before_update(self, el: HookElement) -> None:
        """A patch is about to change the element, or what is inside."""

    def updated(self, el: HookElement) -> None:
        """A patch has changed the element, or what is inside."""

    def destroyed(self, el: HookElement) -> None:
        """The element is gone, or its view."""

    def disconnected(self, el: HookElement) -> None:
        """The view has lost its connection."""

    def reconnected(self, el: HookElement) -> None:
        """The view has joined again."""

    def handle_event(self, el: HookElement, event: str, payload: Any) -> None:
        """The server has pushed an event that the hook listens to."""

    def failed(self, el: HookElement, reason: Any) -> None:
        """A push was not answered, or with an error."""


@frozen
class FocusWrap(ClientHook):
    """Keeps Tab inside of its element: as it comes, the first element inside that can has the focus."""

    def mounted(self, el: HookElement) -> None:
        if el.is_visible and not el.has_focus_inside:
            el.focus_first()


@frozen
class InfiniteScroll(ClientHook):
    """Listens to scrolling for `phx-viewport-top` and `phx-viewport-bottom`: `locator.scroll_into_view_if_needed()` scrolls."""


@frozen
class LiveFileUpload(ClientHook):
    """Keeps a file input and the server's entries together."""

    def mounted(self, el: HookElement) -> None:
        el.js("ignore_attrs", {"attrs": ["value"]})
        el.set_state(uploads.seen(el.node))
        uploads.remove_required(el.opened[0], el.node)

    def updated(self, el: HookElement) -> None:
        reaction, number = el.opened
        el.set_state(uploads.updated(reaction, number, el.state))


@frozen
class LiveImgPreview(ClientHook):
    """Shows a chosen picture before it is sent."""

    def mounted(self, el: HookElement) -> None:
        el.set_attribute("src", uploads.preview_url(el.opened[0], el.node))


BUILT_IN: dict[str, ClientHook] = {
    "Phoenix.FocusWrap": FocusWrap(),
    "Phoenix.InfiniteScroll": InfiniteScroll(),
    "Phoenix.LiveFileUpload": LiveFileUpload(),
    "Phoenix.LiveImgPreview": LiveImgPreview(),
}
"""The hooks that LiveView ships, by the names that its components write."""
