"""What an event at an element comes to, done one after the other as a browser does.

Owns `perform`, and the submits of forms with what is filled in before. Law: what happens here is what the official client does, in
its order, until the view is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from liveview_testing.browser.bindings import actions, bindings, payloads
from liveview_testing.browser.connection.addresses import is_here, same_document
from liveview_testing.browser.page.controls import CONTROLS, disabled_by, hidden_by
from liveview_testing.browser.page.forms import filling
from liveview_testing.browser.page.forms.forms import NOTHING, all_used, form_of, reset
from liveview_testing.failures.exceptions import BindingNotFound, SelectorError
from liveview_testing.world.browsing import uploader
from liveview_testing.world.browsing.navigation import absolute, ask, leave, patch
from liveview_testing.world.page_state import input_values
from liveview_testing.world.page_state.requests import Request, browsed, submitted

if TYPE_CHECKING:
    from liveview_testing.browser.page.node import Node
    from liveview_testing.browser.page.page import Page
    from liveview_testing.world.open_world import OpenWorld
    from liveview_testing.world.page_state.input_values import Memory


_NOTHING: Mapping[str, Any] = {}


def perform(run: OpenWorld, pid: str, steps: actions.Actions, memory: Memory | None) -> None:
    """Do what a browser would do, one after the other, until the view is left."""
    if memory is not None:
        _type(run, pid, memory)
    commands = {at: each for at, each in enumerate(steps) if isinstance(each, actions.Command)}
    named = run.named(pid, commands) if commands else {}
    for at, action in enumerate(steps):
        if run.lines[run.root(pid)].tab.left is not None:
            return
        match action:
            case actions.Send(payload, to):
                run.send_client(to or pid, "event", payload)
            case actions.LivePatch(href, kind):
                patch(run, pid, href, kind)
            case actions.LiveRedirect(href, kind):
                if run.keeps(number := run.lines[pid].tab.number):
                    run.follow_link(number, "redirect", href, kind)
                else:
                    leave(run, pid, href, "live_redirect", kind)
            case actions.Browse(href, method, stays, csrf):
                line = run.lines[run.root(pid)]
                if not stays and not (
                    method == "get" and same_document(absolute(line, href), line.tab.visit.host + line.tab.url)
                ):
                    ask(run, pid, browsed(href, method, csrf))
            case actions.SubmitForm(form, submitter):
                _submit(run, form.page.owner or pid, form, submitter)
            case actions.ResetForm(form):
                _reset(run, form.page.owner or pid, form)
            case actions.Toggle(control):
                _toggle(run, pid, control)
            case actions.Command("dispatch") if run.visibility(pid) is hidden_by and _dispatch(run, pid, action):
                pass
            case actions.Command():
                run.command(pid, named[at], action)


def _type(run: OpenWorld, pid: str, memory: Memory) -> None:
    run.retab(pid, typed=memory)


def _dispatch(run: OpenWorld, pid: str, command: actions.Command) -> bool:
    """An event that JS.dispatch makes: the client listens to some, whoever made them; others are for hooks (False)."""
    # JS-11, JS-21
    event = command.args.get("event")
    if command.args.get("bubbles") is False or event not in ("click", "change", "input", "submit"):
        return False
    for each in _targets(command):
        if disabled_by(each) is not None or run.lines[run.root(pid)].tab.left is not None:
            continue
        form = each if each.tag == "form" else form_of(each) if each.tag in CONTROLS else None
        view = each.page.owner or pid
        if event == "click":
            _click(run, view, each, form)
        elif event == "submit" and each.get("phx-submit"):  # by itself, the event makes no browser submit anything
            submit(run, view, each, None)
        elif event != "submit" and form is not None and each is not form:
            _change(run, view, each, form)
    return True


def _targets(command: actions.Command) -> Sequence[Node]:
    """The elements that a command is run for."""
    try:
        return bindings.selected(command.source, command.args.get("to"))
    except SelectorError:  # a browser knows more of them
        return ()


def _click(run: OpenWorld, pid: str, node: Node, form: Node | None) -> None:
    memory = run.lines[pid].tab.typed
    try:
        steps = payloads.click(
            node, overlay=NOTHING if form is None else input_values.overlay(memory, form), hidden=_nobody_looks
        )
    except BindingNotFound:
        return
    perform(run, pid, steps, None)


def _change(run: OpenWorld, pid: str, control: Node, form: Node) -> None:
    if control.get("phx-change") or form.get("phx-change"):
        overlay = input_values.overlay(run.lines[pid].tab.typed, form)
        perform(run, pid, payloads.change(control, (), None, None, overlay, hidden=_nobody_looks), None)


def _nobody_looks(node: Node) -> None:
    """What is hidden hears events as well."""


def _submit(run: OpenWorld, pid: str, form: Node, submitter: Node) -> None:
    if run.held_back(pid, form, submitter):  # the browser has found it invalid
        return
    if not form.get("phx-submit"):  # the browser's own submit: another page
        target = submitter.get("formtarget")
        if is_here(form.get("target") if target is None else target):
            submit_natively(run, pid, form, submitter)
        return
    submit(run, pid, form, submitter)


def submit(
    run: OpenWorld,
    pid: str,
    form: Node,
    submitter: Node | None,
    selector: str | None = None,
    value: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] = _NOTHING,
) -> None:
    """Fill in a form and submit it; its files are sent before. If they cannot be, the client does not submit."""  # UP-28
    tab = run.lines[pid].tab
    before = input_values.overlay(tab.typed, form)
    filled = filling.fill(form, data, before)
    overlay = filled.over(before)
    steps = payloads.submit(form, submitter, selector, value, overlay, run.visibility(pid))
    if tab.files and uploader.inputs_of(form):
        _type(run, pid, input_values.remember(tab.typed, form, filled.changes))
        if not uploader.finish(run, pid, form):
            return
        line = run.lines[pid]
        there = again(line.page, form)
        if there is None:
            return
        form, submitter = there, None if submitter is None else again(line.page, submitter)
        overlay = input_values.overlay(line.tab.typed, form)
        steps = payloads.submit(form, submitter, selector, value, overlay, run.visibility(pid))
    perform(run, pid, steps, input_values.submitted(run.lines[pid].tab.typed, form, submitter, all_used(form, overlay)))


def submit_natively(
    run: OpenWorld,
    pid: str,
    form: Node,
    submitter: Node | None,
    value: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] = _NOTHING,
    *,
    scripted: bool = False,
) -> Request:
    """Fill in a form and submit it as a browser does without any script: the view is left.

    `scripted`: a script calls the form's `submit()`, so that the submitter is sent, but neither says where nor how.
    """  # FI-23
    tab = run.lines[pid].tab
    before = input_values.overlay(tab.typed, form)
    overlay = filling.fill(form, data, before).over(before)
    extra = filling.pairs_of(value or {})
    return ask(run, pid, submitted(form, submitter, overlay, tab.url, extra, scripted=scripted))


def again(page: Page, node: Node) -> Node | None:
    """An element of an earlier page on this one: by its id, else by its place."""
    named = page.by_id(node.id) if node.id else []
    return named[0] if len(named) == 1 else page.node_at(node.path)


def _reset(run: OpenWorld, pid: str, form: Node) -> None:
    memory = run.lines[pid].tab.typed
    before = input_values.overlay(memory, form)
    after = reset(form, before)
    _type(run, pid, {key: entry for key, entry in memory.items() if key not in before or key in after})


def _toggle(run: OpenWorld, pid: str, control: Node) -> None:
    form = form_of(control)
    if form is None:
        return
    pid = form.page.owner or pid
    tab = run.lines[pid].tab
    memory = tab.typed
    overlay = input_values.overlay(memory, form)
    toggled = filling.toggle(control, overlay)
    memory = input_values.remember(memory, form, toggled.changes)
    steps: actions.Actions = ()
    if form.get("phx-change") or control.get("phx-change"):
        steps = payloads.change(form, toggled.names, None, None, toggled.over(overlay), hidden=run.visibility(pid))
    perform(run, pid, steps, memory)
