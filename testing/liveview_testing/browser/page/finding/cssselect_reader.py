"""Selectors of every kind read: `cssselect` parses, and what it parsed becomes selectors of ours.

Owns `read`, and what is asked of an element's neighbours. Law: what cannot be read or matched is refused with what can be used
instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import cssselect.parser as css

from liveview_testing.browser.page.controls import CAN_BE_DISABLED, disabled_by
from liveview_testing.browser.page.finding.compound_making import Making
from liveview_testing.browser.page.finding.element_tests import STATES, attribute_test, may_be_given_others
from liveview_testing.browser.page.finding.nested_selectors import Inner, taken_apart
from liveview_testing.browser.page.finding.nested_selectors import relative as split_lead
from liveview_testing.browser.page.finding.selectors import Complex, Compound, Looking, Positional, wanted_by
from liveview_testing.browser.page.node import Node, Wanted, same
from liveview_testing.browser.page.place import MARKS
from liveview_testing.browser.page.siblings import Spot, standing
from liveview_testing.browser.page.templates.skeleton import Element
from liveview_testing.failures.exceptions import BadSelector, failure, nearest

__all__ = ["SUPPORTED", "read"]

SUPPORTED = (
    "tag #id .class [attribute] (= ~= |= ^= $= *=), :not() :is() :where() :has() :scope :empty :first-child :last-child"
    " :only-child :nth-child() :nth-last-child() :first-of-type :last-of-type :only-of-type :nth-of-type()"
    " :nth-last-of-type() :checked :disabled :enabled :required, the combinators space > + ~, and lists with a comma"
)


def read(selector: str) -> tuple[Complex, ...]:
    """The selectors of a list. Raises SelectorError for one that cannot be read or matched."""
    return tuple(_Reader(selector).read(selector))


class _Reader:
    """Turns cssselect's tree into a plan."""

    def __init__(self, selector: str) -> None:
        self.source = selector
        self.inner: dict[str, Inner] = {}

    def read(self, text: str, *, relative: bool = False) -> list[Complex]:
        """A list of selectors; those of `:has()` may begin with a combinator."""
        around = self.inner
        pieces, self.inner = taken_apart(text)
        try:
            if not relative:
                return [self.selector(each) for each in css.parse(",".join(pieces))]
            found: list[Complex] = []
            for lead, piece in map(split_lead, pieces):
                (each,) = css.parse(piece)
                found.append(self.selector(each, lead))
            return found
        except css.SelectorError as error:
            problem = str(error)
            written = "Expected string or ident" in problem
            raise self.refuse(
                problem, 'put the value of an attribute in quotes: [data-id="1"]' if written else ""
            ) from None
        finally:
            self.inner = around

    def refuse(self, problem: str, cure: str = "") -> Exception:
        return failure(BadSelector(self.source, problem, cure or f"what can be used: {SUPPORTED}"))

    def selector(self, parsed: css.Selector, lead: str = "") -> Complex:
        if parsed.pseudo_element is not None:
            raise self.refuse("a pseudo-element is no element of the page")
        return self.complex(parsed.parsed_tree, lead)

    def complex(self, tree: css.Tree, lead: str = "") -> Complex:
        compounds: list[Compound] = []
        combinators: list[str] = []
        while isinstance(tree, css.CombinedSelector):
            compounds.append(self.compound(tree.subselector))
            combinators.append(tree.combinator)
            tree = tree.selector
        compounds.append(self.compound(tree))
        combinators.append(lead)
        return Complex(tuple(reversed(compounds)), tuple(reversed(combinators)))

    def compound(self, tree: css.Tree) -> Compound:
        parts: list[css.Tree] = []
        while not isinstance(tree, css.Element):
            if isinstance(tree, css.CombinedSelector):  # pragma: no cover - the grammar has none here
                raise self.refuse("a combinator inside a compound")
            parts.append(tree)
            tree = tree.selector
        if tree.namespace is not None:
            raise self.refuse("namespaces are not matched", "leave the namespace out")
        tag = tree.element
        made = Making(tag)
        for part in reversed(parts):
            self.part(part, made)
        return made.compound()

    def part(self, part: css.Tree, made: Making) -> None:
        match part:
            case css.Hash():
                made.add_id(part.id)
            case css.Class():
                made.add_class(part.class_name)
            case css.Attrib():
                self.attribute(part, made)
            case css.Pseudo():
                inner = self.inner.get(part.ident)
                if inner is None:
                    self.pseudo(part.ident, made)
                else:
                    self.nested(inner, made)
            case css.Function():
                self.function(part, made)
            case _:  # pragma: no cover - cssselect has no other
                raise self.refuse(f"{part!r} is not matched")

    def attribute(self, part: css.Attrib, made: Making) -> None:
        if part.namespace is not None:
            raise self.refuse("namespaces are not matched", "leave the namespace out")
        if part.operator == "!=":
            raise self.refuse("the operator != is no CSS", f":not([{part.attrib}=…])")
        name = part.attrib.lower()
        if name not in MARKS:
            made.needs.append(name)
        if part.value is None:
            made.add(f"[{name}]", *attribute_test(name, "exists", ""))
            return
        value = part.value.value or ""
        flag = " i" if part.flag == "i" else ""
        written = re.sub(r'(["\\])', r"\\\1", value)  # a key that another test has too would give that one's answers
        text = f'[{name}{part.operator}"{written}"{flag}]'
        made.values.append((name, value))
        made.add(text, *attribute_test(name, part.operator, value, part.flag == "i"))

    def choice(self, options: list[Complex], name: str, made: Making) -> None:
        """`:is()` and `:not()`: about the element by itself if all its options are, else about its neighbours too."""
        negated = name == "not"
        text = f":{name}({', '.join(option.text() for option in options)})"
        if all(option.alone for option in options):
            tests = [option.last for option in options]

            def simple(tag: str, attributes: Mapping[str, str]) -> bool:
                return any(test.accepts(tag, attributes) for test in tests) is not negated

            def possible(element: Element) -> bool:
                if element.fixed is not None and not may_be_given_others(element):
                    return simple(element.tag, element.fixed)
                return negated or any(test.possible(element) for test in tests)

            made.add(text, simple, possible)
        else:

            def placed(node: Node, looking: Looking) -> bool:
                return _matches(node, options, looking) is not negated

            made.place(text, placed)

    def nested(self, inner: Inner, made: Making) -> None:
        """A function that takes selectors."""
        name, options = inner.name, self.read(inner.selectors, relative=inner.name == "has")
        text = ", ".join(option.text() for option in options)
        if name == "has":
            made.place(f":has({text})", lambda node, looking: _has(node, options, looking))
        elif inner.series:
            step, start = self.series(name, css.tokenize(inner.series))
            from_end = _NTH[name][1]

            def placed(node: Node, looking: Looking) -> bool:
                return _matches(node, options, looking) and _nth_of(node, options, looking, step, start, from_end)

            made.place(f":{name}({inner.series} of {text})", placed)
        else:
            self.choice(options, "not" if name == "not" else "is", made)

    def pseudo(self, ident: str, made: Making) -> None:
        text = f":{ident}"
        if ident in STATES:
            made.add(text, *STATES[ident])
        elif ident in _PLACES:
            made.place(text, _PLACES[ident])
            made.spot = _SPOTS.get(ident, made.spot)
        else:
            raise self.refuse(f"{text} is not matched", _cure_of(ident))

    def function(self, part: css.Function, made: Making) -> None:
        name = part.name
        if name not in _NTH:
            raise self.refuse(f":{name}() is not matched", _cure_of(name))
        step, start = self.series(name, part.arguments)
        of_type, from_end = _NTH[name]
        written = "".join(token.value or "" for token in part.arguments)
        made.place(f":{name}({written})", lambda node, looking: _nth(node, looking, step, start, of_type, from_end))
        if step == 0 and start > 0 and not of_type:
            made.spot = (start - 1, from_end)

    def series(self, name: str, tokens: Iterable[css.Token]) -> tuple[int, int]:
        try:
            return css.parse_series([token for token in tokens if token.type not in ("S", "EOF")])
        except ValueError:
            raise self.refuse(f":{name}() needs odd, even, a number, or 2n+1") from None


