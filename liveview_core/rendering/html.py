"""Values become text here: escaping, markup that is safe already, and the one rule for what a template may show.

Law: nothing reaches a page unescaped unless somebody said so, by `raw(...)` or by a type's own `__html__`; and not even that
ends the attribute it stands in. What has no obvious text (a tuple, a dict, an object) is an error that names the cure, never a
`repr` on a page.
"""  # ES-2, N4

from __future__ import annotations

import datetime
import decimal
import uuid  # noqa: TID251 - its class, to show a value; nothing is drawn here
from collections.abc import Callable
from typing import Any, Final, NoReturn

from liveview_core.errors import LiveViewError, TooDeep, article, shown
from liveview_core.rendering.rendered import ChildRef, ComponentRef, Comprehension, Rendered, rendered_to_text
from liveview_core.tracebacks import shorten_told
from liveview_core.values.safe import Safe, exact

__all__ = ["NotText", "Safe", "escape", "plain", "raw", "text", "to_dynamic"]


class NotText(LiveViewError, TypeError):
    """A value that has no text, or a component where only text can stand."""  # ES-2, N4, FC-14


def raw(value: object) -> Safe:
    """Mark HTML as safe, so that it is not escaped; None is no HTML at all.

    >>> text(raw("<b>")), text("<b>")
    ('<b>', '&lt;b&gt;')
    """
    if value is None:
        return Safe("")
    if isinstance(value, Safe):
        return value
    if isinstance(value, str):
        return Safe(value)
    try:
        return Safe(text(value))
    except Exception as error:
        if type(error) is RecursionError:
            raise TooDeep("what raw(…) is given") from None
        shorten_told(error)
        raise


def escape(value: str) -> str:
    r"""HTML-escape text, for a body and for an attribute alike.

    >>> escape("<a href='x'>&\"")
    '&lt;a href=&#39;x&#39;&gt;&amp;&quot;'
    """
    if type(value) is not str:
        value = exact(value)
    # Five searches in C and no call where nothing is to be done: faster than a table or a regular expression for short
    # text and for long.
    if "&" in value:
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    if ">" in value:
        value = value.replace(">", "&gt;")
    if '"' in value:
        value = value.replace('"', "&quot;")
    if "'" in value:
        value = value.replace("'", "&#39;")
    return value


# --- the types that have a text -------------------------------------------------------------------------------------------


def _nothing(_: object) -> str:
    return ""


def _bool(value: object) -> str:
    return "true" if value else "false"


def _safe(value: Any) -> str:
    return str.__str__(value)


def _iso(value: Any) -> str:
    return value.isoformat()  # type: ignore[no-any-return]


# Subclasses of these may print what they like, so their text is escaped; that of the classes themselves has nothing to escape.
_PRINTED: Final[dict[type, Callable[[Any], str]]] = {
    datetime.date: _iso,
    datetime.datetime: _iso,
    datetime.time: _iso,
    decimal.Decimal: str,
    uuid.UUID: str,
}


def _not_an_item(value: object) -> NoReturn:
    # ES-2: in Elixir an integer in a list is a byte. Here it is a mistake in waiting: `[1, 2]` would be two control characters.
    raise NotText(
        f"a list in a template holds {shown(value)}, which is not text",
        expected="a list of strings, safe markup, or lists of them",
        got=shown(value),
        cure='join it yourself, for example `{", ".join(str(n) for n in @numbers)}`, or loop with `:for`',
    )


def _structured(value: object) -> str:
    if type(value) is ComponentRef or type(value) is ChildRef:
        what, call = ("view", "render") if type(value) is ChildRef else ("component", "component")
        raise NotText(
            f"a live {what} cannot be converted to text",
            expected=f"a live {what} as the whole of a `{{…}}` in a template's text",
            got=shown(value),
            cure=f"call it as `<.live_{call} …/>`, not inside an attribute, an f-string or a list",
        )
    return rendered_to_text(value)  # type: ignore[arg-type]


def _same(value: Any) -> Any:
    return value


