"""The text that is sent for a form: `application/x-www-form-urlencoded`, with the markers of fields that nobody used.

Owns `serialize`. Law: it is what the official client writes, to the byte.
"""  # FM-37, FM-31

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote_plus

from liveview_testing.browser.page.forms.forms import (
    LAST_KEY,
    NOTHING,
    UNTOUCHED,
    Control,
    Overlay,
    Pairs,
    controls,
    entries,
)
from liveview_testing.browser.page.node import Node


def urlencode(pairs: Iterable[tuple[str, str]]) -> str:
    r"""`application/x-www-form-urlencoded`, byte for byte as `URLSearchParams` writes it.

    >>> urlencode([("u[name]", "a b~*\n"), ("é", "")])
    'u%5Bname%5D=a+b%7E*%0A&%C3%A9='
    """
    return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in pairs)


def _encoded(text: str) -> str:
    # quote_plus never quotes "~", which URLSearchParams does; "*" it would quote, which URLSearchParams does not.
    try:
        return quote_plus(text, safe="*").replace("~", "%7E")
    except UnicodeEncodeError:
        return _encoded(scalar(text))


def scalar(text: str) -> str:
    """Text as it leaves a browser: half a surrogate pair is U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def unused_name(name: str) -> str:
    """The marker's name: `_unused_` goes before the last key of the name.

    >>> unused_name("user[tags][]"), unused_name("user[name]"), unused_name("q")
    ('user[_unused_tags][]', 'user[_unused_name]', '_unused_q')
    """  # FM-31
    base = name.removesuffix("[]")
    return LAST_KEY.sub(r"_unused_\1\2", base, count=1) + name[len(base) :]


def unused_names(form: Node, group: Sequence[Control], overlay: Overlay) -> frozenset[str]:
    """The names that get a marker: none of their controls was used, and not all of them are hidden inputs."""
    if form.get("phx-no-unused-field") is not None:
        return frozenset()
    used: set[str] = set()
    seen: set[str] = set()
    for control in group:
        name = control.name
        if not name or control.kind == "image":
            continue
        if overlay.get(control.key, UNTOUCHED).used or control.node.get("phx-no-unused-field") is not None:
            used.add(name)
        if control.kind != "hidden":
            seen.add(name)
    return frozenset(seen - used)


def serialize(
    form: Node,
    overlay: Overlay = NOTHING,
    submitter: Node | None = None,
    only: str | None = None,
    extra: Iterable[tuple[str, str]] = (),
) -> str:
    """The `value` of a form event. `only`: the one name that is sent. `extra`: pairs of the test, never refused.

    An extra pair replaces what the form has under that name (LiveViewTest merges its value argument so).
    """  # FM-34
    group = controls(form)
    unused = unused_names(form, group, overlay)
    own = submitter.get("name") if submitter is not None else None
    added = list(extra)
    replaced = {name for name, _ in added}
    pairs: Pairs = []
    for name, value in entries(group, overlay, submitter):
        if (only is not None and name != only) or name in replaced:
            continue
        if name in unused and name != own:
            pairs.append((unused_name(name), ""))
        pairs.append((name, value))
    return urlencode([*pairs, *added])
