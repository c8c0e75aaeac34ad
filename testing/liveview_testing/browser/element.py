"""Nodes: cursors over the elements of a page.

A `Node` is a place (which template, where in the page) and an element number; it is made when somebody looks and holds no
text. Everything it answers is read from the skeleton and the dynamic values, never from parsed html.

Law: a node belongs to one version of a page and stays true to it. Its `path` addresses the same element in later versions:
`page.node_at(node.path)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from liveview_testing.browser.skeleton import Element, Skeleton

if TYPE_CHECKING:
    from liveview_testing.browser.page import Page

Step: TypeAlias = "int | str | tuple[int, str]"
Path: TypeAlias = "tuple[Step, ...]"


class Node:
    """One element of a page, or the virtual root above its top-level elements (`tag == ""`)."""

    __slots__ = ()

    @property
    def page(self) -> Page:
        """The version of the page this node belongs to."""
        raise NotImplementedError

    @property
    def tag(self) -> str:
        """The tag in lower case; "" for the root."""
        raise NotImplementedError

    @property
    def attributes(self) -> Mapping[str, str]:
        """All attributes, values unescaped, a bare one as "". Includes `data-phx-component`, `data-phx-stream`."""
        raise NotImplementedError

    def get(self, name: str, default: str | None = None) -> str | None:
        """One attribute; cheaper than `attributes`."""
        raise NotImplementedError

    @property
    def id(self) -> str | None:
        """The DOM id."""
        raise NotImplementedError

    @property
    def path(self) -> Path:
        """A stable, hashable, ordered-by-nothing address: ends with the element's number in its template."""
        raise NotImplementedError

    @property
    def cid(self) -> int | None:
        """The component this element belongs to (nearest component root, itself included); None: the view."""
        raise NotImplementedError

    @property
    def parent(self) -> Node | None:
        """The parent element; the root for a top-level element; None for the root."""
        raise NotImplementedError

    @property
    def children(self) -> list[Node | str]:
        """Elements and decoded text, in order."""
        raise NotImplementedError

    def elements(self) -> Iterator[Node]:
        """The child elements, in order."""
        raise NotImplementedError

    def iter(self) -> Iterator[Node]:
        """All descendant elements, in document order, not this one."""
        raise NotImplementedError

    def ancestors(self) -> Iterator[Node]:
        """Parent, its parent, …; without the root."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """All text inside, decoded, whitespace collapsed, trimmed."""
        raise NotImplementedError

    @property
    def content(self) -> str:
        """All text inside, decoded, verbatim (what a textarea holds)."""
        raise NotImplementedError

    def html(self) -> str:
        """The element as text."""
        raise NotImplementedError

    def inner_html(self) -> str:
        """What is inside the element as text."""
        raise NotImplementedError

    def search(self, wanted: Wanted) -> Iterator[Node]:
        """Descendants (not this node) that `wanted` accepts, in document order, lazily.

        Whole subtrees that cannot hold one are skipped, and what was learnt about a subtree is kept with it, so that the
        next search with the same `wanted.key` costs what changed.
        """
        raise NotImplementedError


class Wanted:
    """What `search` looks for: a test of one element by itself (tag and attributes, no neighbours).

    * `key`: equal keys mean the same test (the compound selector's text, say);
    * `candidates(skeleton)`: the numbers of elements that may match in some instance, and whether the test needs to look at
      the instance. Asked once a skeleton.
    * `accepts(element, attributes)`: the test; `attributes` are those of the instance;
    * `text`: a test of the element's collapsed text (`Node.text`), if there is one. Its outcome belongs to the subtree as well,
      so `li` with a text costs what changed, not the list. It is part of `key`;
    * `id`: the id that `accepts` asks for, if it asks for one: the search may then look it up in an index.
    """

    __slots__ = ("accepts", "candidates", "id", "key", "text")

    def __init__(
        self,
        key: str,
        candidates: Callable[[Skeleton], tuple[int, ...]],
        accepts: Callable[[Element, Mapping[str, str]], bool],
        text: Callable[[str], bool] | None = None,
        id: str | None = None,
    ) -> None:
        self.key = key
        self.candidates = candidates
        self.accepts = accepts
        self.text = text
        self.id = id
