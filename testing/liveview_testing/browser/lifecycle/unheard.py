"""What a person does that nothing hears: a click on a button that does nothing, a key that no binding waits for.

Owns the notes of it, each with what would have heard it. Law: it is asked only where nothing else has happened, so that what is
heard costs nothing more; where something else may have heard it (a hook, another library, a click elsewhere), nothing is said.
"""

from __future__ import annotations

from liveview_testing.browser.dom.forms import form_of
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find
from liveview_testing.browser.page.controls import CONTROLS, kind_of
from liveview_testing.browser.reaction import Reaction

# --- clicks -----------------------------------------------------------------------------------------------------------


def question(reaction: Reaction, asked: str) -> None:
    """A dialog was opened, and there is nobody who answers it."""  # PF-23
    reaction.note(
        "PF-23",
        f"the page asked {asked!r} (data-confirm), and nobody answered: the dialog was dismissed, and the click did nothing",
        'page.on("dialog", lambda dialog: dialog.accept()) before the act',
    )


def click(reaction: Reaction, node: DomNode) -> None:
    """A button, or a link that leads nowhere, was clicked, and the browser did nothing with it."""  # CE-6
    around = (node, *node.ancestors())
    if any(_may_hear(each) for each in around) or find(root(reaction.document), "[phx-click-away]"):
        return
    why, cure = _NO_LINK if node.tag == "a" else _of_button(node)
    reaction.note("CE-6", f"nobody hears a click on {node!r}: {why}", cure, once=True)


def _may_hear(node: DomNode) -> bool:
    """Whether an element hears a click, or a script may that is not the client's."""
    return node.get("phx-hook") is not None or any(
        "click" in name or name.startswith("hx-") for name in node.attributes
    )


_NO_LINK = "it has no href, and no phx-click", '<.link navigate={…}>, or one with patch or href; or phx-click="…"'


def _of_button(button: DomNode) -> tuple[str, str]:
    meant = next((name for name in ("phx-submit", "phx-change") if button.get(name)), None)
    form = form_of(button)
    if meant is not None:
        return (
            f"its {meant} is for a form, and it has no phx-click",
            f'phx-click="{button.get(meant)}"; or {meant} on the form around it',
        )
    if form is None:
        return (
            "it is in no form, and has no phx-click",
            'phx-click="…"; or a form around it, or form="…" with the id of one',
        )
    return (
        f"a button of type={button.get('type')!r} does not submit {form!r}, and it has no phx-click",
        'type="submit", or phx-click="…"',
    )


# --- Enter ------------------------------------------------------------------------------------------------------------


def enter(reaction: Reaction, field: DomNode, form: DomNode, button: DomNode | None) -> None:
    """Enter in a field submits nothing: its form has no button for it, or one that is disabled."""  # PF-7
    hears = ("phx-keydown", "phx-keyup", "phx-hook")
    if any(each.get(name) for each in (field, form) for name in hears) or not (form.get("phx-submit") or button):
        return
    if button is None:
        why, cure = "it has no submit button, and more than one field", "a submit button in the form"
        if kind_of(field) in ("checkbox", "radio", "range", "color", "file") or field.tag == "select":
            why = "it has no submit button"
    elif button.get("data-phx-ref-loading") is not None or form.get("data-phx-ref-loading") is not None:
        why, cure = f"its button {button!r} is disabled until the submit before is answered", "wait for the answer"
    else:
        why, cure = f"its button {button!r} is disabled", "enable it, or leave it out"
    reaction.note("PF-7", f"Enter in {field!r} does not submit {form!r}: {why}", cure, once=True)


# --- keys -------------------------------------------------------------------------------------------------------------

SILENT = frozenset(("Tab", "Shift", "Control", "Alt", "Meta", "CapsLock"))


def key(reaction: Reaction, target: DomNode, attribute: str, pressed: str | None) -> None:
    """A key that no binding has heard: the client asks the element with the focus, and the window."""  # CE-32
    if pressed is None or pressed in SILENT:
        return
    around = next((each for each in target.ancestors() if each.get(attribute)), None)
    if around is not None:
        if _waits_for(around, pressed):
            reaction.note(
                "CE-32",
                f"{attribute} of {around!r} did not hear {pressed!r}: it was pressed in {target!r} inside it, and only the"
                " element that has the focus is asked",
                f"{attribute} on {target!r}, or phx-window-{attribute.removeprefix('phx-')}",
                once=True,
            )
        return
    if len(pressed) == 1 or target.tag in (*CONTROLS, "a", "summary", "dialog") or reaction.document.on_top:
        return  # it may have done what the browser does with it
    for each in find(root(reaction.document), f"[{attribute}]"):
        if each.get("phx-key") and _waits_for(each, pressed):
            reaction.note(
                "CE-32",
                f"{attribute} of {each!r} did not hear {pressed!r}: it hears keys only while it has the focus",
                f"phx-window-{attribute.removeprefix('phx-')}; or press the key on it: locator.press({pressed!r})",
                once=True,
            )


def _waits_for(node: DomNode, pressed: str) -> bool:
    wanted = node.get("phx-key")
    return not wanted or wanted.lower() == pressed.lower()


_KEYS = {
    "esc": "Escape",
    "return": "Enter",
    "del": "Delete",
    "ins": "Insert",
    "back": "Backspace",
    "spacebar": " ",
    "up": "ArrowUp",
    "down": "ArrowDown",
    "left": "ArrowLeft",
    "right": "ArrowRight",
    "space": " ",
    "ctrl": "Control",
    "cmd": "Meta",
    "command": "Meta",
    "option": "Alt",
    "pgup": "PageUp",
    "pgdn": "PageDown",
}
"""What keys are called elsewhere: no key of a browser is."""


def unknown_key(reaction: Reaction, node: DomNode, wanted: str) -> None:
    """A binding waits for a key that no key is called."""  # CE-33
    meant = _KEYS.get(wanted.lower())
    if meant is not None:
        reaction.note(
            "CE-33",
            f"phx-key={wanted!r} of {node!r} is the name of no key: it hears none",
            f'phx-key="{meant}"',
            once=True,
        )


# --- forms ------------------------------------------------------------------------------------------------------------


_SENT = ("action", "target", "method", "phx-hook")
"""What says that a form is to be submitted by the browser, or who takes it."""


def submit(reaction: Reaction, form: DomNode, view: str | None) -> None:
    """A form of a live view that nobody takes is submitted by the browser, which leaves the page."""  # CE-44
    if view is not None and all(form.get(name) is None for name in _SENT):
        reaction.note(
            "CE-44",
            f"{form!r} has no phx-submit: the browser has submitted it by itself, and loaded the page anew",
            'phx-submit="…"; or action="…", if another page is meant',
        )
