"""Scripts as JSON: there and back.

Owns `to_json` and `from_json`. Law: what comes back is equal to what was put down; what JSON has no form for is refused, and the
act that has it is named.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any, cast

import attrs

from liveview_core.errors import LiveViewError, add_note, shown
from liveview_testing.record.scripts import targets
from liveview_testing.record.scripts.act import Act
from liveview_testing.record.scripts.literals import NoLiteral, record_fields, where_is
from liveview_testing.user.locators.finding import query as locators
from liveview_testing.user.locators.finding.css_reader import read_css
from liveview_testing.world.page_state.files import File

FORMAT = "liveview-script/1"
TAG = "$"
NAMED: Mapping[str, Any] = {
    each.__name__: each
    for each in (
        targets.OnWorld,
        targets.OnPage,
        targets.OnView,
        targets.OnComponents,
        targets.OnElement,
        targets.OnFiles,
        targets.OnLocator,
        targets.OnOrder,
        targets.Handed,
        locators.Query,
        locators.ByRole,
        locators.ByWords,
        locators.ByTestId,
        locators.BySelector,
        locators.ByTextNode,
        locators.Parents,
        locators.Inside,
        locators.Filtered,
        locators.Nth,
        locators.Both,
        locators.Either,
    )
}
_kind: Callable[[Any], Any] = type
_CONTAINERS: Mapping[str, Any] = {"tuple": tuple, "set": set, "frozenset": frozenset}
_INSTANTS: Mapping[str, Any] = {"datetime": datetime, "date": date, "time": time}


class NotAScript(LiveViewError, ValueError):
    """A text that is no script."""


# --- there ------------------------------------------------------------------------------------------------------------


def written(acts: Iterable[Act], world: Mapping[str, Any], begun: int) -> str:
    """A script as JSON, an act a line. Raises `NoLiteral`."""
    writer = _Writer()
    lines = [writer.act(act, number) for number, act in enumerate(acts, 1)]
    head = json.dumps(writer.of(dict(world)), ensure_ascii=False)
    body = ",\n".join(f"  {json.dumps(line, ensure_ascii=False)}" for line in lines)
    return f'{{"format": "{FORMAT}", "begun": {begun}, "world": {head}, "acts": [\n{body}\n]}}\n'


class _Writer:
    def __init__(self) -> None:
        self.files: dict[File, int] = {}

    def act(self, act: Act, number: int) -> dict[str, Any]:
        try:
            told: dict[str, Any] = {"who": act.who, "seat": act.seat, "on": self.of(act.on), "verb": act.verb}
            if act.args:
                told["args"] = [self.of(each) for each in act.args]
            if act.options:
                told["options"] = {name: self.of(each) for name, each in act.options.items()}
            if act.answers:
                told["answers"] = list(act.answers)
        except NoLiteral as error:
            raise named(error, act, number) from None
        except RecursionError:
            endless = NoLiteral(
                "a value has no form in JSON", expected="a value with an end", got="one that contains itself"
            )
            raise named(endless, act, number) from None
        return {**told, "at": act.at}

    def of(self, value: Any) -> Any:
        """A value as JSON. Raises `NoLiteral`."""
        kind = _kind(value)
        if value is None or kind is str or kind is bool or kind is int:
            return value
        if kind is float:
            return value if value - value == 0 else {TAG: "float", "of": str(value)}
        if kind is list:
            return [self.of(each) for each in value]
        if kind is dict:
            if all(type(key) is str for key in value) and TAG not in value:
                return {key: self.of(each) for key, each in value.items()}
            return {TAG: "dict", "of": [[self.of(key), self.of(each)] for key, each in value.items()]}
        if kind is tuple:
            return {TAG: "tuple", "of": [self.of(each) for each in value]}
        if kind is set or kind is frozenset:
            listed = sorted((self.of(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
            return {TAG: kind.__name__, "of": listed}
        return self._made(value, kind)

    def _made(self, value: Any, kind: Any) -> dict[str, Any]:
        if kind is bytes:
            return {TAG: "bytes", "of": base64.b64encode(value).decode()}
        if kind is re.Pattern:
            return {TAG: "pattern", "of": value.pattern, "flags": value.flags}
        if kind in (datetime, date, time):
            return {TAG: kind.__name__, "of": value.isoformat()}
        if kind is timedelta:
            return {TAG: "timedelta", "of": [value.days, value.seconds, value.microseconds]}
        if kind in (Decimal, Fraction):
            return {TAG: kind.__name__, "of": str(value)}
        if isinstance(value, PurePath):
            return {TAG: "path", "of": str(value)}
        if kind is File:
            return self._file(value)
        if isinstance(value, locators.BySelector):
            return {TAG: "BySelector", "text": value.text}
        name = str(kind.__name__)
        if NAMED.get(name) is kind:
            return {
                TAG: name,
                **{
                    each.name: self.of(getattr(value, each.name))
                    for each in attrs.fields(cast("type[attrs.AttrsInstance]", kind))
                },
            }
        if isinstance(value, Enum):
            return {TAG: "enum", "in": list(_home(kind)), "of": value.name}
        if (found := where_is(value)) is not None:
            return {TAG: "object", "in": list(found)}
        if isinstance(value, BaseException) and not vars(value):
            return {TAG: "error", "in": list(_home(kind)), "of": [self.of(each) for each in value.args]}
        fields = record_fields(value)
        if fields is not None:
            return {TAG: "record", "in": list(_home(kind)), "of": {name: self.of(each) for name, each in fields}}
        raise NoLiteral(
            f"{shown(value)} has no form in JSON",
            expected="numbers, texts, bytes, dates, containers of them, enums, attrs classes, what a module has by a name",
            got=f"a {kind.__qualname__}",
            cure="keep it in a module under a name of its own; replay(script) in this process needs no JSON",
        )

    def _file(self, file: File) -> dict[str, Any]:
        known = self.files.get(file)
        if known is not None:
            return {TAG: "file", "number": known}
        number = self.files[file] = len(self.files) + 1
        fields = {each.name: self.of(getattr(file, each.name)) for each in attrs.fields(File)}
        return {TAG: "file", "number": number, "of": fields}


def _home(kind: Any) -> tuple[str, str]:
    found = where_is(kind)
    if found is None:
        raise NoLiteral(
            f"the class {kind.__qualname__} cannot be imported",
            expected="a class at the top of a module",
            got=f"{kind.__module__}.{kind.__qualname__}",
            cure="move it to the top of its module; replay(script) in this process needs no JSON",
        )
    return found


def named(error: NoLiteral, act: Act, number: int) -> NoLiteral:
    """The same error, which names the act."""
    error.happened = f"act {number} of the script cannot be written down: {error.happened}"
    add_note(error, f"the act is: {act}")
    return error


# --- and back ---------------------------------------------------------------------------------------------------------


def read(text: str) -> tuple[tuple[Act, ...], dict[str, Any], int]:
    """The acts of a script that was put down, its world, and when that began. Raises `NotAScript`."""
    if not isinstance(text, (str, bytes, bytearray)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise NotAScript("a script is read from text", expected="what to_json() gave", got=shown(text))
    try:
        told: Any = json.loads(text)
    except ValueError as error:
        raise NotAScript("the text is no JSON", got=str(error), expected="what to_json() gave") from None
    script: dict[str, Any] = told if _kind(told) is dict else {}
    if script.get("format") != FORMAT:
        raise NotAScript("the JSON is no script", expected=f'{{"format": "{FORMAT}", …}}', got=shown(text))
    reader = _Reader()
    try:
        return tuple(reader.act(each) for each in script["acts"]), reader.of(script["world"]), script["begun"]
    except (KeyError, TypeError, AttributeError, ImportError) as error:
        raise NotAScript("the script cannot be read", got=f"{type(error).__name__}: {error}") from error


class _Reader:
    def __init__(self) -> None:
        self.files: dict[int, File] = {}

    def act(self, told: Mapping[str, Any]) -> Act:
        return Act(
            told["who"],
            told["seat"],
            self.of(told["on"]),
            told["verb"],
            tuple(self.of(each) for each in told.get("args", ())),
            {name: self.of(each) for name, each in told.get("options", {}).items()},
            told["at"],
            tuple(told.get("answers", ())),
        )

    def of(self, told: Any) -> Any:
        """A value that was put down."""
        kind = _kind(told)
        if kind is list:
            return [self.of(each) for each in told]
        if kind is not dict:
            return told
        if TAG not in told:
            return {key: self.of(each) for key, each in told.items()}
        return self._made(told[TAG], told)

    def _made(self, tag: str, told: Mapping[str, Any]) -> Any:
        of = told.get("of")
        match tag:
            case "float":
                return float(of or 0)
            case "dict":
                return {self.of(key): self.of(each) for key, each in of or ()}
            case "tuple" | "set" | "frozenset":
                return _CONTAINERS[tag](self.of(each) for each in of or ())
            case "bytes":
                return base64.b64decode(str(of))
            case "pattern":
                return re.compile(str(of), told["flags"])
            case "datetime" | "date" | "time":
                return _INSTANTS[tag].fromisoformat(str(of))
            case "timedelta":
                days, seconds, microseconds = of or (0, 0, 0)
                return timedelta(days, seconds, microseconds)
            case "Decimal":
                return Decimal(str(of))
            case "Fraction":
                return Fraction(str(of))
            case "path":
                return Path(str(of))
            case "file":
                return self._file(told)
            case "BySelector":
                return locators.BySelector(read_css(told["text"]), told["text"])
            case "enum":
                return getattr(_found(told["in"]), str(of))
            case "object":
                return _found(told["in"])
            case "record":
                return self._record(told)
            case "error":
                return self._error(told)
            case _:
                fields = {name: self.of(each) for name, each in told.items() if name != TAG}
                return NAMED[tag](**{name.lstrip("_"): each for name, each in fields.items()})

    def _file(self, told: Mapping[str, Any]) -> File:
        number = told["number"]
        if number not in self.files:
            self.files[number] = File(**{name: self.of(each) for name, each in told["of"].items()})
        return self.files[number]

    def _error(self, told: Mapping[str, Any]) -> Any:
        kind = _found(told["in"])
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            raise NotAScript(f"{kind!r} is no class of errors", expected="an exception")
        return kind(*(self.of(each) for each in told["of"]))

    def _record(self, told: Mapping[str, Any]) -> Any:
        kind = _found(told["in"])
        marks = ("__attrs_attrs__", "__dataclass_fields__", "_fields")
        if not (isinstance(kind, type) and any(hasattr(cast("object", kind), each) for each in marks)):
            raise NotAScript(f"{kind!r} is no class of values", expected="an attrs class, a dataclass or a named tuple")
        made: Any = kind
        return made(**{name: self.of(each) for name, each in told["of"].items()})


def _found(home: Iterable[str]) -> Any:
    module, name = home
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


__all__ = ["NotAScript", "named", "read", "written"]
