"""Events that reached somebody who does not take them, while somebody else on the page does.

Owns what is said of a `phx-target` that is missing, or too much. Law: it is looked for when an event has failed already; what a
callback knows is read from the texts in its code, and decides nothing but a word of advice.
"""  # CP-17

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from liveview_core.errors import BadReturn, UndefinedCallback, shown
from liveview_core.process.components import Components
from liveview_core.views.live_component import name_of as component_name
from liveview_core.views.view import name_of, words_of

__all__ = ["taken"]

T = TypeVar("T")


def taken(event: str, take: Callable[[], T], view: Any, components: Components, cid: int | None = None) -> T:
    """What *take* gives; if it finds that nobody takes the event, the error says who would. *cid* is the component that got it."""
    try:
        return take()
    except (UndefinedCallback, BadReturn) as error:
        if isinstance(error, UndefinedCallback) or error.value is None:
            found = _of_a_component(event, view, components) if cid is None else _of_the_view(event, view)
            if found is not None:
                error.cure = found if error.cure is None else f"{found}; else {error.cure}"
        raise


def _of_a_component(event: str, view: Any, components: Components) -> str | None:
    handlers = [(each, getattr(each.module, "handle_event", None)) for each in components]
    takers = [each for each, handler in handlers if event in words_of(handler)]
    only = {each.module for each, handler in handlers if callable(handler)}
    if not takers and len(only) == 1 and not callable(getattr(view, "handle_event", None)):
        takers = [each for each, handler in handlers if callable(handler)]
        who = f"the only handle_event is that of the component {component_name(takers[0].module)}"
    elif takers:
        who = f"the component {component_name(takers[0].module)} (id {shown(takers[0].id)}) takes it"
    else:
        return None
    return f"phx-target={{@myself}} on the element: {who}"


def _of_the_view(event: str, view: Any) -> str | None:
    if event not in words_of(getattr(view, "handle_event", None)):
        return None
    return f"no phx-target on the element: {name_of(view)} takes it"
