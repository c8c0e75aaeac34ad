"""Declaring one attribute or one slot: `attr(…)`, `slot(…)`, and what they give.

Law: a wrong declaration is an error where it is made.
"""  # DC-2, DC-9

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from attrs import evolve, field

from liveview_core.declarations.attribute_types import Class, DeclarationError, is_of, type_name, types_of
from liveview_core.errors import nearest_names, shown
from liveview_core.tracebacks import told
from liveview_core.values.declaring import frozen

__all__ = ["Attr", "Declaration", "SlotDeclaration", "attr", "slot"]


class _Absent:
    """No default: not the same as a default of None."""

    def __repr__(self) -> str:
        return "(none)"

    def __bool__(self) -> bool:
        return False


_ABSENT: Final = _Absent()


@frozen
class Attr:
    """A declared attribute. `types` are the classes that a literal may be; empty means any.

    `slot` names the slot whose attribute it is; `line` is where it is declared.
    """  # DC-26

    name: str
    type: object
    required: bool
    default: object
    values: tuple[object, ...] | None
    examples: tuple[object, ...] | None
    doc: str | bool | None
    include: tuple[str, ...]
    types: tuple[Class, ...] = field(repr=False)
    slot: str | None = None
    line: int = field(default=0, eq=False, repr=False)

    @property
    def is_global(self) -> bool:
        """It takes what is not declared."""  # DC-6
        return self.type == "global"

    @property
    def has_default(self) -> bool:
        """A default was given, None included."""
        return self.default is not _ABSENT

    @property
    def type_name(self) -> str:
        """The type as it is shown."""
        return type_name(self.type)

    def accepts(self, value: object) -> bool:
        """Whether a literal is of the type; None always is."""  # DC-5
        return value is None or is_of(value, self.types)


@frozen
class SlotDeclaration:
    """A declared slot."""  # DC-9, DC-10, DC-26

    name: str
    attrs: tuple[Attr, ...]
    required: bool
    doc: str | bool | None
    validate_attrs: bool
    line: int = field(default=0, eq=False, repr=False)


Declaration: TypeAlias = "Attr | SlotDeclaration"


