"""The document as the rules read it: elements with their parents, children and attributes, and what is known of it as a whole.

Owns two things. `Structure`: the little that is asked of a tree (the cursor `liveview_testing.browser.element.Node` answers it
all), and `State`: what its user and the client have made of it. `Document` and `Element`: one reading of one version of both, with
what style sheets would say. Every rule of this room is a function of an `Element`.

Law: a reading is made lazily, never changes and remembers what was found out (`remembered`), so that a rule asks each element
once however many questions are asked. A new version of the page is a new reading.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from liveview_testing.accessibility.text import ASCII_SPACES

T = TypeVar("T")

LABELABLE = frozenset(("button", "input", "meter", "output", "progress", "select", "textarea"))


class Structure(Protocol):
    """An element of a tree, or the root above its top-level elements (`tag == ""`)."""

    @property
    def tag(self) -> str:
        """The tag in lower case."""
        ...

    @property
    def attributes(self) -> Mapping[str, str]:
        """All attributes, values unescaped, a bare one as ""."""
        ...

    @property
    def children(self) -> Sequence[Structure | str]:
        """Elements and decoded text, in order."""
        ...

    @property
    def path(self) -> Hashable:
        """What tells this element from all others of its tree."""
        ...


class Element:
    """One element of a document, or its root (`tag == ""`). The same element of a reading is the same object."""

    __slots__ = ("_children", "attributes", "document", "memo", "node", "parent", "tag")

    def __init__(self, document: Document, node: Structure, parent: Element | None) -> None:
        self.document = document
        self.node = node
        self.parent = parent
        self.tag = node.tag
        self.attributes = node.attributes
        self.memo: dict[object, Any] = {}
        self._children: tuple[Element | str, ...] | None = None

    def __repr__(self) -> str:
        return f"<Element {self.tag or 'root'}{'#' + self.attributes['id'] if self.get('id') else ''}>"

    def get(self, name: str) -> str | None:
        """An attribute; None if it has none of that name."""
        return self.attributes.get(name)

    def has(self, name: str) -> bool:
        """Whether it has an attribute of that name."""
        return name in self.attributes

    @property
    def path(self) -> Hashable:
        """The address of the element in its tree."""
        return self.node.path

    @property
    def children(self) -> tuple[Element | str, ...]:
        """Elements and texts, in order; none of a template."""
        found = self._children
        if found is None:
            kids = self.node.children
            if self.tag == "template":
                kids = ()  # what is in it is no part of the document
            elif self.tag == "noscript":
                kids = tuple(
                    kid for kid in kids if isinstance(kid, str)
                )  # a browser that runs scripts reads no tags here
            found = self._children = tuple(
                kid if isinstance(kid, str) else Element(self.document, kid, self) for kid in kids
            )
        return found

    def elements(self) -> Iterator[Element]:
        """The child elements, in order."""
        return (kid for kid in self.children if not isinstance(kid, str))

    def iter(self) -> Iterator[Element]:
        """All elements below, in document order."""
        todo = [self.elements()]
        while todo:
            for each in todo[-1]:
                yield each
                todo.append(each.elements())
                break
            else:
                todo.pop()

    def ancestors(self) -> Iterator[Element]:
        """Parent, its parent, …; without the root."""
        each = self.parent
        while each is not None and each.tag:
            yield each
            each = each.parent

    def chain(self) -> Iterator[Element]:
        """The element itself and its ancestors."""
        yield self
        yield from self.ancestors()

    def closest(self, *tags: str) -> Element | None:
        """The nearest of itself and its ancestors with one of these tags."""
        return next((each for each in self.chain() if each.tag in tags), None)

    def contains(self, other: Element) -> bool:
        """Whether the other element is this one or lies below it."""
        each: Element | None = other
        while each is not None:
            if each is self:
                return True
            each = each.parent
        return False

    def beside(self) -> tuple[Element | None, Element | None]:
        """The elements before and after it among its siblings."""
        if self.parent is None:
            return None, None
        siblings = list(self.parent.elements())
        at = siblings.index(self)
        return siblings[at - 1] if at else None, siblings[at + 1] if at + 1 < len(siblings) else None

    @property
    def content(self) -> str:
        """All text inside, verbatim."""
        parts: list[str] = []
        todo: list[Element | str] = [self]
        while todo:
            each = todo.pop()
            if isinstance(each, str):
                parts.append(each)
            else:
                todo.extend(reversed(each.children))
        return "".join(parts)


class State(Protocol):
    """The live half of a page."""

    def value(self, control: Element) -> str:
        """The `value` property of an input or a textarea."""
        ...

    def checked(self, control: Element) -> bool:
        """Whether a checkbox or radio is checked."""
        ...

    def indeterminate(self, control: Element) -> bool:
        """Whether a checkbox is neither ticked nor not."""
        ...

    def selected(self, option: Element) -> bool:
        """Whether an option is selected."""
        ...

    def disabled(self, control: Element) -> bool:
        """Whether a control, option, group of options or fieldset is disabled by itself."""
        ...

    def invalid(self, control: Element) -> bool:
        """Whether a control breaks its own constraints."""
        ...

    def open(self, element: Element) -> bool:
        """Whether a details or dialog is open."""
        ...

    def popped(self, element: Element) -> bool:
        """Whether a popover is shown."""
        ...

    def focused(self, element: Element) -> bool:
        """Whether it has the focus."""
        ...

    def display(self, element: Element) -> str | None:
        """The display that the client's commands have given it; None if they have not."""
        ...


