"""Finding: the elements of a scope that a person would mean, by role and name, label, text, placeholder, title, alt, test id.

Law: a query is a function of its scope and its words; it answers in document order, an element once, and never waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from liveview_testing.browser.accessibility.display import is_hidden
from liveview_testing.browser.accessibility.dom import DomElement, is_labelable, remembered
from liveview_testing.browser.accessibility.names import description, description_with_hidden, name, name_with_hidden
from liveview_testing.browser.accessibility.roles import role as role_of
from liveview_testing.browser.accessibility.states import CHECKED, EXPANDED, LEVEL, PRESSED, SELECTED, Mixed
from liveview_testing.browser.accessibility.states import checked as checked_of
from liveview_testing.browser.accessibility.states import disabled as disabled_of
from liveview_testing.browser.accessibility.states import expanded as expanded_of
from liveview_testing.browser.accessibility.states import level as level_of
from liveview_testing.browser.accessibility.states import pressed as pressed_of
from liveview_testing.browser.accessibility.states import selected as selected_of
from liveview_testing.browser.accessibility.text import (
    TRIM,
    QueryError,
    Test,
    Wanted,
    attribute_test,
    name_test,
    text_test,
)
from liveview_testing.browser.page.controls import input_type

UNHEARD = frozenset(("script", "noscript", "style", "template"))


def by_role(
    scope: DomElement,
    role: str,
    *,
    name: Wanted | None = None,
    description: Wanted | None = None,
    exact: bool = False,
    checked: bool | Mixed | None = None,
    pressed: bool | Mixed | None = None,
    selected: bool | None = None,
    expanded: bool | None = None,
    level: int | None = None,
    disabled: bool | None = None,
    include_hidden: bool = False,
    among: Iterable[DomElement] | None = None,
) -> list[DomElement]:
    """The elements with a role, and, where asked for, with a name, a description and states; `among` are all that can have it."""
    wanted = role.lower()
    if not wanted.strip(TRIM):
        raise QueryError("selector cannot be empty", expected="a role", got=repr(role), cure='by_role("button")')
    for asked, attribute, roles in (
        (checked, "checked", CHECKED),
        (pressed, "pressed", PRESSED),
        (selected, "selected", SELECTED),
        (expanded, "expanded", EXPANDED),
        (level, "level", LEVEL),
    ):
        if asked is not None and wanted not in roles:
            listed = ", ".join(f'"{each}"' for each in sorted(roles))
            raise QueryError(
                f'"{attribute}" attribute is only supported for roles: {listed}',
                expected="a role that has the state",
                got=repr(role),
                cure=f"leave {attribute}= out",
            )
    named = None if name is None else name_test(name, exact=exact)
    described = None if description is None else name_test(description, exact=exact)
    return [
        each
        for each in (scope.iter() if among is None else among)
        if role_of(each) == wanted
        and (selected is None or selected_of(each) == selected)
        and (checked is None or (checked_of(each) or False) == checked)
        and (pressed is None or pressed_of(each) == pressed)
        and (expanded is None or expanded_of(each) == expanded)
        and (level is None or level_of(each) == level)
        and (disabled is None or disabled_of(each) == disabled)
        and (include_hidden or not is_hidden(each))
        and (named is None or named(_named(each, include_hidden)))
        and (described is None or described(_described(each, include_hidden)))
    ]


def _named(element: DomElement, hidden_too: bool) -> str:
    return name_with_hidden(element) if hidden_too else name(element)


def _described(element: DomElement, hidden_too: bool) -> str:
    return description_with_hidden(element) if hidden_too else description(element)


# --- by text ------------------------------------------------------------------------------------------------------------------


@remembered
def full_text(element: DomElement) -> str:
    """The text that an element stands for: all texts in it as they are, the value of a button that is an input."""
    tag = element.tag
    if tag in UNHEARD or is_in_head(element):
        return ""
    if tag == "input":
        return element.document.state.value(element) if input_type(element) in ("submit", "button", "reset") else ""
    known = element.document.text(element, full_text, heard=True)
    if known is not None:
        return known
    return "".join(kid if isinstance(kid, str) else full_text(kid) for kid in element.children)


@remembered
def is_in_head(element: DomElement) -> bool:
    """Whether it belongs to the head of the document."""
    if element.tag == "head":
        return True
    return element.parent is not None and is_in_head(element.parent)


def by_text(scope: DomElement, text: Wanted, *, exact: bool = False) -> list[DomElement]:
    """The innermost elements with a text; the scope itself takes part, if it is an element."""
    return list(innermost(scope, text_test(text, exact=exact)))


def innermost(scope: DomElement, test: Test) -> Iterator[DomElement]:
    """The elements whose text passes a test and of whose children none does."""
    passes: dict[DomElement, bool] = {}

    def passed(element: DomElement) -> bool:
        found = passes.get(element)
        if found is None:
            found = passes[element] = test(full_text(element))
        return found

    for each in (scope, *scope.iter()) if scope.tag else scope.iter():
        if each.tag in UNHEARD - {"template"} or is_in_head(each):
            continue
        if passed(each) and not any(map(passed, each.elements())):
            yield each


# --- by label -----------------------------------------------------------------------------------------------------------------


def by_label(
    scope: DomElement, text: Wanted, *, exact: bool = False, among: Iterable[DomElement] | None = None
) -> list[DomElement]:
    """The elements of whose labels one has a text; `among` are all that can have such a label."""
    test = text_test(text, exact=exact)
    return [each for each in (scope.iter() if among is None else among) if any(map(test, label_texts(each)))]


def label_texts(element: DomElement) -> list[str]:
    """The texts of what labels an element: what `aria-labelledby` names, else `aria-label`, else its labels."""
    labelling = element.document.by_ids(element.get("aria-labelledby"))
    if labelling:
        return [full_text(each) for each in labelling]
    said = element.get("aria-label")
    if said is not None and said.strip(TRIM):
        return [said]
    if not is_labelable(element):
        return []
    return [full_text(each) for each in element.document.labels(element)]


# --- by attribute -------------------------------------------------------------------------------------------------------------


def by_placeholder(
    scope: DomElement, text: Wanted, *, exact: bool = False, among: Iterable[DomElement] | None = None
) -> list[DomElement]:
    """The elements with a placeholder."""
    elements = scope.iter() if among is None else among
    return list(_by_attribute(elements, "placeholder", attribute_test(text, exact=exact)))


def by_title(
    scope: DomElement, text: Wanted, *, exact: bool = False, among: Iterable[DomElement] | None = None
) -> list[DomElement]:
    """The elements with a title."""
    elements = scope.iter() if among is None else among
    return list(_by_attribute(elements, "title", attribute_test(text, exact=exact)))


def by_alt_text(
    scope: DomElement, text: Wanted, *, exact: bool = False, among: Iterable[DomElement] | None = None
) -> list[DomElement]:
    """The elements with an alternative text."""
    elements = scope.iter() if among is None else among
    return list(_by_attribute(elements, "alt", attribute_test(text, exact=exact)))


def by_test_id(scope: DomElement, test_id: Wanted, *, attribute: str = "data-testid") -> list[DomElement]:
    """The elements with a test id, letter by letter; the attribute may be several, separated by commas."""
    test = attribute_test(test_id, exact=True)
    names = [each.strip() for each in attribute.split(",")]
    return [each for each in scope.iter() if any(test(each.attributes[key]) for key in names if each.has(key))]


def _by_attribute(elements: Iterable[DomElement], attribute: str, test: Test) -> Iterator[DomElement]:
    for each in elements:
        value = each.get(attribute)
        if value is not None and test(value):
            yield each
