"""A page as a value: the tree, the components, the title.

`Page.join(rendered)` is the page after a join, `page.patch(diff)` the page after a message; both leave what they were given
untouched. To fork a page is to keep a reference.

Law: the page depends on the messages only. What was learnt about a subtree is kept on it, so a patch, and a question after
it, cost what changed and not what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, cast

from immutables import Map

from liveview_testing.browser.page.lookup import find_id, locate, node_at
from liveview_testing.browser.page.node import Node, Path, first_node, root_node
from liveview_testing.browser.page.search import Wanted
from liveview_testing.browser.page.templates.skeleton import Element
from liveview_testing.browser.page.tree.component_index import Registry
from liveview_testing.browser.page.tree.fast_patch import Names, fast_patch
from liveview_testing.browser.page.tree.instance import named
from liveview_testing.browser.page.tree.markup import pieces_of, spelled, wire_text
from liveview_testing.browser.page.tree.merging.brought import NOTHING, Brought
from liveview_testing.browser.page.tree.merging.containers import outlives_joins, settle
from liveview_testing.browser.page.tree.merging.merge import META, Merge, exact_type
from liveview_testing.browser.page.tree.parts import Part, parts_of
from liveview_testing.browser.page.tree.subtrees import cids
from liveview_testing.browser.page.tree.template_index import TemplateIndex
from liveview_testing.browser.page.tree.tree import Diff, Frozen, Graft, Root, Template, Value, WireError
from liveview_testing.failures import recursion_depth


class Event(NamedTuple):
    """An event that the server pushed; `before` it is dispatched before the page changes."""

    name: str
    payload: Any
    before: bool = False


class Patched(NamedTuple):
    """A message, applied."""

    page: Page
    events: tuple[Event, ...] = ()
    reply: Any = None  # a hook's reply, if `replied`
    replied: bool = False
    retitled: bool = False  # the message sets a title (`page.title`; it may be None)
    gone: tuple[int, ...] = ()  # components that left the page, ascending: to be announced (CP-23, MG-5)
    brought: Brought = NOTHING


_NO_COMPONENTS: Map[int, Root] = Map()


class Page:
    """One version of a page."""

    __slots__ = ("_present", "_registry", "components", "merges", "templates", "title", "tree")

    merges: int
    """How many messages went into it that may have brought a template with a root of its own (`Template.rooted`); 1: it is what
    a join has brought, and nothing came since."""

    owner: str | None = None
    inner: Mapping[str, Page] = MappingProxyType({})  # pages of nested views: a page alone has none (`nested_views`)

    def __init__(self, tree: Template, components: Map[int, Root], title: str | None, templates: TemplateIndex) -> None:
        self.tree = tree
        self.components = components
        self.title = title
        self.templates = templates
        self.merges = 0
        self._present: frozenset[int] | None = None
        self._registry: Registry | None = None

    def __repr__(self) -> str:
        return f"<Page {self.tree.skeleton!r} components={len(self.components)}>"

    # messages

    @staticmethod
    def join(rendered: Diff, before: Page | None = None) -> Patched:
        """The page of a join reply's `rendered`. Streams start empty; ignored elements keep what they had on the page `before`."""
        # ST-20, PA-12
        if "s" not in rendered:
            raise WireError("a join without statics", expected="s", got=dict(rendered))
        return _apply(None, rendered, before)

    def patch(self, diff: Diff, *, stays: bool = False) -> Patched:
        """The page after a diff. `stays`: rows of streams that leave by their `phx-remove` count until all of it is in."""
        page = self.patch_briefly(diff)
        return _apply(self, diff, stays=stays) if page is None else Patched(page)

    def merge(self, diff: Diff) -> Patched:
        """As `patch`, whether the diff is brief or not."""
        return _apply(self, diff)

    def patch_briefly(self, diff: Diff, elsewhere: Callable[[str], object] | None = None) -> Page | None:
        """The page after a brief diff, of which nothing can come but this page; None for any other.

        `elsewhere` says whether an id stands in the rest of the document.
        """
        components, names = self.components, _Names(self, elsewhere) if self.templates.updating else _NOBODY
        changes: Any = diff.get("c")
        if changes is None:
            tree = fast_patch(self.tree, diff, names) if diff else self.tree
        else:
            rest = {name: value for name, value in diff.items() if name != "c"}
            roots = _briefly_in(components, changes, names)
            tree = None if roots is None else fast_patch(self.tree, rest, names) if rest else self.tree
            components = components if roots is None else components.update(roots)
        if tree is None:
            return None
        page = Page(tree, components, self.title, self.templates)
        page._present, page._registry = self._present, self._registry  # no component came, went or got another id
        page.merges = self.merges if self.merges > 1 else 2  # 1 is that of a join
        return page

    def drop_components(self, gone: Iterable[int]) -> Page:
        """Without the state of these components, once the server confirmed that they are gone."""  # MG-5
        components = self.components
        for cid in gone:
            if cid in components:
                components = components.delete(cid)
        if components is self.components:
            return self
        page = Page(self.tree, components, self.title, self.templates)
        page.merges = self.merges if self.merges > 1 else 2  # 1 is that of a join
        return page

    def present(self) -> frozenset[int]:
        """The components that are on the page (others may still have state)."""
        found = self._present
        if found is None:
            found = self._present = frozenset(_reached(cids(self.tree), self.components))
        return found

    def registry(self) -> Registry:
        """Which component holds which ids."""
        found = self._registry
        if found is None:
            found = self._registry = Registry.of(self.components)
        return found

    # text

    def html(self) -> str:
        """The page as the browser has it."""
        try:
            return spelled(pieces_of(self.tree), self.components.get)
        except RecursionError as error:
            raise recursion_depth.told(error) or error from None

    def parts(self) -> list[Part]:
        """What the page is made of, in order: text, subtrees that other versions may share, and the places of components."""
        return parts_of(self.tree)

    def wire_text(self) -> str:
        """The tree as text, as the server's values spell it; of a stream only what the last message rendered."""
        return wire_text(self.tree, self.components.get)

    # other pages of the same document

    @property
    def documents(self) -> Sequence[Page]:
        """The outermost pages of the document: the one that this page is in first."""
        return (self,)

    @property
    def container(self) -> Node | None:
        """The element of another page that this one hangs in."""
        return None

    def in_container(self, node: Node) -> Page | None:
        """The page of the view whose container an element is."""
        return None

    def holds_view(self, node: Node) -> bool:  # pragma: no cover - asked where others are inside
        """Whether a nested view's page hangs in an element."""
        return False

    def filled(self, html: str, node: Node | None) -> str:  # pragma: no cover - asked where others are inside
        """The text of an element (None: of the page), with what the views in it show."""
        return html

    def search(self, node: Node, wanted: Wanted) -> Iterator[Node]:  # pragma: no cover - asked where others are inside
        """What is wanted, in an element and in the views in it, in document order."""
        return node.own_search(wanted)

    def words(self, node: Node, *, scripts: bool) -> str:  # pragma: no cover - asked where others are inside
        """All text in an element and in the views in it."""
        return node.content if scripts else node.text

    # elements

    @property
    def root(self) -> Node:
        """The virtual root above the top-level elements."""
        return root_node(self)

    def node_at(self, path: Path) -> Node | None:
        """The element at a path; None if this version has no such place."""
        found = node_at(self, path)
        return None if found is None else Node(*found)

    def by_id(self, dom_id: str) -> list[Node]:
        """All elements with a DOM id, in document order (more than one is the page's mistake)."""
        found = [Node(place, number) for place, number in find_id(self, dom_id)]
        return found if len(found) < 2 else [node for node in self.root.iter() if node.id == dom_id]

    def component(self, cid: int) -> Node | None:
        """The root element of a component; None if it is not on the page."""
        place = locate(self, cid)
        return None if place is None else first_node(place)


