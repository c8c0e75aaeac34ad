"""LiveComponents as users write them: what one may define, and by which object it is known.

A component is state inside the view's process: no mailbox, no process of its own. Law: it holds none of that state itself, it
is a frozen object of callbacks; (module, id) is the identity. Those that a view holds are in `liveview_core.process.components`.
"""  # CP-4, CP-1

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeAlias

from liveview_core.errors import BadOption
from liveview_core.protocol.effects import Updated
from liveview_core.rendering.rendered import Rendered
from liveview_core.tracebacks import cause
from liveview_core.values.assigns import Assigns
from liveview_core.views.view import Sealed

__all__ = ["LiveComponent", "canonical", "module_of", "name_of"]


class LiveComponent(Sealed, Updated):
    """A stateful component. Define what you need of it; what is not defined does not exist.

    * `mount(socket)`: once, when it first appears. Its assigns are `myself` and an empty `flash`.
    * `update(assigns, socket)`: each time the call's attributes change; without it they are simply assigned.
    * `update_many([(assigns, socket), …])`: instead of `update`, once for all instances of a level.
    * `handle_event(event, params, socket)`, `handle_async(name, result, socket)`.
    * `render`: a template with exactly one static HTML tag at its root.

    Like a view it is a frozen object: its fields, if any, are configuration, and equal fields make the same module. Use it as
    `<.live_component module={Cart} id="cart" items={@items} />`.
    """  # CP-4, CP-5, CP-7, CP-8, CP-13

    __slots__ = ()

    render: Callable[[Assigns], Rendered]
    _called: ClassVar[str] = "a component"


Module: TypeAlias = Any
"""A component's class, or a configured object of it."""


def module_of(given: Module) -> LiveComponent:
    """The object whose callbacks are called; a class stands for itself without configuration."""
    if not isinstance(given, type):
        component: LiveComponent = given
        return component
    try:
        made: LiveComponent = given()
    except TypeError as error:
        raise BadOption(
            f"the component {given.__qualname__} cannot be made without arguments",
            expected="a component object, or a class that needs none",
            got=str(error),
            cure=f"pass the object: module={{{given.__qualname__}(…)}}",
        ) from cause(error)
    return made


def canonical(given: Module) -> Module:
    """A class and an object of it that has no fields are one module."""
    return given if isinstance(given, type) or getattr(given, "__dict__", None) != {} else type(given)


def name_of(module: Module) -> str:
    """How a module is called in messages."""
    return module.__qualname__ if isinstance(module, type) else type(module).__qualname__
