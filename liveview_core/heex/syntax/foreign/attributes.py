"""Attributes, tags and words in the text that mean something elsewhere: on another tag, in another framework, in a component of the
author's own.

Law: only what surely does nothing is told. What begins with `x-` or `@` belongs to a library that may be there, and what a
custom element reads nobody knows; of a text only what nobody writes to be read. A tag is judged by its name.
"""

from __future__ import annotations

import ast
import re

from liveview_core.heex.syntax.foreign.syntax import BLOCK, LOOP
from liveview_core.values.patterns import late_pattern

__all__ = [
    "binding_habit",
    "component_habit",
    "directive_before",
    "directives",
    "invalid_tag_habit",
    "misplaced",
    "tag_habit",
]

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
_CALL = late_pattern(r"\w+\(.*\)", re.DOTALL)


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
    if text.endswith(")") and name.removeprefix("phx-") in _EVENTS and _CALL.fullmatch(text) is not None:
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
    **dict.fromkeys(
        ("patch", "navigate", "link", "redirect", "live-link", "live-patch", "live-redirect"),
        "write <.link patch={…}>, or <.link navigate={…}>",
    ),
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


# --- in the text, and tags ------------------------------------------------------------------------------------------------

_PART = "a part of its own is a component: `<.name …>`"
_INSIDE = "what stands inside a component is {render_slot(@inner_block)}"
_CSRF = "a LiveView's forms need none: `<.form for={@form} phx-submit=…>`"
_ASSIGN = "an assign is `{@name}`; what is html already is `{raw(@html)}`"
_CALLED = {  # with what stands in brackets behind them
    **dict.fromkeys(
        _words("if elseif unless isset empty switch case can cannot canany auth guest error env defer placeholder"),
        BLOCK,
    ),
    **dict.fromkeys(_words("for foreach forelse each while"), LOOP),
    **dict.fromkeys(_words("section yield slot stack push prepend hasSection RenderSection"), _INSIDE),
    **dict.fromkeys(
        _words("extends include includeIf includeWhen component livewire props aware await Component"), _PART
    ),
    **dict.fromkeys(_words("method csrf"), _CSRF),
    **dict.fromkeys(_words("checked selected disabled readonly required"), "write the attribute: checked={@on}"),
    "class": 'class takes a list: `class={["a", "b" if @on else None]}`',
    "json": "import json in the module, and write `{json.dumps(@x)}`",
    "lang": 'import it in the module, or pass it with names={…}: `{_("…")}`',
    "php": "code is `<% name = … %>`",
}
_ALONE = {
    **dict.fromkeys(
        _words(
            "else endif endunless endisset endempty endswitch endcan endcannot endauth endguest enderror endenv endproduction"
        ),
        BLOCK,
    ),
    **dict.fromkeys(_words("endforeach endfor endforelse endwhile"), LOOP),
    **dict.fromkeys(_words("endsection endslot endpush endcomponent"), _INSIDE),
    "csrf": _CSRF,
    "endphp": "code is `<% name = … %>`",
}
_DIRECTIVE = late_pattern(rf"(?<![\w@.])@({'|'.join(sorted(_CALLED, key=len, reverse=True))})\s*\(")
_WORD = late_pattern(rf"(?<![\w@.])@({'|'.join(sorted(_ALONE, key=len, reverse=True))})\b(?![.@-])")
_RAZOR = late_pattern(r"(?<![\w@.])@((?:Model|ViewBag|ViewData|Html|Url)[.\[]|RenderBody\(\))")
_MAKO = late_pattern(
    r"^[ \t]*%[ \t]*(?:(if|elif|for|while)\b[^\n]*:|(else)[ \t]*:|(end(?:if|for|while)))[ \t]*$", re.MULTILINE
)
_COMMENT = late_pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_OPENED = late_pattern(
    rf"(?<![\w@.])@({'|'.join(sorted({*_CALLED, *_ALONE}, key=len, reverse=True))})\b[^{{}}<>@]*\{{\s*\Z"
)


