"""Why a locator finds nothing: where its chain breaks, criterion by criterion, and what comes nearest.

Owns `Missing` (how far a query came) and `nearest` (elements that fit all but one criterion, by likeness, each with the locator
that would find it). Law: it looks only when somebody reads a failure, and at a limited number of elements.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from itertools import islice

from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.browser.accessibility import DomElement, is_hidden, role
from liveview_testing.browser.accessibility.dom import controlled
from liveview_testing.browser.accessibility.names import name_with_hidden
from liveview_testing.browser.accessibility.queries import full_text, label_texts
from liveview_testing.browser.accessibility.text import Wanted, name_test, norm
from liveview_testing.user.locators.acting.actionability import unsaid_why
from liveview_testing.user.locators.finding.as_python import spelled
from liveview_testing.user.locators.finding.preview import preview, told
from liveview_testing.user.locators.finding.query import (
    ByRole,
    BySelector,
    ByTestId,
    ByWords,
    Filtered,
    LocatorStep,
    Nth,
    Query,
)
from liveview_testing.user.locators.finding.reading import Reading, node_of
from liveview_testing.user.locators.finding.suggesting import suggestion

LOOKED_AT = 3000
MOST = 4

TICK, CROSS = "✓", "✗"


@frozen(eq=False)
class Near:
    """An element that comes near: what holds of it and what does not."""

    element: DomElement
    criteria: str
    score: float


@frozen(eq=False)
class Missing:
    """How far a query came: what each step found, which step found nothing, and what comes nearest to that."""

    lines: tuple[str, ...]
    step: LocatorStep
    scopes: tuple[DomElement, ...]
    near: tuple[Near, ...]

    @property
    def sentence(self) -> str:
        """What is not there, as the end of a sentence, with the nearest."""
        best = f"; nearest: {_named(self.near[0].element)}" if self.near else ""
        return f"no such {_kind(self.step)}{best}"


def missing(query: Query, reading: Reading) -> Missing:
    """Why a query finds nothing."""
    top = reading.root if query.view is None else reading.view(query.view)
    if top is None:
        return Missing((f"{CROSS} the view has left this page",), query.steps[0], (), ())
    found = [top]
    lines: list[str] = []
    for at, step in enumerate(query.steps):
        after = list(step.below(found, reading, top))
        lines.append(f"{TICK if after else CROSS} {'.' if at else ''}{step.code}: {_number(after)}")
        if not after:
            criteria = _criteria(step, found)
            near = _nearest(step, found)
            return Missing((*lines, *criteria), step, tuple(found), near)
        found = after
    return Missing(
        tuple(lines), query.steps[-1], tuple(found), ()
    )  # pragma: no cover - it is asked where nothing is found


def _number(found: list[DomElement]) -> str:
    return "nothing" if not found else "1 element" if len(found) == 1 else f"{len(found)} elements"


def _kind(step: LocatorStep) -> str:
    return step.role if isinstance(step, ByRole) else "element"


def _named(element: DomElement) -> str:
    hidden = " (hidden)" if is_hidden(element) else ""
    return f"{told(element)}{hidden}"


def suggested(near: Iterable[Near], reading: Reading) -> list[str]:
    """What comes near, a line each: what holds, what it is, and the locator that would find it."""
    lines: list[str] = []
    for each in near:
        code = suggestion(each.element, reading).code
        lines.append(f"{each.criteria}  {preview(each.element)}  aka {code}")
        if is_hidden(each.element) and "hidden" in each.criteria:
            lines.append(f"    it is hidden: {unsaid_why(each.element)}")
    return lines


# --- criterion by criterion -------------------------------------------------------------------------------------------


def _all(scopes: list[DomElement]) -> list[DomElement]:
    return list(islice((each for scope in scopes for each in scope.iter()), LOOKED_AT))


def _criteria(step: LocatorStep, scopes: list[DomElement]) -> list[str]:
    """What a step asks for, each criterion by itself."""
    lines: list[str] = []
    if isinstance(step, ByRole):
        wanted = step.role.lower()
        with_role = [each for each in _all(scopes) if role(each) == wanted]
        lines.append(f"  {TICK if with_role else CROSS} role {wanted}: {_number(with_role)}")
        named = step.options.get("name")
        if named is not None:
            test = name_test(named, exact=bool(step.options.get("exact")))
            fitting = [each for each in _all(scopes) if test(name_with_hidden(each))]
            lines.append(f"  {TICK if fitting else CROSS} name {spelled(named)}: {_number(fitting)}")
        for key, value in step.options.items():
            if key in ("name", "exact", "include_hidden") or value is None:
                continue
            alone = Query((ByRole(step.role, {key: value}),)).steps[0]
            having = _found(alone, scopes)
            lines.append(f"  {TICK if having else CROSS} {key}={value!r}: {_number(having)}")
        if with_role and not step.options.get("include_hidden") and all(map(is_hidden, with_role)):
            lines.append(f"  {CROSS} seen: all of them are hidden ({unsaid_why(with_role[0])})")
    elif isinstance(step, Filtered):
        for key in ("has_text", "has_not_text", "has", "has_not", "visible"):
            value = getattr(step, key)
            if value is None:
                continue
            alone_step = Filtered(**{key: value})
            having = _found(alone_step, scopes)
            said = value.code if isinstance(value, Query) else spelled(value)
            lines.append(f"  {TICK if having else CROSS} {key}={said}: {len(having)} of {len(scopes)}")
    elif isinstance(step, Nth):
        lines.append(f"  there are {len(scopes)}: 0 to {len(scopes) - 1}")
    return lines


def _found(step: LocatorStep, scopes: list[DomElement]) -> list[DomElement]:
    top = scopes[0]
    while top.parent is not None:
        top = top.parent
    return list(step.below(scopes, _reading_of(scopes[0]), top))


def _reading_of(element: DomElement) -> Reading:
    return Reading(node_of(element).document, element.document.styles)


# --- what comes nearest -----------------------------------------------------------------------------------------------


def _nearest(step: LocatorStep, scopes: list[DomElement]) -> tuple[Near, ...]:
    found: list[Near] = []
    if isinstance(step, ByRole):
        found = _by_role(step, scopes)
    elif isinstance(step, ByWords):
        found = _by_words(step, scopes)
    elif isinstance(step, ByTestId):
        names = [each.strip() for each in step.attribute.split(",")]
        noun = step.attribute if step.engine else "test id"
        found = _by_attribute(step.wanted, scopes, lambda each: [each.get(name) or "" for name in names], noun)
    elif isinstance(step, BySelector):
        found = _by_selector(step, scopes)
    elif isinstance(step, Filtered) and step.has_text is not None:
        found = _by_attribute(step.has_text, scopes, lambda each: [full_text(each)], "text", beside=True)
        if not found and len(scopes) <= MOST:
            found = [Near(each, f"{CROSS} text", 0.31) for each in scopes]
    best = sorted(found, key=lambda each: -each.score)
    return tuple(each for each in best[:MOST] if each.score > 0.3)


def _likeness(wanted: Wanted | None, said: str) -> float:
    if wanted is None:
        return 0.5
    text = wanted if isinstance(wanted, str) else re.sub(r"[\\^$.*+?()\[\]{}|]", "", wanted.pattern)
    left, right = norm(text).lower(), norm(said).lower()
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    if left in right or right in left:
        return 0.9
    return difflib.SequenceMatcher(None, left[:80], right[:80]).ratio()


def _by_role(step: ByRole, scopes: list[DomElement]) -> list[Near]:
    wanted, named = step.role.lower(), step.options.get("name")
    test = None if named is None else name_test(named, exact=bool(step.options.get("exact")))
    found: list[Near] = []
    for each in _all(scopes):
        its_role = role(each)
        said = name_with_hidden(each) if its_role is not None or each.get("aria-label") else norm(full_text(each))
        same_role = its_role == wanted
        same_name = test is None or test(said)
        like = _likeness(named, said)
        hidden = is_hidden(each)
        if same_role:
            marks = f"{TICK} role" + ("" if test is None else f" {TICK if same_name else CROSS} name")
            if hidden:
                marks += f" {CROSS} hidden"
            elif same_name:
                marks += f" {CROSS} state"
            found.append(Near(each, marks, 0.4 + like - (0.1 if hidden else 0)))
        elif test is not None and same_name and said and (its_role is not None or not list(each.elements())):
            whole = norm(said).lower() == norm(named).lower() if isinstance(named, str) else True
            if whole:
                found.append(Near(each, f"{CROSS} role {TICK} name", 1.0))
        elif test is None and wanted == "link" and each.tag == "a" and its_role is None:
            found.append(Near(each, f"{CROSS} role: an <a> without href is no link", 1.0))
    return found


def _by_words(step: ByWords, scopes: list[DomElement]) -> list[Near]:
    readers: dict[str, Callable[[DomElement], list[str]]] = {
        "get_by_label": label_texts,
        "get_by_placeholder": lambda each: [each.get("placeholder") or ""],
        "get_by_title": lambda each: [each.get("title") or ""],
        "get_by_alt_text": lambda each: [each.get("alt") or ""],
        "get_by_text": lambda each: [full_text(each)] if not list(each.elements()) else [],
    }
    noun = step.verb.removeprefix("get_by_").replace("_", " ")
    found = _by_attribute(step.wanted, scopes, readers[step.verb], noun)
    if step.verb != "get_by_text":
        found.extend(_called_so(step, scopes, noun))
    return found


def _called_so(step: ByWords, scopes: list[DomElement], noun: str) -> Iterable[Near]:
    """Labels that label nothing, and elements that say the words themselves."""
    test = name_test(step.wanted, exact=False)
    for each in _all(scopes):
        if each.tag == "label" and controlled(each) is None and _likeness(step.wanted, full_text(each)) > 0.6:
            yield Near(each, f'{CROSS} a label that labels nothing: for="…", or the field inside of it', 1.1)
        elif role(each) not in (None, "label") and test(name_with_hidden(each)) and not label_texts(each):
            yield Near(each, f"{CROSS} {noun} {TICK} name", 0.8)


def _by_attribute(
    wanted: Wanted,
    scopes: list[DomElement],
    read: Callable[[DomElement], list[str]],
    noun: str,
    *,
    beside: bool = False,
) -> list[Near]:
    found: list[Near] = []
    for each in scopes if beside else _all(scopes):
        like = max((_likeness(wanted, said) for said in read(each) if said), default=0.0)
        if like > 0.3:
            found.append(Near(each, f"{CROSS} {noun}", like))
    return found


_NAMES = late_pattern(r"#([-\w]+)|\.([-\w]+)|\[([-\w]+)(?:[~|^$*]?=[\"']?([^\"'\]]*))?|(?:^|[\s>+~,(])([a-zA-Z][-\w]*)")


def _by_selector(step: BySelector, scopes: list[DomElement]) -> list[Near]:
    """Elements of which most that the selector says is true."""
    asked = list(_NAMES.finditer(step.text))
    found: list[Near] = []
    for each in _all(scopes):
        total = 0.0
        for one in asked:
            if one[1]:
                total += _likeness(one[1], each.get("id") or "")
            elif one[2]:
                total += max((_likeness(one[2], word) for word in (each.get("class") or "").split()), default=0.0)
            elif one[3]:
                total += _likeness(one[4], each.get(one[3]) or "") if one[4] else float(each.has(one[3]))
            else:
                total += float(each.tag == one[5].lower())
        if asked and total:
            found.append(Near(each, f"{CROSS} selector", total / len(asked)))
    return found
