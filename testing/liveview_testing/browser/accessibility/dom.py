"""The document as the rules read it: elements with their parents, children and attributes, and what is known of it as a whole.

Owns two things. `Structure`: the little that is asked of a tree (the cursor `liveview_testing.browser.page.node.Node` answers it
all), and `State`: what its user and the client have made of it. `Document` and `DomElement`: one reading of one version of both,
with what style sheets would say. Every rule of this room is a function of a `DomElement`.

Law: a reading is made lazily, never changes and remembers what was found out (`remembered`), so that a rule asks each element
once however many questions are asked. A new version of the page is a new reading.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from liveview_testing.browser.accessibility.text import ASCII_SPACES
from liveview_testing.styles import is_selector

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


class DomElement:
    """One element of a document, or its root (`tag == ""`). The same element of a reading is the same object."""

    __slots__ = ("_children", "attributes", "document", "memo", "node", "parent", "tag")

    def __init__(self, document: Document, node: Structure, parent: DomElement | None) -> None:
        self.document = document
        self.node = node
        self.parent = parent
        self.tag = node.tag.lower()  # those of a drawing have capitals
        self.attributes = node.attributes
        self.memo: dict[object, Any] = {}
        self._children: tuple[DomElement | str, ...] | None = None

    def __repr__(self) -> str:
        return f"<DomElement {self.tag or 'root'}{'#' + self.attributes['id'] if self.get('id') else ''}>"

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
    def children(self) -> tuple[DomElement | str, ...]:
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
            reached = self.document.known
            found = self._children = tuple(
                kid
                if isinstance(kid, str)
                else (reached.get(kid.path) if reached else None) or DomElement(self.document, kid, self)
                for kid in kids
            )
        return found

    @property
    def is_read(self) -> bool:
        """Whether its children were looked at already."""
        return self._children is not None

    def elements(self) -> Iterator[DomElement]:
        """The child elements, in order."""
        return (kid for kid in self.children if not isinstance(kid, str))

    def iter(self) -> Iterator[DomElement]:
        """All elements below, in document order."""
        todo = [self.elements()]
        while todo:
            for each in todo[-1]:
                yield each
                todo.append(each.elements())
                break
            else:
                todo.pop()

    def ancestors(self) -> Iterator[DomElement]:
        """Parent, its parent, …; without the root."""
        each = self.parent
        while each is not None and each.tag:
            yield each
            each = each.parent

    def chain(self) -> Iterator[DomElement]:
        """The element itself and its ancestors."""
        yield self
        yield from self.ancestors()

    def closest(self, *tags: str) -> DomElement | None:
        """The nearest of itself and its ancestors with one of these tags."""
        return next((each for each in self.chain() if each.tag in tags), None)

    def contains(self, other: DomElement) -> bool:
        """Whether the other element is this one or lies below it."""
        each: DomElement | None = other
        while each is not None:
            if each is self:
                return True
            each = each.parent
        return False

    def beside(self) -> tuple[DomElement | None, DomElement | None]:
        """The elements before and after it among its siblings."""
        assert self.parent is not None
        siblings = list(self.parent.elements())
        at = siblings.index(self)
        return siblings[at - 1] if at else None, siblings[at + 1] if at + 1 < len(siblings) else None

    @property
    def content(self) -> str:
        """All text inside, verbatim."""
        parts: list[str] = []
        todo: list[DomElement | str] = [self]
        while todo:
            each = todo.pop()
            if isinstance(each, str):
                parts.append(each)
            elif (known := each.document.text(each, _content, heard=False)) is not None:
                parts.append(known)
            else:
                todo.extend(reversed(each.children))
        return "".join(parts)


class State(Protocol):
    """The live half of a page."""

    def value(self, control: DomElement) -> str:
        """The `value` property of an input or a textarea."""
        ...

    def checked(self, control: DomElement) -> bool:
        """Whether a checkbox or radio is checked."""
        ...

    def selected(self, option: DomElement) -> bool:
        """Whether an option is selected."""
        ...

    def disabled(self, control: DomElement) -> bool:
        """Whether a control, option, group of options or fieldset is disabled by itself."""
        ...

    def invalid(self, control: DomElement) -> bool:
        """Whether a control breaks its own constraints."""
        ...

    def open(self, element: DomElement) -> bool:
        """Whether a details or dialog is open."""
        ...

    def popped(self, element: DomElement) -> bool:
        """Whether a popover is shown."""
        ...

    def focused(self, element: DomElement) -> bool:
        """Whether it has the focus."""
        ...

    def display(self, element: DomElement) -> str | None:
        """The display that the client's commands have given it; None if they have not."""
        ...


