"""Trees to read: of a browser's JSON, and of html by the kit's own page.

A tree in JSON is `[tag, [[name, value], …], [children]]`, a child a text or a tree; this is what Chromium is asked for its DOM, so
that the rules are compared and not the parsers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from attrs import frozen

from liveview_testing.browser.accessibility import AS_SERVED, Document, DomElement
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.page import Page

Json: TypeAlias = "list[Any]"


@frozen(eq=False)
class Tree:
    """An element of a JSON tree."""

    tag: str
    attributes: Mapping[str, str]
    children: Sequence[Tree | str]
    path: tuple[int, ...]


def tree(json: Json, path: tuple[int, ...] = ()) -> Tree:
    """A JSON tree as an element; its path is the way to it by positions."""
    tag, attributes, children = json
    kids = tuple(kid if isinstance(kid, str) else tree(kid, (*path, at)) for at, kid in enumerate(cast(Json, children)))
    return Tree(tag, dict(attributes), kids, path)


def read_tree(json: Json, styles: Mapping[str, str] | None = None) -> Document:
    """A JSON tree (its root is the document's element) as a document."""
    return Document(Tree("", {}, (tree(json),), (-1,)), AS_SERVED, styles)


def read_html(html: str, styles: Mapping[str, str] | None = None) -> Document:
    """Html, as a page of the kit has it."""
    page = Page.join({"s": [html]}).page
    return Document(page.root, AS_SERVED, styles, lambda selector: [node.path for node in find(page, selector)])


def at(document: Document, dom_id: str) -> DomElement:
    """The element with an id."""
    found = document.by_id(dom_id)
    assert found is not None, dom_id
    return found
