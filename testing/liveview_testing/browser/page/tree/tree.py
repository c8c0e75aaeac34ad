"""The client's tree.

A `Template` is a skeleton and its dynamic values; a `Keyed` is a comprehension, a rope of templates; an integer is a
component. All are immutable: a merge (`merge`) copies the path to what changed and shares the rest, so an old page stays a page.

Law: a node never changes after the merge that made it; `memo`, `markup` and `shape` only remember what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from liveview_testing.browser.page.templates.raw_html import shape_of
from liveview_testing.browser.page.templates.skeleton import Hole, Skeleton
from liveview_testing.browser.page.tree.ropes.rope import Rope

Diff: TypeAlias = "Mapping[str, Any]"


class WireError(AssertionError):
    """A message that breaks the wire format: `path` into the message, what was `expected`, what was `got`, the `cure`."""

    def __init__(
        self, what: str, *, expected: str = "", got: object = None, cure: str = "", path: Iterable[str] = ()
    ) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected
        self.got = got
        self.cure = cure
        self.path = tuple(path)

    def under(self, *steps: str) -> WireError:
        """The same error, seen from one level up."""
        self.path = (*steps, *self.path)
        return self

    def __str__(self) -> str:
        text = repr(self.got)
        lines = [self.what, f"  at: {' / '.join(self.path) or 'the top of the message'}"]
        if self.expected:
            lines.append(f"  expected: {self.expected}")
            lines.append(f"  got: {text if len(text) <= 160 else text[:157] + '...'}")
        if self.cure:
            lines.append(f"  cure: {self.cure}")
        return "\n".join(lines)


class MissingId(WireError):
    """An element that a template gives no id, where the browser needs one: a mistake of the page, and not of the message."""

    def __str__(self) -> str:
        head, _, rest = super().__str__().partition("\n")  # a place in the message says nothing about the page
        return "\n".join([head, *rest.split("\n")[1:]])


# --- nodes ------------------------------------------------------------------------------------------------------------------


class Rooted:
    """What the client knows the one root element of a template's instance by, wherever it moves: its magic id.

    `since`: which message of its page brought it.
    """  # PA-7

    __slots__ = ("since",)

    def __init__(self, since: int) -> None:
        self.since = since


class Template:
    """An instance of a template: its skeleton and one value for each slot.

    `grafts` are elements whose children are not what the template says: stream containers and ignored elements, by DOM id. (None
    where no element has `phx-update`; one that is to be ignored is no graft before its values change.) `rooted`: the server said
    that it has one root element (`r`), so the client skips it where nothing in it changed; what stands here is the instance's own,
    and goes along wherever it moves: the client's magic id.
    `known_shape` is its shape once somebody asked; from the beginning where no value is raw html. `markup` and `memo` keep what
    was learnt about this subtree.
    """  # PA-7

    __slots__ = ("_memo", "grafts", "known_shape", "markup", "rooted", "skeleton", "slots")

    def __init__(
        self,
        base: Skeleton,
        slots: tuple[Value, ...],
        grafts: Mapping[str, Graft] | None = None,
        shape: Skeleton | None = None,
    ) -> None:
        self.skeleton = base
        self.slots = slots
        self.grafts = grafts
        self.known_shape = shape
        self.rooted: Rooted | None = None
        self.markup: object = None
        self._memo: dict[object, Any] | None = None

    @property
    def shape(self) -> Skeleton:
        """The skeleton of this instance: the template's own, or an island's if a value is raw html."""
        shape = self.known_shape
        if shape is None:
            shape = self.known_shape = shape_of(self.skeleton, self.slots)
        return shape

    @property
    def memo(self) -> dict[object, Any]:
        """What was learnt about this subtree; made when first asked for."""
        if self._memo is None:
            self._memo = {}
        return self._memo

    def root_since(self, message: int) -> None:
        """It has one root element, which this message of its page has brought."""
        self.rooted = Rooted(message)

    def with_slots(self, slots: tuple[Value, ...], shape: Skeleton | None = None) -> Template:
        """The same template with other values; grafts go along."""
        new = Template(self.skeleton, slots, self.grafts, shape)
        new.rooted = self.rooted
        return new

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.skeleton!r}>"


class Row(Template):
    """A template that is an entry of a stream: its DOM id, and the stream's ref once it is in its container."""

    __slots__ = ("key", "ref")

    def __init__(
        self,
        base: Skeleton,
        slots: tuple[Value, ...],
        grafts: Mapping[str, Graft] | None = None,
        shape: Skeleton | None = None,
    ) -> None:
        # As `Template` does; a call of its own costs a new row of a chat half a microsecond.
        self.skeleton, self.slots, self.grafts, self.known_shape = base, slots, grafts, shape
        self.rooted = self.markup = self._memo = None
        self.key = ""
        self.ref: str | None = None

    def with_slots(self, slots: tuple[Value, ...], shape: Skeleton | None = None) -> Row:
        new = Row(self.skeleton, slots, self.grafts, shape)
        new.key, new.ref, new.rooted = self.key, self.ref, self.rooted
        return new


