"""The user's handle on an element of a page.

Owns `Element`: a selector with a view, looked up anew each time it is used, and what a user can do to what it finds. Law:
one element is meant, so none and many are failures that say which; a disabled or hidden one cannot be used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from liveview_core.errors import BadReturn, LiveViewError, UndefinedCallback
from liveview_testing.browser.bindings import payloads
from liveview_testing.browser.bindings.actions import Actions, Send
from liveview_testing.browser.bindings.fast_click import aimed_click, fast_click
from liveview_testing.browser.page.controls import CONTROLS, hidden_by
from liveview_testing.browser.page.finding.select import find, one, sketch
from liveview_testing.browser.page.forms import filling
from liveview_testing.browser.page.forms.forms import NOTHING, Overlay, all_used, form_of, require_form
from liveview_testing.browser.page.forms.forms import submitter as find_submitter
from liveview_testing.failures import wording
from liveview_testing.failures.misuse import arguments
from liveview_testing.failures.misuse.misused_handles import Handle
from liveview_testing.user.handles import has_element, nested_views, phx_target_hint
from liveview_testing.user.html.html import Html
from liveview_testing.world.browsing import performing
from liveview_testing.world.log.act_records import PLAIN, calling, forget, kept, recorded, tried
from liveview_testing.world.page_state import input_values
from liveview_testing.world.page_state.requests import NoRequest
from liveview_testing.world.simulation.delivering.received import of_click
from liveview_testing.world.tabs import handle_acts, handle_visibility
from liveview_testing.world.tracebacks import shorten, shortened

if TYPE_CHECKING:
    from liveview_testing.browser.bindings.visibility import Hider
    from liveview_testing.browser.page.node import Node, Path
    from liveview_testing.user.handles.view_page import Looking
    from liveview_testing.world.log.act_records import Asked
    from liveview_testing.world.page_state.input_values import Memory
    from liveview_testing.world.page_state.requests import Request
    from liveview_testing.world.simulation.acting import Acting
    from liveview_testing.world.simulation.delivering.delivery import Run
    from liveview_testing.world.world import World

TextFilter: TypeAlias = "str | re.Pattern[str] | None"
Values: TypeAlias = "Mapping[str, Any] | None"


class Choosing(Protocol):
    """Files at hand for an input of a form."""

    def change_in(self, form: Element) -> Html: ...


class Element(Handle):
    """An element of a view's page: a description, looked up at each use."""

    __slots__ = ("_aim", "_data", "_path", "_seen", "_submitter", "_text", "selector", "view")

    def __init__(
        self,
        view: Looking[Acting],
        selector: str,
        text: TextFilter = None,
        data: Values = None,
        submitter: str | Element | None = None,
        path: Path | None = None,
    ) -> None:
        if type(selector) is not str or text is not None or data is not None:
            arguments.description(selector, text, data)
        self.view = view
        self.selector = selector
        self._text = text
        self._data = data
        self._submitter = submitter
        self._path = path
        self._aim = selector if text is None and data is None and path is None else None  # all that it says of itself
        self._seen: tuple[World, tuple[Looking[Acting], Node]] | None = None

    def __repr__(self) -> str:
        text = "" if self._text is None else f" with text {self._text!r}"
        return f"<Element {self.selector!r}{text} of {self.view.id}>"

    def _asked(self) -> tuple[Acting, Asked]:
        """What is looked for, and in which view: what an act is put down with."""
        view, data, by = self.view, self._data, self._submitter
        return view.sim, (
            "element",
            view.id,
            self.selector,
            self._text,
            kept(data) if data else data,
            by if by is None or type(by) is str else kept(by),
            self._path,
        )

    def _repr_html_(self) -> str:
        """In a notebook: the element alone, outlined."""
        from liveview_testing.user.html.notebook_frame import framed

        return framed(self.node.html(), repr(self), "body > :first-child { outline: 2px dashed #1f55d6 }", 120)

    @property
    def browser(self) -> int:
        """The number of the browser the element is in."""
        return self.view.browser

    # --- looking ----------------------------------------------------------------------------------------------------

    @property
    def node(self) -> Node:
        """The one element that is meant, on the page as it is now."""
        return self.found()[1]

    def found(self) -> tuple[Looking[Acting], Node]:
        """The one element that is meant, and the view that it belongs to: this one, or one nested in it."""
        view = self.view
        world, seen = view.sim.world, self._seen
        if seen is not None and seen[0] is world:  # a text read again: a third of the time
            return seen[1]
        page = nested_views.scene(view)
        at = None if self._path is None else page.node_at(self._path)
        try:
            node = one(page, self.selector, self._text) if at is None else at
        except LiveViewError as error:
            shorten(error)
            raise
        found = nested_views.owner_of(view, node), node
        self._seen = world, found
        return found

    @property
    def exists(self) -> bool:
        """Whether at least one element matches. Where none does, a failing `assert` shows what is there instead."""
        return self.view.has_element(self.selector, self._text)

    @shortened
    def assert_has(self, selector: str, text: TextFilter = None, count: int | None = None) -> None:
        """Inside of it at least one element matches; with `count`, so many do. Else an error says what is there."""
        node, inside = self._inside(selector, text, count)
        has_element.demand(inside, node, selector, text, count)

    @shortened
    def refute_has(self, selector: str, text: TextFilter = None, count: int | None = None) -> None:
        """Inside of it, which must be there itself, no element matches; with `count`, not so many do."""
        node, inside = self._inside(selector, text, count)
        has_element.refuse(inside, node, selector, text, count)
        if count is None:
            has_element.look_closer(self.view.sim, self.view.line.tab.checks, node, selector, text)

    def _inside(self, selector: str, text: TextFilter, count: int | None) -> tuple[Node, list[Node]]:
        arguments.description(selector, text)
        has_element.counted(count)
        node = self.node
        return node, find(node, selector, text)

    @property
    def text(self) -> str:
        """Its text: descendants included, whitespace collapsed."""
        return self.node.text

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes, unescaped; a bare one is empty text: as the browser has them, JS commands included."""
        owner, node = self.found()
        hidden = _hider(owner)
        shown = hidden.element(node) if isinstance(hidden, handle_visibility.AsShown) else None
        return dict(node.attributes if shown is None else shown.attributes)

    def render(self) -> Html:
        """Its html, its own tags included."""
        return Html(self.node.html)

    # --- acting -----------------------------------------------------------------------------------------------------

    def render_click(self, value: Values = None) -> Html:
        """Click it; `value` is merged over what the element sends by itself."""
        view, selector = self.view, self._aim
        current = view.sim._current
        if selector is not None and current.busy is None and not value:
            # The hot path: it puts the act down by itself, and asks a handle once, as each look at one costs its `__getattr__`.
            world, pid = current.world, view.id
            line = world.lines.get(pid)
            if line is None or line.process is None:
                line = view.here()
            tab = line.tab
            alone = not tab.children and tab.parent is None and tab.number not in world.browsers
            payload = aimed_click(line.page, selector) if alone else None
            if payload is not None:
                try:
                    current.client(pid, "event", payload, of_click(payload))
                except BaseException as error:
                    tried(current, "render_click", self._asked()[1], (), PLAIN, calling(1))
                    if isinstance(error, (BadReturn, UndefinedCallback)):
                        phx_target_hint.add(error, *self.found(), self.selector)
                    raise
                frame, after, now, before = calling(1), current.world, world.now, world.last
                code, offset, last = frame.f_code, frame.f_lasti, after.last
                asked = ("element", pid, selector, None, None, None, None)
                current.acts = (current.acts, "render_click", asked, (), PLAIN, now, before, last, code, offset, None)
                if world.kept:
                    forget(current, world.kept)
                line = after.lines[pid]
                if line.process is None or line.tab.children:
                    return view.outcome()
                return Html(line.page.html)
        return self._any_render_click() if value is None else self._any_render_click(value)

    @recorded
    def _any_render_click(self, value: Values = None) -> Html:
        owner, node = self._plain("click")
        hidden = _hider(owner)
        if not value and hidden is hidden_by:
            payload = fast_click(node)
            if payload is not None:
                return self._do(owner, (Send(payload),))
        return self._do(
            owner, payloads.click(node, self.selector, arguments.values(value), _overlay(owner, node), hidden)
        )

    @recorded
    def render_click_away(self, value: Values = None) -> Html:
        """Click somewhere outside of it: of an element with `phx-click-away`, which must be on view."""
        owner, node = self._plain("click away from")
        values, hider = arguments.values(value), _hider(owner)
        return self._do(owner, payloads.click_away(node, values, _overlay(owner, node), self.selector, hider))

    @recorded
    def render_focus(self, value: Values = None) -> Html:
        """Focus it."""
        owner, node = self._plain("focus")
        return self._do(
            owner,
            payloads.focus("focus", node, self.selector, arguments.values(value), _overlay(owner, node), _hider(owner)),
        )

    @recorded
    def render_blur(self, value: Values = None) -> Html:
        """Take the focus from it."""
        owner, node = self._plain("blur")
        return self._do(
            owner,
            payloads.focus("blur", node, self.selector, arguments.values(value), _overlay(owner, node), _hider(owner)),
        )

    @recorded
    def render_keydown(self, value: Values = None) -> Html:
        """Press a key on it: `{"key": "Enter"}`; without one, the key its `phx-key` waits for."""
        owner, node = self._plain("keydown")
        return self._do(
            owner,
            payloads.key("keydown", node, self.selector, arguments.values(value), _overlay(owner, node), _hider(owner)),
        )

    @recorded
    def render_keyup(self, value: Values = None) -> Html:
        """Let go of a key on it."""
        owner, node = self._plain("keyup")
        return self._do(
            owner,
            payloads.key("keyup", node, self.selector, arguments.values(value), _overlay(owner, node), _hider(owner)),
        )

    @recorded
    def render_hook(self, event: str, params: Any = None) -> Html:
        """Its client hook pushes an event."""
        arguments.event_name(event)
        owner, node = self._plain("hook")
        return self._do(owner, payloads.hook(node, event, arguments.data(params), self.selector))

    @recorded
    def render_change(self, value: Values | Choosing = None) -> Html:
        """Change the fields given to `form`; `value` is sent as it is, unchecked, or it is the files to choose."""  # UP-10
        arguments.finite(value)
        if value is not None and not isinstance(value, Mapping):
            arguments.files(value)
            return value.change_in(self)
        owner, node = self._usable()
        form = node if node.tag == "form" else (form_of(node) if node.tag in CONTROLS else None)
        if self._data is not None:
            require_form(node, self.selector, "change")
        if form is None:
            return self._do(owner, payloads.change(node, (), self.selector, value, hidden=_hider(owner)))
        owner = nested_views.owner_of(self.view, form)
        memory = owner.line.tab.typed
        overlay = input_values.overlay(memory, form)
        filled = filling.fill(form, self._data or {}, overlay)
        actions = payloads.change(node, filled.names, self.selector, value, filled.over(overlay), hidden=_hider(owner))
        return self._do(owner, actions, input_values.remember(memory, form, filled.changes))

    @recorded
    def render_submit(self, value: Values = None) -> Html:
        """Submit the form with the fields given to `form`; `value` is sent as it is, unchecked."""
        arguments.fields(value)
        arguments.finite(value)
        owner, node = self._usable()
        require_form(node, self.selector, "submit")
        return self._submit(owner, node, self._submitter_of(node), value)

    def _submit(self, owner: Looking[Acting], form: Node, submitter: Node | None, value: Values) -> Html:
        if owner.line.tab.files:
            data = self._data or {}
            owner.sim.act(lambda run: performing.submit(run, owner.id, form, submitter, self.selector, value, data))
            return self.view.outcome()
        memory = owner.line.tab.typed
        before = input_values.overlay(memory, form)
        overlay = filling.fill(form, self._data or {}, before).over(before)
        actions = payloads.submit(form, submitter, self.selector, value, overlay, _hider(owner))
        memory = input_values.submitted(memory, form, submitter, all_used(form, overlay))
        if owner.line.tab.number not in owner.sim.world.browsers or form.get("novalidate") is not None:
            return self._do(owner, actions, memory)

        def noted(run: Run) -> None:
            """What no person could submit so is submitted, and noted on the page."""
            handle_acts.invalid(run, owner.id, form, overlay, aloud=False)
            performing.perform(run, owner.id, actions, memory)

        return self._act(owner, noted)

    def put_submitter(self, submitter: str | Element) -> Element:
        """The form, to be submitted with this button (its name and value are sent): a selector, or an element."""
        if not isinstance(submitter, Element):
            arguments.description(submitter)
        return Element(self.view, self.selector, self._text, self._data, submitter, self._path)

    @recorded
    def submit_form(self, value: Values = None) -> Request:
        """Submit the form over HTTP, as a browser does to its `action`; the view is left. Returns the request.

        What is filled in is checked, `value` is sent as it is; `put_submitter` says by which button. Go on with
        `view.follow_request(...)`.
        """
        return self._natively("submit_form", "action", value)

    @recorded
    def follow_trigger_action(self, value: Values = None) -> Request:
        """Submit the form over HTTP because it shows `phx-trigger-action`; the view is left. Returns the request."""  # FM-36
        return self._natively("follow_trigger_action", "phx-trigger-action", value)

    def _natively(self, action: str, attribute: str, value: Values) -> Request:
        owner, node = self._usable()
        require_form(node, self.selector, "submit")
        if node.get(attribute) is None:
            raise NoRequest(
                f"the form {self.selector!r} has no {attribute}",
                expected="action, the path that a server answers"
                if attribute == "action"
                else "phx-trigger-action, once the form is to be submitted over HTTP",
                got=wording.excerpt(sketch(node).html),
                cure="render_submit() for a form with phx-submit"
                if attribute == "action"
                else f"phx-trigger-action={{@submit}}, and {action}() after the event that assigns it",
            )
        submitter, data = self._submitter_of(node), self._data or {}
        scripted = attribute == "phx-trigger-action"
        if scripted and submitter is None:
            submitter = input_values.submitter_of(owner.line.tab.typed, node)
        return owner.sim.act(
            lambda run: performing.submit_natively(run, owner.id, node, submitter, value, data, scripted=scripted)
        )

    # --- inside -----------------------------------------------------------------------------------------------------

    def _usable(self) -> tuple[Looking[Acting], Node]:
        """The one element that is meant, and its view, which is there to hear of it."""
        owner, node = self.found()
        if owner is not self.view:
            owner.here()
        return owner, node

    def _plain(self, action: str) -> tuple[Looking[Acting], Node]:
        owner, node = self._usable()
        if self._data:
            require_form(node, self.selector, action)
        return owner, node

    def _submitter_of(self, form: Node) -> Node | None:
        button = self._submitter
        if not isinstance(button, Element):
            return None if button is None else find_submitter(form, button)
        found = button.found()[1]  # as any element: exactly one
        return find_submitter(form, button.selector, found)

    def _do(self, owner: Looking[Acting], actions: Actions, memory: Memory | None = None) -> Html:
        """Let the view that the element belongs to hear of it; what the page of the handle's view shows then."""
        if memory is not None or len(actions) != 1 or type(actions[0]) is not Send:
            return self._act(owner, lambda run: performing.perform(run, owner.id, actions, memory))
        try:
            owner.sim.client(actions[0].to or owner.id, "event", actions[0].payload)
        except (BadReturn, UndefinedCallback) as error:
            phx_target_hint.add(error, *self.found(), self.selector)
            raise
        return self.view.outcome()

    def _act(self, owner: Looking[Acting], act: Callable[[Run], None]) -> Html:
        """One act of the world, and what the page of the handle's view shows then."""
        try:
            owner.sim.act(act)
        except (BadReturn, UndefinedCallback) as error:
            phx_target_hint.add(error, *self.found(), self.selector)
            raise
        return self.view.outcome()


def _hider(owner: Looking[Acting]) -> Hider:
    world = owner.sim.world
    return handle_acts.visibility(world, owner.id) if world.browsers else hidden_by


def _overlay(owner: Looking[Acting], node: Node) -> Overlay:
    memory = owner.line.tab.typed
    if not memory or node.tag not in CONTROLS:
        return NOTHING
    form = form_of(node)
    return NOTHING if form is None else input_values.overlay(memory, form)