def _reached(start: Iterable[int], components: Mapping[int, Root]) -> dict[int, None]:
    """Components reachable from these, themselves included."""
    found: dict[int, None] = {}
    todo = list(start)
    while todo:
        cid = todo.pop()
        if cid in found:
            continue
        root = components.get(cid)
        if root is not None:
            found[cid] = None
            todo.extend(cids(root))
    return found


class _Names:
    """The ids of a page, while a message that may be brief is looked at."""

    __slots__ = ("brought", "elsewhere", "page")

    def __init__(self, page: Page, elsewhere: Callable[[str], object] | None) -> None:
        self.page = page
        self.elsewhere = elsewhere
        self.brought: set[str] | None = None

    def taken(self, dom_id: str) -> bool:
        if self.elsewhere is not None and self.elsewhere(dom_id):
            return True
        page, grafts = self.page, self.page.tree.grafts
        templates = page.templates
        if not templates.may_name(dom_id):
            if not _has_frozen(grafts):
                return dom_id in templates.own_ids(page.tree)
            if not named(templates.root)[1]:
                return False  # what is ignored may have ids of an earlier version, but these are as they were
        brought = self.brought = self.brought or set()
        taken = dom_id in brought or bool(find_id(page, dom_id))
        brought.add(dom_id)
        return taken


