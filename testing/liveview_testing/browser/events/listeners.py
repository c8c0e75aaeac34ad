"""What the official client listens to: which bindings an event of the DOM is for, and what they make of it.

Owns the client's listeners: clicks, click-away, live links, keys, focus, changes, submits, resets. Each looks for its
binding by its own rule, and runs what the binding holds, paced where the element says so.

Law: the order of listeners is the client's. A live link that takes a click keeps it from all others.
"""  # CE-1, CE-10

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_testing.browser.commands.running import Occasion, run
from liveview_testing.browser.connection.pushing.pushing import disable, owner
from liveview_testing.browser.connection.view_state import unanswered
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import controls, form_of
from liveview_testing.browser.dom.node import SESSION, DomNode, root
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.dom.visibility import is_visible
from liveview_testing.browser.events import debounce
from liveview_testing.browser.events.fields.editing import InputAfterReset
from liveview_testing.browser.events.links import follow, is_live, leaves_tab, prevents_unload
from liveview_testing.browser.events.submission import SubmitLater, follow_method
from liveview_testing.browser.lifecycle import unheard
from liveview_testing.browser.page.controls import CONTROLS, kind_of
from liveview_testing.browser.reaction import Reaction
from liveview_testing.browser.uploads import dropping
from liveview_testing.browser.uploads.hooks import before_input


def listen(reaction: Reaction, event: DomEvent) -> None:
    """Every event of the DOM, as it reaches the window."""
    silenced = reaction.browser.network.silenced
    if silenced and event.type != "click":
        keys = {reaction.key(number) for number in silenced}
        if any(each.key in keys for each in (event.target, *event.target.ancestors())):
            event.prevented = True
            reaction.note_leaving(event)
            return
    if (handler := LISTENERS.get(event.type)) is not None:
        handler(reaction, event)


@frozen
class Bound:
    """What a binding holds is run: for an element that may have moved by then."""

    kind: str
    source: int
    text: str
    data: Mapping[str, Any] = field(factory=dict[str, Any])
    field_target: str | None = None
    dispatcher: int | None = None
    submitter: int | None = None
    trusted: bool = True
    extra: tuple[tuple[str, str], ...] = ()

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        source = reaction.node(self.source)
        if source is None:
            return
        dispatcher = None if self.dispatcher is None else reaction.node(self.dispatcher)
        view = owner(source if dispatcher is None else dispatcher)
        if view is None:
            return
        if self.kind == "change":
            reaction.set_mark(self.source, used=True)  # FI-1: when it is processed, whether the push is sent or not
            source = reaction.again(source)
        occasion = Occasion(
            self.kind,
            source,
            view,
            data=self.data,
            submitter=None if self.submitter is None else reaction.node(self.submitter),
            field_target=self.field_target,
            dispatcher=dispatcher,
            trusted=self.trusted,
            extra=self.extra,
        )
        run(reaction, occasion, self.text)


def nearest(node: DomNode, attribute: str) -> DomNode | None:
    """The binding nearest around an element: disabled elements are passed over, a view's container ends the walk."""  # CE-7
    for at, each in enumerate((node, *node.ancestors())):
        if at and each.get(SESSION) is not None:
            return None
        if each.get(attribute) is not None and not (each.tag in CONTROLS and each.get("disabled") is not None):
            return each
    return None


# --- clicks -----------------------------------------------------------------------------------------------------------


def _mousedown(reaction: Reaction, event: DomEvent) -> None:
    reaction.keep(pressed=reaction.number(event.target))


def _click(reaction: Reaction, event: DomEvent) -> None:
    follow_method(reaction, event)
    if _live_link(reaction, event):
        return
    target = reaction.again(event.target)
    start = _start_of(reaction, event)
    bound = nearest(target, "phx-click")
    _click_away(reaction, start)
    reaction.keep(pressed=None)
    if bound is None:
        _foreign(reaction, target)
        return
    bound = reaction.again(bound)
    text = bound.get("phx-click")
    if not text:
        prevents_unload(reaction, event)
        return
    if bound.get("href") == "#":
        event.prevented = True
    if bound.get("data-phx-ref-src") is not None:
        why, cure = unanswered(reaction, owner(bound))
        reaction.note("CE-13", f"a click on {bound!r} did nothing: {why}", cure)
        return
    action = Bound("click", reaction.number(bound), text, trusted=event.trusted)
    debounce.paced(reaction, reaction.again(bound), event, action)


_FOREIGN = re.compile(r"onclick|(?:@|x-on:|v-on:|on:|wire:|ng-|on[-_])click(?:\..+)?|hx-(?:get|post|put|patch|delete)")


def _foreign(reaction: Reaction, target: DomNode) -> None:
    """What a script, or another library, would do with a click is not done here: that is noted, once."""
    for each in (target, *target.ancestors()):
        name = next(filter(_FOREIGN.fullmatch, each.attributes), None)
        if name is not None:
            text = f"a click on {each!r} did not do what its {name} says: no scripts run here"
            cure = 'phx-click="…", for the view; what scripts do, a hook does here'
            reaction.note("CE-1", text, cure, once=True)


