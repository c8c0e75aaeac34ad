"""Events by name: sent without an element, to the view or to components.

Owns their payloads, and `Targeted`, the handle of `view.with_target(selector)`. Law: of the page only the target is looked up,
and it must be there; else nothing is checked but what is given. The payload is that of the same event at an element.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias

from liveview_testing.browser.page.finding.select import one
from liveview_testing.browser.page.forms import filling
from liveview_testing.browser.page.forms.form_data import urlencode
from liveview_testing.failures.misuse import arguments
from liveview_testing.failures.misuse.misused_handles import NotAValue
from liveview_testing.user.handles import nested_views
from liveview_testing.user.html.html import Html
from liveview_testing.world.log.act_records import Asked, recorded
from liveview_testing.world.tracebacks import shorten

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node
    from liveview_testing.user.handles.view_page import Looking
    from liveview_testing.world.simulation.acting import Acting
    from liveview_testing.world.simulation.delivering.delivery import Run

Values: TypeAlias = "Mapping[str, Any] | None"
Kind: TypeAlias = Literal["click", "submit", "change", "blur", "focus", "keydown", "keyup", "hook"]


class ByName(ABC):
    """Who hears events by their names, without an element."""

    __slots__ = ()

    @abstractmethod
    def _asked(self) -> tuple[Acting, Asked]:
        """Who hears them, as what acts are done to."""

    @abstractmethod
    def event(self, kind: Kind, event: str, value: Values = None) -> Html:
        """An event of that kind, by its name."""

    @recorded
    def render_click(self, event: str, value: Values = None) -> Html:
        """A click event by its name."""
        return self.event("click", event, value)

    @recorded
    def render_submit(self, event: str, value: Values = None) -> Html:
        """A submit event by its name; `value` is sent as a form's text."""
        return self.event("submit", event, value)

    @recorded
    def render_change(self, event: str, value: Values = None) -> Html:
        """A change event by its name; `value` is sent as a form's text."""
        return self.event("change", event, value)

    @recorded
    def render_blur(self, event: str, value: Values = None) -> Html:
        """A blur event by its name."""
        return self.event("blur", event, value)

    @recorded
    def render_focus(self, event: str, value: Values = None) -> Html:
        """A focus event by its name."""
        return self.event("focus", event, value)

    @recorded
    def render_keydown(self, event: str, value: Values = None) -> Html:
        """A keydown event by its name."""
        return self.event("keydown", event, value)

    @recorded
    def render_keyup(self, event: str, value: Values = None) -> Html:
        """A keyup event by its name."""
        return self.event("keyup", event, value)

    @recorded
    def render_hook(self, event: str, params: Values = None) -> Html:
        """An event that a client hook pushes."""
        return self.event("hook", event, params)


class Targeted(ByName):
    """A view whose events by name go to the components that own what a selector matches, which must be something."""  # CP-17

    __slots__ = ("_selector", "_view")

    def __init__(self, view: Looking[Acting], selector: str) -> None:
        self._view = view
        self._selector = selector

    if not TYPE_CHECKING:  # where types are checked, such uses stay errors of the checker

        def __bool__(self) -> NoReturn:
            raise shorten(
                NotAValue(
                    f"{self!r} is neither true nor false: it is for events",
                    got="the truth of it, as in `assert view.with_target(…)`",
                    cure="view.has_element(selector) says whether it is there",
                )
            )

    def __repr__(self) -> str:
        return f"<{self._view!r} with target {self._selector!r}>"

    def _asked(self) -> tuple[Acting, Asked]:
        """What acts are done to."""
        return self._view.sim, ("target", self._view.id, self._selector)

    @recorded
    def event(self, kind: Kind, event: str, value: Values = None) -> Html:
        """An event by its name, for the components."""
        view = self._view
        found = dict.fromkeys(_addressee(owner, node) for owner, node in nested_views.everywhere(view, self._selector))
        if not found:
            # LiveViewTest sends it to the view: a misspelled target would pass for one that was meant (CP-17).
            raise nested_views.none(view, self._selector)
        # One event for each component; what belongs to none goes to the view that it is in.
        owners = [owner for owner in found if owner[1] is not None] or list(found)
        frames = [(pid, named(kind, event, value, cid)) for pid, cid in owners]

        def send(run: Run) -> None:
            for pid, payload in frames:
                run.send_client(pid, "event", payload)

        view.sim.act(send)
        return view.outcome()

    def render(self) -> Html:
        """The one element that the selector matches."""
        return Html(one(nested_views.scene(self._view), self._selector).html)


def _addressee(owner: Looking[Acting], node: Node) -> tuple[str, int | None]:
    """Who hears of an event at an element: its component, or the view that has it for its container."""
    inside = node.page.in_container(node)
    return (owner.id, node.cid) if inside is None else (inside.owner or owner.id, None)


def named(kind: Kind, event: str, value: Values, cid: int | None) -> dict[str, Any]:
    """The payload of an event by its name: keys become text, values stay; of a form all is text."""
    payload: dict[str, Any]
    arguments.event_name(event)
    if kind in ("submit", "change"):
        arguments.fields(value)
        arguments.finite(value)
        fields = dict(value or {})
        target = fields.pop("_target", None)
        payload = {"type": "form", "event": event, "value": urlencode(filling.pairs_of(fields)), "meta": {}}
        if kind == "change":
            payload["meta"] = {} if target is None else {"_target": target}
            payload["uploads"] = {}
    else:
        payload = {"type": kind, "event": event, "value": arguments.values(value, event)}
    if cid is not None:
        payload["cid"] = cid
    return payload