# --- tests among neighbours -------------------------------------------------------------------------------------------------


def _matches(node: Node, options: Sequence[Complex], looking: Looking) -> bool:
    return any(option.last.matches(node, looking) and option.reaches(node, looking) for option in options)


def _nth_of(node: Node, options: Sequence[Complex], looking: Looking, step: int, start: int, from_end: bool) -> bool:
    siblings, place = looking.family(node)
    others = siblings[place + 1 :] if from_end else siblings[:place]
    distance = sum(_matches(other, options, looking) for other in others) + 1 - start
    return distance == 0 if step == 0 else distance % step == 0 and distance // step >= 0


def _nth(node: Node, looking: Looking, step: int, start: int, of_type: bool, from_end: bool) -> bool:
    counted = None if of_type or node.number < 0 or node.rearranged else standing(node.place, node.number)
    if counted is not None:
        before, every = counted
        distance = (every - before if from_end else before + 1) - start
        return distance == 0 if step == 0 else distance % step == 0 and distance // step >= 0
    siblings, place = looking.family(node)
    if of_type:
        tag = node.tag
        others = siblings[place + 1 :] if from_end else siblings[:place]
        place = sum(1 for other in others if other.tag == tag)
    elif from_end:
        place = len(siblings) - 1 - place
    distance = place + 1 - start
    return distance == 0 if step == 0 else distance % step == 0 and distance // step >= 0


