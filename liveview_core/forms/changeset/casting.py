"""Casting: what a browser sent, as a value of the type that an attribute is declared with.

Law: text made from a value is cast to that value again, and nothing else slips through: what is not exactly a value of the
type is `Invalid`, never a guess (`"1_000"`, `"nan"`, `"20260102"`, `" 5"` are no numbers and no dates of a form). A date or a
time may come in parts, as selects send it (`{"year": "2026", "month": "2", "day": "3"}`). The walk through Optional, lists,
sets, tuples and NewTypes is cattrs'; what text means for each plain type is said here.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import math
import re
import types
import typing
import uuid  # noqa: TID251 - its class, to cast to it; nothing is drawn here
from collections.abc import Callable, Mapping, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, Union, get_args, get_origin

import attrs

from liveview_core.errors import BadOption, LiveViewError, nearest_names, shown
from liveview_core.tracebacks import shorten
from liveview_core.values.patterns import late_pattern

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = [
    "Invalid",
    "MissingExtra",
    "attribute",
    "cast_value",
    "converter",
    "default_of",
    "is_blank",
    "is_true",
    "type_of",
]

Attribute: TypeAlias = "attrs.Attribute[Any]"


class Invalid(Exception):
    """What was sent is no value of the type: not a mistake of the program."""


class MissingExtra(LiveViewError, ImportError):
    """A library is needed that an extra brings."""


# --- attributes of an attrs class -----------------------------------------------------------------------------------------


def class_of(data: Any) -> type[Any]:
    """The attrs class that *data* is, or is an instance of."""
    kind: type[Any] = data if isinstance(data, type) else type(data)  # pyright: ignore[reportUnknownVariableType]
    if not attrs.has(kind):
        raise shorten(
            BadOption(
                f"a changeset is about an attrs class, and {kind.__name__} is none",
                expected="an instance of an attrs class, or the class itself for a new one",
                got=shown(data),
                cure=f"decorate {kind.__name__} with @attrs.frozen, or make a form of a mapping: to_form(params)",
            )
        )
    return kind


def attributes(kind: type[Any]) -> Mapping[str, Attribute]:
    """The attributes of an attrs class by name."""
    return attrs.fields_dict(kind)


def attribute(kind: type[Any], name: str, doing: str) -> Attribute:
    """The attribute *name*; an unknown one is a mistake of the program, not of the user."""
    known = attributes(kind)
    found = known.get(name) if isinstance(name, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]
    if found is None:
        raise BadOption(
            f"{kind.__name__} has no attribute {shown(name)}, {doing}",
            expected=f"one of {', '.join(known) or 'none at all'}",
            got=shown(name),
            cure="correct the name, or add the attribute to the class",
            nearest=nearest_names(name, known),
        )
    return found


_TYPES: dict[tuple[type[Any], str], Any] = {}


def type_of(kind: type[Any], name: str) -> Any:
    """The type that the attribute is declared with, resolved; `Any` where there is none."""
    if (kind, name) not in _TYPES:
        _TYPES[kind, name] = _resolved(kind, name)
    return _TYPES[kind, name]


def _resolved(kind: type[Any], name: str) -> Any:
    declared: Any = attributes(kind)[name].type
    if isinstance(declared, str):
        try:
            declared = typing.get_type_hints(kind, include_extras=True)[name]
        except NameError as error:
            raise BadOption(
                f"the type of {kind.__name__}.{name} cannot be read: {error}",
                expected="annotations whose names the module of the class knows at run time",
                got=shown(attributes(kind)[name].type),
                cure="import the name outside `if TYPE_CHECKING`, define the class at module level, "
                f"or call attrs.resolve_types({kind.__name__}, globals(), locals())",
            ) from None
    return Any if declared is None else declared


def default_of(found: Attribute) -> Any:
    """What a new instance has there; None where the class does not say."""
    default: Any = found.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return None if default.takes_self else default.factory()
    return None if default is attrs.NOTHING else default


def admits_none(kind: Any) -> bool:
    """Whether None is a value of the type."""
    kind = _bare(kind)
    if get_origin(kind) in (Union, types.UnionType):
        return any(admits_none(each) for each in get_args(kind))
    if get_origin(kind) is Literal:
        return None in get_args(kind)
    return kind is None or any(kind is each for each in (Any, object, type(None))) or isinstance(kind, typing.TypeVar)


def _bare(kind: Any) -> Any:
    """The type without Annotated and NewType around it."""
    while True:
        if get_origin(kind) is typing.Annotated:
            kind = get_args(kind)[0]
        elif hasattr(kind, "__supertype__"):
            kind = kind.__supertype__
        else:
            return kind


def without_none(kind: Any) -> Any:
    """`X` for `X | None`, else the type itself, without Annotated and NewType."""
    kind = _bare(kind)
    if get_origin(kind) in (Union, types.UnionType):
        others = [each for each in get_args(kind) if each is not type(None)]
        if len(others) == 1:
            return _bare(others[0])
    return kind


_MANY = (list, tuple, set, frozenset, Sequence, Set, typing.MutableSequence, typing.MutableSet)


def type_name(kind: Any) -> str:
    """The type as a person writes it."""
    return kind.__name__ if isinstance(kind, type) and not get_args(kind) else str(kind).replace("typing.", "")


def is_many(kind: Any) -> bool:
    """Whether the type is a collection of values: a list, a tuple or a set."""
    kind = without_none(kind)
    return (get_origin(kind) or kind) in _MANY


# --- values ---------------------------------------------------------------------------------------------------------------


def is_blank(value: Any) -> bool:
    """Whether it is nothing that was typed: None, blank text, an empty collection."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or (isinstance(value, list | tuple | set | frozenset | dict) and not value)