def _click_away(reaction: Reaction, start: DomNode) -> None:
    """For every element with the binding around which the click did not begin."""  # CE-17 … CE-21
    for now in _away_from(reaction, start):
        Bound("click", reaction.number(now), now.get("phx-click-away") or "")(reaction)


def _away_from(reaction: Reaction, start: DomNode) -> Iterator[DomNode]:
    for each in find(root(reaction.document), "[phx-click-away]"):
        template = start.template
        begun = start if template is None or each.template == template else template  # CE-20
        around = (begun, *begun.ancestors())
        if each in around or not is_visible(reaction.again(start), reaction.env.styles):
            continue
        now = reaction.node(each.key)
        if now is not None and is_visible(now, reaction.env.styles):
            yield now


def _note_no_click_away(reaction: Reaction, link: DomNode, event: DomEvent) -> None:
    """A live link that takes a click keeps it from all that would have been clicked away."""  # CE-10
    start = _start_of(reaction, event)
    for each in _away_from(reaction, start):
        reaction.note(
            "CE-10",
            f"phx-click-away of {each!r} did not run: the click followed {link!r}, and the client tells nobody of such a click",
            "close it in handle_params, or by the link's own phx-click, a JS command",
        )


def _note_stays(reaction: Reaction, link: DomNode, event: DomEvent) -> None:
    """Whether a link wants another tab is asked of what is clicked, not of the link."""  # CE-24
    target = link.get("target")
    wants = link.get("download") is not None or (
        target is not None and (target.lower() == "_blank" or not target.startswith("_"))
    )
    if wants:
        reaction.note(
            "CE-24",
            f"{link!r} was followed in this tab: the click was on {event.target!r} inside it, which has no target of its own",
            "an <a href> that is no live link, or no element inside the link",
        )


def _start_of(reaction: Reaction, event: DomEvent) -> DomNode:
    """Where a click began."""  # CE-18
    target, pressed = reaction.again(event.target), reaction.browser.pressed
    return target if event.count == 0 or pressed is None else reaction.node(pressed) or target


def _live_link(reaction: Reaction, event: DomEvent) -> bool:
    """Whether a live link takes the click."""  # CE-22 … CE-31
    link = nearest(event.target, "data-phx-link")
    if link is None or leaves_tab(event) or not is_live(reaction):
        return False
    event.prevented = True
    _note_stays(reaction, link, event)
    if link.get("data-phx-link") == "patch":
        _note_no_click_away(reaction, link, event)
    text = link.get("phx-click")
    after = AfterLink(reaction.number(reaction.again(link)), repr(link), text) if text else None
    follow(reaction, link, trusted=event.trusted, after=after)
    return True


@frozen
class AfterLink:
    """The `phx-click` of a link that was followed: commands only; of a navigate link it never runs."""  # CE-27 … CE-29

    link: int
    said: str
    text: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        now = reaction.node(self.link)
        view = None if now is None else owner(now)
        if now is None or view is None or reaction.view(view).state == "destroyed":
            reaction.note(
                "CE-29",
                f"phx-click of {self.said} did not run: the view is gone once its navigate link is followed",
                "do it before, in the event that leads to the navigation, or in the view that comes",
            )
            return
        run(reaction, Occasion("click", now, view, bare=False, trusted=False), self.text)


# --- keys and focus ---------------------------------------------------------------------------------------------------


@frozen
class Key:
    """A key's binding is run, if it waits for that key."""  # CE-33, CE-34

    bound: Bound
    wanted: str | None
    pressed: str | None

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        if not self.wanted or (self.pressed or "").lower() == self.wanted.lower():
            self.bound(reaction)
        elif (node := reaction.node(self.bound.source)) is not None:
            unheard.unknown_key(reaction, node, self.wanted)


def _key(reaction: Reaction, event: DomEvent) -> None:
    own, window = f"phx-{event.type}", f"phx-window-{event.type}"
    target = reaction.again(event.target)
    attribute = own if target.get(own) else window
    heard = [target] if attribute == own else find(root(reaction.document), f"[{window}]")
    if not heard:
        unheard.key(reaction, target, own, event.key)
    for each in heard:
        now = reaction.node(each.key)
        text = None if now is None else now.get(attribute)
        if now is None or text is None:
            continue
        data = {} if event.key is None else {"key": event.key}
        bound = Bound(event.type, reaction.number(now), text, data, trusted=event.trusted)
        action = Key(bound, now.get("phx-key"), event.key)
        debounce.paced(reaction, reaction.again(now), event, action)


def _focusin(reaction: Reaction, event: DomEvent) -> None:
    _focus_binding(reaction, event, "focus")


def _focusout(reaction: Reaction, event: DomEvent) -> None:
    _focus_binding(reaction, event, "blur")


def _focus_binding(reaction: Reaction, event: DomEvent, kind: str) -> None:
    target = reaction.node(event.target.key)
    text = None if target is None else target.get(f"phx-{kind}")
    if target is None or not text:
        return
    debounce.paced(reaction, target, event, Bound(kind, reaction.number(target), text, trusted=event.trusted))


