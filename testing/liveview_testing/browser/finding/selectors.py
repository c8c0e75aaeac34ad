"""Selectors: text read into plans, and what a plan says about an element.

`cssselect` parses; matching is ours. A selector becomes a plan once (cached): compounds from left to right. What a compound
says about an element by itself (tag, id, classes, attributes) can be asked of a template's skeleton; what it says about
neighbours (combinators, `:nth-child`, `:has`) is asked of a node.

Law: a plan accepts what `Element.matches` accepts, and `possible` never denies an element that some instance makes match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import cssselect.parser as css
from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.finding.nested_selectors import Inner, taken_apart
from liveview_testing.browser.finding.nested_selectors import relative as split_lead
from liveview_testing.browser.page.controls import CAN_BE_DISABLED, disabled_by
from liveview_testing.browser.page.node import Node, Same, Wanted, same
from liveview_testing.browser.page.place import MARKS
from liveview_testing.browser.page.search import Sieve
from liveview_testing.browser.page.siblings import Spot, standing
from liveview_testing.browser.page.text_sieve import TextSieve
from liveview_testing.browser.tree.skeleton import Attribute, Element, Skeleton, Spread
from liveview_testing.failures.exceptions import BadSelector, TextFilter, failure, nearest

SUPPORTED = (
    "tag #id .class [attribute] (= ~= |= ^= $= *=), :not() :is() :where() :has() :scope :empty :first-child :last-child"
    " :only-child :nth-child() :nth-last-child() :first-of-type :last-of-type :only-of-type :nth-of-type()"
    " :nth-last-of-type() :checked :disabled :enabled :required, the combinators space > + ~, and lists with a comma"
)

Simple: TypeAlias = "Callable[[str, Mapping[str, str]], bool]"  # (tag, attributes of the instance)
Possible: TypeAlias = "Callable[[Element], bool]"  # may some instance of the element match?
Positional: TypeAlias = "Callable[[Node, Looking], bool]"


class Looking:
    """One search: its scope, and the siblings looked at so far (positions are counted once, not once a candidate)."""

    __slots__ = ("families", "scope")

    def __init__(self, scope: Node) -> None:
        self.scope = scope
        self.families: dict[Same, tuple[list[Node], dict[Same, int]]] = {}

    def family(self, node: Node) -> tuple[list[Node], int]:
        """The element's siblings, itself included, and its place among them."""
        parent = node.parent
        if parent is None:
            return [node], 0
        known = self.families.get(same(parent))
        if known is None:
            siblings = list(parent.elements())
            known = self.families[same(parent)] = siblings, {same(each): at for at, each in enumerate(siblings)}
        return known[0], known[1][same(node)]


# --- plans ------------------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class Compound:
    """What a selector says about one element: by itself (`simple`), and among its neighbours (`positional`)."""

    text: str
    tag: str | None
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    values: tuple[tuple[str, str], ...]  # attributes with a given value, for near misses
    simple: tuple[tuple[Simple, Possible], ...] = field(repr=False)
    positional: tuple[Positional, ...] = field(repr=False)
    key: str = ""  # the simple part as text
    spot: Spot | None = None  # where it must stand among its siblings, if a test says so
    only_id: str | None = None  # the id, if that is all it says

    def accepts(self, tag: str, attributes: Mapping[str, str]) -> bool:
        for test, _ in self.simple:  # noqa: SIM110 - all() with a generator costs twice as much
            if not test(tag, attributes):
                return False
        return True

    def possible(self, element: Element) -> bool:
        return all(possible(element) for _, possible in self.simple)

    def matches(self, node: Node, looking: Looking) -> bool:
        """The whole compound, on a node that may be any; the virtual root is nothing but `:scope`."""
        if not node.tag:
            return self.text == ":scope" and self.placed(node, looking)
        return self.accepts(node.tag, node.attributes) and self.placed(node, looking)

    def placed(self, node: Node, looking: Looking) -> bool:
        return not self.positional or all(test(node, looking) for test in self.positional)