class _Nobody:
    """The ids of a page without containers: of what can be brief there, nothing asks for them."""

    __slots__ = ()

    def taken(self, dom_id: str) -> bool:  # pragma: no cover - see above
        return True


_NOBODY = _Nobody()


def _has_frozen(grafts: Mapping[str, Graft] | None) -> bool:
    for graft in () if grafts is None else grafts.values():  # noqa: SIM110 - any() with a generator costs twice as much
        if type(graft) is Frozen:
            return True
    return False


def _briefly_in(components: Map[int, Root], changes: Any, names: Names) -> dict[int, Root] | None:
    """The components that a diff changes, if it does no more to any than a brief one."""
    if exact_type(changes) is not dict:
        return None
    done: dict[int, Root] = {}
    for name, diff in changes.items():
        root = components.get(int(name)) if name.isascii() and name.isdigit() else None
        new = fast_patch(root, diff, names) if root is not None and exact_type(diff) is dict else None
        if new is None:
            return None
        if root is not None and new is root:  # PA-5: it is rendered anew, whatever is said to it
            new = root.with_slots(root.slots, root.known_shape)
        done[int(name)] = cast(Root, new)
    return done


def _apply(old: Page | None, diff: Diff, joined_over: Page | None = None, *, stays: bool = False) -> Patched:
    whole = "s" in diff
    components = _NO_COMPONENTS if old is None else old.components
    before = old or joined_over
    known = None if old is None else old.templates

    def earlier(dom_id: str) -> tuple[Template, Element] | None:
        nonlocal known
        if before is None:
            return None
        for place, number in find_id(before, dom_id):
            node, element = place.node, place.shape.elements[number]
            if old is None:
                if not outlives_joins(node, element, dom_id):
                    return None
                known = before.templates
            return node, element
        return None

    merges = 1 if old is None else old.merges + 1
    merge = Merge(components, diff, settle(earlier))
    merge.number = merges
    merge.stays = stays
    tables = diff.get("p")
    if whole or old is None:
        tree = merge.template(merge.skeleton(diff.get("s"), tables), diff, tables)
        if old is not None:
            merge.lost.append(old.tree)
    else:
        tree = old.tree if META.issuperset(diff) else merge.update(old.tree, diff, tables)
    kept = components
    if whole:
        components = _NO_COMPONENTS  # a new root has no components from before (CP-27)
    for name in merge.incoming:
        merge.component(int(name))
    if merge.done:
        components = components.update(merge.done)
    for cid in merge.placed:
        if cid not in components:
            raise WireError(
                f"component {cid} is not known",
                expected="a component in c, of this message or an earlier one",
                got=cid,
                cure="the official client throws here and the page stays broken: send the component's node with its number",
            )
    title = None if old is None else old.title
    retitled = "t" in diff
    if retitled:
        title = cast("str | None", diff["t"])
    brought = merge.brought()
    templates = TemplateIndex.of(tree, brought, known) if whole or known is None else known.after(brought)
    page = Page(tree, components, title, templates)
    page.merges = merges
    if old is not None and old._registry is not None and not whole:
        page._registry = old._registry.changed(kept, merge.done) if merge.done else old._registry
    gone: tuple[int, ...] = ()
    if merge.lost and kept:
        gone = _gone(merge.lost, kept, page)
    if len(diff) > 1 or "e" in diff:
        reply = diff.get("r")
        # at the top of a message `r` is a reply (DF-32); beside statics 1 is the root's flag
        replied = "r" in diff and not (whole and reply == 1)
        events = tuple(map(_event, diff["e"])) if "e" in diff else ()
        return Patched(page, events, reply if replied else None, replied, retitled, gone, brought)
    return Patched(page, (), diff.get("r"), "r" in diff, retitled, gone, brought)


def _event(event: list[Any]) -> Event:
    if type(event) is not list or len(event) not in (2, 3):
        raise WireError("not an event", expected="[name, payload] or [name, payload, true]", got=event, path=("e",))
    return Event(*event)


def _gone(lost: list[Value], before: Mapping[int, Root], page: Page) -> tuple[int, ...]:
    """Components that were in what the message took away and are nowhere else."""
    candidates = _reached((cid for value in lost if not isinstance(value, str) for cid in cids(value)), before)
    if not candidates:
        return ()
    present = page.present()
    return tuple(sorted(cid for cid in candidates if cid not in present))
