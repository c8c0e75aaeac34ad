"""Events of a view that a user of its page could cause now, drawn: clicks, changes, submits.

Law: everything drawn is possible, and told apart: an event names its element, and what is sent beside what was filled in.
"""

from __future__ import annotations

from collections import Counter
from textwrap import shorten
from typing import Any, Literal

from attrs import evolve, field
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from liveview_core.errors import LiveViewError
from liveview_core.values.declaring import frozen
from liveview_testing.browser.bindings import payloads
from liveview_testing.browser.page.controls import BUTTONS, CHECKABLE, SUBMITTERS
from liveview_testing.browser.page.finding.select import find, sketch_name
from liveview_testing.browser.page.forms.filling import fill
from liveview_testing.browser.page.forms.forms import Control, controls, entries, options
from liveview_testing.browser.page.node import Node
from liveview_testing.failures.exceptions import KitFailure
from liveview_testing.properties.failing_acts import told_as_a_test
from liveview_testing.properties.fields.texts import TEXT
from liveview_testing.user.handles.element import Element
from liveview_testing.user.html.html import Html
from liveview_testing.user.simulation import View
from liveview_testing.world.page_state import input_values
from liveview_testing.world.tabs import handle_acts
from liveview_testing.world.tracebacks import shortened


@frozen(repr=False)
class PageEvent:
    """Something a user could do on a page. `perform(view)` does it, on that view or the same one in a fork.

    `on` is what it was drawn for, `sends` what the form holds beside the params, in words: a failing example is read, not replayed.
    """

    kind: Literal["click", "change", "submit"]
    selector: str
    index: int
    params: tuple[tuple[str, Any], ...] = ()
    on: str = field(default="", eq=False)
    sends: str = field(default="", eq=False)

    def __repr__(self) -> str:
        given = f" with {dict(self.params)!r}" if self.params else ""
        sends = f", sends {self.sends}" if self.sends else ""
        return f"<{self.kind} {self.on or f'{self.selector} [{self.index}]'}{given}{sends}>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # how hypothesis shows what was drawn
        printer.text(repr(self))

    def perform(self, view: View) -> Html:
        """Do it. Of the failing example that Hypothesis reports, the shortest test that fails so is printed."""
        node = find(view.dom, self.selector)[self.index]
        with told_as_a_test(view.sim):
            if self.kind == "click":
                return view.at(node).render_click()
            form = view.at(node, dict(self.params))
            return form.render_change() if self.kind == "change" else form.render_submit()


class NothingToDo(LiveViewError, AssertionError):
    """An event was to be drawn from a page that offers none."""


class _Nothing(SearchStrategy[PageEvent]):
    """No event: left out where there are others to choose from (`events(ann) | events(ben)`), an error where it is all there is."""

    def __init__(self, view: View) -> None:
        super().__init__()
        self._told = repr(view)
        shown = find(view.dom, f"{CLICKABLE}, form[phx-change], form[phx-submit]", limit=5)
        self._unusable = ", ".join(map(sketch_name, shown))

    def calc_is_empty(self, recur: Any) -> bool:
        return True

    def do_validate(self) -> None:
        raise NothingToDo(
            f"the page of {self._told} offers nothing that a user could do",
            expected="an element with phx-click, a patch link, or a form with phx-change or phx-submit; on view and enabled",
            got=f"only what cannot be used: {self._unusable}" if self._unusable else "a page without any",
            cure="end the story there: `if (offered := events(view)).is_empty: break`",
        )

    def do_draw(self, data: Any) -> PageEvent:
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"events({self._told})"


CLICKABLE = "[phx-click], a[data-phx-link=patch]"