@frozen(eq=False)
class Complex:
    """Compounds from left to right; `combinators[i]` stands before `compounds[i]` (`lead` before the first, in `:has`)."""

    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...]  # "" first, or the leading one of a relative selector

    @property
    def last(self) -> Compound:
        return self.compounds[-1]

    @property
    def alone(self) -> bool:
        return len(self.compounds) == 1 and not self.combinators[0] and not self.last.positional

    def text(self, upto: int | None = None) -> str:
        out = ""
        for combinator, compound in list(zip(self.combinators, self.compounds, strict=True))[:upto]:
            between = "" if not combinator else " " if combinator == " " else f" {combinator} "
            out += between + compound.text
        return out.strip()

    def reaches(self, node: Node, looking: Looking, at: int | None = None, anchor: Node | None = None) -> bool:
        """Whether what stands before compound `at` holds for a node that compound itself accepts."""
        at = len(self.compounds) - 1 if at is None else at
        combinator = self.combinators[at]
        if at == 0:
            return not combinator or (anchor is not None and _related(combinator, anchor, node, looking))
        before = self.compounds[at - 1]
        for candidate in _candidates(combinator, node, looking):
            if before.matches(candidate, looking) and self.reaches(candidate, looking, at - 1, anchor):
                return True
        return False


def _candidates(combinator: str, node: Node, looking: Looking) -> Iterable[Node]:
    """The elements that can stand before `node` and the combinator."""
    if combinator == " ":
        return _above(node)
    if combinator == ">":
        parent = node.parent
        return () if parent is None else (parent,)
    siblings, place = looking.family(node)
    return siblings[max(place - 1, 0) : place] if combinator == "+" else reversed(siblings[:place])


