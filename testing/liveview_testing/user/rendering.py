"""Rendering without a page: a component alone, a template's value as text.

Owns `render_component` and `rendered_to_string`. Law: nothing is connected and nothing is tracked; what comes out is what
the component would first put on a page.
"""

from __future__ import annotations

from typing import Any

from liveview_core.errors import LiveViewError, shown
from liveview_core.process.mounting import new_process
from liveview_core.process.step import Env, render_full, step
from liveview_core.protocol.messages import Join
from liveview_core.rendering.rendered import ComponentRef, Part, Rendered, rendered_to_text
from liveview_core.values.assigns import Assigns
from liveview_core.views.live_component import LiveComponent, module_of
from liveview_core.views.view import LiveView
from liveview_testing.user.html.html import Html
from liveview_testing.world.tracebacks import shorten, shortened


class NotRendered(LiveViewError, TypeError):
    """What was to be rendered is nothing that renders."""


@shortened
def rendered_to_string(rendered: Any) -> str:
    """The text of what a template returned, escaped where it has to be.

    >>> from liveview_core import heex
    >>> rendered_to_string(heex("<b>{@name}</b>")(name="<ann>"))
    '<b>&lt;ann&gt;</b>'
    """
    if not isinstance(rendered, Rendered):
        raise NotRendered(
            "rendered_to_string takes what a template returns",
            expected="the value of a template that was called with assigns",
            got=shown(rendered),
            cure="call it: rendered_to_string(template(name='ann'))" if callable(rendered) else None,
        )
    try:
        return rendered_to_text(rendered)
    except Exception as error:
        shorten(error)
        raise


def render_component(component: Any, /, **assigns: Any) -> Html:
    """A component alone: a function component with these assigns, or a LiveComponent (which needs `id`) as it first mounts.

    >>> from liveview_core import heex
    >>> render_component(heex("<b>{@name}</b>"), name="ann") == "<b>ann</b>"
    True
    """
    try:
        return Html(_component(component, assigns))
    except Exception as error:
        shorten(error)
        raise


def _component(component: Any, assigns: dict[str, Any]) -> str:
    if isinstance(component, LiveComponent) or (isinstance(component, type) and issubclass(component, LiveComponent)):
        return _live_component(component, assigns)
    if isinstance(component, LiveView) or (isinstance(component, type) and issubclass(component, LiveView)):
        name = component.__name__ if isinstance(component, type) else type(component).__name__
        raise NotRendered(
            "render_component takes a component, not a view",
            expected="a template, a function of assigns, or a LiveComponent",
            got=shown(component),
            cure=f"a view is mounted: live({name}); its template alone: render_component({name}.render, …)",
        )
    if not callable(component):  # pyright: ignore[reportUnknownArgumentType]
        raise NotRendered(
            "render_component takes a component",
            expected="a template, a function of assigns, or a LiveComponent",
            got=shown(component),
        )
    # A template and a declared component fill in defaults when they are called with keywords; a plain function takes assigns.
    invoke: Any = getattr(component, "invoke", None)  # pyright: ignore[reportUnknownArgumentType]
    rendered: Any = component(Assigns(assigns)) if invoke is None else invoke(assigns, None)
    if isinstance(rendered, ComponentRef):
        return _live_component(rendered.module, {"id": rendered.id, **rendered.assigns})
    return rendered_to_string(rendered)


_HOLDER = Part(("", ""), 0, False)


def _live_component(component: Any, assigns: dict[str, Any]) -> str:
    """A LiveComponent in a page of its own that is then thrown away."""
    given = {key: value for key, value in assigns.items() if key != "id"}
    if "id" not in assigns:
        raise NotRendered(
            f"the LiveComponent {component!r} needs an id", cure="render_component(component, id='cart', ...)"
        )
    place = ComponentRef(module_of(component), assigns["id"], {"id": assigns["id"], **given})

    class Holder(LiveView):
        def render(self, _: Assigns) -> Rendered:
            return Rendered(_HOLDER, lambda track: {"0": place})

    process = step(new_process("phx-component", Holder), Join(), Env()).process
    return render_full(process)
