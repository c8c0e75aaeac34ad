"""Values that say how another one is made, where somebody tries to change them in place.

Law: what attrs refuses is refused as attrs does, `FrozenInstanceError`, at the same cost: none, until somebody tries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, cast

from attrs.exceptions import FrozenInstanceError

from liveview_core.errors import FrozenError, article, nearest_names, shown

__all__ = ["FrozenValue", "unchanging"]

C = TypeVar("C", bound=type[Any])


class FrozenValue(FrozenError, FrozenInstanceError):
    """An attempt to change a value in place; also what attrs raises then."""


def unchanging(cure: str, expected: str = "another one, made of it") -> Callable[[C], C]:
    """Have a frozen class of attrs say what to write instead: *cure*, in which `{name}` is the attribute's name."""

    def decorate(kind: C) -> C:
        def __setattr__(self: Any, name: str, value: Any) -> NoReturn:
            raise _refused(self, name, f" = {shown(value)}", cure, expected)

        def __delattr__(self: Any, name: str) -> NoReturn:
            raise _refused(self, name, "", cure, expected)

        setattr(kind, "__setattr__", __setattr__)  # noqa: B010 - for a checker it would be a method of the instance
        setattr(kind, "__delattr__", __delattr__)  # noqa: B010
        return kind

    return decorate


def _refused(value: Any, name: str, change: str, cure: str, expected: str) -> FrozenValue:
    made = cast(Any, type(value))
    kind = made.__name__
    names = [each.lstrip("_") for each in getattr(made, "__slots__", ()) if each != "__weakref__"]
    doing = f"{kind}.{name}{change}" if change else f"del {kind}.{name}"
    return FrozenValue(
        f"{article(kind)} is never changed ({doing})",
        expected=expected,
        got=doing,
        cure=cure.format(name=name),
        nearest=() if name in names else nearest_names(name, names),
    )