class Document:
    """One reading of a tree. `styles` says what classes and selectors of a style sheet do (nothing is guessed), `select` which
    elements a selector finds (their paths).
    """

    def __init__(
        self,
        root: Structure,
        state: State,
        styles: Mapping[str, str] | None = None,
        select: Callable[[str], Collection[Hashable]] | None = None,
    ) -> None:
        self.state = state
        self.styles = styles or {}
        self._select = select
        self._selected: dict[str, Collection[Hashable]] = {}
        self._ids: dict[str, Element] | None = None
        self._labels: dict[Element, list[Element]] | None = None
        self.root = Element(self, root, None)

    def selects(self, selector: str, element: Element) -> bool:
        """Whether a selector of the style table finds an element."""
        found = self._selected.get(selector)
        if found is None:
            found = self._selected[selector] = frozenset(self._select(selector)) if self._select is not None else ()
        return element.path in found

    def by_id(self, dom_id: str) -> Element | None:
        """The first element with a DOM id."""
        ids = self._ids
        if ids is None:
            ids = self._ids = {}
            for each in self.root.iter():
                own = each.get("id")
                if own:
                    ids.setdefault(own, each)
        return ids.get(dom_id)

    def by_ids(self, text: str | None) -> list[Element]:
        """The elements that a list of ids names, each once; ids that name nothing are left out."""
        return list(dict.fromkeys(self.referred(text)))

    def referred(self, text: str | None) -> list[Element]:
        """The elements that a list of ids names, as often as it does."""
        if not text:
            return []
        found = (self.by_id(each) for each in ASCII_SPACES.split(text) if each)
        return [each for each in found if each is not None]

    def labels(self, element: Element) -> Sequence[Element]:
        """The labels of a control, in document order."""
        if element.tag not in LABELABLE:
            return ()
        labels = self._labels
        if labels is None:
            labels = self._labels = {}
            for each in self.root.iter():
                if each.tag == "label":
                    control = controlled(each)
                    if control is not None:
                        labels.setdefault(control, []).append(each)
        return labels.get(element, ())


def controlled(label: Element) -> Element | None:
    """The control of a label: what `for` names, though it be nothing; without `for` the first inside that can have one."""
    named = label.get("for")
    if named is not None:
        control = label.document.by_id(named)
        return control if control is not None and is_labelable(control) else None
    return next(filter(is_labelable, label.iter()), None)


def is_labelable(element: Element) -> bool:
    """Whether a label can be about this element."""
    return element.tag in LABELABLE and not (element.tag == "input" and (element.get("type") or "").lower() == "hidden")


def remembered(rule: Callable[[Element], T]) -> Callable[[Element], T]:
    """A rule about an element that is worked out once for each reading."""

    @wraps(rule)
    def asked(element: Element) -> T:
        memo = element.memo
        try:
            return cast(T, memo[rule])
        except KeyError:
            found = memo[rule] = rule(element)
            return found

    return asked
