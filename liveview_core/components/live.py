"""Components that lead to state: a LiveComponent's place in a template, the states of an async result."""  # BC-1, BC-60

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, cast

from liveview_core.declarations.attributes import attr, slot
from liveview_core.declarations.function_component import component
from liveview_core.errors import BadOption, nearest_names, shown
from liveview_core.heex import heex
from liveview_core.protocol.async_result import AsyncResult
from liveview_core.rendering.rendered import ChildRef, ComponentRef, Rendered, template_line
from liveview_core.values.assigns import Assigns
from liveview_core.values.safe import exact
from liveview_core.views.live_component import LiveComponent
from liveview_core.views.view import LiveView, as_view

__all__ = ["async_result", "live_component", "live_render"]


def live_component(assigns: Assigns) -> Rendered | ComponentRef:
    """The place of a LiveComponent: `<.live_component module={Cart} id="cart" items={@items} />`.

    `module` is the component's class, or a configured object; all other attributes and slots are what `update` gets.
    """  # BC-1
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
    try:
        hash(given["id"])
    except TypeError:
        raise BadOption(
            f"the id of <.live_component module={{{kind.__qualname__}}}> cannot be looked up",
            expected="something hashable: a string, a number, a tuple of them",
            got=shown(given["id"]),
            cure='use what identifies it, such as id={f"item-{item.id}"}',
        ) from None
    return ComponentRef(cast("LiveComponent", module), given["id"], given)


def live_render(
    socket: Any,
    view: Any = None,
    /,
    *,
    id: str | None = None,
    session: Mapping[str, Any] | None = None,
    container: tuple[str, Mapping[str, Any]] | None = None,
    sticky: bool = False,
) -> Any:
    """A view inside a view, with a process of its own: `{live_render(@socket, ChatLive, id="chat", session={…})}`.

    `<.live_render view={ChatLive} id="chat" session={…} />` is the same. `container` is its tag and attributes; a
    `sticky` one survives live navigation.
    """  # RT-11, RT-14
    line = template_line(sys._getframe(1))
    if isinstance(socket, Assigns):
        return _LIVE_RENDER(Assigns({**dict(socket), _LINE: line}, socket._changed, socket._given))
    given = socket if view is None else view
    if given is None or isinstance(given, LiveComponent) or not issubclass(_kind(given), LiveView):
        what = "a component" if issubclass(_kind(given), LiveComponent) else shown(given)
        raise BadOption(
            "live_render expects a live view",
            expected="a LiveView, its class or an object",
            got=what,
            cure='live_render(@socket, ChatLive, id="chat"); a component stands in <.live_component …>',
        )
    if not isinstance(id, str) or not id:
        raise BadOption(
            f"live_render of {_kind(given).__qualname__} needs an id",
            expected="a str that no other element of the page has",
            got=shown(id),
            cure=f'live_render(@socket, {_kind(given).__qualname__}, id="…")',
        )
    if session is not None and not (isinstance(session, Mapping) and all(isinstance(key, str) for key in session)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption("the session of a child view has str keys", expected="{'room': …}", got=shown(session))
    match container:
        case None | (str(), Mapping()):
            pass
        case _:  # pyright: ignore[reportUnnecessaryComparison]
            raise BadOption(
                f"the container of live_render({_kind(given).__qualname__}, …) is wrong",
                expected="(tag, {attribute: value})",
                got=shown(container),
                cure='container=("section", {"class": "room"})',
            )
    tag = None if container is None else (container[0], dict(container[1]))
    ref = ChildRef(as_view(given), exact(id), dict(session or {}), tag, sticky)
    if line is not None:
        ref.caller = line
    return ref


def _kind(given: Any) -> type[Any]:
    return given if isinstance(given, type) else type(given)


def child_view(assigns: Assigns) -> Any:
    options = {name: value for name, value in assigns if name not in ("view", "inner_block", _LINE)}
    unknown = [name for name in options if name not in _OPTIONS]
    if unknown or "inner_block" in assigns:
        raise BadOption(
            "<.live_render> has no " + (f"attribute {unknown[0]!r}" if unknown else "content"),
            expected=f"view and {', '.join(_OPTIONS)}",
            got=", ".join([*unknown, *(["content between its tags"] if "inner_block" in assigns else [])]),
            cure="what the view is to know goes into its session: session={…}",
            nearest=[near for name in unknown for near in nearest_names(name, _OPTIONS)],
        )
    ref = live_render(assigns.get("view"), **options)
    if (line := assigns.get(_LINE)) is not None:
        ref.caller = line
    return ref


_LINE = "__line__"
"""Where the line that calls `<.live_render>` travels along: the view is asked for later than it is called."""

_OPTIONS = ("id", "session", "container", "sticky")


_LIVE_RENDER = heex("{child_view(assigns)}")


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
    """What an async assign shows in its three states; once there was a result, the result."""  # BC-60, BC-61
    state = assigns["assign"]
    if not isinstance(state, AsyncResult):
        raise BadOption(
            "the assign of <.async_result> is no AsyncResult",
            expected="what socket.assign_async made, or AsyncResult.loading()",
            got=shown(state),
            cure='socket.assign_async("name", function) in mount; a value that is there is shown as it is: {@name}',
        )
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
