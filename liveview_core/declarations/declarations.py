"""What a function component declares: attributes, slots, and the global rest.

Law: a wrong declaration is an error where it is made; what callers pass is never validated at run time, only reported when
the calling template is compiled. Before the component runs, defaults come under what was passed, empty slots are `[]`,
and everything undeclared goes to the global attribute, if there is one.
"""  # DC-11, DC-12, DC-16

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from liveview_core.declarations.attribute_types import DeclarationError, is_of, is_plain
from liveview_core.declarations.attributes import Attr, Declaration, SlotDeclaration
from liveview_core.errors import LiveViewError, shown
from liveview_core.values.assigns import Assigns, Changed

__all__ = ["Declarations", "WrongArgument"]


class WrongArgument(LiveViewError, TypeError):
    """A required attribute of a class got something else."""  # DC-18


class Declarations:
    """The declarations of one component, ready for its calls."""

    __slots__ = ("_checked", "_defaults", "_known", "_rest", "_rest_default", "attrs", "slots")

    def __init__(self, attrs: tuple[Attr, ...], slots: tuple[SlotDeclaration, ...]) -> None:
        self.attrs = attrs
        self.slots = slots
        rest = [each for each in attrs if each.is_global]
        self._rest = rest[0].name if rest else None
        given: Any = rest[0].default if rest and rest[0].has_default else {}
        self._rest_default: dict[str, Any] = dict(given)
        self._defaults: dict[str, Any] = {
            each.name: each.default for each in attrs if each.has_default and not each.is_global
        }
        self._defaults.update({each.name: [] for each in slots if not each.required})
        self._known = frozenset({"inner_block", *(each.name for each in attrs), *(each.name for each in slots)})
        self._checked = tuple(
            each for each in attrs if each.required and each.types and not any(map(is_plain, each.types))
        )

    @classmethod
    def of(cls, declarations: Iterable[Declaration]) -> Declarations:
        """Check a component's declarations together."""  # DC-4, DC-6, DC-8, DC-9
        attrs: list[Attr] = []
        slots: list[SlotDeclaration] = []
        kinds: dict[str, str] = {}
        for each in declarations:
            if isinstance(each, Attr):
                kind = "attribute"
                if each.is_global and any(other.is_global for other in attrs):
                    first = next(other.name for other in attrs if other.is_global)
                    raise DeclarationError(
                        f"{each.name!r} is a second global attribute",
                        got=f"{first!r} is one already",
                        cure="keep one of them",
                    )
                attrs.append(each)
            elif isinstance(each, SlotDeclaration):  # pyright: ignore[reportUnnecessaryIsInstance]
                kind = "slot"
                slots.append(each)
            else:
                raise DeclarationError(
                    "a component is declared by attr(…) and slot(…)", got=shown(each), cure="write attr(…) or slot(…)"
                )
            if each.name in kinds:
                raise DeclarationError(
                    f"{each.name!r} is declared twice: as {_an(kinds[each.name])} and as {_an(kind)}",
                    cure="remove one, or rename it",
                )
            kinds[each.name] = kind
        return cls(tuple(attrs), tuple(slots))

    def attr(self, name: str) -> Attr | None:
        """The declared attribute of that name."""
        return next((each for each in self.attrs if each.name == name), None)

    def slot(self, name: str) -> SlotDeclaration | None:
        """The declared slot of that name."""
        return next((each for each in self.slots if each.name == name), None)

    @property
    def rest(self) -> Attr | None:
        """The global attribute."""
        return None if self._rest is None else self.attr(self._rest)

    def assigns(self, given: dict[str, Any], changed: Changed | None) -> Assigns:
        """The assigns that the component sees. `given` and `changed` are not touched."""  # DC-12
        for each in self._checked:
            value = given.get(each.name)
            if each.name in given and not is_of(value, each.types):
                raise WrongArgument(
                    f"the attribute {each.name!r} takes a {each.type_name}",
                    expected=f"an instance of {each.type_name}",
                    got=shown(value),
                    cure="pass one, or declare the attribute without required=True and guard against None",
                )
        name = self._rest
        if name is None:
            return Assigns({**self._defaults, **given}, changed, frozenset(given))
        known = self._known
        values = {**self._defaults}
        rest = {**self._rest_default}
        passed: list[str] = []
        for key, value in given.items():
            if key in known:
                values[key] = value
                passed.append(key)
            else:
                rest[key] = value
        if name not in values:  # DC-14: passed by its own name it is used as it is
            values[name] = rest
            if changed is not None:
                changed = {**changed, name: True}  # DC-15
        return Assigns(values, changed, frozenset(passed))

    def __bool__(self) -> bool:
        return bool(self.attrs or self.slots)

    def __repr__(self) -> str:
        return f"<Declarations {', '.join([*(each.name for each in self.attrs), *(each.name for each in self.slots)])}>"


def _an(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
