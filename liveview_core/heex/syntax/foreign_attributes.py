"""Attributes that mean something elsewhere: on another tag, in another framework, in a component of the author's own.

Law: only what surely does nothing is told. What begins with `x-`, `@` or `hx-` belongs to a library that may be there, and what a
custom element reads nobody knows.
"""

from __future__ import annotations

import ast
import re

__all__ = ["binding_habit", "component_habit", "misplaced"]

_words = str.split
_BOOLEAN = frozenset(
    _words(
        "allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate "
        "hidden inert ismap itemscope loop multiple muted nomodule novalidate open playsinline readonly "
        "required reversed selected"
    )
)
_LINKS = {
    "patch": "write <.link patch={…}>",
    "live_patch": "write <.link patch={…}>",
    "navigate": "write <.link navigate={…}>",
    "live_redirect": "write <.link navigate={…}>",
    "to": "write href={…}, or <.link navigate={…}>",
}
_EVENTS = frozenset(
    _words(
        "click click-away change submit blur focus window-blur window-focus keydown keyup window-keydown window-keyup"
    )
)
_CALL = re.compile(r"\w+\(.*\)", re.DOTALL)


def misplaced(tag: str, name: str, value: str | ast.expr | None) -> tuple[str, str] | None:
    """What is wrong with an attribute that does nothing on this tag, or not what it says; and the cure."""
    if "-" in tag or ":" in tag:
        return None
    literal = value if isinstance(value, str) else None
    if tag == "a" and name in _LINKS:
        return f"the attribute {name} of <a> means nothing to the browser", _LINKS[name]
    if name == "value" and tag == "textarea":
        return (
            "the browser shows no value of a <textarea>",
            "write it inside: <textarea>{…}</textarea>, or take <.form>",
        )
    if name == "value" and tag == "select":
        return "the browser reads no value of a <select>", "write selected={…} on the option"
    if name in _BOOLEAN and literal is not None and literal.lower() == "false":
        cure = f"write {name}={{False}}, or {name}={{@x}}"
        return f'{name}="{literal}" is {name}: the browser asks only whether the attribute is there', cure
    if name == "for" and tag not in ("label", "output") and value is not None and literal is None and _is_loop(value):
        return "`for` without a colon is the attribute of a <label>", "write :for={x in @xs}"
    if name.startswith("phx-") and literal is not None:
        return _quoted(name, literal.strip())
    return None


def _is_loop(value: ast.expr | str) -> bool:
    return isinstance(value, ast.Compare) and isinstance(value.ops[0], ast.In)


def _quoted(name: str, text: str) -> tuple[str, str] | None:
    """An expression in quotes, where a name is read."""
    if re.match(r"JS[.(]", text) is not None or re.fullmatch(r"@[a-z_]\w*", text) is not None:
        return f"{text} in the quoted value of {name} is text: no expression stands there", f"write {name}={{{text}}}"
    if name.removeprefix("phx-") in _EVENTS and _CALL.fullmatch(text) is not None:
        event = text.partition("(")[0]
        cure = f'write {name}="{event}", and what belongs to it as phx-value-id={{…}}'
        return f"{name} is the name of an event: {text} would be all of it", cure
    return None


_HOOK = 'in a hook, phx-hook="…", and push an event from there'
_BINDINGS = {
    "if": "write :if={…}",
    "for": "write :for={x in @xs}",
    "key-enter": 'write phx-keydown="name" phx-key="Enter"',
    "confirm": 'write data-confirm="…"',
    "disable": 'write phx-disable-with="…"',
    "loading": "while it waits, the element has the class phx-click-loading, or -submit-, -change-",
    "model": 'write name="…" value={…}, and phx-change on the form',
    "input": 'write phx-change="name" on the form, or on the field',
    "keypress": 'write phx-keydown="name"',
    "enter": 'write phx-keydown="name" phx-key="Enter", or phx-submit="name" on the form',
    "keydown-enter": 'write phx-keydown="name" phx-key="Enter"',
    "load": 'write phx-mounted={JS.push("name")}',
    "init": 'write phx-mounted={JS.push("name")}',
    "poll": "send_interval in mount, and handle_info",
    "infinite-scroll": 'write phx-viewport-bottom="name"',
    **dict.fromkeys(("patch", "navigate", "link", "redirect"), "write <.link patch={…}>, or <.link navigate={…}>"),
    **dict.fromkeys(
        ("away", "outside-click", "click-outside", "clickaway", "window-click"), 'write phx-click-away="name"'
    ),
    **dict.fromkeys(("params", "vals", "args", "data", "payload"), "write phx-value-name={…}"),
    **dict.fromkeys(("on", "event", "action"), 'write phx-click="name"'),
    "scroll": f'write phx-viewport-bottom="name", or listen {_HOOK}',
}


def binding_habit(rest: str) -> str | None:
    """The cure of a binding that the client does not have, called without its `phx-`."""
    name, dot, modifier = rest.partition(".")
    if dot and name in ("keydown", "keyup", "window-keydown", "window-keyup"):
        return f'write phx-{name}="name" phx-key="{modifier.capitalize()}"'
    if dot and name in _EVENTS:
        return f"bindings have no modifiers: write phx-{name}={{…}}"
    return _BINDINGS.get(rest)


_OF_LINKS = "write navigate={…}, patch={…} or href={…}"
_ARGUMENTS = {
    ("link", "to"): _OF_LINKS,
    ("link", "url"): _OF_LINKS,
    ("link", "path"): _OF_LINKS,
    ("link", "live_redirect"): "write navigate={…}",
    ("link", "live_patch"): "write patch={…}",
    ("form", "form"): "write for={…}",
    ("form", "changeset"): "write for={to_form(…)}, made in the view",
    ("form", "data"): "write for={to_form(…)}, made in the view",
    ("live_file_input", "field"): "write upload={@uploads.name}",
    ("live_file_input", "name"): "write upload={@uploads.name}",
}


def component_habit(component: str, name: str) -> str | None:
    """The cure of an attribute that a component does not have, where it is called as in other frameworks."""
    if name in ("let", "if", "for", "key"):
        return f"write :{name}={{…}}"
    if (cure := _ARGUMENTS.get((component, name))) is not None:
        return cure
    event = name.lower().removeprefix("on").strip("_")
    if component in ("form", "link") and event in _EVENTS:
        return f'write phx-{event}="name"'
    return None