def is_true(value: Any) -> bool:
    """Whether it is cast to True."""
    try:
        return _bool(value, bool)
    except Invalid:
        return False


def _is_empty(value: Any, kind: Any) -> bool:
    """Whether it is no value of the type: blank, or a date or a time none of whose parts was chosen."""
    if is_blank(value):
        return True
    plain = without_none(kind)
    parts = _PARTS.get(plain) if isinstance(plain, type) else None
    if parts is None or not isinstance(value, Mapping):
        return False
    needed, others = parts
    sent: Mapping[Any, Any] = value  # pyright: ignore[reportUnknownVariableType]
    return all(name in sent and is_blank(sent[name]) for name in needed) and all(
        is_blank(sent.get(name)) for name in others
    )


def _item_type(kind: Any) -> Any:
    """What a collection is of."""
    inner = get_args(without_none(kind))
    return inner[0] if inner else Any


def cast_value(owner: type[Any], name: str, value: Any) -> Any:
    """*value* as the attribute's type has it; blank is the class's default, and blank items of a list are left out.

    Raises `Invalid` for what is no such value, `BadOption` where nobody knows how to cast to the type.
    """
    kind = type_of(owner, name)
    many = is_many(kind)
    if many and isinstance(value, list | tuple):
        item = _item_type(kind)
        value = [each for each in value if not _is_empty(each, item)]  # pyright: ignore[reportUnknownVariableType]
    found = attributes(owner)[name]
    if _is_empty(value, kind) and not (many and value == [] and found.default is attrs.NOTHING):
        return default_of(found)
    if many and not isinstance(value, list | tuple | set | frozenset):
        raise Invalid  # text is a sequence as well, but not one of values
    if kind is Any:
        return value  # pyright: ignore[reportUnknownVariableType]
    structure = converter().structure
    from cattrs.errors import StructureHandlerNotFoundError

    try:
        return structure(value, kind)
    except StructureHandlerNotFoundError:
        raise BadOption(
            f"nobody knows how to cast to the type of {owner.__name__}.{name}",
            expected="str, int, float, bool, Decimal, date, time, datetime, UUID, an Enum, a Literal, or Optional, list, "
            "set or tuple of them",
            got=type_name(kind),
            cure="teach it: liveview_core.forms.changeset.casting.converter()"
            ".register_structure_hook(<the type>, lambda value, _: …)",
        ) from None
    except Exception:  # whatever a constructor raises about what a stranger sent
        raise Invalid from None


@cache
def converter() -> Converter:
    """The cattrs converter that casts; `register_structure_hook` teaches it a type of yours, once, when it is imported."""
    try:
        import cattrs
    except ImportError:
        raise MissingExtra("casting params needs cattrs", cure="pip install 'liveview-core[forms]'") from None
    made = cattrs.Converter(detailed_validation=False)
    for kind, hook in _PLAIN.items():
        made.register_structure_hook(kind, _exactly(kind, hook))
    made.register_structure_hook_func(lambda kind: isinstance(kind, type) and issubclass(kind, enum.Enum), _enum)
    made.register_structure_hook_func(_is_literal, _literal)
    return made


