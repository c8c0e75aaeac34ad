"""How attribute values become text on HTML tags: at run time.

Law: the tests are `is None`, `is True`, `is False`, so that `0`, `""` and `[]` stay; an attribute that is there has one
leading space; text is escaped, names are checked. What is known when the template is compiled never
comes here.
"""  # AT-2, AT-10, N4, AT-1, AT-3, AT-5

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_core.rendering.html import ATTRIBUTE, escape
from liveview_core.values.patterns import late_pattern
from liveview_core.values.safe import exact

__all__ = ["BadAttribute", "attribute", "checked_name", "checked_tag", "class_names", "concatenated", "root", "style"]


class BadAttribute(LiveViewError, ValueError):
    """A value that cannot be an attribute."""  # AT-5, AT-7, AT-8, AT-9, AT-10


def class_names(value: Any) -> str:
    """The text of `class={…}`: a list is flattened without None and False, and joined by spaces.

    >>> class_names(["a", None, ["b", False]]), class_names(None), class_names("x<y")
    ('a b', '', 'x&lt;y')
    """  # AT-2
    if type(value) is str:
        return escape(value)
    if value is None or value is False or value is True:
        return ""
    if isinstance(value, list | tuple):
        return " ".join(_flat(value))  # pyright: ignore[reportUnknownArgumentType]
    return ATTRIBUTE[type(value)](value)  # type: ignore[no-any-return]


def _flat(values: Any) -> list[str]:
    names: list[str] = []
    for value in values:
        if value is None or value is False:
            continue
        if isinstance(value, list | tuple):
            names.extend(_flat(value))
        else:
            names.append(ATTRIBUTE[type(value)](value))
    return names


def style(value: Any) -> str:
    """The text of `style={…}`: empty for None and the booleans."""  # AT-4
    if value is None or value is False or value is True:
        return ""
    return ATTRIBUTE[type(value)](value)  # type: ignore[no-any-return]


def concatenated(value: Any) -> str:
    """One operand of `"a" + …` as an attribute value: a string, nothing else."""  # AT-5
    if isinstance(value, str):
        return ATTRIBUTE[type(value)](value)  # type: ignore[no-any-return]
    raise BadAttribute(
        "only strings can be concatenated in an attribute",
        expected="a string",
        got=shown(value),
        cure='convert it, `"row-" + str(…)`, or write an f-string, `f"row-{…}"`',
    )


def attribute(name: str, value: Any) -> str:
    """A whole attribute: nothing for None and False, the bare name for True.

    >>> attribute("title", "a<b"), attribute("hidden", True), attribute("hidden", None), attribute("tabindex", 0)
    (' title="a&lt;b"', ' hidden', '', ' tabindex="0"')
    """  # AT-6
    kind = type(value)  # pyright: ignore[reportUnknownVariableType]
    if kind is str:
        return f' {name}="{escape(value)}"'
    if kind is int and name != "id":
        return f' {name}="{value}"'
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if name == "id" and isinstance(value, int | float):
        raise BadAttribute(
            f"id={{{shown(value)}}} is a number, which is no usable DOM id",
            expected="a string that begins with a letter",
            got=shown(value),
            cure=f'give it a prefix: id={{f"row-{{…}}"}}, which gives "row-{ATTRIBUTE[type(value)](value)}"',
        )
    if (name == "data" or name == "aria") and isinstance(value, list | tuple | Mapping):
        return _nested(name, value)  # pyright: ignore[reportUnknownArgumentType]
    return f' {name}="{ATTRIBUTE[type(value)](value)}"'


def _items(value: Any) -> Any:
    return value.items() if isinstance(value, Mapping) else value  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _pairs(name: str, value: Any) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for item in _items(value):
        if not (isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str)):  # pyright: ignore[reportUnknownArgumentType]
            raise BadAttribute(
                f"{name}={{…}} takes pairs of a name and a value",
                expected='a dict, or a list of pairs such as [("user-id", 1)]',
                got=shown(item),  # pyright: ignore[reportUnknownArgumentType]
                cure=f'write {name}={{{{"user-id": 1}}}}, or `{name}-user-id={{1}}`',
            )
        pairs.append((exact(item[0]), item[1]))  # pyright: ignore[reportUnknownArgumentType]
    return pairs