@told
def attr(
    name: str,
    type: object = "any",
    *,
    required: bool = False,
    default: Any = _ABSENT,
    values: Iterable[object] | None = None,
    examples: Sequence[object] | None = None,
    doc: str | bool | None = None,
    include: Iterable[str] | None = None,
) -> Attr:
    """Declare an attribute of a component, or, inside `slot(…)`, of a slot's entries.

    `type` is `str`, `bool`, `int`, `float`, `list`, `dict`, any class, a union, `"any"`, `"fun"`, or `"global"` for the attribute
    that takes everything undeclared (`include` are further names that it takes without a warning).

    >>> attr("kind", str, default="info", values=["info", "error"]).default
    'info'
    """  # DC-2, DC-6
    where = f"attr({shown(name)}, …)"
    _check_name(name, where)
    if name == "inner_block":
        raise DeclarationError(
            f"{where}: inner_block is not an attribute", cure='declare it as a slot: slot("inner_block")'
        )
    kinds = types_of(type, where)
    _check_flag(required, "required", where)
    _check_doc(doc, where)
    given: object = default
    absent = given is _ABSENT
    if type == "global":
        for option, written in (
            ("required", required),
            ("values", values is not None),
            ("examples", examples is not None),
        ):
            if written:
                raise DeclarationError(
                    f"{where}: a global attribute has no {option!r}",
                    expected="at most default, doc and include",
                    cure=f"leave out {option}",
                )
        if not absent and not isinstance(given, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise DeclarationError(
                f"{where}: the default of a global attribute is a mapping of attributes",
                expected='a dict such as {"role": "note"}',
                got=shown(given),  # pyright: ignore[reportUnknownArgumentType]
                cure="write a dict",
            )
    elif include is not None:
        raise DeclarationError(
            f"{where}: only a global attribute has 'include'", cure='declare attr("rest", "global", include=[…])'
        )
    if required and not absent:
        raise DeclarationError(
            f"{where}: a required attribute has no default",
            got=f"required=True, default={shown(given)}",  # pyright: ignore[reportUnknownArgumentType]
            cure="leave out one of them",
        )
    if isinstance(include, str):
        raise DeclarationError(
            f"{where}: 'include' is a list of names",
            expected="a list of names",
            got=shown(include),
            cure=f"include=[{include!r}]",
        )
    if values is not None and examples is not None:
        raise DeclarationError(f"{where}: values and examples exclude each other", cure="leave out one of them")
    made = Attr(
        name,
        type,
        required,
        default,
        _listed(values, "values", where),
        _listed(examples, "examples", where),
        doc,
        tuple(include or ()),
        kinds,
        line=sys._getframe(2).f_lineno,  # pyright: ignore[reportPrivateUsage]
    )
    literals: list[object] = [*(made.values or ()), *(made.examples or ())]
    if not absent and type != "global":
        literals.append(made.default)
    for value in literals:
        if not made.accepts(value):
            raise DeclarationError(
                f"{where}: {shown(value)} is not of the declared type",
                expected=made.type_name,
                got=f"{shown(value)}, a {value.__class__.__name__}",
                cure="correct the value or the type",
            )
    if made.values is not None and not absent and made.default not in made.values:
        raise DeclarationError(
            f"{where}: the default is none of the values",
            expected=f"one of {', '.join(map(shown, made.values))}",
            got=shown(made.default),
            cure="add it to values, or choose another default",
            nearest=nearest_names(made.default, made.values),
        )
    return made


@told
def slot(
    name: str,
    *attrs: Attr,
    required: bool = False,
    doc: str | bool | None = None,
    validate_attrs: bool = True,
) -> SlotDeclaration:
    """Declare a slot, and the attributes of its entries.

    >>> slot("col", attr("label", str)).attrs[0].name
    'label'
    """  # DC-9, DC-10
    where = f"slot({shown(name)}, …)"
    _check_name(name, where)
    _check_flag(required, "required", where)
    _check_flag(validate_attrs, "validate_attrs", where)
    _check_doc(doc, where)
    seen: set[str] = set()
    for each in attrs:
        if not isinstance(each, Attr):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise DeclarationError(f"{where} takes attr(…) declarations", got=shown(each), cure="write attr(…)")
        if each.is_global:
            raise DeclarationError(f"{where}: a slot has no global attribute", cure="declare the attributes by name")
        if each.has_default:
            raise DeclarationError(
                f"{where}: the attribute {each.name!r} of a slot has no default",
                cure=f'leave it out, and read `entry.get("{each.name}", …)`',
            )
        if each.name in seen:
            raise DeclarationError(f"{where}: the attribute {each.name!r} is declared twice", cure="remove one")
        seen.add(each.name)
    if name == "inner_block" and attrs:
        raise DeclarationError(
            f"{where}: inner_block has no attributes", cure="declare them on the component, or name the slot"
        )
    line = sys._getframe(2).f_lineno  # pyright: ignore[reportPrivateUsage]
    return SlotDeclaration(name, tuple(evolve(each, slot=name) for each in attrs), required, doc, validate_attrs, line)


# --- small checks ---------------------------------------------------------------------------------------------------------


def _check_name(name: object, where: str) -> None:
    if not isinstance(name, str) or not name:
        raise DeclarationError(f"{where}: a declaration needs a name", expected="a non-empty str", got=shown(name))


def _check_flag(value: object, option: str, where: str) -> None:
    if not isinstance(value, bool):
        raise DeclarationError(
            f"{where}: {option!r} is a bool",
            expected="True or False",
            got=shown(value),
            cure="write True or False",
        )


def _check_doc(doc: object, where: str) -> None:
    if doc is not None and doc is not False and not isinstance(doc, str):
        raise DeclarationError(
            f"{where}: 'doc' is a text, or False to hide the entry", expected="a str or False", got=shown(doc)
        )


def _listed(values: Any, option: str, where: str) -> tuple[object, ...] | None:
    if values is None:
        return None
    fitting = isinstance(values, list | tuple) if option == "examples" else isinstance(values, Iterable)
    listed: tuple[object, ...] = tuple(values) if fitting and not isinstance(values, str) else ()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if not listed:
        raise DeclarationError(
            f"{where}: {option!r} must list something",
            expected="a list that is not empty",
            got=shown(values),  # pyright: ignore[reportUnknownArgumentType]
            cure=f"leave out {option}, or fill it",
        )
    return listed