def _blur(reaction: Reaction, event: DomEvent) -> None:
    """The client listens on the field itself, before the window hears of it."""  # DT-8
    mark = reaction.mark(event.target.key)
    if mark.pace is not None:
        debounce.left(reaction, reaction.number(event.target))
    _window_focus(reaction, event)


def _window_focus(reaction: Reaction, event: DomEvent) -> None:
    """The window hears of the focus only by what a script dispatches: the platform's own events do not bubble."""  # CE-37
    target = None if event.trusted else reaction.node(event.target.key)
    if target is None or target.get(f"phx-{event.type}"):
        return
    for each in find(root(reaction.document), f"[phx-window-{event.type}]"):
        now = reaction.node(each.key)
        text = None if now is None else now.get(f"phx-window-{event.type}")
        if now is not None and text is not None:
            debounce.paced(reaction, now, event, Bound(event.type, reaction.number(now), text, trusted=False))


# --- forms ------------------------------------------------------------------------------------------------------------


def _changed(reaction: Reaction, event: DomEvent) -> None:
    """`input` and `change`."""  # CE-39 … CE-43
    target = reaction.again(event.target)
    if target.tag not in CONTROLS:
        return
    if event.type == "input" and kind_of(target) == "file":
        before_input(reaction, target)
        target = reaction.again(target)
    form = form_of(target)
    own = target.get("phx-change")
    text = own or (None if form is None else form.get("phx-change"))
    if not text:
        return
    if kind_of(target) == "number" and target.mark.bad_input:
        if event.type == "change":  # what is not a number yet may become one
            reaction.note(
                "CE-41",
                f"what was typed into {target!r} was never sent: it is no number, so that the field has no value",
                'a number, or type="text" with inputmode="numeric"',
            )
        return
    key = reaction.number(target)
    at = reaction.browser.counted
    reaction.keep(counted=at + 1)
    before = reaction.mark(key).counted
    if event.type == "change" and before == (at - 1, "input"):
        return  # FI-6: the input before it told of it
    reaction.set_mark(key, counted=(at, event.type))
    dispatcher = target if own or form is None else form
    action = Bound(
        "change",
        key,
        text,
        field_target=target.get("name") or "undefined",
        dispatcher=reaction.number(reaction.again(dispatcher)),
        trusted=event.trusted,
    )
    debounce.paced(reaction, reaction.again(target), event, action)


def _submit(reaction: Reaction, event: DomEvent) -> None:
    form = reaction.again(event.target)
    debounce.submitting(reaction, form)
    text = form.get("phx-submit")
    if not text:
        _submit_outside(reaction, form, event)
        return
    event.prevented = True
    submitter = None if event.submitter is None else reaction.number(event.submitter)
    Bound("submit", reaction.number(reaction.again(form)), text, submitter=submitter, trusted=event.trusted)(reaction)


def _submit_outside(reaction: Reaction, form: DomNode, event: DomEvent) -> None:
    """The browser's own submit; the first of a form that only tells of its changes is made unusable, and submitted by a script."""
    # CE-44, CE-45
    change, view = form.get("phx-change"), owner(form)
    unheard.submit(reaction, form, view)
    if not change or reaction.browser.external:
        return
    reaction.keep(external=True)
    event.prevented = True
    if view is not None:
        if event.submitter is not None and event.submitter.get("name"):
            reaction.note(
                "CE-45",
                f"the form {form!r} was submitted without its button {event.submitter!r}: it has phx-change and no phx-submit",
                "a hidden field for what the button says, or phx-submit with phx-trigger-action",
            )
        disable(reaction, view, form, change)
        reaction.next_frame(SubmitLater(reaction.number(reaction.again(form))))


def _reset(reaction: Reaction, event: DomEvent) -> None:
    form = event.target
    for each in controls(form):
        reaction.set_mark(each.key, used=False, submitted=False)
    button = next((each for each in controls(form) if kind_of(each) == "reset"), None)
    if button is not None:
        reaction.next_frame(InputAfterReset(reaction.number(button)))


# --- files that are dragged -------------------------------------------------------------------------------------------


def _zone(event: DomEvent) -> DomNode | None:
    return nearest(event.target, dropping.TARGET)


def _dragenter(reaction: Reaction, event: DomEvent) -> None:
    dropping.entered(reaction, event, _zone(event))


def _dragleave(reaction: Reaction, event: DomEvent) -> None:
    dropping.left(reaction, _zone(event))


def _drop(reaction: Reaction, event: DomEvent) -> None:
    dropping.dropped(reaction, event, _zone(event))


LISTENERS: dict[str, Callable[[Reaction, DomEvent], None]] = {
    "mousedown": _mousedown,
    "click": _click,
    "keydown": _key,
    "keyup": _key,
    "focusin": _focusin,
    "focusout": _focusout,
    "blur": _blur,
    "focus": _window_focus,
    "input": _changed,
    "change": _changed,
    "submit": _submit,
    "reset": _reset,
    "dragenter": _dragenter,
    "dragleave": _dragleave,
    "drop": _drop,
    "track-uploads": dropping.tracked,
}

__all__ = ["Bound", "listen", "nearest"]
