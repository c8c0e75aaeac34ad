"""The mouse: what a click is, and what a browser does by itself with the element that was clicked.

Owns the platform's sequence: mousedown, the focus, mouseup, click, then activation: boxes toggle, buttons submit
and reset, labels click their control, links lead elsewhere, summaries open.

Law: what is disabled hears no click; what a listener prevents the browser does not do.
"""  # PF-1 … PF-5, CE-6

from __future__ import annotations

from collections.abc import Mapping

from liveview_core.values.declaring import frozen
from liveview_testing.browser.dom.dom_event import DomEvent
from liveview_testing.browser.dom.forms import form_of, is_disabled, labelled
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import body, find
from liveview_testing.browser.dom.visibility import hidden_by, is_visible
from liveview_testing.browser.events.fields.caret import clicked as in_text
from liveview_testing.browser.events.fields.date_parts import clicked
from liveview_testing.browser.events.fields.editing import is_box, reset, tick, untick
from liveview_testing.browser.events.fields.option_list import close, pick, pressed
from liveview_testing.browser.events.focus import focus, focus_nearest, is_summary
from liveview_testing.browser.events.links import NEW_TAB
from liveview_testing.browser.events.submission import request_submit
from liveview_testing.browser.events.top_layer import dismiss, does_nothing_in_a_form, invoked, told, under_pointer
from liveview_testing.browser.lifecycle import unheard
from liveview_testing.browser.page.controls import SUBMITTERS, kind_of
from liveview_testing.browser.reaction import Reaction

_NO_MODIFIERS: frozenset[str] = frozenset()
_PUSHED = frozenset(("button", "submit", "image", "reset"))


@frozen
class Browse:
    """The browser follows an ordinary link."""

    view: str
    link: DomNode
    href: str


def click(
    reaction: Reaction,
    node: DomNode,
    *,
    count: int = 1,
    modifiers: frozenset[str] = _NO_MODIFIERS,
    button: str = "left",
    refused: bool = False,
) -> None:
    """A person clicks an element; `count`: the second click of a double one is 2; `refused`: no one hears of it."""
    if count > 1:
        node = _left_there(reaction, node)
    wanted, above, shut = node, bool(reaction.document.on_top), None
    if reaction.browser.open_list is not None:
        shut = close(reaction)
        node = reaction.again(node)
    if above:
        node = under_pointer(node)
    if reaction.dispatch(DomEvent("mousedown", node, count=count, modifiers=modifiers)):
        had = reaction.document.focus
        focus_nearest(reaction, node)
        if reaction.document.focus != had:
            reaction.keep(caret=None)  # where it was clicked, which nobody knows: behind the text
        if reaction.document.focus == node.key:
            in_text(reaction, reaction.again(node), count)
        clicked(reaction, reaction.again(node))
        if node.tag == "select":
            pressed(reaction, reaction.again(node), shut, button)
    again = reaction.node(node.key)
    if again is None:
        return
    if button == "right":
        reaction.dispatch(DomEvent("contextmenu", again, modifiers=modifiers))
        again = reaction.again(again)
    if above:
        stays = dismiss(reaction, again, beside=node != wanted)
        found = reaction.node(node.key)
        if found is None or not stays:
            return
        again = found
    reaction.dispatch(DomEvent("mouseup", again, count=count, modifiers=modifiers))
    if button == "left" and again.tag == "option":
        pick(reaction, reaction.again(again), modifiers)
    if button != "left":
        reaction.dispatch(DomEvent("auxclick", reaction.again(again), count=count, modifiers=modifiers))
        return
    if not refused:
        activate(reaction, again, count=count, modifiers=modifiers)
    last = reaction.node(node.key)
    if count == 2 and last is not None and not is_disabled(last):
        reaction.dispatch(DomEvent("dblclick", last, count=count, modifiers=modifiers))


def _left_there(reaction: Reaction, node: DomNode) -> DomNode:
    """What the mouse is over at the next click, where the one before has hidden the element: what is around it and still holds
    something, or the page. What lay behind it nobody knows.
    """
    styles = reaction.env.styles
    gone = hidden_by(node, styles)
    if gone is None:
        return node
    if gone.tag != "dialog" and gone.get("popover") is None:
        for around in gone.ancestors():
            if around.tag == "dialog" or around.mark.popover or _holds_anything(around, styles):
                return around
    return body(reaction.document)


def _holds_anything(node: DomNode, styles: Mapping[str, str]) -> bool:
    return any(bool(each.strip()) if isinstance(each, str) else is_visible(each, styles) for each in node.children)


