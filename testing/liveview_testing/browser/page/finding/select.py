"""Finding elements: selectors, a text filter, and what to say when the element is not there.

What a selector's right-most compound says about an element by itself goes down into the page as a `Wanted`, so that templates
which cannot hold a match are skipped and what is learnt about a subtree stays with it; the rest of the selector is checked on
the few nodes that come back. A compound with an id anchors the search below that element.

Law: the result is that of `querySelectorAll`, in document order; looking again after a change costs what changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.browser.page.finding.selectors import Complex, Compound, Looking, Plan, text_test, wanted_by
from liveview_testing.browser.page.node import Node, PageOfNodes, Same, Wanted, same
from liveview_testing.browser.page.place import Place
from liveview_testing.browser.page.search import Sieve
from liveview_testing.failures import recursion_depth
from liveview_testing.failures.exceptions import (
    Failure,
    ManyMatches,
    NoMatch,
    NoTextMatch,
    Sketch,
    TextFilter,
    failure,
    nearest,
)

LOOKED_AT = 5000  # elements that are compared for near misses; more would make a failing test slow


# --- searching --------------------------------------------------------------------------------------------------------------


def find(
    root: PageOfNodes | Node,
    selector: str,
    text: TextFilter = None,
    limit: int | None = None,
    sieve: Sieve | None = None,
) -> list[Node]:
    """The elements inside `root` that match, in document order, at most `limit`. Raises SelectorError.

    With a `sieve` those may be missing that stand in rows of lists which it denies.
    """
    sought = plan(selector)
    try:
        # `#id` on a page: an index answers
        if sought.lone_id is not None and text is None and not isinstance(root, Node):
            return root.by_id(sought.lone_id)[:limit]
        page = root.page if isinstance(root, Node) else root
        if not page.inner and not page.templates.may_hold(sought.seek(None)):
            return []
        return list(islice(search(root if isinstance(root, Node) else root.root, sought, text, sieve=sieve), limit))
    except RecursionError as error:
        raise recursion_depth.told(error) or error from None


def found_in(places: Iterable[Place], selector: str) -> Iterator[Node]:
    """The elements of these instances that match, those of what hangs in them too."""
    for place in places:
        yield from find(Node(place, -1), selector)


def everywhere(page: PageOfNodes, selector: str, limit: int | None = None) -> list[Node]:
    """The elements of the whole document that match, as `document.querySelectorAll` finds them, whichever view they are of."""
    found: list[Node] = []
    for each in page.documents:
        found.extend(find(each, selector, limit=None if limit is None else limit - len(found)))
    return found


def exists(root: PageOfNodes | Node, selector: str, text: TextFilter = None) -> bool:
    """Whether at least one element matches: `has_element`. Of a list its end is looked at first: there it has changed."""
    sought = plan(selector)
    if text is None:
        return bool(find(root, selector, limit=1))
    page = root.page if isinstance(root, Node) else root
    if not page.inner and not page.templates.may_hold(sought.seek(None)):
        return False
    scope = root if isinstance(root, Node) else root.root
    try:
        return next(search(scope, sought, text, last_first=True), None) is not None
    except RecursionError as error:
        raise recursion_depth.told(error) or error from None


def search(
    scope: Node, plan: Plan, text: TextFilter, *, last_first: bool = False, sieve: Sieve | None = None
) -> Iterator[Node]:
    """As `find`, lazily. `last_first`: rows of lists from their end, for who asks only whether there is one."""
    looking = Looking(scope)
    option, *others = plan.options
    if others:
        return _any_of(scope.search(plan.seek(text, last_first=last_first, sieve=sieve)), plan.options, looking)
    if option.last.ids:
        found = _with_id(scope, option.last, looking)
        agrees = None if text is None else text_test(text)
        reached = (node for node in found if option.reaches(node, looking))
        return reached if agrees is None else (node for node in reached if agrees(node.text))
    wanted = plan.seek(text, last_first=last_first, sieve=sieve)
    anchored = _anchor(option)
    spotted = _spotted(option)
    if spotted is not None and (anchored is None or spotted > anchored):
        return _search_below(scope, option, spotted, wanted, looking)
    if anchored is not None:
        return _search_from(scope, option, anchored, wanted, looking)
    return _filtered(scope.search(wanted), option, looking)


def _with_id(scope: Node, compound: Compound, looking: Looking) -> list[Node]:
    """The elements that a compound with an id matches, from the page's index of ids."""
    found = scope.page.by_id(compound.ids[0])
    if len(found) > 1:  # a mistake of the page; the index has no document order for it
        return [node for node in scope.search(wanted_by([compound], None)) if compound.placed(node, looking)]
    if compound.only_id is not None:
        return [node for node in found if _is_inside(node, scope)]
    return [node for node in found if compound.matches(node, looking) and _is_inside(node, scope)]


