"""Function components that are plain functions, with declarations: `@component(attr(…), slot(…))`.

Law: such a component stands in a template as one made by `heex(…)` does: defaults, the global rest and checks are the same.
"""  # DC-7, DC-27

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from liveview_core.declarations.attribute_types import DeclarationError
from liveview_core.declarations.attributes import Attr, Declaration, SlotDeclaration
from liveview_core.declarations.declarations import Declarations
from liveview_core.declarations.documentation import with_docs
from liveview_core.errors import shown
from liveview_core.rendering.rendered import ComponentRef, Rendered
from liveview_core.values.assigns import Assigns, Changed

__all__ = ["FunctionComponent", "component"]


class FunctionComponent:
    """A function from `Assigns` to what a template gives, with declarations; made by `@component(…)`.

    Called with assigns, a mapping, or keywords it returns what the function returns.
    """

    def __init__(self, function: Callable[[Assigns], Rendered | ComponentRef], declarations: Declarations) -> None:
        self.__name__ = ""
        functools.update_wrapper(self, function)
        self.function = function
        self.declarations = declarations
        self.__doc__ = with_docs(function.__doc__, declarations)

    def invoke(self, values: dict[str, Any], changed: Changed | None) -> Rendered | ComponentRef:
        """Call it with these assigns."""  # DC-12
        declared = self.declarations
        return self.function(declared.assigns(values, changed) if declared else Assigns(values, changed))

    def __call__(self, assigns: Assigns | Mapping[str, Any] | None = None, /, **more: Any) -> Rendered | ComponentRef:
        if type(assigns) is Assigns and not more:
            if not self.declarations:
                return self.function(assigns)
            return self.invoke(assigns._values, assigns._changed)  # pyright: ignore[reportPrivateUsage]
        values = {} if assigns is None else dict(assigns)
        return self.invoke({**values, **more}, None)

    def __repr__(self) -> str:
        return f"<component {getattr(self.function, '__qualname__', self.function)}>"


def component(
    *declarations: Declaration,
) -> Callable[[Callable[[Assigns], Rendered | ComponentRef]], FunctionComponent]:
    """Declare attributes and slots of a function component that works before its template.

    The function takes the assigns and ends in `return TEMPLATE(assigns.assign(…))`. Its docstring gets the list of what it
    takes, at the marker `[INSERT LVATTRDOCS]` or at the end.
    """  # DC-27
    if len(declarations) == 1 and not isinstance(declarations[0], Attr | SlotDeclaration):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise DeclarationError(
            "@component takes declarations, not the function",
            got=shown(declarations[0]),
            cure="write @component(…) with parentheses: @component(attr(…))",
        )
    made = Declarations.of(declarations)

    def declare(function: Callable[[Assigns], Rendered | ComponentRef]) -> FunctionComponent:
        if hasattr(type(function), "invoke"):
            raise DeclarationError(
                f"{shown(function)} is a component already",
                cure="give the declarations to heex(…) itself: heex(source, attr(…), slot(…))",
            )
        if not callable(function):  # pyright: ignore[reportUnnecessaryComparison]
            raise DeclarationError(
                "@component is for a function", expected="a function of assigns", got=shown(function)
            )
        try:
            parameters = [
                each
                for each in inspect.signature(function).parameters.values()
                if each.default is each.empty and each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
            ]
        except (TypeError, ValueError):
            return FunctionComponent(function, made)
        if len(parameters) != 1:
            raise DeclarationError(
                f"{function.__qualname__} cannot be a component: it takes {len(parameters)} arguments",
                expected="one argument, the assigns",
                got=f"{function.__qualname__}{inspect.signature(function)}",
                cure=f"write def {function.__name__}(assigns): …",
            )
        return FunctionComponent(function, made)

    return declare
