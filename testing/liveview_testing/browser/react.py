"""The second heart: one pure step of a browser.

Owns `react(browser, stimulus, env) -> Reacted`: what a tab is after something happened to it, and what it sent. Everything else
in this room serves it: the platform's events, the client's listeners, commands, refs, patches.

Law: the same browser, stimulus and surroundings give the same reaction; nothing is sent from anywhere else, and nothing waits but
as a value in the browser.
"""

from __future__ import annotations

from typing import Any

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Browser, Channel, Sent
from liveview_testing.browser.client import CLIENT
from liveview_testing.browser.commands import running
from liveview_testing.browser.connection import joining, live_navigation, reconnecting, view_end
from liveview_testing.browser.connection.messages import Arrived, arrived
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import is_disabled
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.top_layer import is_inert
from liveview_testing.browser.events import keyboard, pointer, validation
from liveview_testing.browser.events.fields import editing
from liveview_testing.browser.events.focus import begin_at, blur, drawn, focus, look
from liveview_testing.browser.events.links import navigate, popped, push_patch
from liveview_testing.browser.lifecycle import elements, trigger_action, unheard, viewport
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.reaction import Reaction, Surroundings
from liveview_testing.browser.stimuli import (
    Attach,
    Blur,
    Choose,
    Clear,
    Click,
    Command,
    Connected,
    Dispatch,
    Drag,
    DragFiles,
    Due,
    Entered,
    FileClosed,
    Fill,
    Focus,
    Held,
    Hover,
    Joined,
    Loaded,
    Lost,
    Navigated,
    Offered,
    Patched,
    Press,
    ReportValidity,
    Scroll,
    Select,
    SetTo,
    Stimulus,
    Type,
    Unanswered,
    ViewEnded,
    Went,
)
from liveview_testing.browser.uploads import channels
from liveview_testing.browser.uploads.dropping import Dragged


@frozen(eq=False)
class Reacted:
    """What a step came to: the browser, the frames that it sent, and what it asks of the world."""

    browser: Browser
    sent: tuple[Sent, ...] = ()
    asked: tuple[Any, ...] = ()


class Gone(LookupError):
    """A stimulus names an element that is not in the document."""


def react(browser: Browser, stimulus: Stimulus, env: Surroundings) -> Reacted:
    """One step. Raises `Gone` where the stimulus is for an element that is not there; then nothing happened."""
    reaction = Reaction(browser, env, CLIENT)
    if browser.fading is not None and isinstance(stimulus, _OF_PEOPLE):
        drawn(reaction)
    _happen(reaction, stimulus)
    if reaction.microtasks:
        reaction.run_microtasks()  # which may patch, too: a join that has waited for the recovery of forms
    if reaction.doubted:
        look(reaction)
    after = reaction.done()
    return Reacted(after, tuple(reaction.sent), tuple(reaction.asked))


_OF_PEOPLE = (Click, Press, Fill, Clear, SetTo, Attach, Drag, DragFiles, Select, Type, Choose, Focus, Blur)
"""What a person does, who has seen what is drawn."""