class _Table(dict[type, Callable[[Any], Any]]):
    """Type to converter; a type that is not in it is looked at once per value, because it is rare.

    `string` converts strings, `markup` what has `__html__`; the items of a list are converted as values by themselves are.
    """

    __slots__ = ("_markup", "_string")

    def __init__(
        self,
        rules: dict[type, Callable[[Any], Any]],
        string: Callable[[str], str],
        markup: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__({list: self._list, **rules})
        self._string = string
        self._markup = markup or _html

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        if hasattr(kind, "__html__"):
            return self._markup
        string = self._string
        if issubclass(kind, str):
            return lambda value: string(str.__str__(value))
        if issubclass(kind, int):
            return int.__repr__
        if issubclass(kind, float):
            return float.__repr__
        if issubclass(kind, list):
            return self[list]
        for base, printed in _PRINTED.items():
            if issubclass(kind, base):
                return lambda value: string(_text_of(printed(value), value))
        return _refuse

    def _list(self, value: Any) -> str:
        return "".join(
            [self[type(item)](item) if type(item) not in _NO_ITEMS else _not_an_item(item) for item in value]
        )


_NO_ITEMS: Final = frozenset({int, bool, type(None)})


def _text_of(printed: Any, value: object) -> str:
    """What a date or number says of itself, as the very text that is escaped then."""
    if isinstance(printed, str):
        return exact(printed)
    raise NotText(f"{type(value).__name__} gave {shown(printed)} for its text", expected="text", got=shown(printed))


def _html(value: Any) -> str:
    markup = value.__html__()
    if not isinstance(markup, str):
        raise NotText(
            f"{type(value).__name__}.__html__ returned {shown(markup)}",
            expected="a string of HTML",
            got=shown(markup),
            cure="return the HTML text",
        )
    return exact(markup)


_CURES: Final = {
    tuple: "show its parts, `{@pair[0]}`, or make a list of strings of it",
    dict: 'show what is in it, `{@user["name"]}`, or loop over its `.items()` with `:for`',
    set: 'sort and join it, `{", ".join(sorted(@tags))}`: a set has no order',
    frozenset: 'sort and join it, `{", ".join(sorted(@tags))}`: a set has no order',
    bytes: 'decode it, `{@data.decode("utf-8")}`',
}


def _refuse(value: Any) -> NoReturn:
    kind: type[Any] = type(value)  # pyright: ignore[reportUnknownVariableType]
    name = article(kind.__name__)
    if callable(value):
        cure = "call it, or, if it is a component, use it as a tag: `<.name … />`"
    else:
        cure = getattr(kind, "_shown_by", None) or next(  # what we made says itself how it is shown
            (cure for base, cure in _CURES.items() if isinstance(value, base)),
            f"show an attribute of it, convert it with `str(…)`, or give {kind.__name__} a method `__html__`",
        )
    raise NotText(
        f"{name} cannot be shown in a template",
        expected="text, a number, True, False, None, a date or time, Decimal, UUID, a list of text, or anything with `__html__`",
        got=shown(value),  # pyright: ignore[reportUnknownArgumentType]
        cure=cure,
    )


_TEXT: Final[dict[type, Callable[[Any], Any]]] = {
    str: escape,
    int: int.__repr__,
    float: float.__repr__,
    bool: _bool,
    type(None): _nothing,
    Safe: _safe,
    **_PRINTED,
    Rendered: _structured,
    Comprehension: _structured,
    ComponentRef: _structured,
    ChildRef: _structured,
}

TEXT: Final = _Table(_TEXT, escape)
"""For parts of text: everything becomes a string."""


def _quoted(convert: Callable[[Any], str]) -> Callable[[Any], str]:
    # What is markup in text may hold quotes. In an attribute they mean the same as &quot;, and do not end it.
    return lambda value: convert(value).replace('"', "&quot;")


_MARKUP = (Safe, Rendered, Comprehension)

ATTRIBUTE: Final = _Table({**_TEXT, **{kind: _quoted(_TEXT[kind]) for kind in _MARKUP}}, escape, _quoted(_html))
"""For attribute values: the same text, in which no quote is left."""

_KEPT = (Rendered, Comprehension, ComponentRef, ChildRef)

DYNAMIC: Final = _Table({**_TEXT, **dict.fromkeys(_KEPT, _same), list: TEXT[list]}, escape)
"""For `{…}` in text: rendered templates and components stay what they are. Compiled templates index it by type."""  # ES-3

PLAIN: Final = _Table({**_TEXT, str: _same}, _same)
"""The same text, not escaped: for an f-string that a component receives."""


def text(value: object) -> str:
    """The HTML of a value, escaped.

    >>> text("a < b"), text(None), text(True), text(1.0), text(["a", ["b"]])
    ('a &lt; b', '', 'true', '1.0', 'ab')
    """  # ES-1, ES-2, N4
    return TEXT[type(value)](value)  # type: ignore[no-any-return]


def plain(value: object) -> str:
    """The text of a value as a page shows it, before escaping."""
    return PLAIN[type(value)](value)  # type: ignore[no-any-return]


def to_dynamic(value: object) -> Any:
    """What a `{…}` in text gives: a string, or the structured value itself."""  # ES-3
    return DYNAMIC[type(value)](value)