def _is_inside(node: Node, scope: Node) -> bool:
    return not scope.tag or any(same(around) == same(scope) for around in node.ancestors())


def _enclosing(scope: Node) -> Iterator[Node]:
    """The scope and what is around it; of a page that hangs in another one, its container and what is around that."""
    start = scope if scope.tag else scope.page.container
    if start is not None:
        yield start
        yield from start.ancestors()


def _filtered(found: Iterator[Node], option: Complex, looking: Looking) -> Iterator[Node]:
    last = option.last
    if len(option.compounds) == 1 and not last.positional:
        return found
    return (node for node in found if last.placed(node, looking) and option.reaches(node, looking))


def _any_of(found: Iterator[Node], options: Sequence[Complex], looking: Looking) -> Iterator[Node]:
    for node in found:
        if any(option.last.matches(node, looking) and option.reaches(node, looking) for option in options):
            yield node


def _anchor(option: Complex) -> int | None:
    """The right-most compound with an id from which the way goes only downwards."""
    return _last_of(option, lambda compound: bool(compound.ids))


def _spotted(option: Complex) -> int | None:
    """The right-most compound that names a place among siblings, from which the way goes only downwards."""
    return _last_of(option, lambda compound: compound.spot is not None)


def _last_of(option: Complex, test: Callable[[Compound], bool]) -> int | None:
    for at in range(len(option.compounds) - 2, -1, -1):
        if option.combinators[at + 1] not in (" ", ">"):
            return None
        if test(option.compounds[at]):
            return at
    return None


def _search_below(scope: Node, option: Complex, at: int, wanted: Wanted, looking: Looking) -> Iterator[Node]:
    """Search below the elements that the selector up to a place among siblings means (one of each list), not everywhere."""
    spotted, seen = option.compounds[at], set[Same]()
    upto = Complex(option.compounds[: at + 1], option.combinators[: at + 1])
    starts: Iterable[Node] = search(scope, Plan(upto.text(), (upto,)), None)
    if any(spotted.matches(each, looking) for each in _enclosing(scope)):
        starts = [scope]  # it is around the scope: everything in the scope is below it
    for start in starts:
        for node in start.search(wanted):
            if option.last.placed(node, looking) and option.reaches(node, looking) and same(node) not in seen:
                seen.add(same(node))
                yield node


def _search_from(scope: Node, option: Complex, at: int, wanted: Wanted, looking: Looking) -> Iterator[Node]:
    """Search below the elements with the id (there is one, if the page is right) instead of everywhere."""
    anchor, last = option.compounds[at], option.last
    starts = _with_id(scope, anchor, looking)
    # `#id button`: what is below the one element needs no look back up.
    known = len(starts) == 1 and at == 0 and len(option.compounds) == 2 and option.combinators[1] == " "
    if any(anchor.matches(each, looking) for each in _enclosing(scope)):
        starts, known = [scope], False  # the anchor is around the scope: everything in the scope is below it
    seen: set[Same] = set()
    for start in starts:
        for node in start.search(wanted):
            if last.placed(node, looking) and (known or option.reaches(node, looking)) and same(node) not in seen:
                seen.add(same(node))
                yield node


def one(root: PageOfNodes | Node, selector: str, text: TextFilter = None) -> Node:
    """The one element that matches; one of the six lookup errors otherwise."""  # TK-2
    found = find(root, selector, text, limit=2)
    if len(found) == 1:
        return found[0]
    raise failure(missed(root, selector, text))


# --- what to say ------------------------------------------------------------------------------------------------------------