class References(Protocol):
    """Who can say what ids and labels name, and what long lists say, without walking the document."""

    def by_id(self, dom_id: str) -> DomElement | None:
        """The first element with a DOM id."""
        ...

    def labels(self, control: DomElement) -> Sequence[DomElement]:
        """The labels of a control, in document order."""
        ...

    def text(self, element: DomElement, rule: Callable[[DomElement], str], heard: bool) -> str | None:
        """All text in an element, verbatim or as it is `heard`, if it is known without looking at each part; `rule` reads one."""
        ...


class Document:
    """One reading of a tree. `styles` says what classes and selectors of a style sheet do (nothing is guessed), `select` which
    elements a selector finds (their paths), `references` what ids and labels name; without it the document is walked for them.
    """

    def __init__(
        self,
        root: Structure,
        state: State,
        styles: Mapping[str, str] | None = None,
        select: Callable[[str], Collection[Hashable]] | None = None,
        references: References | None = None,
    ) -> None:
        self.state = state
        self._references = references
        self.styles = styles or {}
        places = {key: at for at, key in enumerate(self.styles)}
        self.styled = {key: (at, self.styles[key]) for key, at in places.items() if not is_selector(key)}
        """What a class does, and where in the table it stands: of several the last counts."""
        self.selecting = [(key, (at, self.styles[key])) for key, at in places.items() if is_selector(key)]
        self._select = select
        self._selected: dict[str, Collection[Hashable]] = {}
        self._ids: dict[str, DomElement] | None = None
        self._labels: dict[DomElement, list[DomElement]] | None = None
        self.known: dict[Hashable, DomElement] = {}
        """The elements that were reached from below, before those beside them: by their paths."""
        self.root = DomElement(self, root, None)

    def reached(self, node: Structure, parent: DomElement) -> DomElement:
        """The element at a node that was found otherwise, below a parent that was reached: nothing beside it is looked at."""
        if parent.is_read:
            self.known.update((kid.path, kid) for kid in parent.elements())
        found = self.known.get(node.path)
        if found is None:
            found = self.known[node.path] = DomElement(self, node, parent)
        return found

    def selects(self, selector: str, element: DomElement) -> bool:
        """Whether a selector of the style table finds an element."""
        found = self._selected.get(selector)
        if found is None:
            found = self._selected[selector] = frozenset(self._select(selector)) if self._select is not None else ()
        return element.path in found

    def by_id(self, dom_id: str) -> DomElement | None:
        """The first element with a DOM id."""
        if self._references is not None:
            return self._references.by_id(dom_id)
        ids = self._ids
        if ids is None:
            ids = self._ids = {}
            for each in self.root.iter():
                own = each.get("id")
                if own:
                    ids.setdefault(own, each)
        return ids.get(dom_id)

    def by_ids(self, text: str | None) -> list[DomElement]:
        """The elements that a list of ids names, each once; ids that name nothing are left out."""
        return list(dict.fromkeys(self.referred(text)))

    def referred(self, text: str | None) -> list[DomElement]:
        """The elements that a list of ids names, as often as it does."""
        if not text:
            return []
        found = (self.by_id(each) for each in ASCII_SPACES.split(text) if each)
        return [each for each in found if each is not None]

    def text(self, element: DomElement, rule: Callable[[DomElement], str], *, heard: bool) -> str | None:
        """All text in an element, if it is known without looking at each part."""
        return None if self._references is None else self._references.text(element, rule, heard)

    def labels(self, element: DomElement) -> Sequence[DomElement]:
        """The labels of a control, in document order."""
        if self._references is not None:
            return self._references.labels(element)
        labels = self._labels
        if labels is None:
            labels = self._labels = {}
            for each in self.root.iter():
                if each.tag == "label":
                    control = controlled(each)
                    if control is not None:
                        labels.setdefault(control, []).append(each)
        return labels.get(element, ())


def _content(element: DomElement) -> str:
    return element.content


def controlled(label: DomElement) -> DomElement | None:
    """The control of a label: what `for` names, though it be nothing; without `for` the first inside that can have one."""
    named = label.get("for")
    if named is not None:
        control = label.document.by_id(named)
        return control if control is not None and is_labelable(control) else None
    return next(filter(is_labelable, label.iter()), None)


def is_labelable(element: DomElement) -> bool:
    """Whether a label can be about this element."""
    return element.tag in LABELABLE and not (element.tag == "input" and (element.get("type") or "").lower() == "hidden")


def remembered(rule: Callable[[DomElement], T]) -> Callable[[DomElement], T]:
    """A rule about an element that is worked out once for each reading."""

    @wraps(rule)
    def asked(element: DomElement) -> T:
        memo = element.memo
        try:
            return cast(T, memo[rule])
        except KeyError:
            found = memo[rule] = rule(element)
            return found

    return asked
