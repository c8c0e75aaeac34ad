"""What inputs show: a value as an input of its type takes it, and the options of a select.

Law: what a browser would send back for it is what was there; text is escaped.
"""  # FM-7, FM-8

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from liveview_core.errors import BadOption, shown
from liveview_core.forms.form import is_mapping, is_several
from liveview_core.rendering.html import Safe, escape, plain, raw

__all__ = ["normalize_value", "options_for_select"]


def normalize_value(kind: str, value: Any) -> Any:
    """What an input of that type shows for *value*.

    >>> normalize_value("checkbox", "true"), normalize_value("datetime-local", datetime.datetime(2026, 1, 2, 3, 4, 5))
    (True, '2026-01-02T03:04')
    """  # FM-7
    if kind == "textarea":
        return raw("\n" + escape(plain(value)))
    if kind == "checkbox":
        return escape(plain(value)) == "true"
    if kind == "datetime-local" and isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M")
    return value


def options_for_select(options: Any, selected: Any, extra: Mapping[str, Any] | None = None) -> Safe:
    """The `<option>` tags of a select.

    *options* holds values, `(label, value)` pairs, mappings with `key` and `value` (other entries become attributes),
    `"hr"` for a separator, and groups: a mapping, or a pair of a label and a list.

    >>> print(options_for_select([("Admin", "a"), ("User", "u")], "u"))
    <option value="a">Admin</option><option selected value="u">User</option>
    """  # FM-8
    chosen: Iterable[Any] = selected if is_several(selected) else [selected]
    wanted = {escape(plain(each)) for each in chosen}
    return raw("".join(_options(options, wanted, dict(extra or {}))))


def _options(options: Any, wanted: set[str], extra: dict[str, Any]) -> Iterable[str]:
    entries: Iterable[Any] = options.items() if is_mapping(options) else options
    for entry in entries:
        match entry:
            case "hr" | ("hr", None):
                yield "<hr/>"
            case (label, group) if is_mapping(group) or is_several(group):
                inner = "".join(_options(group, wanted, extra))
                yield f'<optgroup label="{escape(plain(label))}">{inner}</optgroup>'
            case (label, value):
                yield _option(label, value, wanted, extra)
            case {"key": label, "value": value}:
                more = {k: v for k, v in entry.items() if k not in ("key", "value")}
                yield _option(label, value, wanted, {**extra, **more})
            case Mapping():
                missing = "key" if "key" not in entry else "value"
                raise BadOption(
                    f"an option of options_for_select has no {missing!r}",
                    expected="{'key': label, 'value': value}",
                    got=shown(entry),  # pyright: ignore[reportUnknownArgumentType]
                )
            case value:
                yield _option(value, value, wanted, extra)


def _option(label: Any, value: Any, wanted: set[str], extra: Mapping[str, Any]) -> str:
    text = escape(plain(value))
    attributes = "".join(
        f" {name}" if each is True else f' {name}="{escape(plain(each))}"'
        for name, each in extra.items()
        if each is not None and each is not False
    )
    chosen = " selected" if text in wanted else ""
    return f'<option{attributes}{chosen} value="{text}">{escape(plain(label))}</option>'
