"""What `liveview check` finds in the tags of one template: bindings where no event comes, keys and types that no browser has,
labels of nothing, components without their dot.

Law: only what is sure. Where attributes are spread, where a hook listens, where somebody else may give the id, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from liveview_core.declarations.function_component import FunctionComponent
from liveview_core.errors import nearest_names
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.tree import Attribute, Component, Element, Literal, tags
from liveview_core.heex.template import Template
from liveview_testing.failures.close_matches import distance

__all__ = ["in_tags"]

_words = str.split
_CHANGE = frozenset(_words("form input select textarea"))
_BUTTONS = _words("submit button reset")
_INPUTS = _words(
    "text email password number search tel url date time month week datetime-local color range checkbox radio file hidden submit "
    "button reset image"
)
_LABELED = frozenset(_words("button input meter output progress select textarea"))
_TAGS = frozenset(
    _words(
        "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote "
        "body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl "
        "dt em embed fencedframe fieldset figcaption figure font footer form frame frameset geolocation h1 h2 h3 h4 h5 "
        "h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing "
        "main map mark marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes noscript object "
        "ol optgroup option output p param picture plaintext portal pre progress q rb rbc rp rt rtc ruby s samp script "
        "search section select selectedcontent slot small source spacer span strike strong style sub summary sup svg "
        "table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp"
    )
)
_FOREIGN = frozenset({"svg", "math"})
_KEYS = (
    *_words("Enter Tab Escape Backspace Delete Insert Home End PageUp PageDown ArrowLeft ArrowRight ArrowUp ArrowDown"),
    *_words("CapsLock ContextMenu NumLock Pause PrintScreen ScrollLock Shift Control Alt Meta"),
)
_CALLED = {
    "esc": "Escape",
    "return": "Enter",
    "del": "Delete",
    "ins": "Insert",
    "ctrl": "Control",
    "cmd": "Meta",
    "command": "Meta",
    "win": "Meta",
    "windows": "Meta",
    "option": "Alt",
    "space": " ",
    "spacebar": " ",
    "up": "ArrowUp",
    "down": "ArrowDown",
    "left": "ArrowLeft",
    "right": "ArrowRight",
    "pgup": "PageUp",
    "pgdn": "PageDown",
    "pgdown": "PageDown",
}
"""What keys are called elsewhere; old browsers among them."""


def in_tags(template: Template) -> Iterator[tuple[str, Location, str]]:
    """What, where, and the cure, in the order of the template."""
    all_tags = [*tags(template._root.children)]  # pyright: ignore[reportPrivateUsage]
    found = [*_labels(all_tags)]
    drawn = [each for each in all_tags if each.name in _FOREIGN]
    inside = {id(each) for tag in drawn for each in tags(tag.children)}
    for tag in all_tags:
        if isinstance(tag, Element) and id(tag) not in inside:
            found += _element(tag)
            found += _without_dot(tag, template)
    yield from sorted(found, key=lambda each: (each[1].line, each[1].column))


def _element(tag: Element) -> Iterator[tuple[str, Location, str]]:
    names: dict[str | None, Attribute] = {each.name: each for each in tag.attributes}
    literal = {each.name: each.value.text for each in tag.attributes if isinstance(each.value, Literal)}
    listens = "-" in tag.name or ":" in tag.name or "phx-hook" in names
    if "phx-submit" in names and tag.name != "form" and not listens:
        yield f"phx-submit on a <{tag.name}>: only forms are submitted", names["phx-submit"].at, _cure(tag, "submit")
    if "phx-change" in names and tag.name not in _CHANGE and not listens:
        happened = f"phx-change on a <{tag.name}>: only forms and their fields change"
        yield happened, names["phx-change"].at, _cure(tag, "change")
    if (key := literal.get("phx-key")) is not None and (meant := _key(key)) is not None:
        yield f"no browser has a key {key!r}: nothing is sent", names["phx-key"].at, f'write phx-key="{meant}"'
    kind, known = literal.get("type"), _BUTTONS if tag.name == "button" else _INPUTS
    if kind and tag.name in ("button", "input") and kind.lower() not in known and "{" not in kind:
        near = nearest_names(kind.lower(), known, 1)
        taken = "a submit button" if tag.name == "button" else "a text field"
        cure = f'write type="{near[0]}"' if near else f"one of {', '.join(known)}"
        yield f"there is no type {kind!r} of <{tag.name}>: the browser takes it as {taken}", names["type"].at, cure


def _cure(tag: Element, event: str) -> str:
    return f"write phx-{event} on the <form>" + (", or phx-click here" if tag.name in ("button", "a") else "")


def _key(name: str) -> str | None:
    """What a key is called that the browser does not have under this name; None where it may have it."""
    plain = name.lower()
    if len(name) <= 1 or any(plain == each.lower() for each in _KEYS):
        return None
    if plain in _CALLED:
        return _CALLED[plain]
    code = re.fullmatch(r"key([a-z])|digit([0-9])", plain)
    if code is not None:
        return code[1] or code[2]
    near = [each for each in _KEYS if len(plain) > 3 and distance(plain, each.lower()) == 1]
    return near[0] if len(near) == 1 else None


def _labels(all_tags: list[Element | Component]) -> Iterator[tuple[str, Location, str]]:
    """Labels for an id that is nearly one of the template; where a component or a value may give it, nothing is said."""
    ids: dict[str, str] = {}
    for tag in all_tags:
        if isinstance(tag, Component) and (tag.remote or tag.name not in ("form", "link")):
            return
        for each in tag.attributes:
            if each.name is None or (each.name == "id" and not isinstance(each.value, Literal)):
                return
            if each.name == "id" and isinstance(each.value, Literal):
                ids[each.value.text] = tag.name
    for tag in all_tags:
        for each in tag.attributes if tag.name == "label" else ():
            wanted = each.value.text if isinstance(each.value, Literal) else None
            if each.name != "for" or not wanted or wanted in ids:
                continue
            fields = [id for id, name in ids.items() if name in _LABELED]
            near = [id for id in nearest_names(wanted, fields) if _is_slip(wanted, id)]
            if near:
                yield (
                    f"no element of the template has the id {wanted!r} that the label is for",
                    each.at,
                    f'write for="{near[0]}"',
                )


def _is_slip(wanted: str, id: str) -> bool:
    return wanted.strip("#").lower() == id.lower() or (min(len(wanted), len(id)) > 3 and distance(wanted, id) == 1)


def _without_dot(tag: Element, template: Template) -> Iterator[tuple[str, Location, str]]:
    if tag.name.lower() in _TAGS or re.fullmatch(r"[a-z_]\w*", tag.name) is None:
        return
    names: Mapping[str, Any] = template._globals  # pyright: ignore[reportPrivateUsage]
    found: Any = names.get(tag.name)
    if issubclass(type(found), FunctionComponent | Template):
        yield (
            f"<{tag.name}> is a tag that no browser knows, and {tag.name} a component",
            tag.at,
            f"write <.{tag.name} …>",
        )
