"""An element in one line: its tag, its attributes, its text.

Owns `preview` and `told`, the same in the words of assistive technology. Law: one line, cut where it is long.
"""

from __future__ import annotations

from liveview_testing.browser.accessibility import DomElement, aria_snapshot, name, role
from liveview_testing.browser.accessibility.text import norm
from liveview_testing.browser.page.templates.skeleton import VOID

BARE = frozenset(("checked", "selected", "disabled", "readonly", "multiple"))
LONG_ATTRIBUTE, LONG_TEXT = 500, 50


def preview(element: DomElement) -> str:
    """The element as one line of html, cut where it is long."""  # LC-6
    said = sorted(
        (_attribute(key, value) for key, value in element.attributes.items() if key != "style"),
        key=len,
    )
    head = " ".join((element.tag, *said))
    if element.tag in VOID:
        return _flat(f"<{head}/>")
    children = element.children
    if len(children) <= 5 and all(isinstance(kid, str) for kid in children):
        text = element.content
        inside = text if len(text) <= LONG_TEXT else text[: LONG_TEXT - 1] + "…"
    else:
        inside = "…" if children else ""
    return _flat(f"<{head}>{inside}</{element.tag}>")


def _attribute(name: str, value: str) -> str:
    if name in BARE and value == "":
        return name
    return f'{name}="{value if len(value) <= LONG_ATTRIBUTE else value[: LONG_ATTRIBUTE - 1] + "…"}"'


def _flat(text: str) -> str:
    return text.replace("\n", "↵").replace("\t", "⇆")


def told(element: DomElement) -> str:
    """The element as assistive technology says it, its states too: `button "Save" [disabled]`."""
    line = aria_snapshot(element, depth=1).partition("\n")[0].removeprefix("- ")
    its_role = role(element)
    if its_role is None:
        return preview(element)
    if line.startswith(("'", its_role)):
        return line.strip("'").removesuffix(":").partition('": ')[0] + ('"' if '": ' in line else "")
    named = norm(name(element))
    return f'{its_role} "{named}"' if named else its_role