def drag(reaction: Reaction, source: DomNode, target: DomNode) -> None:
    """An element is dragged onto another: the events of a drag if it is draggable, else those of the mouse alone."""
    if reaction.dispatch(DomEvent("mousedown", source, count=1)):
        focus_nearest(reaction, source)
    if (source.get("draggable") or "").lower() != "true":
        reaction.dispatch(DomEvent("mouseup", reaction.again(target), count=1))
        around = {each.key for each in (source, *source.ancestors())}
        both = next((each for each in (target, *target.ancestors()) if each.key in around), None)
        if both is not None:
            activate(reaction, both, count=1)
        return
    if not reaction.dispatch(DomEvent("dragstart", reaction.again(source))):
        return
    reaction.dispatch(DomEvent("dragenter", reaction.again(target)))
    takes = not reaction.dispatch(DomEvent("dragover", reaction.again(target)))
    reaction.dispatch(DomEvent("drop" if takes else "dragleave", reaction.again(target)))
    reaction.dispatch(DomEvent("dragend", reaction.again(source)))


def activate(
    reaction: Reaction,
    node: DomNode,
    *,
    count: int = 0,
    modifiers: frozenset[str] = _NO_MODIFIERS,
    trusted: bool = True,
    bubbles: bool = True,
) -> None:
    """A click event at an element, and what follows: by a person, by a key or a script (`count` 0)."""  # PF-9, PF-20
    node = reaction.again(node)
    if is_disabled(node) or any(each.tag == "button" and is_disabled(each) for each in node.ancestors()):
        return
    ticked = tick(reaction, node) if is_box(node) else None
    event = DomEvent("click", reaction.again(node), count=count, modifiers=modifiers, trusted=trusted, bubbles=bubbles)
    allowed = reaction.dispatch(event)
    if ticked is not None:
        if not allowed:
            untick(reaction, ticked)
        elif ticked.changed:
            reaction.dispatch(DomEvent("input", reaction.again(node), trusted=trusted))
            reaction.dispatch(DomEvent("change", reaction.again(node), trusted=trusted))
        return
    if allowed:
        _default(reaction, node, count, modifiers, trusted)


def _default(reaction: Reaction, target: DomNode, count: int, modifiers: frozenset[str], trusted: bool) -> None:
    """What the nearest element with an activation of its own does."""
    now = reaction.node(target.key)
    if now is None:
        return
    for each in (now, *now.ancestors()):
        match each.tag:
            case "a" | "area" if each.get("href") is not None:
                if not modifiers & NEW_TAB:
                    reaction.ask(Browse(each.view, each, each.get("href") or ""))
                return
            case "button" | "input":
                if not is_disabled(each):
                    _press(reaction, each, trusted=trusted)
                elif kind_of(each) in SUBMITTERS and (form := form_of(each)) is not None:
                    reaction.note(  # PF-4
                        "PF-4",
                        f"{form!r} was not submitted: its button {each!r} is disabled since it was clicked",
                        "phx-disable-with shows while the submit is answered, too: leave out the phx-click",
                    )
                return
            case "label":
                control = labelled(each)
                if control is not None and control not in (now, *now.ancestors()) and not is_disabled(control):
                    if count == 1:  # a second click selects a word of the label
                        focus(reaction, control)
                    activate(reaction, control, count=count, modifiers=modifiers, trusted=trusted)
                return
            case "summary":
                around = each.parent
                if around is not None and is_summary(each):
                    _toggle(reaction, around)
                    return
            case "select" | "textarea" | "option":
                return
            case "a" if trusted:
                unheard.click(reaction, each)
            case _:
                continue


def _toggle(reaction: Reaction, details: DomNode) -> None:
    """A details opens or closes; of those with one name only one is open."""
    opens, name = details.get("open") is None, details.get("name")
    reaction.write(details.key, "open", "" if opens else None)
    told(reaction, "toggle", details, {"newState": "open" if opens else "closed"})
    if opens and name:
        for each in find(root(reaction.document), "details[name][open]"):
            if each != details and each.get("name") == name and each.get("open") is not None:
                reaction.write(each.key, "open", None)
                told(reaction, "toggle", each, {"newState": "closed"})


def _press(reaction: Reaction, control: DomNode, *, trusted: bool) -> None:
    kind = kind_of(control)
    if is_box(control):
        return
    if kind in SUBMITTERS or kind == "reset":
        form = form_of(control)
        if form is not None:
            if kind == "reset":
                reset(reaction, form)
            else:
                request_submit(reaction, form, control)
            return
    if not does_nothing_in_a_form(control):
        invoked(reaction, control)
    if trusted and (kind in _PUSHED or control.tag == "button"):
        now = reaction.node(control.key)
        if now is not None and not any(now.get(name) for name in ("popovertarget", "commandfor")):
            unheard.click(reaction, now)