def _above(node: Node) -> Iterator[Node]:
    """Everything around a node, the virtual root included."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _related(combinator: str, anchor: Node, node: Node, looking: Looking) -> bool:
    return any(same(candidate) == same(anchor) for candidate in _candidates(combinator, node, looking))


ASKED = 256
"""How many different texts a selector is remembered with."""


@frozen(eq=False)
class Plan:
    """A selector list, ready to be searched for."""

    selector: str
    options: tuple[Complex, ...]
    wanted: dict[object, Wanted] = field(factory=dict[object, Wanted], repr=False)
    lone_id: str | None = None  # the selector is `#id` and nothing else

    def seek(self, text: TextFilter, *, last_first: bool = False, sieve: Sieve | None = None) -> Wanted:
        """What is asked of the page: the right-most compounds, and the text if one is given."""
        key = (text, last_first, None if sieve is None else sieve.key)
        found = self.wanted.get(key)
        if found is None:
            if len(self.wanted) == ASKED:
                self.wanted.clear()
            compounds = [option.last for option in self.options]
            found = self.wanted[key] = wanted_by(compounds, text, last_first=last_first, sieve=sieve)
        return found


def wanted_by(
    compounds: Sequence[Compound], text: TextFilter, *, last_first: bool = False, sieve: Sieve | None = None
) -> Wanted:
    keyed = ", ".join(dict.fromkeys(compound.key for compound in compounds))
    if text is not None:
        keyed = f"{keyed} with {_text_key(text)}"
    if sieve is None and isinstance(text, str):
        sieve = TextSieve(text)
    elif sieve is not None:
        keyed = f"{keyed} in {sieve.key}"

    def candidates(skeleton: Skeleton) -> tuple[int, ...]:
        return tuple(
            element.number for element in skeleton.elements if any(compound.possible(element) for compound in compounds)
        )

    if len(compounds) == 1:
        only = compounds[0]

        def accepts(element: Element, attributes: Mapping[str, str]) -> bool:
            return only.accepts(element.tag, attributes)

    else:

        def accepts(element: Element, attributes: Mapping[str, str]) -> bool:
            return any(compound.accepts(element.tag, attributes) for compound in compounds)

    spot = compounds[0].spot if len(compounds) == 1 else None
    test = None if text is None else text_test(text)
    return Wanted(keyed, candidates, accepts, test, spot, sieve, last_first)


def text_test(text: str | re.Pattern[str]) -> Callable[[str], bool]:
    """A text filter as a test: a substring, or a pattern found somewhere, in the collapsed text."""
    if isinstance(text, str):
        return lambda content: text in content
    return lambda content: text.search(content) is not None


def _text_key(text: str | re.Pattern[str]) -> str:
    return f"text {text!r}" if isinstance(text, str) else f"pattern {text.pattern!r} {text.flags}"


# --- reading selectors ------------------------------------------------------------------------------------------------------


@lru_cache(1024)
def plan(selector: str) -> Plan:
    """The plan of a selector. Raises SelectorError for one that cannot be read or matched."""
    options = tuple(_Reader(selector).read(selector))
    alone = len(options) == 1 and len(options[0].compounds) == 1
    return Plan(selector, options, lone_id=options[0].last.only_id if alone else None)


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
        made = _Making(tag)
        if tag is not None:
            made.add(tag, *_tag_test(tag))
        for part in reversed(parts):
            self.part(part, made)
        return made.compound()

    def part(self, part: css.Tree, made: _Making) -> None:
        match part:
            case css.Hash():
                made.ids.append(part.id)
                made.add(f"#{_escaped(part.id)}", *_attribute_test("id", "=", part.id))
            case css.Class():
                made.classes.append(part.class_name)
                made.add(f".{_escaped(part.class_name)}", *_attribute_test("class", "~=", part.class_name))
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

    def attribute(self, part: css.Attrib, made: _Making) -> None:
        if part.namespace is not None:
            raise self.refuse("namespaces are not matched", "leave the namespace out")
        if part.operator == "!=":
            raise self.refuse("the operator != is no CSS", f":not([{part.attrib}=…])")
        name = part.attrib.lower()
        if part.value is None:
            made.add(f"[{name}]", *_attribute_test(name, "exists", ""))
            return
        value = part.value.value or ""
        flag = " i" if part.flag == "i" else ""
        written = re.sub(r'(["\\])', r"\\\1", value)  # a key that another test has too would give that one's answers
        text = f'[{name}{part.operator}"{written}"{flag}]'
        made.values.append((name, value))
        made.add(text, *_attribute_test(name, part.operator, value, part.flag == "i"))

    def choice(self, options: list[Complex], name: str, made: _Making) -> None:
        """`:is()` and `:not()`: about the element by itself if all its options are, else about its neighbours too."""
        negated = name == "not"
        text = f":{name}({', '.join(option.text() for option in options)})"
        if all(option.alone for option in options):
            tests = [option.last for option in options]

            def simple(tag: str, attributes: Mapping[str, str]) -> bool:
                return any(test.accepts(tag, attributes) for test in tests) is not negated

            def possible(element: Element) -> bool:
                if element.fixed is not None and not _may_be_given_others(element):
                    return simple(element.tag, element.fixed)
                return negated or any(test.possible(element) for test in tests)

            made.add(text, simple, possible)
        else:

            def placed(node: Node, looking: Looking) -> bool:
                return _matches(node, options, looking) is not negated

            made.place(text, placed)

    def nested(self, inner: Inner, made: _Making) -> None:
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

    def pseudo(self, ident: str, made: _Making) -> None:
        text = f":{ident}"
        if ident in _STATES:
            made.add(text, *_STATES[ident])
        elif ident in _PLACES:
            made.place(text, _PLACES[ident])
            made.spot = _SPOTS.get(ident, made.spot)
        else:
            raise self.refuse(f"{text} is not matched", _cure_of(ident))

    def function(self, part: css.Function, made: _Making) -> None:
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


def _escaped(name: str) -> str:
    r"""An id or a class as it is written: `.a\.b` is one class, `.a.b` are two."""
    return re.sub(r"([^\w-])", r"\\\1", name)


class _Making:
    """A compound while it is read."""

    def __init__(self, tag: str | None) -> None:
        self.tag = tag
        self.ids: list[str] = []
        self.classes: list[str] = []
        self.values: list[tuple[str, str]] = []
        self.simple: list[tuple[Simple, Possible]] = []
        self.positional: list[Positional] = []
        self.texts: list[str] = []
        self.keys: list[str] = []
        self.spot: Spot | None = None

    def add(self, text: str, simple: Simple, possible: Possible) -> None:
        self.simple.append((simple, possible))
        self.texts.append(text)
        self.keys.append(text)

    def place(self, text: str, test: Positional) -> None:
        self.positional.append(test)
        self.texts.append(text)

    def compound(self) -> Compound:
        return Compound(
            "".join(self.texts) or "*",
            self.tag,
            tuple(self.ids),
            tuple(self.classes),
            tuple(self.values),
            tuple(self.simple),
            tuple(self.positional),
            "".join(self.keys) or "*",
            self.spot,
            self.ids[0] if self.ids and len(self.texts) == 1 else None,
        )


# --- tests of one element ---------------------------------------------------------------------------------------------------


def _tag_test(tag: str) -> tuple[Simple, Possible]:
    wanted = tag.lower()
    return lambda tag, _: tag == wanted or tag.lower() == wanted, lambda element: element.tag.lower() == wanted


def _attribute_test(name: str, operator: str, value: str, fold: bool = False) -> tuple[Simple, Possible]:
    holds = _operator(operator, value, fold)

    def simple(_: str, attributes: Mapping[str, str]) -> bool:
        found = attributes.get(name)
        return found is not None and holds(found)

    def possible(element: Element) -> bool:
        if _may_be_ignored(element) or (name in MARKS and _is_first(element)):
            return True
        if element.fixed is not None:
            return simple(element.tag, element.fixed)
        for attribute in element.attributes:
            if isinstance(attribute, Spread):
                return True  # it may bring the attribute
            if attribute.name == name:
                return _may_hold(attribute, operator, value, fold, holds)
        return False

    return simple, possible


def _may_hold(attribute: Attribute, operator: str, value: str, fold: bool, holds: Callable[[str], bool]) -> bool:
    parts = attribute.value
    if isinstance(parts, str):
        return holds(parts)
    if operator != "=" or fold:
        return True
    # `id="row-{…}"` can be `row-7`, never `cell-7`.
    first, last = parts[0], parts[-1]
    return (not isinstance(first, str) or value.startswith(first)) and (
        not isinstance(last, str) or value.endswith(last)
    )


def _operator(operator: str, value: str, fold: bool) -> Callable[[str], bool]:
    if fold:
        plain = _operator(operator, value.lower(), False)
        return lambda found: plain(found.lower())
    match operator:
        case "exists":
            return lambda found: True
        case "=":
            return lambda found: found == value
        case "~=":
            if not value or value.split() != [value]:
                return lambda found: False
            return lambda found: found == value or (value in found and value in found.split())
        case "|=":
            return lambda found: found == value or found.startswith(f"{value}-")
        case "^=":
            return lambda found: bool(value) and found.startswith(value)
        case "$=":
            return lambda found: bool(value) and found.endswith(value)
        case _:  # "*="
            return lambda found: bool(value) and value in found


def _is_first(element: Element) -> bool:
    """Whether the browser marks it, in a component and in a stream's row."""
    return element.number == 0 and element.parent < 0