def _exactly(plain: type[Any], hook: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """The hook for the type itself: cattrs asks it for subclasses as well, an IntEnum among them."""

    def cast(value: Any, kind: Any) -> Any:
        if kind is plain:
            return hook(value, kind)
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            return _enum(value, kind)
        return kind(hook(value, kind))

    return cast


_INTEGER = late_pattern(r"[+-]?[0-9]+")
_NUMBER = late_pattern(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?)?"
_TIME = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.([0-9]{3}|[0-9]{6}))?)?" + _ZONE
_ONLY_DATE = late_pattern(_DATE)
_ONLY_TIME = late_pattern(_TIME)
_MOMENT = late_pattern(_DATE + "[T ]" + _TIME)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if isinstance(value, str) and pattern.fullmatch(value):
        return value
    raise Invalid


def _str(value: Any, _: Any) -> str:
    if isinstance(value, str):
        return value
    raise Invalid


def _int(value: Any, _: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(_matching(_INTEGER, value))


def _float(value: Any, _: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    number = float(_matching(_NUMBER, value))
    if math.isinf(number):
        raise Invalid
    return number


def _bool(value: Any, _: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in _BOOLEANS:
        return _BOOLEANS[value]
    raise Invalid


def _decimal(value: Any, _: Any) -> decimal.Decimal:
    if isinstance(value, decimal.Decimal):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return decimal.Decimal(str(value))
    return decimal.Decimal(_matching(_NUMBER, value))


_DAY, _HOUR, _FINER = ("year", "month", "day"), ("hour", "minute"), ("second", "microsecond")
_PARTS: dict[type[Any], tuple[tuple[str, ...], tuple[str, ...]]] = {
    datetime.date: (_DAY, ()),
    datetime.time: (_HOUR, _FINER),
    datetime.datetime: (_DAY + _HOUR, _FINER),
}
"""What selects send of a date or a time: the parts that make one, and those that are 0 where they are not sent."""


def _of_parts(value: Mapping[Any, Any], kind: type[Any]) -> Any:
    needed, others = _PARTS[kind]
    parts = {name: _int(value.get(name), int) for name in needed}
    parts |= {name: _int(value[name], int) for name in others if not is_blank(value.get(name))}
    return kind(**parts)


def _date(value: Any, _: Any) -> datetime.date:
    if isinstance(value, Mapping):
        return _of_parts(value, datetime.date)  # type: ignore[no-any-return]  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    return datetime.date.fromisoformat(_matching(_ONLY_DATE, value))


def _time(value: Any, _: Any) -> datetime.time:
    if isinstance(value, Mapping):
        return _of_parts(value, datetime.time)  # type: ignore[no-any-return]  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, datetime.time):
        return value
    return datetime.time.fromisoformat(_matching(_ONLY_TIME, value))


def _datetime(value: Any, _: Any) -> datetime.datetime:
    if isinstance(value, Mapping):
        return _of_parts(value, datetime.datetime)  # type: ignore[no-any-return]  # pyright: ignore[reportUnknownArgumentType]
    if isinstance(value, datetime.datetime):
        return value
    return datetime.datetime.fromisoformat(_matching(_MOMENT, value))


def _uuid(value: Any, _: Any) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(_str(value, _))


_PLAIN: dict[type[Any], Callable[[Any, Any], Any]] = {
    str: _str,
    int: _int,
    float: _float,
    bool: _bool,
    decimal.Decimal: _decimal,
    datetime.date: _date,
    datetime.time: _time,
    datetime.datetime: _datetime,
    uuid.UUID: _uuid,
}


def _enum(value: Any, kind: Any) -> Any:
    if isinstance(value, kind):
        return value
    return _chosen(value, [(each.value, each) for each in kind])


def _is_literal(kind: Any) -> bool:
    return str(get_origin(kind)) == "typing.Literal"


def _literal(value: Any, kind: Any) -> Any:
    return _chosen(value, [(each, each) for each in get_args(kind)])


def _chosen(value: Any, choices: list[tuple[Any, Any]]) -> Any:
    """The choice that is the value, or whose text was sent."""
    for each, choice in choices:
        if type(each) is type(value) and each == value:
            return choice
    for each, choice in choices:
        if isinstance(value, str) and input_text(each) == value:
            return choice
    raise Invalid


def input_text(value: Any) -> Any:
    """What an input shows for a value of a choice: the value of an Enum's member, text for a bool or a number."""
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value