def _happen(reaction: Reaction, stimulus: Stimulus) -> None:
    match stimulus:
        case Click(target, count, modifiers, button, refused):
            held = modifiers | reaction.browser.held_keys
            pointer.click(reaction, _at(reaction, target), count=count, modifiers=held, button=button, refused=refused)
        case Unanswered(question):
            unheard.question(reaction, question)
        case Press(key, phase, modifiers, refused):
            if key in keyboard.MODIFIERS:
                keyboard.hold(reaction, key, phase)
            held = modifiers | reaction.browser.held_keys
            if phase != "up":
                keyboard.down(reaction, key, held, refused=refused)
            if phase != "down":
                keyboard.up(reaction, key, held, refused=refused)
        case Fill(target, text):
            focus(reaction, _at(reaction, target))
            if _is_elsewhere(reaction, target):
                keyboard.insert(reaction, text)
                return
            if _at(reaction, target).get("readonly") is not None:
                return
            reaction.keep(caret=None)
            editing.enter(reaction, _at(reaction, target), text)
        case Clear(target):
            focus(reaction, _at(reaction, target))
            if _is_elsewhere(reaction, target):
                keyboard.press(reaction, "Delete")
                return
            keyboard.clear(reaction, _at(reaction, target))
        case SetTo(target, value):
            focus(reaction, _at(reaction, target))
            editing.set_to(reaction, _at(reaction, target), value)
        case Attach(target, files):
            editing.attach(reaction, _at(reaction, target), files)
        case Drag(source, target):
            pointer.drag(reaction, _at(reaction, source), _at(reaction, target))
        case Select(caret):
            reaction.keep(caret=caret)
        case Type(text, keys):
            if not keys:
                keyboard.insert(reaction, text)
                return
            for key in text:
                keyboard.press(reaction, "Enter" if key == "\n" else key, reaction.browser.held_keys)
        case Choose(target, values):
            editing.choose(reaction, _at(reaction, target), values, trusted=False)
        case DragFiles(target, phase, files, holds_files):
            event = "drop" if phase == "drop" else f"drag{phase}"
            reaction.dispatch(DomEvent(event, _at(reaction, target), detail=Dragged(files, holds_files)))
        case FileClosed(entry):
            channels.closed(reaction, entry)
        case ViewEnded(view):
            if view == reaction.browser.root:
                channels.ended(reaction, view)
            else:
                view_end.destroy(reaction, view)
                view_end.remove(reaction, view)
        case Focus(target, start):
            had = reaction.document.focus
            focus(reaction, _at(reaction, target))
            if start and reaction.document.focus != had and _has_selection(_at(reaction, target)):
                reaction.keep(caret=(0, 0))
        case Blur():
            had = reaction.document.focus
            blur(reaction)
            left = None if had is None else reaction.node(had)
            if left is not None:
                begin_at(reaction, left)
        case Hover(target):
            reaction.dispatch(DomEvent("mouseover", _at(reaction, target)))
        case Scroll(target):
            viewport.scroll(reaction, _at(reaction, target))
        case Dispatch(target, "click", _):  # what it activates it activates, whoever made it
            node = _at(reaction, target)
            if is_disabled(node):
                reaction.dispatch(DomEvent("click", node, trusted=False))
            else:
                pointer.activate(reaction, node, trusted=False)
        case Dispatch(target, event, detail):
            reaction.dispatch(DomEvent(event, _at(reaction, target), detail=detail, trusted=False))
        case Command(source, kind, name, args):
            bound = reaction.node(source)
            if bound is not None:
                running.carry_out(reaction, bound, kind, name, args)
        case ReportValidity(form, aloud):
            if aloud:
                validation.report_validity(reaction, _at(reaction, form))
            else:
                validation.note_validity(reaction, _at(reaction, form))
        case Joined(views, opened=opened, rendered=rendered):
            joining.known(reaction, views, rendered)
            elements.around_views(reaction)
            for view in views if opened else ():  # the join is a patch as any other (FI-23)
                trigger_action.trigger(reaction, view, 0, None, reaction.document.page(view), whole=True)
        case Loaded(views):
            for view, url in views:
                joining.begin(reaction, view, Channel(url=url), shown=reaction.document.views.get(view))
            elements.around_views(reaction)
        case Entered(view, wanted):
            live_navigation.entered(reaction, view, wanted)
        case Offered(offer):
            joining.offer(reaction, offer)
        case Lost():
            reconnecting.lost(reaction)
        case Connected():
            reconnecting.connect(reaction)
        case Held(holding):
            (reconnecting.silent if holding else reconnecting.audible)(reaction)
        case Navigated(href, how):
            navigate(reaction, href, how, None, trusted=False)
        case Patched(href, how):
            push_patch(reaction, href, how, None, trusted=False)
        case Went(by):
            popped(reaction, by)
        case Due(number):
            later = reaction.browser.timers.get(number)
            if later is not None:
                reaction.call_off(number)
                later.then(reaction)
        case Arrived():
            arrived(reaction, stimulus)


def _is_elsewhere(reaction: Reaction, key: Key) -> bool:
    """Whether a field cannot have the focus, hidden, disabled or behind a modal dialog: what is typed goes to what has it."""
    # AC-3, AC-6, AC-10
    if reaction.document.focus == key:
        return False
    node = _at(reaction, key)
    behind = reaction.document.on_top and is_inert(node)
    why = "is behind an open modal dialog" if behind else "cannot have the focus"
    cure = (
        "close the dialog first" if behind else "show it, or enable it, first: force=True only leaves out the waiting"
    )
    reaction.note("AC-10", f"{node!r} {why}: what was typed for it went to what has the focus", cure)
    return True


def _at(reaction: Reaction, key: Key) -> DomNode:
    node = reaction.node(key)
    if node is None:
        raise Gone(f"no element {key!r} in the document")
    return node


def _has_selection(node: DomNode) -> bool:
    """Whether a script can say what is selected: of no number, no e-mail address, and Playwright does not ask a textarea."""
    return node.tag == "input" and kind_of(node) in ("text", "search", "url", "tel", "password")
