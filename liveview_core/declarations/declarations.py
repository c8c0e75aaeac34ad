"""What a function component declares: attributes, slots, and the global rest.

Law: a wrong declaration is an error where it is made; what callers pass is never validated at run time, only reported when
the calling template is compiled. Before the component runs, defaults come under what was passed, empty slots are `[]`,
and everything undeclared goes to the global attribute, if there is one.
"""  # DC-11, DC-12, DC-16

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from attrs import evolve, field

from liveview_core.declarations.attribute_types import Class, DeclarationError, is_of, is_plain, type_name, types_of
from liveview_core.declarations.describing import with_docs
from liveview_core.errors import LiveViewError, nearest_names, shown
from liveview_core.rendering.rendered import ComponentRef, Rendered
from liveview_core.values.assigns import Assigns, Changed
from liveview_core.values.declaring import frozen

__all__ = [
    "Attr",
    "Declaration",
    "DeclarationError",
    "Declarations",
    "FunctionComponent",
    "SlotDeclaration",
    "attr",
    "component",
    "slot",
]


class WrongArgument(LiveViewError, TypeError):
    """A required attribute of a class got something else."""  # DC-18


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
    where = f"attr({name!r}, …)"
    _check_name(name, where)
    if name == "inner_block":
        raise DeclarationError(
            f"{where}: inner_block is not an attribute (DC-4)", cure='declare it as a slot: slot("inner_block")'
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
                    f"{where}: a global attribute has no {option!r} (DC-6)",
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
            f"{where}: only a global attribute has 'include' (DC-4)", cure='declare attr("rest", "global", include=[…])'
        )
    if required and not absent:
        raise DeclarationError(
            f"{where}: a required attribute has no default (DC-4)",
            got=f"required=True, default={shown(given)}",  # pyright: ignore[reportUnknownArgumentType]
            cure="leave out one of them",
        )
    if isinstance(include, str):
        raise DeclarationError(
            f"{where}: 'include' is a list of names (DC-4)",
            expected="a list of names",
            got=shown(include),
            cure=f"include=[{include!r}]",
        )
    if values is not None and examples is not None:
        raise DeclarationError(f"{where}: values and examples exclude each other (DC-4)", cure="leave out one of them")
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
        line=sys._getframe(1).f_lineno,  # pyright: ignore[reportPrivateUsage]
    )
    literals: list[object] = [*(made.values or ()), *(made.examples or ())]
    if not absent and type != "global":
        literals.append(made.default)
    for value in literals:
        if not made.accepts(value):
            raise DeclarationError(
                f"{where}: {shown(value)} is not of the declared type (DC-4, DC-5)",
                expected=made.type_name,
                got=f"{shown(value)}, a {value.__class__.__name__}",
                cure="correct the value or the type",
            )
    if made.values is not None and not absent and made.default not in made.values:
        raise DeclarationError(
            f"{where}: the default is none of the values (DC-4)",
            expected=f"one of {', '.join(map(shown, made.values))}",
            got=shown(made.default),
            cure="add it to values, or choose another default",
            nearest=nearest_names(made.default, made.values),
        )
    return made


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
    where = f"slot({name!r}, …)"
    _check_name(name, where)
    _check_flag(required, "required", where)
    _check_flag(validate_attrs, "validate_attrs", where)
    _check_doc(doc, where)
    seen: set[str] = set()
    for each in attrs:
        if not isinstance(each, Attr):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise DeclarationError(f"{where} takes attr(…) declarations", got=shown(each), cure="write attr(…)")
        if each.is_global:
            raise DeclarationError(
                f"{where}: a slot has no global attribute (DC-6)", cure="declare the attributes by name"
            )
        if each.has_default:
            raise DeclarationError(
                f"{where}: the attribute {each.name!r} of a slot has no default (DC-3)",
                cure=f'leave it out, and read `entry.get("{each.name}", …)`',
            )
        if each.name in seen:
            raise DeclarationError(f"{where}: the attribute {each.name!r} is declared twice (DC-4)", cure="remove one")
        seen.add(each.name)
    if name == "inner_block" and attrs:
        raise DeclarationError(
            f"{where}: inner_block has no attributes (DC-9)", cure="declare them on the component, or name the slot"
        )
    line = sys._getframe(1).f_lineno  # pyright: ignore[reportPrivateUsage]
    return SlotDeclaration(name, tuple(evolve(each, slot=name) for each in attrs), required, doc, validate_attrs, line)


# --- all declarations of a component --------------------------------------------------------------------------------------


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
                        f"{each.name!r} is a second global attribute (DC-6)",
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
                    f"{each.name!r} is declared twice: as {_an(kinds[each.name])} and as {_an(kind)} (DC-4, DC-8)",
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
                    f"the attribute {each.name!r} takes a {each.type_name} (DC-18)",
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


# --- components that are functions ----------------------------------------------------------------------------------------


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
    """Declare attributes and slots of a function component that works before its template (api, section 3).

    The function takes the assigns and ends in `return TEMPLATE(assigns.assign(…))`. Its docstring gets the list of what it
    takes, at the marker `[INSERT LVATTRDOCS]` or at the end.
    """  # DC-27
    if len(declarations) == 1 and not isinstance(declarations[0], Attr | SlotDeclaration):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise DeclarationError(
            "@component takes declarations, not the function (DC-7)",
            got=shown(declarations[0]),
            cure="write @component(…) with parentheses: @component(attr(…))",
        )
    made = Declarations.of(declarations)

    def declare(function: Callable[[Assigns], Rendered | ComponentRef]) -> FunctionComponent:
        if hasattr(type(function), "invoke"):
            raise DeclarationError(
                f"{shown(function)} is a component already (DC-7)",
                cure="give the declarations to heex(…) itself: heex(source, attr(…), slot(…))",
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
                f"{function.__qualname__} cannot be a component: it takes {len(parameters)} arguments (DC-7)",
                expected="one argument, the assigns",
                got=f"{function.__qualname__}{inspect.signature(function)}",
                cure=f"write def {function.__name__}(assigns): …",
            )
        return FunctionComponent(function, made)

    return declare


# --- small checks ---------------------------------------------------------------------------------------------------------


def _an(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _check_name(name: object, where: str) -> None:
    if not isinstance(name, str) or not name:
        raise DeclarationError(f"{where}: a declaration needs a name", expected="a non-empty str", got=shown(name))


def _check_flag(value: object, option: str, where: str) -> None:
    if not isinstance(value, bool):
        raise DeclarationError(
            f"{where}: {option!r} is a bool (DC-4)",
            expected="True or False",
            got=shown(value),
            cure="write True or False",
        )


def _check_doc(doc: object, where: str) -> None:
    if doc is not None and doc is not False and not isinstance(doc, str):
        raise DeclarationError(
            f"{where}: 'doc' is a text, or False to hide the entry (DC-4)", expected="a str or False", got=shown(doc)
        )


def _listed(values: Any, option: str, where: str) -> tuple[object, ...] | None:
    if values is None:
        return None
    fitting = isinstance(values, list | tuple) if option == "examples" else isinstance(values, Iterable)
    listed: tuple[object, ...] = tuple(values) if fitting and not isinstance(values, str) else ()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if not listed:
        raise DeclarationError(
            f"{where}: {option!r} must list something (DC-4)",
            expected="a list that is not empty",
            got=shown(values),  # pyright: ignore[reportUnknownArgumentType]
            cure=f"leave out {option}, or fill it",
        )
    return listed
