"""Components that lead to state: a LiveComponent's place in a template, the states of an async result (BC-1, BC-60)."""

from __future__ import annotations

from typing import Any

from liveview_core.assigns import Assigns
from liveview_core.component import LiveComponent
from liveview_core.declarations import attr, component, slot
from liveview_core.errors import BadOption, shown
from liveview_core.heex import heex
from liveview_core.rendered import ComponentRef, Rendered
from liveview_core.view import LiveView

__all__ = ["async_result", "live_component"]


def live_component(assigns: Assigns) -> Rendered | ComponentRef:
    """The place of a LiveComponent: `<.live_component module={Cart} id="cart" items={@items} />` (BC-1).

    `module` is the component's class, or a configured object; all other attributes and slots are what `update` gets.
    """
    given: dict[str, Any] = {name: value for name, value in assigns if name != "module"}
    module = assigns.get("module")
    kind = module if isinstance(module, type) else type(module)
    if issubclass(kind, LiveView):
        raise BadOption(
            f"<.live_component> expected {kind.__qualname__} to be a component, but it is a live view",
            expected="a LiveComponent",
            got=shown(module),
            cure=f'<.live_render view={{{kind.__qualname__}}} id="…" /> mounts a view inside a view',
        )
    if not issubclass(kind, LiveComponent):
        raise BadOption(
            "<.live_component> expects module={…} to be given",
            expected="a LiveComponent",
            got=shown(module),
            cure='<.live_component module={Cart} id="cart" />',
        )
    if given.get("id") is None:
        raise BadOption(
            f"<.live_component module={{{kind.__qualname__}}}> expects id={{…}} to be given",
            expected="an id that no other component of this module has",
            got="None",
            cure=f'<.live_component module={{{kind.__qualname__}}} id="…" />',
        )
    return ComponentRef(module, given["id"], given)


_OK = heex("{render_slot(@inner_block, @assign.result)}")
_LOADING = heex("{render_slot(@loading, @assign.loading)}")
_FAILED = heex("{render_slot(@failed, @assign.failed)}")


@component(
    attr("assign", required=True, doc="The AsyncResult."),
    slot("loading", doc="Shown while there is no result yet; its argument is the loading state."),
    slot("failed", doc="Shown where the first load failed; its argument is the reason."),
    slot("inner_block", doc="Shown once there was a result, which is its argument."),
)
def async_result(assigns: Assigns) -> Rendered | ComponentRef:
    """What an async assign shows in its three states; once there was a result, the result (BC-60, BC-61)."""
    state = assigns["assign"]
    if state.ok:
        return _OK(assigns)
    if state.loading:
        return _LOADING(assigns)
    if state.failed:
        return _FAILED(assigns)
    raise BadOption(
        "<.async_result> has nothing to show: its result is neither ok, nor loading, nor failed",
        expected="an AsyncResult that assign_async made",
        got=shown(state),
        cure="start with AsyncResult.loading()",
    )