class Root(Template):
    """A template that is a component's. `text` keeps its html, if no component is inside."""

    __slots__ = ("cid", "text")

    def __init__(
        self,
        base: Skeleton,
        slots: tuple[Value, ...],
        grafts: Mapping[str, Graft] | None = None,
        shape: Skeleton | None = None,
        cid: int = 0,
    ) -> None:
        super().__init__(base, slots, grafts, shape)
        self.cid = cid
        self.text: str | None = None

    def with_slots(self, slots: tuple[Value, ...], shape: Skeleton | None = None) -> Root:
        return Root(self.skeleton, slots, self.grafts, shape, self.cid)


class Fixed:
    """A child of a stream container that is no stream item: a kid of the template that holds the container (`node` None), or
    of a template inside it. Once added it is never removed.
    """  # ST-28

    __slots__ = ("floor", "key", "kid", "node")

    def __init__(self, key: str, node: Template | None, kid: int | Hole, floor: int = -1) -> None:
        self.key = key
        self.node = node
        self.kid = kid  # an element's number, or the hole that holds a component
        self.floor = floor  # the container's number in `node`, if `node` is an older version of its template


class Frozen:
    """An element with phx-update="ignore": its children, and its attributes but data-*, are those of an older template."""

    __slots__ = ("element", "node")

    def __init__(self, node: Template, element: int) -> None:
        self.node = node
        self.element = element


class Keyed:
    """A comprehension: its entries' skeleton and its entries. `stream` is the ref of the stream it renders, if any."""

    __slots__ = ("markup", "rows", "skeleton", "stream")

    def __init__(self, base: Skeleton, rows: Rope[Template], stream: str | None = None) -> None:
        self.skeleton = base
        self.rows = rows
        self.stream = stream
        self.markup: object = None


SLOTS = {str(i): i for i in range(512)}
"""Slots, and rows of lists, by their names on the wire: a dict is quicker than `int()`."""

Value: TypeAlias = "str | int | Template | Keyed"
"""What a slot holds; an integer is a cid."""

Item: TypeAlias = "Row | Fixed"
"""A child of a stream container."""

Graft: TypeAlias = "Rope[Item] | Frozen"


class Operation:
    """What a diff asks of a stream: `[ref, inserts newest first, deletes, reset?]`.

    `moves`: its rows are in a hidden clone, which a reset takes none out of: those that come again go to their new places.
    """  # ST-21, PA-27

    __slots__ = ("deletes", "inserts", "moves", "names", "ref", "reset")

    def __init__(
        self, ref: str, inserts: list[Any], deletes: list[str], reset: bool = False, moves: bool = False
    ) -> None:
        self.ref = ref
        # ST-27: later in the list overwrites, so with duplicates the oldest insert's options count.
        self.inserts: dict[str, tuple[int, int | None, bool]] = {
            dom_id: (at, limit, bool(update_only)) for dom_id, at, limit, update_only in inserts
        }
        self.names = {dom_id: dom_id for dom_id in self.inserts}
        """The ids as they were sent: a row that keeps this one keeps no copy of it."""
        self.deletes = deletes
        self.reset = reset
        self.moves = moves