def missed(root: PageOfNodes | Node, selector: str, text: TextFilter = None) -> Failure:
    """Why `one` did not find exactly one: evidence for a text, gathered only when it is needed."""
    scope = root if isinstance(root, Node) else root.root
    matching = find(scope, selector, text)
    total = find(scope, selector) if text is not None else matching
    if len(matching) > 1:
        shown = tuple(map(sketch, matching[:5]))
        return ManyMatches(selector, len(matching), shown, text, len(total) if text is not None else None)
    if text is not None and total:
        return NoTextMatch(selector, text, len(total), tuple(map(sketch, total[:5])), _near_texts(total, text))
    reached, near = _near(scope, plan(selector))
    where = "the page" if not scope.tag else sketch_name(scope)
    return NoMatch(selector, text, reached, near, where)


def sketch(node: Node) -> Sketch:
    """An element as evidence."""
    return Sketch(sketch_name(node), node.html())


def sketch_name(node: Named) -> str:
    """A short name that a selector could be: `button#save`, `input[name="q"]`, `li.item`.

    The id says enough; without one the name, then the first two classes.
    """
    if node.id:
        return f"{node.tag}#{node.id}"
    name = node.get("name")
    if name:
        return f'{node.tag}[name="{name}"]'
    classes = (node.get("class") or "").split()[:2]
    return "".join((node.tag, *(f".{each}" for each in classes)))


def _near_texts(nodes: Sequence[Node], text: str | re.Pattern[str]) -> tuple[str, ...]:
    if not isinstance(text, str):
        return ()
    return nearest(text, (node.text for node in nodes[:LOOKED_AT]), most=3, at_least=0.5)


def _near(scope: Node, plan: Plan) -> tuple[str | None, tuple[Sketch, ...]]:
    """How far the selector reaches, and the elements that come near to its first compound that finds nothing."""
    option = plan.options[0]
    inside: Node = scope
    reached: str | None = None
    missing = option.compounds[0]
    for at in range(1, len(option.compounds)):
        before = Complex(option.compounds[:at], option.combinators[:at])
        found = next(search(scope, Plan(plan.selector, (before,)), None), None)
        if found is None:
            break
        reached, missing = before.text(), option.compounds[at]
        if option.combinators[at] in (" ", ">"):
            inside = found
    near = _resembling(inside, missing)
    if not near and inside is not scope:
        near = _resembling(scope, missing)
    return reached, near


def _resembling(scope: Node, wanted: Compound) -> tuple[Sketch, ...]:
    return tuple(map(sketch, resembling(scope.iter(), wanted)))


N = TypeVar("N", bound="Named")


class Named(Protocol):
    """An element, as far as its names go."""

    @property
    def tag(self) -> str: ...

    @property
    def id(self) -> str | None: ...

    def get(self, name: str, /) -> str | None: ...


def resembling(nodes: Iterable[N], wanted: Compound) -> list[N]:
    """Elements whose id, class, attribute value or tag is spelled almost like the one asked for."""
    names: dict[str, N] = {}  # a comparable name -> the first element that has it
    goals: list[str] = []
    found: dict[int, N] = {}
    bare = None if wanted.ids or wanted.classes or wanted.values else wanted.tag
    for node in islice(nodes, LOOKED_AT):
        if bare and (node.id == bare or bare in (node.get("class") or "").split()):
            found.setdefault(id(node), node)  # a name without its sign: `new` for `#new`
        for name in _names(node, wanted):
            names.setdefault(name, node)
    goals.extend(f"#{id}" for id in wanted.ids)
    goals.extend(f".{each}" for each in wanted.classes)
    goals.extend(f"[{name}={value}]" for name, value in wanted.values)
    if not goals and wanted.tag is not None:
        goals.append(wanted.tag)
    for goal in goals:
        for name in nearest(goal, names):
            node = names[name]
            found.setdefault(id(node), node)
    return list(islice(found.values(), 3))


def _names(node: Named, wanted: Compound) -> Iterator[str]:
    if wanted.ids and node.id:
        yield f"#{node.id}"
    if wanted.classes or wanted.ids:
        for each in (node.get("class") or "").split():
            yield f".{each}"
    if wanted.classes and node.id:
        yield f"#{node.id}"
    for name, _ in wanted.values:
        value = node.get(name)
        if value is not None:
            yield f"[{name}={value}]"
    if not (wanted.ids or wanted.classes or wanted.values):
        yield node.tag