def directives(text: str) -> tuple[str, str, int] | None:
    """What is said of the first directive in a text, its cure, and where in the text it stands."""
    plain = _COMMENT.sub(lambda found: " " * len(found[0]), text)
    call, alone, razor, mako = (sign.search(plain) for sign in (_DIRECTIVE, _WORD, _RAZOR, _MAKO))
    found = [each for each in (call, alone, razor, mako) if each is not None]
    first = min(found, key=lambda each: each.start(), default=None)
    if first is None:
        return None
    if first is mako:
        word = next(filter(None, first.groups()))
        cure = LOOP if "for" in word or "while" in word else BLOCK
        return f"`% {word}` is a line of Mako's, and text here", cure, first.start()
    cure = _ASSIGN if first is razor else (_CALLED | _ALONE)[first[1]]
    if first is razor and first[1].startswith("Render"):
        cure = _INSIDE
    return f"`@{first[1].rstrip('.[')}` is text here, and shown as it is: it does nothing", cure, first.start()


def directive_before(text: str) -> str | None:
    """The cure of braces that are the body of `@if (…) {`; *text* is all that stands before them."""
    found = _OPENED.search(text[-200:] + "{")
    return None if found is None else (_CALLED | _ALONE)[found[1]]


_LINK = "write <.link navigate={…}>, <.link patch={…}> or <.link href={…}>"
_NO_ROOT = "leave it out, a template needs no root"
_IF = "write :if={@x} on the tag"
_FOR = "write :for={x in @xs} on the tag"
_PORTAL = 'write <.portal id="…" target="body">'
_MOVES = "write phx-mounted={JS.transition(…)}, or phx-remove={JS.hide(…)}"
_ASYNC = "write <.async_result :let={x} assign={@x}>"
_TAG = "write <.dynamic_tag tag_name={@name}>"
_TAGS = {
    "ng-container": f"{_IF}, or {_FOR}; else leave it out",
    "ng-template": f"{_IF}; a slot is <:name>…</:name>",
    "ng-content": _INSIDE,
    "router-link": _LINK,
    **dict.fromkeys(("router-view", "router-outlet"), "a layout shows the view as {@inner_content}"),
    **dict.fromkeys(("transition", "transition-group"), _MOVES),
    "teleport": _PORTAL,
    "keep-alive": "leave it out: what is on the page keeps its state",
    "component": _TAG,
    "suspense": _ASYNC,
    "svelte:head": "write <.live_title> in the root layout, and assign page_title",
    **dict.fromkeys(("svelte:component", "svelte:element"), _TAG),
    **dict.fromkeys(("svelte:window", "svelte:body", "svelte:document"), 'write phx-window-keydown="name" on a tag'),
    "svelte:fragment": _NO_ROOT,
}
_CAPITAL = {
    **dict.fromkeys(_words("Link RouterLink NuxtLink NavLink A"), _LINK),
    **dict.fromkeys(("Fragment", "React.Fragment"), _NO_ROOT),
    **dict.fromkeys(_words("For Each Index"), _FOR),
    **dict.fromkeys(_words("Show If When"), _IF),
    **dict.fromkeys(("Suspense", "Await"), _ASYNC),
    **dict.fromkeys(("Switch", "Match"), "write `<%= match @x: %><% case 1: %> … <% end %>`"),
    **dict.fromkeys(("Portal", "Teleport"), _PORTAL),
    **dict.fromkeys(("Head", "Title"), "write <.live_title> in the root layout, and assign page_title"),
    **dict.fromkeys(("Transition", "TransitionGroup"), _MOVES),
    **dict.fromkeys(("Dynamic", "Component"), _TAG),
    **dict.fromkeys(("Outlet", "RouterView"), "a layout shows the view as {@inner_content}"),
    "Form": "write <.form for={@form} phx-change=… phx-submit=…>",
    "Slot": _INSIDE,
}


def tag_habit(name: str) -> str | None:
    """The cure of an HTML tag that only another framework knows."""
    return _TAGS.get(name)


def invalid_tag_habit(name: str) -> str:
    """The cure of a tag with a capital letter, which is none."""
    habit = _CAPITAL.get(name)
    if habit is not None:
        return habit
    return "a component is `<.name>` or `<module.name>`, its name begins with a small letter; so do HTML tags"
