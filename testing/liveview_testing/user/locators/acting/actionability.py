"""Whether a person could do it now: seen, enabled, editable, not inert, at rest, reached by the mouse.

Owns `obstacle`, which names the first thing that is in the way and its cause, and `retargeted`, the element that an act on a label
or on something inside a button is about.

Law: it is judged by the DOM as the browser has it; each answer names the element that causes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from liveview_core.values.declaring import frozen
from liveview_testing.browser.accessibility import DomElement, is_visible, role
from liveview_testing.browser.accessibility.display import display, is_rendered, sheet, style, visibility
from liveview_testing.browser.accessibility.dom import controlled
from liveview_testing.browser.accessibility.roles import is_natively_disabled
from liveview_testing.browser.accessibility.states import disabled, is_editing_host, readonly
from liveview_testing.browser.browser import Browser
from liveview_testing.browser.commands.transitions import Ended
from liveview_testing.browser.dom.node import at
from liveview_testing.browser.dom.top_layer import modal
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.preview import preview
from liveview_testing.user.locators.finding.reading import Reading

VISIBLE, ENABLED, EDITABLE, ACTIVE, STABLE, HIT = "visible", "enabled", "editable", "active", "stable", "hit"

CLICK = (VISIBLE, ENABLED, ACTIVE, STABLE, HIT)
HOVER = (VISIBLE, STABLE, HIT)
FILL = (VISIBLE, ENABLED, EDITABLE, ACTIVE)
SELECT = (VISIBLE, ENABLED, ACTIVE)
SCROLL = (VISIBLE, STABLE)
SEE = (VISIBLE,)


@frozen(eq=False)
class Obstacle:
    """What is in the way: as Playwright says it, and why."""

    what: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.why}" if self.why else self.what


@frozen(eq=False)
class Seen:
    """A page and what its browser knows beside the document."""

    reading: Reading
    browser: Browser


# --- whom an act is about ---------------------------------------------------------------------------------------------

_FIELDS = frozenset(("input", "textarea", "select"))
_OWN = frozenset(("a", "input", "textarea", "button", "select", "option", "optgroup"))
_BUTTONS = frozenset(("button", "checkbox", "radio"))


def retargeted(element: DomElement) -> DomElement:
    """The button or box around an element, then the control of the label around it."""  # AC-1a
    if element.tag not in _FIELDS and not is_editing_host(element):
        element = next(
            (each for each in element.chain() if each.tag == "button" or each.get("role") in _BUTTONS), element
        )
    if element.tag in _OWN or element.get("role") in (*_BUTTONS, "link") or is_editing_host(element):
        return element
    label = element.closest("label")
    control = None if label is None else controlled(label)
    return element if control is None else control


# --- what is in the way -----------------------------------------------------------------------------------------------


def obstacle(element: DomElement, checks: tuple[str, ...], seen: Seen) -> Obstacle | None:
    """The first of the checks that does not hold; None if all do. Raises `Error` where it never can."""  # AC-10
    for check in checks:
        found = _CHECKS[check](element, seen)
        if found is not None:
            return found
    return None


def _visible(element: DomElement, seen: Seen) -> Obstacle | None:
    return None if is_visible(element) else Obstacle("element is not visible", hidden_why(element))


def _enabled(element: DomElement, seen: Seen) -> Obstacle | None:
    target = retargeted(element)
    return Obstacle("element is not enabled", disabled_why(target)) if disabled(target) else None


def _editable(element: DomElement, seen: Seen) -> Obstacle | None:
    target = retargeted(element)
    only_read = readonly(target)
    if only_read is None:
        raise Error(
            "Element is not an <input>, <textarea>, <select> or [contenteditable] and does not have a role allowing"
            " [aria-readonly]",
            expected="something that can be written into",
            got=preview(target),
            cure="click()" if role(target) in ("button", "link", "tab", "option") else "the field itself, or its label",
        )
    if not only_read:
        return None
    return Obstacle("element is not editable", f"{short(target)} is read-only{_until(target, 'data-phx-readonly')}")


def _active(element: DomElement, seen: Seen) -> Obstacle | None:
    inert = next((each for each in element.chain() if each.has("inert")), None)
    return None if inert is None else Obstacle("element is inert", f"by the attribute `inert` of {short(inert)}")


def _stable(element: DomElement, seen: Seen) -> Obstacle | None:
    moving = next((each for each in moving_in(seen) if each.contains(element)), None)
    if moving is None:
        return None
    return Obstacle("element is not stable", f"a transition of {short(moving)} is running")


def moving_in(seen: Seen) -> Iterator[DomElement]:
    """The elements in which a transition is running."""
    browser = seen.browser
    for number in browser.blocking:
        later = browser.timers.get(number)
        then = later.then if later is not None else None
        named = getattr(then.then if isinstance(then, Ended) else then, "key", None)
        key = browser.document.numbers.get(named) if isinstance(named, int) else named
        node = None if key is None else at(browser.document, key)
        if node is not None:
            yield seen.reading.element(node)


def _hit(element: DomElement, seen: Seen) -> Obstacle | None:
    deaf = next((each for each in element.chain() if style(each).get("pointer-events") not in (None, "inherit")), None)
    if deaf is not None and style(deaf).get("pointer-events") == "none":
        return Obstacle(
            f"{preview(_above(deaf))} intercepts pointer events", f"{short(deaf)} has pointer-events: none in its style"
        )
    inert = next((each for each in element.chain() if each.has("inert")), None)
    if inert is not None:
        return Obstacle(f"{preview(_above(inert))} intercepts pointer events", f"{short(inert)} is inert")
    modal = modal_of(seen)
    if modal is not None and not modal.contains(element):
        return Obstacle(f"{preview(modal)} intercepts pointer events", "an open modal dialog is before the page")
    return None


def _above(element: DomElement) -> DomElement:
    return element if element.parent is None or not element.parent.tag else element.parent


def modal_of(seen: Seen) -> DomElement | None:
    """The modal dialog that was opened last."""
    found = modal(seen.browser.document)
    return None if found is None else seen.reading.element(found)


_CHECKS: Mapping[str, Callable[[DomElement, Seen], Obstacle | None]] = {
    VISIBLE: _visible,
    ENABLED: _enabled,
    EDITABLE: _editable,
    ACTIVE: _active,
    STABLE: _stable,
    HIT: _hit,
}


# --- why --------------------------------------------------------------------------------------------------------------


def short(element: DomElement) -> str:
    """An element by its tag and what tells it from others."""
    dom_id = element.get("id")
    if dom_id:
        return f'<{element.tag} id="{dom_id}">'
    for name in ("data-testid", "name", "class"):
        value = element.get(name)
        if value:
            return f'<{element.tag} {name}="{value[:40]}">'
    return f"<{element.tag}>"


def hidden_why(element: DomElement) -> str:
    """Why an element cannot be seen: what hides it, itself or around it."""
    if not is_rendered(element):
        for each in element.chain():
            why = _removed_by(each)
            if why is not None:
                return f"hidden by {why} of {short(each)}"
            parent = each.parent
            if parent is not None and parent.tag == "details" and not parent.document.state.open(parent):
                return f"inside the closed details {short(parent)}"
            if each.tag in ("option", "optgroup") and each.closest("select") is not None:
                return "an option of a closed list is chosen with select_option(…) of its select"
        return "it is not rendered"
    if not visibility(element):
        cause = next(
            (each for each in element.chain() if style(each).get("visibility") or "invisible" in sheet(each)), element
        )
        return f"visibility: hidden of {short(cause)}"
    unknown = sorted(set((element.get("class") or "").split()))
    hint = (
        f"; what its classes do is not known ({', '.join(unknown[:4])}): Simulation(styles=…) says" if unknown else ""
    )
    return f"its box is empty: nothing in it has a size{hint}"


def unsaid_why(element: DomElement) -> str:
    """Why assistive technology passes an element over: what hides it, or what only says so."""
    said = next((each for each in element.chain() if (each.get("aria-hidden") or "").lower() == "true"), None)
    if said is None or not is_rendered(element) or not visibility(element):
        return hidden_why(element)
    return f'aria-hidden="true" of {short(said)}: include_hidden=True finds it by its role, get_by_text(…) by its text'


def _removed_by(element: DomElement) -> str | None:
    """What takes an element out of the page by itself."""
    said = style(element).get("display")
    if said == "none":
        return "display: none in the style"
    if display(element) not in ("none", ""):
        return None
    if "hidden" in sheet(element):
        classes = (element.get("class") or "").split()
        named = [name for name in classes if element.document.styles.get(name) == "hidden"]
        return f"the class {named[0]!r} (styles=)" if named else "a style of the simulation (styles=)"
    if element.has("hidden"):
        return "the attribute `hidden`"
    if element.tag == "dialog":
        return "the missing `open`"
    if element.has("popover"):
        return "the closed popover"
    if element.tag == "input":
        return "the type"
    return "the tag"


def _until(element: DomElement, mark: str) -> str:
    """What the client has made unusable it gives back with an answer: which one."""  # LK-24
    if element.get(mark) != "false":
        return ""
    form = element.closest("form")
    if form is None or "phx-submit-loading" not in (form.get("class") or "").split():
        return ", which the client has set until its push is answered"
    return f", which the client has set until the submit of {short(form)} is answered: what is outside of the form stays usable"


def disabled_why(element: DomElement) -> str:
    """Why an element is disabled."""
    if is_natively_disabled(element):
        if element.document.state.disabled(element):
            return f"the attribute `disabled` of {short(element)}{_until(element, 'data-phx-disabled')}"
        around = next(
            (each for each in element.ancestors() if each.tag in ("fieldset", "optgroup") and each.has("disabled")),
            element,
        )
        return f"in {short(around)}, which is disabled"
    said = next(each for each in element.chain() if (each.get("aria-disabled") or "").lower() == "true")
    return f"aria-disabled of {short(said)}"
