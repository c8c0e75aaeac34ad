"""How our reading of a page differs from Playwright's in Chromium.

Owns the comparison: one page and some questions about it in, the differences out, each as one line of text with its kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from liveview_testing.browser import accessibility
from liveview_testing.browser.accessibility import DomElement, states
from liveview_testing.browser.accessibility.display import display, hides_content
from liveview_testing.browser.accessibility.names import is_inline, name_with_hidden
from tests.chromium import oracle
from tests.harness.trees import read_tree

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.chromium.pages import Pages


class Difference(NamedTuple):
    """One answer that is not the browser's."""

    kind: str
    where: str
    ours: object
    theirs: object


class Compared(NamedTuple):
    """A page, compared."""

    elements: int
    queries: int
    differences: list[Difference]


def compare(page: Page, pages: Pages) -> Compared:
    """The next page of a source, compared."""
    return compare_page(page, pages.page(), pages.questions())


def compare_page(page: Page, html: str, questions: Sequence[tuple[str, dict[str, object], str]] = ()) -> Compared:
    """A page, compared, with answers to questions: a verb, its arguments, and Playwright's selector for them."""
    answer = oracle.ask(page, html, [selector for _, _, selector in questions])
    document = read_tree(answer["tree"])
    found: list[Difference] = []
    elements = list(document.root.iter())
    assert len(elements) == len(answer["elements"])
    for element, theirs in zip(elements, answer["elements"], strict=True):
        for kind, value in _about(element).items():
            if value != theirs[kind]:
                found.append(Difference(kind, _place(element), value, theirs[kind]))
    index = {element: at for at, element in enumerate(elements)}
    for (verb, asked, selector), theirs in zip(questions, answer["found"], strict=True):
        ours = _asked(document.root, verb, asked, index)
        if ours != theirs:
            found.append(Difference("query", selector, ours, theirs))
    ours_written = accessibility.aria_snapshot(document.root)
    if ours_written != answer["snapshot"]:
        found.append(Difference("snapshot", "body", ours_written, answer["snapshot"]))
    if any(map(_is_blank, elements)):
        # Whether a space between two words has a width is a matter of lines, which only a layout knows.
        found = [each for each in found if each.kind in ("visible", "role", "states", "value")]
    return Compared(len(elements), len(questions), found)


def _is_blank(element: DomElement) -> bool:
    """Whether it has no box, and in it is nothing but white space, or it is in a closed details (laid out when asked)."""
    if display(element) != "contents":
        return False
    if any(_is_folded(each) for each in element.chain()):
        return True
    return bool(element.content) and not element.content.strip(" \t\n\r\f")


def _is_folded(element: DomElement) -> bool:
    """Whether what is in it is laid out only when somebody asks, so that the answer hangs on who asked before."""
    return (element.tag == "details" and not element.has("open")) or hides_content(element)


def _about(element: DomElement) -> dict[str, object]:
    said = states.invalid(element)
    told: dict[str, object] = {
        "role": accessibility.role(element),
        "hidden": accessibility.is_hidden(element),
        "name": accessibility.name(element),
        "named": name_with_hidden(element),
        "description": accessibility.description(element),
        "error": accessibility.error_message(element),
        "visible": accessibility.is_visible(element),
        "display": is_inline(element),
        "states": [
            states.checked(element) or False,
            states.pressed(element),
            states.selected(element),
            states.expanded(element),
            states.level(element),
            states.disabled(element),
            said if isinstance(said, str) else str(said).lower(),
        ],
    }
    if element.tag in ("input", "textarea"):
        told["value"] = element.document.state.value(element)
    return told


def _asked(root: DomElement, verb: str, asked: dict[str, Any], index: dict[DomElement, int]) -> object:
    try:
        return [index[each] for each in getattr(accessibility, verb)(root, **asked)]
    except accessibility.QueryError as error:
        return str(error).split("\n")[0]


def _place(element: DomElement) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in element.attributes.items())
    around = " < ".join(each.tag for each in element.ancestors())
    return f"<{element.tag}{attributes}> in {around}: {element.content[:60]!r}"