def _may_be_ignored(element: Element) -> bool:
    """Whether patches may pass it over: then its attributes are those of the template that was there before."""
    return element.may_have("phx-update") and element.static("phx-update") != "stream"


def _may_be_given_others(element: Element) -> bool:
    """Whether an instance may have attributes that its template does not have."""
    return _is_first(element) or _may_be_ignored(element)


def _state(test: Callable[[str, Mapping[str, str]], bool]) -> tuple[Simple, Possible]:
    def possible(element: Element) -> bool:
        return element.fixed is None or _may_be_ignored(element) or test(element.tag, element.fixed)

    return test, possible


def _is_checked(tag: str, attributes: Mapping[str, str]) -> bool:
    if tag == "option":
        return "selected" in attributes
    return tag == "input" and attributes.get("type", "").lower() in ("checkbox", "radio") and "checked" in attributes


def _is_required(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag in ("input", "select", "textarea") and "required" in attributes


def _is_optional(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag in ("input", "select", "textarea") and "required" not in attributes


def _is_link(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag in ("a", "area") and "href" in attributes


_STATES: dict[str, tuple[Simple, Possible]] = {
    "checked": _state(_is_checked),
    "required": _state(_is_required),
    "optional": _state(_is_optional),
    "link": _state(_is_link),
    "any-link": _state(_is_link),
}


# --- tests among neighbours -------------------------------------------------------------------------------------------------


def _matches(node: Node, options: Sequence[Complex], looking: Looking) -> bool:
    return any(option.last.matches(node, looking) and option.reaches(node, looking) for option in options)


def _nth_of(node: Node, options: Sequence[Complex], looking: Looking, step: int, start: int, from_end: bool) -> bool:
    siblings, place = looking.family(node)
    others = siblings[place + 1 :] if from_end else siblings[:place]
    distance = sum(_matches(other, options, looking) for other in others) + 1 - start
    return distance == 0 if step == 0 else distance % step == 0 and distance // step >= 0


def _nth(node: Node, looking: Looking, step: int, start: int, of_type: bool, from_end: bool) -> bool:
    counted = None if of_type or node.number < 0 else standing(node.place, node.number)
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


def _has(node: Node, options: Sequence[Complex], looking: Looking) -> bool:
    for option in options:
        inside = option.combinators[0] in (" ", ">")
        where = node if inside else node.parent
        if where is None:
            continue
        for candidate in where.search(wanted_by([option.last], None)):
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
    known = [*_STATES, *_PLACES, *_NTH, "not", "is", "where", "has"]
    close = nearest(name, known, most=1, at_least=0.7)
    return f"perhaps :{close[0]}" if close else f"what can be used: {SUPPORTED}"