def _only(node: Node, looking: Looking, of_type: bool) -> bool:
    return _nth(node, looking, 0, 1, of_type, False) and _nth(node, looking, 0, 1, of_type, True)


def _inside(where: Node, compound: Compound) -> Iterable[Node]:
    """The elements inside of another that a compound itself accepts: a page is searched, an element of a DOM walked."""
    search: Callable[[Wanted], Iterable[Node]] | None = getattr(where, "search", None)
    if search is not None:
        return search(wanted_by([compound], None))
    return (each for each in where.iter() if compound.accepts(each.tag, each.attributes))


def _has(node: Node, options: Sequence[Complex], looking: Looking) -> bool:
    for option in options:
        inside = option.combinators[0] in (" ", ">")
        where = node if inside else node.parent
        if where is None:
            continue
        for candidate in _inside(where, option.last):
            if option.last.placed(candidate, looking) and option.reaches(candidate, looking, anchor=node):
                return True
    return False


_NTH: dict[str, tuple[bool, bool]] = {  # (of the same type, counted from the end)
    "nth-child": (False, False),
    "nth-last-child": (False, True),
    "nth-of-type": (True, False),
    "nth-last-of-type": (True, True),
}

_SPOTS: dict[str, Spot] = {"first-child": (0, False), "last-child": (0, True), "only-child": (0, False)}

_PLACES: dict[str, Positional] = {
    "first-child": lambda node, looking: _nth(node, looking, 0, 1, False, False),
    "last-child": lambda node, looking: _nth(node, looking, 0, 1, False, True),
    "only-child": lambda node, looking: _only(node, looking, False),
    "first-of-type": lambda node, looking: _nth(node, looking, 0, 1, True, False),
    "last-of-type": lambda node, looking: _nth(node, looking, 0, 1, True, True),
    "only-of-type": lambda node, looking: _only(node, looking, True),
    "empty": lambda node, looking: not node.children,
    "disabled": lambda node, looking: disabled_by(node) is not None,
    "enabled": lambda node, looking: node.tag in CAN_BE_DISABLED and disabled_by(node) is None,
    "scope": lambda node, looking: same(node) == same(looking.scope),
}


def _cure_of(name: str) -> str:
    if "contains" in name:
        return "give the text beside the selector: element(selector, text)"
    known = [*STATES, *_PLACES, *_NTH, "not", "is", "where", "has"]
    close = nearest(name, known, most=1, at_least=0.7)
    return f"perhaps :{close[0]}" if close else f"what can be used: {SUPPORTED}"
