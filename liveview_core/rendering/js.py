"""JS commands: what the client shall do, as data.

Law: a command is a value, an ordered list of operations; chaining makes a new one, and its text is the JSON that the official
client executes, with its keys in alphabetical order. Nothing is executed here.
"""  # JS-1, JS-3

from __future__ import annotations

import datetime
import decimal
import json
import math
import uuid  # noqa: TID251 - its class, to send a value; nothing is drawn here
from collections.abc import Callable, Iterable, Mapping
from types import MethodType
from typing import Any, Concatenate, Final, Generic, ParamSpec, TypeAlias, TypeVar

from liveview_core.errors import BadOption, NotData, article, shown
from liveview_core.protocol.destinations import checked_link
from liveview_core.rendering.html import Safe, escape
from liveview_core.rendering.js_arguments import (
    checked_attribute,
    checked_flag,
    checked_names,
    checked_options,
    checked_target,
    checked_text,
    checked_value,
    class_lists,
)
from liveview_core.values.declaring import frozen
from liveview_core.values.in_place_changes import unchanging
from liveview_core.values.safe import exact

__all__ = ["JS", "NotData", "encodable"]

To: TypeAlias = "str | tuple[str, str] | Mapping[str, str] | None"
"""An element: a selector, or `("inner" | "closest" | "document", selector)`, or that as a dict of one entry; None is the element
acted on."""  # JS-4

Transition: TypeAlias = "str | tuple[str, str, str] | None"
"""Class names, or the three of `(transition, start, end)`."""  # JS-6

_TARGETS = (str, int, type(None))
_UNSET: Any = object()


_P = ParamSpec("_P")
_R = TypeVar("_R")


class _Chained(Generic[_P, _R]):
    """A method of a command that can be asked of `JS` itself, too: it is then the empty command's."""

    def __init__(self, method: Callable[Concatenate[JS, _P], _R]) -> None:
        self.method = method
        self.__doc__ = method.__doc__

    def __get__(self, command: JS | None, kind: type[JS]) -> Callable[_P, _R]:
        return MethodType(self.method, _EMPTY if command is None else command)


class _Empty(type):
    """The class of `JS`, which is the empty command wherever a command can stand."""

    @property
    def ops(cls) -> tuple[()]:
        """None."""
        return ()

    def __html__(cls) -> Safe:  # pragma: no cover - looked for in the type; what is called is `_Chained`'s
        return _EMPTY.__html__()

    def __str__(cls) -> str:
        return str(_EMPTY)

    def __eq__(cls, other: object) -> bool:
        return cls is other or (isinstance(other, JS) and other == _EMPTY)

    def __hash__(cls) -> int:
        return hash(_EMPTY)


