"""What an act is done to, as a value: the world, a tab, a view, an element that is described, a locator.

Owns the targets, each with the Python that names it. Law: a target names things as a person would have to name them again in
another world: a view by the tab that it is in and the id of its container, never by a process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.user.locators.finding.as_python import spelled
from liveview_testing.user.locators.finding.query import Both, Either, Filtered, Inside, LocatorStep, Query

if TYPE_CHECKING:
    from liveview_testing.world.page_state.files import File


@frozen
class OnWorld:
    """The world itself, or a part of it: its clock, tasks, crashes, store."""

    part: str = ""


@frozen
class OnPage:
    """The tab of a person, or a part of it: keyboard, network, context."""

    part: str = ""


@frozen
class OnView:
    """The view that a person's tab shows, or one that is nested in it, by the id of its container."""

    inside: str | None = None


@frozen
class OnComponents:
    """The components that own what a selector matches, in a view."""

    inside: str | None
    selector: str


@frozen
class OnElement:
    """An element of a view, as a test describes it: selector, text, what is filled in, by which button, at which place."""

    inside: str | None
    selector: str
    text: str | re.Pattern[str] | None = None
    data: Mapping[str, Any] | None = field(default=None, hash=False)
    submitter: str | OnElement | None = None
    path: tuple[Any, ...] | None = None


def _told(files: tuple[File, ...]) -> tuple[Any, ...]:
    return tuple((each.name, each.content, each.type, each.last_modified, each.relative_path) for each in files)


@frozen
class OnFiles:
    """A file input of a form, and files for it."""

    inside: str | None
    form: str
    name: str
    files: tuple[File, ...] = field(eq=_told)  # a file is equal to itself alone: here its content counts


@frozen
class OnLocator:
    """What a locator looks for: in a tab; `within`: only inside of the view that it shows, or of one nested in it."""

    query: Query
    within: bool = False
    inside: str | None = None


@frozen
class OnOrder:
    """What waits while a test chooses what arrives next: `with sim.in_order() as order`."""


Target: TypeAlias = "OnWorld | OnPage | OnView | OnComponents | OnElement | OnFiles | OnLocator | OnOrder"


class Speller(Protocol):
    """Who writes values as Python."""

    def of(self, value: Any) -> str:
        """A value as Python."""
        ...

    def uses(self, module: str, name: str | None = None) -> None:
        """The text needs this import."""
        ...


@frozen
class Handed:
    """A handle that is given to an act: what it names, in whose tab."""

    who: str
    seat: str
    on: Target

    def spelled(self, speller: Speller) -> str:
        """The Python that names it."""
        return target_code(self.who, self.seat, self.on, speller)


# --- as Python --------------------------------------------------------------------------------------------------------


def variable(who: str) -> str:
    """The name of a person as a variable.

    >>> variable("Ann"), variable("Ann 2"), variable("the admin"), variable("1")
    ('ann', 'ann_2', 'the_admin', 'person_1')
    """
    name = re.sub(r"\W+", "_", who.strip().lower()).strip("_")
    return name if name.isidentifier() and name not in _TAKEN else f"person_{name}".rstrip("_")


_TAKEN = frozenset(
    (
        *(
            "sim",
            "order",
            "expect",
            "re",
            "pytest",
            "test",
            "replay",
            "false",
            "none",
            "true",
            "and",
            "as",
            "assert",
            "async",
        ),
        *("await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from"),
        *("global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try"),
        *("while", "with", "yield"),
    )
)


def page_code(who: str, seat: str) -> str:
    """A person's tab: somebody who opened a view has one, too."""
    return variable(who) if seat == "page" else f"{variable(who)}.page"


def view_code(who: str, seat: str, inside: str | None) -> str:
    """The view that a person's tab shows, or one that is nested in it."""
    root = {"view": variable(who), "page": f"{variable(who)}.view"}.get(seat, f"{variable(who)}.page.view")
    return root if inside is None else f"{root}.find_live_child({spelled(inside)})"


def target_code(who: str, seat: str, on: Target, speller: Speller) -> str:
    """The Python that names what an act is done to."""
    match on:
        case OnWorld(part):
            return f"sim.{part}" if part else "sim"
        case OnOrder():
            return "order"
        case OnPage(part):
            page = page_code(who, seat)
            return f"{page}.{part}" if part else page
        case OnView(inside):
            return view_code(who, seat, inside)
        case OnComponents(inside, selector):
            return f"{view_code(who, seat, inside)}.with_target({spelled(selector)})"
        case OnFiles(inside, form, name, files):
            listed = ", ".join(speller.of(each) for each in files)
            return f"{view_code(who, seat, inside)}.file_input({spelled(form)}, {spelled(name)}, [{listed}])"
        case OnElement():
            return _element_code(who, seat, on, speller)
        case OnLocator(query, within, inside):
            base = view_code(who, seat, inside) if within else page_code(who, seat)
            code = query_code(query, base)
            if "re.compile(" in code:
                speller.uses("re")
            return code


def _element_code(who: str, seat: str, on: OnElement, speller: Speller) -> str:
    view = view_code(who, seat, on.inside)
    if on.data is None:
        if isinstance(on.text, re.Pattern):
            speller.uses("re")
        text = "" if on.text is None else f", {spelled(on.text)}"
        made = f"{view}.element({spelled(on.selector)}{text})"
    else:
        made = f"{view}.form({spelled(on.selector)}{f', {speller.of(on.data)}' if on.data else ''})"
    match on.submitter:
        case None:
            return made
        case str(selector):
            return f"{made}.put_submitter({spelled(selector)})"
        case button:
            return f"{made}.put_submitter({_element_code(who, seat, button, speller)})"


def query_code(query: Query, base: str) -> str:
    """A query as Python, on the page or the view that it is called on; locators in it are made by that, too."""
    return ".".join((base, *(_step_code(step, base) for step in query.steps)))


def _step_code(step: LocatorStep, base: str) -> str:
    match step:
        case Inside(query):
            return f"locator({query_code(query, base)})"
        case Both(query):
            return f"and_({query_code(query, base)})"
        case Either(query):
            return f"or_({query_code(query, base)})"
        case Filtered(has, has_not):
            rest = Filtered(None, None, step.has_text, step.has_not_text, step.visible)
            parts = [] if rest == Filtered() else [rest.code]
            parts += [
                f"filter({name}={query_code(query, base)})"
                for name, query in (("has", has), ("has_not", has_not))
                if query is not None
            ]
            return ".".join(parts) or "filter()"
        case _:
            return step.code