def _nested(prefix: str, value: Any) -> str:
    # AT-8: `data={{"user_id": 1}}` is ` data-user-id="1"`; lists of pairs nest the names.
    out: list[str] = []
    for key, each in _pairs(prefix, value):
        name = f"{prefix}-{checked_name(key.replace('_', '-'))}"
        if each is None or each is False:
            continue
        if each is True:
            out.append(f" {name}")
        elif isinstance(each, list | tuple | Mapping):
            out.append(_nested(name, each))  # pyright: ignore[reportUnknownArgumentType]
        else:
            out.append(f' {name}="{ATTRIBUTE[type(each)](each)}"')
    return "".join(out)


_BAD_NAME = late_pattern(r"""[\x00-\x20\x7f"'>/=]|\A\Z""")
_KNOWN: set[str] = set()


def checked_name(name: str) -> str:
    """An attribute name that came from data; a name that would break out of the tag is an error.

    What is returned is the text that was checked.
    """  # AT-10
    name = exact(name)
    if name in _KNOWN:
        return name
    if _BAD_NAME.search(name):
        raise BadAttribute(
            f"{shown(name)} cannot be the name of an attribute",
            expected="a name without spaces, control characters, quotes, `>`, `/` and `=`",
            got=shown(name),
            cure="names of attributes belong into the template; take only values from data",
        )
    if len(_KNOWN) < 10_000:  # names come from code; this is for the one who takes them from data
        _KNOWN.add(name)
    return name


_TAG_NAME = re.compile(r"""[A-Za-z][^\s/>="'<&]*""")  # TG-10, ES-1


def checked_tag(name: object, what: str) -> str:
    """The name of a tag that was computed; *what* has it, and what is returned is the text that was checked."""  # BC-31
    if name == "div" and type(name) is str:
        return "div"  # nearly always
    if isinstance(name, str) and _TAG_NAME.fullmatch(exact(name)):
        return exact(name)
    raise BadOption(
        f"the {what} is not the name of a tag",
        expected="a letter, and then nothing that would end the name or need escaping, such as 'h1'",
        got=shown(name),
        cure="choose the name in the view, and take only texts and values from data",
    )


def pairs_of(value: Any, what: str) -> list[tuple[str, Any]]:
    """The pairs of a root attribute: a mapping, pairs, None, or assigns-like values."""  # AT-9, FC-3
    if value is None:
        return []
    pairs: list[tuple[str, Any]] = []
    try:
        for key, each in _items(value):
            if not isinstance(key, str):
                raise TypeError(key)
            pairs.append((exact(key), each))
    except (TypeError, ValueError):
        raise BadAttribute(
            f"{what} takes a mapping of names to values",
            expected='a mapping, a list of pairs such as [("title", "x")], or None',
            got=shown(value),  # pyright: ignore[reportUnknownArgumentType]
            cure='write {{"title": "x"}}, or name the attribute: title={…}',
        ) from None
    return pairs


def root(value: Any) -> str:
    """The text of a root attribute `{…}`: all its pairs in their order.

    >>> root({"id": "a", "hidden": True, "title": None, "class": ["x", None, "y"]})
    ' id="a" hidden class="x y"'
    """  # AT-9
    out: list[str] = []
    for name, each in pairs_of(value, "a root attribute"):
        if each is None or each is False:
            continue
        if each is True:
            out.append(f" {checked_name(name)}")
        elif name == "class":
            out.append(f' class="{class_names(each)}"')
        elif name == "style":
            out.append(f' style="{style(each)}"')
        elif name == "phx" and isinstance(each, list | tuple | Mapping):
            out.append(_nested(name, each))  # pyright: ignore[reportUnknownArgumentType]
        else:
            out.append(attribute(checked_name(name), each))
    return "".join(out)