@unchanging('its methods make another: JS.hide(to="#a").show(to="#b")')
@frozen(repr=False)
class JS(metaclass=_Empty):
    """What the browser shall do: a list of operations `(name, arguments)`.

    `JS` itself, a class, stands for the empty command, from which all others start: `JS.hide(to="#modal").push("save")`. A
    function that makes one says `-> JS`; one that takes one to go on with, `def hide(js: JS = JS()) -> JS`.

    >>> print(JS.push("inc", value={"by": 2}).hide())
    [["push",{"event":"inc","value":{"by":2}}],["hide",{}]]
    """

    ops: tuple[tuple[str, dict[str, Any]], ...] = ()

    @_Chained
    def push(
        self,
        event: str,
        *,
        target: Any = None,
        loading: str | None = None,
        page_loading: bool | None = None,
        value: Mapping[str, Any] = _UNSET,
    ) -> JS:
        """Send *event* to the server; *target* is a selector or `@myself`."""  # JS-10
        event = checked_text("push", "event", event)
        given = None if value is _UNSET else checked_value(value)
        return self._with(
            "push",
            event=event,
            target=target if type(target) in _TARGETS else encodable(target, "the option target of JS.push"),
            loading=loading and checked_text("push", "option loading", loading),
            page_loading=page_loading and checked_flag("push", "page_loading", page_loading),
            value=encodable(given, "the option value of JS.push"),
        )

    @_Chained
    def dispatch(
        self,
        event: str,
        *,
        to: To = None,
        detail: Mapping[str, Any] | None = None,
        bubbles: bool | None = None,
        blocking: bool | None = None,
    ) -> JS:
        """Dispatch a DOM event."""  # JS-11
        event = checked_text("dispatch", "event", event)
        if bubbles is not None and not isinstance(bubbles, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("the option bubbles of JS.dispatch is wrong", expected="True or False", got=shown(bubbles))
        if detail is not None and not isinstance(detail, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadOption("the option detail of JS.dispatch is not a mapping", expected="a dict", got=shown(detail))
        if detail is not None and event == "click":
            cure = "choose another event name: the browser owns the detail of a click"
            wanted = "JS.dispatch('click') without detail"
            raise BadOption("click events cannot have details", expected=wanted, got=shown(detail), cure=cure)
        if blocking and detail is not None and "done" in detail:
            what = "the detail of a blocking JS.dispatch must not have the key 'done'"
            raise BadOption(what, expected="any other key: the client puts its own callback there", got=shown(detail))
        plain = None if detail is None else encodable(dict(detail), "the option detail of JS.dispatch")
        return self._with(
            "dispatch",
            event=event,
            to=checked_target("dispatch", to),
            detail=plain,
            bubbles=bubbles,
            blocking=True if blocking else None,
        )

    @_Chained
    def toggle(
        self,
        *,
        to: To = None,
        in_: Transition = None,
        out: Transition = None,
        display: str | None = None,
        time: int | None = None,
        blocking: bool | None = None,
    ) -> JS:
        """Show or hide, whichever it is not."""  # JS-12
        ins, outs = class_lists("toggle", in_), class_lists("toggle", out)
        return self._with(
            "toggle", to=checked_target("toggle", to), display=display, ins=ins, outs=outs, time=time, blocking=blocking
        )

    @_Chained
    def show(
        self,
        *,
        to: To = None,
        transition: Transition = None,
        display: str | None = None,
        time: int | None = None,
        blocking: bool | None = None,
    ) -> JS:
        """Show an element."""  # JS-13
        moves = class_lists("show", transition)
        return self._with(
            "show", to=checked_target("show", to), display=display, transition=moves, time=time, blocking=blocking
        )

    @_Chained
    def hide(
        self, *, to: To = None, transition: Transition = None, time: int | None = None, blocking: bool | None = None
    ) -> JS:
        """Hide an element."""  # JS-13
        target, moves = checked_target("hide", to), class_lists("hide", transition)
        return self._with("hide", to=target, transition=moves, time=time, blocking=blocking)

    @_Chained
    def add_class(
        self,
        names: str,
        *,
        to: To = None,
        transition: Transition = None,
        time: int | None = None,
        blocking: bool | None = None,
    ) -> JS:
        """Add classes."""  # JS-14
        return self._classes("add_class", names, to, transition, time, blocking)

    @_Chained
    def remove_class(
        self,
        names: str,
        *,
        to: To = None,
        transition: Transition = None,
        time: int | None = None,
        blocking: bool | None = None,
    ) -> JS:
        """Remove classes."""  # JS-14
        return self._classes("remove_class", names, to, transition, time, blocking)

    @_Chained
    def toggle_class(
        self,
        names: str,
        *,
        to: To = None,
        transition: Transition = None,
        time: int | None = None,
        blocking: bool | None = None,
    ) -> JS:
        """Add or remove classes, whichever is not the case."""  # JS-14
        return self._classes("toggle_class", names, to, transition, time, blocking)

    @_Chained
    def transition(
        self, transition: Transition, *, to: To = None, time: int | None = None, blocking: bool | None = None
    ) -> JS:
        """Play a transition."""  # JS-15
        moves = class_lists("transition", transition)
        return self._with(
            "transition", transition=moves, to=checked_target("transition", to), time=time, blocking=blocking
        )

    @_Chained
    def set_attribute(self, attribute: tuple[str, str], *, to: To = None) -> JS:
        """Set `(name, value)`."""  # JS-16
        return self._with(
            "set_attr", attr=checked_attribute("set_attribute", attribute, (2,)), to=checked_target("set_attribute", to)
        )

    @_Chained
    def remove_attribute(self, name: str, *, to: To = None) -> JS:
        """Remove an attribute."""  # JS-16
        called = "remove_attribute"
        return self._with("remove_attr", attr=checked_text(called, "name", name), to=checked_target(called, to))

    @_Chained
    def toggle_attribute(self, attribute: tuple[str, str] | tuple[str, str, str], *, to: To = None) -> JS:
        """Set or remove `(name, value)`, or switch `(name, one, other)`."""  # JS-16
        attr = checked_attribute("toggle_attribute", attribute, (2, 3))
        return self._with("toggle_attr", attr=attr, to=checked_target("toggle_attribute", to))

    @_Chained
    def ignore_attributes(self, names: str | Iterable[str], *, to: To = None) -> JS:
        """Keep these attributes as the browser has them when the page is patched; `*` is a wildcard."""  # JS-17
        called = "ignore_attributes"
        return self._with("ignore_attrs", attrs=checked_names(called, names), to=checked_target(called, to))

    @_Chained
    def focus(self, *, to: To = None) -> JS:
        """Focus an element."""  # JS-18
        return self._with("focus", to=checked_target("focus", to))

    @_Chained
    def focus_first(self, *, to: To = None) -> JS:
        """Focus the first focusable child."""  # JS-18
        return self._with("focus_first", to=checked_target("focus_first", to))

    @_Chained
    def push_focus(self, *, to: To = None) -> JS:
        """Remember an element, to be focused by `pop_focus`."""  # JS-18
        return self._with("push_focus", to=checked_target("push_focus", to))

    @_Chained
    def pop_focus(self) -> JS:
        """Focus what was remembered last."""  # JS-18
        return self._with("pop_focus")

    @_Chained
    def navigate(self, href: str, *, replace: bool = False) -> JS:
        """Go to another view of the same live session."""  # JS-19
        return self._with("navigate", href=checked_link(href, "JS.navigate"), replace=bool(replace))

    @_Chained
    def patch(self, href: str, *, replace: bool = False) -> JS:
        """Go to another URL of the same view."""  # JS-19
        return self._with("patch", href=checked_link(href, "JS.patch"), replace=bool(replace))

    @_Chained
    def exec(self, attribute: str, *, to: To = None) -> JS:
        """Run the commands that stand in an attribute."""  # JS-20
        return self._with("exec", attr=checked_text("exec", "attribute", attribute), to=checked_target("exec", to))

    @_Chained
    def concat(self, other: JS | type[JS]) -> JS:
        """These operations, then the other's."""  # JS-2
        if not isinstance(other, JS) and other is not JS:  # pyright: ignore[reportUnnecessaryComparison]
            raise BadOption("JS.concat takes a command", expected="JS.…", got=shown(other))
        return JS(self.ops + other.ops)

    @_Chained
    def to_encodable(self) -> list[list[Any]]:
        """The operations as JSON data."""  # JS-1
        return [[name, dict(arguments)] for name, arguments in self.ops]

    def _classes(
        self, name: str, names: str, to: To, transition: Transition, time: int | None, blocking: bool | None
    ) -> JS:
        classes = [each for each in checked_text(name, "names", names).split(" ") if each]
        moves = class_lists(name, transition)
        return self._with(
            name, names=classes, to=checked_target(name, to), transition=moves, time=time, blocking=blocking
        )

    def _with(self, name: str, **arguments: Any) -> JS:
        given = {key: value for key, value in arguments.items() if value is not None}  # JS-3
        if "time" in given or "blocking" in given or "display" in given:
            checked_options(name, given)
        return JS((*self.ops, (name, given)))

    def __str__(self) -> str:
        # sort_keys: small maps come in the order of their keys on the BEAM, and so do the recorded pages.
        return json.dumps(self.ops, separators=(",", ":"), sort_keys=True, ensure_ascii=False)

    @_Chained
    def __html__(self) -> Safe:
        """The JSON, escaped: what stands in an attribute."""  # JS-1, ES-2
        return Safe(escape(str(self)))

    def __hash__(self) -> int:
        return hash(str(self))

    def __repr__(self) -> str:
        return f"JS{self}"


_EMPTY: Final = JS()


def encodable(value: Any, what: str = "the data") -> Any:
    """*value* as JSON data of its own: what travels, whatever becomes of the original.

    Tuples are lists, dates and times ISO text, Decimal and UUID text, integer keys text, JS commands their operations.
    Anything else raises `NotData`; *what* says what it was given for.

    >>> encodable({"then": JS.hide(), 1: (datetime.date(2025, 1, 2), None)})
    {'then': [['hide', {}]], '1': ['2025-01-02', None]}
    """  # PE-7
    try:
        return _encodable(value, what, ())
    except RecursionError:
        raise NotData(
            f"{what} cannot travel as JSON: it contains itself, or nests too deep",
            expected="dicts and lists that end somewhere, a few hundred deep at most",
            got=type(value).__name__,
            cure="send a part of it, or a flat list",
        ) from None


_BITS: Final = 14_000  # of a number that has a text: what is longer Python writes out for nobody


def _encodable(value: Any, what: str, path: tuple[Any, ...]) -> Any:
    whole = value  # not narrowed, so that its parts stay `Any`
    kind = type(value)  # pyright: ignore[reportUnknownVariableType]
    if kind is str or value is None or kind is bool:
        return value
    match value:
        case str():
            return exact(value)
        case int() if value.bit_length() < _BITS:
            return int.__int__(value)
        case JS():
            return value.to_encodable()
        case Mapping():
            return {_key(key, what, path): _encodable(each, what, (*path, key)) for key, each in whole.items()}
        case list() | tuple():
            return [_encodable(each, what, (*path, at)) for at, each in enumerate(whole)]
        case float() if math.isfinite(value):
            return value
        case datetime.date() | datetime.time() if isinstance(text := value.isoformat(), str):  # pyright: ignore[reportUnnecessaryIsInstance]
            return exact(text)
        case decimal.Decimal() | uuid.UUID():
            return exact(str(value))  # exact in JSON only as text, as Jason has them
        case type() if value is JS:
            return []
        case _:
            raise NotData(
                f"{what} cannot travel as JSON: it holds {article(type(value).__name__)}{_at(path)}",
                expected="dicts, lists, text, finite numbers, True, False, None, dates, times, Decimal, UUID, JS commands",
                got=shown(value),
                cure="send what it consists of, a dict of its parts, or its text: str(…)",
            )


def _key(key: Any, what: str, path: tuple[Any, ...]) -> str:
    if isinstance(key, str):
        return exact(key)
    if isinstance(key, int) and not isinstance(key, bool) and key.bit_length() < _BITS:
        return int.__repr__(key)
    raise NotData(
        f"{what} cannot travel as JSON: a dict{_at(path)} has a key that is not text",
        expected="keys that are str or int",
        got=shown(key),
        cure="make a text of it: {str(key): value …}",
    )


def _at(path: tuple[Any, ...]) -> str:
    return f" at {''.join(f'[{shown(part)}]' for part in path)}" if path else ""