@shortened
def events(view: View) -> SearchStrategy[PageEvent]:
    """One of the clicks, changes and submits that are possible on the page now.

    If there is none, `.is_empty` is true, and drawing from it raises `NothingToDo`.
    """
    page = view.dom
    found: list[tuple[str, Node, PageEvent]] = []
    for index, node in enumerate(find(page, CLICKABLE)):
        if _usable(view, node):
            text = shorten(node.text, 40, placeholder="…")
            on = f"{sketch_name(node)} {text!r}" if text else sketch_name(node)
            found.append((on, node, PageEvent("click", CLICKABLE, index)))
    kinds: tuple[Literal["change", "submit"], ...] = ("change", "submit")
    for kind in kinds:
        selector = f"form[phx-{kind}]"
        for index, form in enumerate(find(page, selector)):
            if _usable(view, form) and (kind == "change" or _can_be_submitted(form)):
                found.append((sketch_name(form), form, PageEvent(kind, selector, index)))
    if not found:
        return _Nothing(view)
    alike = Counter((event.kind, on) for on, _, event in found)
    met: Counter[tuple[str, str]] = Counter()
    strategies: list[SearchStrategy[PageEvent]] = []
    for on, node, event in found:
        same = (event.kind, on)
        met[same] += 1
        event = evolve(event, on=on if alike[same] == 1 else f"{_around(node)}{on} ({met[same]} of {alike[same]})")
        strategies.append(st.just(event) if event.kind == "click" else _filled_in(view, node, event))
    return st.one_of(strategies)


def _around(node: Node) -> str:
    """The nearest element around it that has a name of its own."""
    named = next((each.id for each in node.ancestors() if each.id), None)
    return f"#{named} " if named else ""


@st.composite
def _filled_in(draw: st.DrawFn, view: View, form: Node, event: PageEvent) -> PageEvent:
    data = draw(form_params(form))
    before = input_values.overlay(view.line.tab.typed, form)
    held = entries(controls(form), fill(form, data, before).over(before))
    given = {f"{name}{end}" for name in data for end in ("", "[]")}
    sends = ""
    if not data or any(name not in given for name, _ in held):  # more than the params say
        sends = "&".join(f"{name}={value}" for name, value in held) or "nothing"
    return evolve(event, params=tuple(data.items()), sends=sends)


def _can_be_submitted(form: Node) -> bool:
    """Whether it has a submit button that can be pressed, or none at all; a disabled one keeps the key Enter out too."""
    buttons = [control for control in controls(form) if control.kind in SUBMITTERS]
    return not buttons or any(not button.disabled for button in buttons)


def _usable(view: View, node: Node) -> bool:
    try:
        payloads.require_usable(node, "", "use", handle_acts.visibility(view.sim.world, view.id))
    except KitFailure:
        return False
    return True


@shortened
def form_params(form: Element | Node) -> SearchStrategy[dict[str, Any]]:
    """Data that a user could fill into this form, `view.form("#new")`: some of its fields, each with a value it can hold."""
    fields: dict[str, SearchStrategy[Any]] = {}
    for control in controls(form.node if isinstance(form, Element) else form):
        values = _values(control)
        if values is not None and control.name not in fields:
            fields[control.name.removesuffix("[]")] = values
    return st.fixed_dictionaries({}, optional=fields)


def _values(control: Control) -> SearchStrategy[Any] | None:
    node, kind = control.node, control.kind
    if control.disabled or not control.name or kind in BUTTONS or kind in ("file", "hidden"):
        return None
    if node.get("readonly") is not None or control.name.endswith("[]"):
        return None
    if kind in CHECKABLE:
        return st.just(control.value) if kind == "radio" else st.booleans()
    if kind == "select-one":
        possible = [option.value for option in options(node) if not option.disabled]
        return st.sampled_from(possible) if possible else None
    if kind == "select-multiple":
        return None
    if kind == "number":
        return st.integers(-1000, 1000).map(str)
    if kind in ("text", "search", "tel", "password", "textarea", "url", "email"):
        return TEXT.map(str.strip) if kind in ("url", "email") else TEXT
    return None
