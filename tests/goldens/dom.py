"""Two HTML texts as trees that can be compared: what the recorded `html` and our page mean, not how they are printed.

The law: `tree(a) == tree(b)` iff an HTML parser builds the same elements, attributes and text from both, where text of
whitespace only does not count, and three things are read by name: the session tokens, LiveViewTest's own bookkeeping
attributes (`data-phx-component`, `data-phx-stream`, which no server sends), and generated ids.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import html5lib

# Written into the tree by LiveViewTest's client, never by the server.
BOOKKEEPING = frozenset({"data-phx-component", "data-phx-stream"})
TOKENS = frozenset({"data-phx-session", "data-phx-static", "data-csrf"})

Tree = tuple[Any, ...]


def _children(node: Any) -> Tree:
    out: list[Any] = []
    text = node.text or ""
    for child in node:
        if not isinstance(child.tag, str):  # a comment
            if text.strip():
                out.append(text)
            out.append(("<!--", child.text))
            text = child.tail or ""
            continue
        if text.strip():
            out.append(text)
        out.append(_element(child))
        text = child.tail or ""
    if text.strip():
        out.append(text)
    return tuple(out)


def _element(node: Any) -> Tree:
    attributes = tuple(
        sorted((k, "TOKEN" if k in TOKENS and v else v) for k, v in node.attrib.items() if k not in BOOKKEEPING)
    )
    return (node.tag, attributes, _children(node))


@lru_cache(maxsize=4096)
def tree(html: str) -> Tree:
    """The children of a fragment, as nested tuples: `(tag, attributes, children)` or text."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    # A real parent: what is moved out of a table goes into it.
    fragment = parser.parseFragment(f"<div>{html}</div>", container="div")
    return _children(fragment[0])


def inner(html: str) -> Tree:
    """The children of the one element that the fragment holds."""
    (root,) = tree(html)
    below: Tree = root[2]
    return below


def filled(children: Tree, pages: dict[str, Tree]) -> Tree:
    """The same fragment with the containers of nested views (elements of these ids) holding the pages of those views."""
    out: list[Any] = []
    for child in children:
        if isinstance(child, tuple) and len(child) == 3:
            tag, attributes, below = child
            id = dict(attributes).get("id")
            child = (tag, attributes, pages[id] if id in pages else filled(below, pages))
        out.append(child)
    return tuple(out)


def blanked(children: Tree, prefix: str) -> Tree:
    """The same fragment with nothing inside the elements whose id begins with *prefix*."""
    out: list[Any] = []
    for child in children:
        if isinstance(child, tuple) and len(child) == 3:
            tag, attributes, below = child
            hidden = dict(attributes).get("id", "").startswith(prefix)
            child = (tag, (), ()) if hidden else (tag, attributes, blanked(below, prefix))
        out.append(child)
    return tuple(out)
