"""What an instance's elements say: attributes, DOM ids, and which components and skeletons are below.

Law: every answer is read from a skeleton and values. Answers about whole subtrees are kept on them, and never look into a
component, since a component changes without its surroundings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar, cast

from liveview_testing.browser.page.templates.skeleton import (
    Attribute,
    Comment,
    Element,
    Hole,
    Kid,
    Skeleton,
    Spread,
    walk,
)
from liveview_testing.browser.page.templates.skeleton import Value as AttributeValue
from liveview_testing.browser.page.templates.statics_reader import decode_attribute, read_attributes
from liveview_testing.browser.page.tree.tree import Graft, Keyed, Root, Template, Value

# --- attributes -------------------------------------------------------------------------------------------------------------


def flat(value: Value) -> str:
    """The wire text of a value, without components: what stands in an attribute or in a title."""
    if type(value) is str:
        return value
    if isinstance(value, Template):
        statics = value.skeleton.statics
        parts = [statics[0]]
        for slot, static in zip(value.slots, statics[1:], strict=True):
            parts.append(flat(slot))
            parts.append(static)
        return "".join(parts)
    if isinstance(value, Keyed):
        return "".join(flat(row) for row in value.rows)
    return str(value)


def _text(template: Template, value: AttributeValue) -> str:
    if isinstance(value, str):
        return value
    slots, text = template.slots, ""
    for part in value:
        if isinstance(part, str):
            text += part
        else:
            slot = slots[part]
            text += decode_attribute(slot if isinstance(slot, str) else flat(slot))
    return text


def attribute(template: Template, element: Element, name: str) -> str | None:
    """One attribute of an element, unescaped; a bare one is ""."""
    if element.fixed is not None:
        return element.fixed.get(name)
    for each in element.attributes:
        if isinstance(each, Attribute):
            if each.name == name:
                return _text(template, each.value)
        else:
            text = flat(template.slots[each.slot])
            if name in text.lower():
                for found, value in read_attributes(text):
                    if found == name:
                        return value
    return None


def id_of(template: Template, element: Element) -> str | None:
    """The DOM id of an element, as `attribute` reads it.

    Nearly always it is written as the whole of a slot, and cut out of it: a third of the time.
    """
    if element.fixed is not None:
        return element.fixed.get("id")
    slots = template.slots
    for each in element.attributes:
        if type(each) is Spread:
            text = slots[each.slot]
            if type(text) is not str:
                return attribute(template, element, "id")
            if "id" not in (written := text.lower()) or NAMED_ID.search(written) is None:
                continue
            if text.startswith(' id="') and text.find('"', 5) == len(text) - 1 and "&" not in text:
                return text[5:-1]
            return attribute(template, element, "id")
        if isinstance(each, Attribute) and each.name == "id":
            return _text(template, each.value)
    return None


NAMED_ID = re.compile(r"""id(?<![^\s/"'=>]id)(?![^\s=/>])""")
"""Where an attribute may be called `id`, in small letters. (It begins with what is searched for: half the time.)"""


def ids_in(part: Attribute | Spread, column: Callable[[int], Sequence[str] | None]) -> list[str] | None:
    """The DOM ids that an attribute gives the instances of one template, if each has one, or none has; None where they have to be
    read one by one. `column(slot)` is what all have in a slot, if all of that is text.
    """
    if isinstance(part, Spread):
        texts = column(part.slot)
        return None if texts is None else _written(texts)
    if part.name != "id":
        return []
    slots = [each for each in part.value if isinstance(each, int)]
    texts = column(slots[0]) if len(slots) == 1 < len(part.value) else None
    if texts is None or "&" in "".join(texts):
        return None
    before, after = "".join(each if isinstance(each, str) else "\0" for each in part.value).split("\0")
    return [f"{before}{each}{after}" for each in texts]


def _written(texts: Sequence[str]) -> list[str] | None:
    text = "\n".join(texts)
    if text.startswith(' id="') and text.endswith('"') and "&" not in text and text.count('"') == 2 * len(texts):
        ids = text[5:-1].split('"\n id="')  # an id is all that each says
        if len(ids) == len(texts) and text.count("\n") == len(ids) - 1 and "" not in ids:
            return ids
    lower = text.lower()
    return None if "id" in lower and NAMED_ID.search(lower) is not None else []


def attributes(template: Template, element: Element) -> Mapping[str, str]:
    """All attributes of an element; of two with one name the first counts."""  # AT-11
    if element.fixed is not None:
        return element.fixed
    found: dict[str, str] = {}
    for each in element.attributes:
        if isinstance(each, Attribute):
            found.setdefault(each.name, _text(template, each.value))
        else:
            for name, value in read_attributes(flat(template.slots[each.slot])):
                found.setdefault(name, value)
    return found


def root_id(template: Template, component: Callable[[int], Root | None]) -> str:
    """The DOM id of the template's first element, in a component or a nested template if that comes first; "" if none."""
    kids = template.shape.kids
    if kids and isinstance(first := kids[0], Element):  # nearly always: no loop over what stands before it
        return id_of(template, first) or ""
    return root_attribute(template, component, "id") or ""


def root_attribute(template: Template, component: Callable[[int], Root | None], name: str) -> str | None:
    """An attribute of that element."""
    for kid in template.shape.kids:
        if isinstance(kid, Element):
            return attribute(template, kid, name)
        if isinstance(kid, Hole):
            value = template.slots[kid.slot]
            inner = component(value) if isinstance(value, int) else value
            if isinstance(inner, Keyed):
                inner = inner.rows.at(0) if len(inner.rows) else ""
            if isinstance(inner, Template):
                return root_attribute(inner, component, name)
    return None


def element_by_id(template: Template, dom_id: str) -> Element | None:
    """The template's own element with this DOM id."""
    for element in with_ids(template.shape):
        if id_of(template, element) == dom_id:
            return element
    return None


def with_ids(shape: Skeleton) -> tuple[Element, ...]:
    """The elements that may have a DOM id."""
    found = shape.memo.get("ids")
    if found is None:
        found = shape.memo["ids"] = tuple(e for e in shape.elements if e.may_have("id"))
    return cast("tuple[Element, ...]", found)


def may_update(shape: Skeleton) -> tuple[Element, ...]:
    """The elements that may have `phx-update`."""
    found = shape.memo.get("may update")
    if found is None:
        found = shape.memo["may update"] = tuple(e for e in shape.elements if e.may_have("phx-update"))
    return cast("tuple[Element, ...]", found)


def writes_id(element: Element) -> bool:
    """Whether the template writes an id on the element; a value may bring one besides."""
    return any(isinstance(each, Attribute) and each.name == "id" for each in element.attributes)


Named: TypeAlias = "tuple[dict[str, tuple[int, ...]], tuple[Element, ...]]"


def id_slots(shape: Skeleton) -> tuple[int, ...]:
    """The slots that an id of the template can come from: as long as they are the same, so are its ids."""
    found = shape.memo.get("id slots")
    if found is None:
        slots: list[int] = []
        for element in named(shape)[1]:
            for each in element.attributes:
                if isinstance(each, Spread):
                    slots.append(each.slot)
                elif each.name == "id" and not isinstance(each.value, str):
                    slots.extend(part for part in each.value if isinstance(part, int))
        found = shape.memo["id slots"] = tuple(slots)
    return cast("tuple[int, ...]", found)


def named(shape: Skeleton) -> Named:
    """The ids that every instance has, with their elements' numbers; and the elements whose id depends on the instance."""
    found = shape.memo.get("named")
    if found is None:
        always: dict[str, tuple[int, ...]] = {}
        depends: list[Element] = []
        for element in with_ids(shape):
            first = next(each for each in element.attributes if isinstance(each, Spread) or each.name == "id")
            if isinstance(first, Attribute) and isinstance(first.value, str):  # of two the first counts (AT-11)
                always[first.value] = (*always.get(first.value, ()), element.number)
            else:
                depends.append(element)
        found = shape.memo["named"] = (always, tuple(depends))
    return cast(Named, found)


# --- children ---------------------------------------------------------------------------------------------------------------

Below: TypeAlias = "Template | Keyed | Graft | int"
"""A subtree below a template: a nested template, a comprehension, the children of a container, a component."""

Hung: TypeAlias = "tuple[Hole | Element, Below]"
"""A subtree with the hole it stands in, or the element whose children it replaces."""


def order(shape: Skeleton) -> tuple[Element | Hole, ...]:
    """Elements and holes of a skeleton in document order."""
    found = shape.memo.get("order")
    if found is None:
        found = shape.memo["order"] = tuple(_order(shape.kids))
    return cast("tuple[Element | Hole, ...]", found)


def _order(kids: Iterable[Kid]) -> Iterator[Element | Hole]:
    for kid in kids:
        if isinstance(kid, Hole):
            yield kid
        elif not isinstance(kid, str | Comment):
            yield kid
            yield from _order(kid.kids)


def spans(shape: Skeleton) -> tuple[tuple[int, int], ...]:
    """Of each element: where in `order` it and its descendants stand."""
    found = shape.memo.get("spans")
    if found is None:
        starts = [0] * len(shape.elements)
        ends = [0] * len(shape.elements)

        def visit(kids: Iterable[Kid], at: int) -> int:
            for kid in kids:
                if isinstance(kid, Hole):
                    at += 1
                elif isinstance(kid, Element):
                    starts[kid.number] = at
                    at = ends[kid.number] = visit(kid.kids, at + 1)
            return at

        visit(shape.kids, 0)
        found = shape.memo["spans"] = tuple(zip(starts, ends, strict=True))
    return cast("tuple[tuple[int, int], ...]", found)


def hole_parents(shape: Skeleton) -> Mapping[int, int]:
    """slot → number of the element it stands in."""
    found = shape.memo.get("hole_parents")
    if found is None:
        parents = {kid.slot: -1 for kid in shape.kids if isinstance(kid, Hole)}
        for element in walk(shape.kids):
            for kid in element.kids:
                if isinstance(kid, Hole):
                    parents[kid.slot] = element.number
        found = shape.memo["hole_parents"] = parents
    return cast("Mapping[int, int]", found)


def graft_at(template: Template, element: Element) -> Graft | None:
    """What replaces the element's children, if anything does."""
    if template.grafts is None or not element.may_have("phx-update"):
        return None
    dom_id = id_of(template, element)
    return None if dom_id is None else template.grafts.get(dom_id)


def grafted(template: Template) -> dict[int, Graft]:
    """Element number → graft, for the elements that have one."""
    grafts = template.grafts
    if grafts is None:
        return {}
    found: dict[int, Graft] = {}
    for element in may_update(template.shape):
        dom_id = id_of(template, element)
        if dom_id is not None and dom_id in grafts:
            found[element.number] = grafts[dom_id]
    return found


def is_flat(template: Template) -> bool:
    """Whether nothing is below it: all its values are text."""
    if template.grafts is not None:
        return False
    slots = template.slots
    for hole in template.shape.holes:  # noqa: SIM110 - all() with a generator costs twice as much
        if type(slots[hole.slot]) is not str:
            return False
    return True


def below(template: Template) -> list[Hung]:
    """The subtrees of a template in document order; what a graft replaces is left out."""
    shape = template.shape
    slots = template.slots
    if template.grafts is None:
        if not shape.holes:
            return []
        return [
            (hole, cast("Template | Keyed | int", slots[hole.slot]))
            for hole in shape.holes
            if type(slots[hole.slot]) is not str
        ]
    grafts = grafted(template)
    found: list[Hung] = []
    skip = 0
    covered: set[int] = set()
    for item in order(shape):
        if isinstance(item, Element):
            if item.number >= skip and item.number in grafts:
                found.append((item, grafts[item.number]))
                skip = item.end
                covered.update(slots_in(item))
        elif item.slot not in covered and not item.plain and type(slots[item.slot]) is not str:
            found.append((item, cast("Template | Keyed | int", slots[item.slot])))
    return found


def slots_in(element: Element) -> Iterator[int]:
    for kid in _order(element.kids):
        if isinstance(kid, Hole):
            yield kid.slot


# --- facts about whole subtrees ---------------------------------------------------------------------------------------------

S = TypeVar("S")
