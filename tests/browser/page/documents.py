"""Pages as documents, to compare: what the kit's nodes say, and what an html parser (html5lib) makes of the text."""

from __future__ import annotations

from typing import TypeAlias
from xml.etree.ElementTree import Element

import html5lib

from liveview_testing.browser.page.node import Node

Document: TypeAlias = "tuple[object, ...]"
"""(tag, sorted attributes, children); text is a str, whitespace-only text is dropped (LiveViewTest drops it too)."""


def _joined(kids: list[object]) -> tuple[object, ...]:
    out: list[object] = []
    for kid in kids:
        if isinstance(kid, str) and out and isinstance(out[-1], str):
            out[-1] += kid
        else:
            out.append(kid)
    return tuple(kid for kid in out if not isinstance(kid, str) or kid.strip())


def _parsed(element: Element) -> Document:
    kids: list[object] = [element.text or ""]
    for kid in element:
        if not callable(kid.tag):  # a comment's tag is a function
            kids.append(_parsed(kid))
        kids.append(kid.tail or "")
    tag = element.tag.rpartition("}")[2]  # html5lib names svg by its namespace
    return tag, tuple(sorted((str(name), value) for name, value in element.attrib.items())), _joined(kids)


def of_text(text: str) -> Document:
    """The children of a div with this inside."""
    fragment = html5lib.parseFragment(f"<div>{text}</div>", treebuilder="etree", namespaceHTMLElements=False)
    return _parsed(fragment)[2][0][2]  # type: ignore[index,no-any-return]


def of_view(text: str) -> Document:
    """The children of the view's container, in html that LiveViewTest printed."""
    return of_text(text)[0][2]  # type: ignore[index,no-any-return]


def of_node(node: Node) -> Document:
    """The children of a node."""
    kids: list[object] = []
    for kid in node.children:
        kids.append(kid if isinstance(kid, str) else (kid.tag, tuple(sorted(kid.attributes.items())), of_node(kid)))
    return _joined(kids)
