"""What LiveViewTest's handles do in a tab: commands are carried out, a submit is held back by the browser's own validation.

Owns `visibility`, `named`, `command`, `follow_link`, `held_back` and `invalid`. Law: a tab is kept only where there is something
that its browser alone can do; what was typed with the handles is in its fields then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from attrs import evolve

from liveview_testing.browser import stimuli
from liveview_testing.browser.client import CLIENT
from liveview_testing.browser.dom.forms import controls as in_form
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import at
from liveview_testing.browser.events.validation import problem
from liveview_testing.browser.page.controls import hidden_by
from liveview_testing.browser.page.finding.select import find
from liveview_testing.browser.page.forms.constraints import is_constrained
from liveview_testing.browser.reaction import Reaction
from liveview_testing.world.page_state import input_values
from liveview_testing.world.tabs.handle_visibility import typed_into, visibility_of
from liveview_testing.world.tabs.settling import settled
from liveview_testing.world.tabs.tab_documents import document_of, surroundings
from liveview_testing.world.tabs.tabs import keep, react, scheduled
from liveview_testing.world.world import World

if TYPE_CHECKING:
    from liveview_testing.browser.bindings.actions import Command, Kind
    from liveview_testing.browser.bindings.visibility import Hider
    from liveview_testing.browser.page.forms.forms import Overlay
    from liveview_testing.browser.page.node import Node
    from liveview_testing.world.open_world import OpenWorld


def visibility(run: OpenWorld | World, pid: str) -> Hider:
    """What is hidden and disabled on the page of a view, as its tab has it; of most tabs, as it was sent."""
    return visibility_of(run.browsers.get(run.lines[pid].tab.number), pid, surroundings(run)) or hidden_by


def named(run: OpenWorld, pid: str, commands: Mapping[int, Command]) -> dict[int, int]:
    """The tab is kept, what went on in it is over, and the elements whose commands are to be run have a name."""
    number = keep(run, pid, follows=False)
    browser = settled(run.browsers[number], surroundings(run))
    if browser is not run.browsers[number]:
        run.browsers = run.browsers.set(number, scheduled(run, number, run.browsers[number], browser))
    found: dict[int, int] = {}
    open = Reaction(run.browsers[number], surroundings(run), CLIENT)
    for at_, each in commands.items():
        node = at(open.document, (each.source.page.owner or pid, 0, each.source.path))
        found[at_] = 0 if node is None else open.number(node)
    run.browsers = run.browsers.set(number, open.done())
    return found


def command(run: OpenWorld, pid: str, source: int, wanted: Command) -> None:
    """A JS command is carried out; what was typed with LiveViewTest's handles is in the fields that it finds."""
    number = run.lines[pid].tab.number
    browser = run.browsers.get(number)
    if browser is None:
        return
    if wanted.name == "dispatch":
        document = browser.document
        for view in (shown.id for shown in document.ordered() if run.lines[shown.id].tab.typed):
            line = run.lines[view]
            for form in find(line.page, "form"):
                overlay = input_values.overlay(line.tab.typed, form)
                document = typed_into(document, view, form, overlay) if overlay else document
        if document is not browser.document:
            run.browsers = run.browsers.set(number, evolve(browser, document=document))
    react(run, number, stimuli.Command(source, wanted.event, wanted.name, wanted.args))


def follow_link(run: OpenWorld, number: int, kind: Literal["patch", "redirect"], href: str, how: Kind) -> None:
    """A live link is followed by the tab itself, which goes where it is sent."""
    react(run, number, stimuli.Patched(href, how) if kind == "patch" else stimuli.Navigated(href, how))


def held_back(run: OpenWorld, pid: str, form: Node, submitter: Node | None) -> bool:
    """Whether a person's submit is held back by the browser's own validation: then the page says so."""
    if form.get("novalidate") is not None or (submitter is not None and submitter.get("formnovalidate") is not None):
        return False
    return invalid(run, pid, form, aloud=True)


def invalid(run: OpenWorld, pid: str, form: Node, overlay: Overlay | None = None, *, aloud: bool) -> bool:
    """Whether the browser finds a form invalid, as it is filled in now; its tab is kept then, and has a note."""
    if not is_constrained(form):
        return False
    tab = run.lines[pid].tab
    browser = run.browsers.get(tab.number)
    document = document_of(run, run.root(pid)) if browser is None else browser.document
    filled = input_values.overlay(tab.typed, form) if overlay is None else overlay
    key: Key = (form.page.owner or pid, 0, form.path)
    there = at(typed_into(document, key[0], form, filled), key)
    if there is None or not any(problem(each) is not None for each in in_form(there)):
        return False
    number = keep(run, pid, follows=False)
    browser = run.browsers[number]
    document = typed_into(browser.document, key[0], form, filled)
    run.browsers = run.browsers.set(number, evolve(browser, document=document))
    react(run, number, stimuli.ReportValidity(key, aloud))
    return True
