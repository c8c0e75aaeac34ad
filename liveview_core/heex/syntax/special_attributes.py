"""The attributes of one tag: which are special, which are dropped, which are wrong.

Law: what a tag may carry depends on its kind alone; every refusal is at the attribute, except where the *absence* of
another attribute is the mistake: that is at the tag.
"""  # TG-24, TG-34, FC-11

from __future__ import annotations

import re

from liveview_core.errors import nearest_names
from liveview_core.heex.syntax.foreign.attributes import binding_habit, misplaced, tag_habit
from liveview_core.heex.syntax.foreign.syntax import attribute_habit, script_habit, shown_habit, special_habit
from liveview_core.heex.syntax.location import Location
from liveview_core.heex.syntax.python import expression
from liveview_core.heex.syntax.source import Excerpt, Source
from liveview_core.heex.syntax.tokens import Kind, OpenTag, RawAttribute
from liveview_core.heex.syntax.tree import Attribute, Code, Literal, Special, Warning
from liveview_core.values.patterns import late_pattern

__all__ = ["read_attributes"]

_SPECIAL: dict[Kind, tuple[str, ...]] = {
    "html": (":if", ":for", ":key"),
    "local": (":let", ":if", ":for", ":key"),
    "remote": (":let", ":if", ":for", ":key"),
    "slot": (":let", ":if", ":for"),
}
_KINDS: dict[Kind, str] = {
    "local": "local component",
    "remote": "remote component",
    "slot": "slot",
}
_DROPPED = frozenset({"phx-no-format", "phx-no-curly-interpolation"})  # TG-32
_TAG_NAME = re.compile(r"[a-z][-\w.:]*", re.ASCII)
_UPDATES = ("ignore", "stream", "replace")
_ASSIGN = late_pattern(r"[$#]?\{@[a-zA-Z_][^{}]*\}|\{\{\s*@[^{}]*\}\}", re.ASCII)
_PUT_IN = late_pattern(r"\$\{[^{}]+\}|\{\{\s*\w[^{}]*\}\}|\{%.*?%\}", re.ASCII)
_PLAIN = frozenset(
    ["class", "id", "href", "src", "value", "style", "title", "name", "alt", "placeholder", "for", "type", "action"]
)  # no place for scripts

BINDINGS = (
    *("click", "click-away", "change", "submit", "blur", "focus", "window-blur", "window-focus"),
    *("keydown", "keyup", "window-keydown", "window-keyup", "key", "target", "hook", "update", "debounce", "throttle"),
    *("disable-with", "auto-recover", "trigger-action", "mounted", "remove", "connected", "disconnected"),
    *("viewport-top", "viewport-bottom", "viewport-overrun-target", "drop-target", "progress", "patch-focused"),
    *("track-static", "track-uploads", "no-unused-field", "no-format", "no-curly-interpolation"),
    *("page-loading", "capture-click", "feedback-for", "feedback-group"),  # of earlier versions
)
"""What the client reads of an element, without its `phx-`; and `value-…`."""


def read_attributes(source: Source, tag: OpenTag, warnings: list[Warning]) -> tuple[tuple[Attribute, ...], Special]:
    """The attributes of a tag, special ones apart."""
    found: dict[str, RawAttribute] = {}
    attributes: list[Attribute] = []
    for raw in tag.attributes:
        if raw.name is not None and raw.name.startswith(":"):
            _refuse_special(source, tag, raw, found)
            found[raw.name] = raw
        elif raw.name not in _DROPPED:
            value = expression.expression(raw.value) if isinstance(raw.value, Excerpt) else raw.value
            attributes.append(Attribute(raw.name, value, raw.at))
            _check_quoted(attributes[-1], warnings)
    special = _special(source, tag, found) if found else _NONE
    if tag.kind == "html":
        _check_html(source, tag, attributes, warnings)
    return tuple(attributes), special


_NONE = Special()


def _refuse_special(source: Source, tag: OpenTag, raw: RawAttribute, found: dict[str, RawAttribute]) -> None:
    name, allowed = raw.name or "", _SPECIAL[tag.kind]
    if name not in allowed:
        cure = f"allowed here: {', '.join(allowed)}"
        if name not in (":let", ":key") and (habit := special_habit(name)) is not None:
            cure = f"{habit}; {cure}"
        if tag.kind == "html":
            happened = f"unsupported attribute {name} in tags"
        elif name == ":key" and tag.kind == "slot":
            happened = ":key is not supported on slots"
        else:
            happened = f"unsupported attribute {name} in {_KINDS[tag.kind]} <{tag.written}>"
        raise source.error(happened, raw.at, cure)
    if name in found:
        cure = "join the conditions with `and`" if name == ":if" else "keep one of them"
        happened = (
            f"cannot define multiple {name} attributes, another is defined at line {source.where(found[name].at).line}"
        )
        raise source.error(happened, raw.at, cure)
    if not isinstance(raw.value, Excerpt):
        what = "a pattern" if name == ":let" else "an expression"
        shape = {":let": "row", ":for": "item in @items"}.get(name, "@x")
        raise source.error(f"{name} must be {what} between {{...}}", raw.at, f"write `{name}={{{shape}}}`")


def _special(source: Source, tag: OpenTag, found: dict[str, RawAttribute]) -> Special:
    code = {name: raw.value for name, raw in found.items() if isinstance(raw.value, Excerpt)}
    at: dict[str, Location | None] = {name: raw.at for name, raw in found.items()}
    if ":key" in code and ":for" not in code and ":if" not in code:
        raise source.error("cannot use :key without :for", tag.at, "add `:for={…}`, or leave the :key out")  # TG-29
    if ":let" in code and tag.self_closing:
        happened = f"cannot use :let on <{tag.written} />, it has no content"
        raise source.error(happened, found[":let"].at, f"write `<{tag.written} …>…</{tag.written}>`")  # FC-11
    return Special(
        expression.pattern(code[":let"]) if ":let" in code else None,
        expression.expression(code[":if"]) if ":if" in code else None,
        expression.generators(code[":for"], found[":for"].at) if ":for" in code else None,
        expression.expression(code[":key"]) if ":key" in code else None,
        at.get(":let"),
        at.get(":if"),
        at.get(":for"),
        at.get(":key"),
    )


def _check_html(source: Source, tag: OpenTag, attributes: list[Attribute], warnings: list[Warning]) -> None:
    """Rules of LiveView about HTML attributes, and names that are surely slips."""  # TG-31, TG-34
    identified = any(each.name in (None, "id") for each in attributes)
    for each in attributes:
        literal = each.value.text if isinstance(each.value, Literal) else None
        if each.name in ("phx-update", "phx-hook") and not identified:
            raise source.error(f'attribute "{each.name}" requires the "id" attribute', tag.at, 'write id="…"')
        if each.name == "phx-update" and literal is not None:
            _check_update(source, literal, each.at, warnings)
        if tag.written == "input" and each.name == "name" and literal == "id":
            happened = 'an input with name="id" hides the id of its form in the browser'
            warnings.append(Warning(happened, each.at, "choose another name"))  # TG-34
        if each.name is not None and "<" in each.name:
            warnings.append(
                Warning(f"the attribute name {each.name!r} has a <", each.at, "is a `>` missing before it?")
            )
        if each.name is not None and each.name.startswith("phx-"):
            _check_binding(each.name, each.at, warnings)
        if each.name is not None and (habit := attribute_habit(each.name)) is not None and each.name != "let":
            happened = f"the attribute {each.name} means nothing to the browser"
            warnings.append(Warning(happened, each.at, habit))
        value = literal if literal is not None else each.value.ast if isinstance(each.value, Code) else None
        if each.name is not None and value is not None and (script := script_habit(each.name, value)) is not None:
            warnings.append(Warning(script[0], each.at, script[1]))
        if each.name is not None and (wrong := misplaced(tag.written, each.name, value)) is not None:
            warnings.append(Warning(wrong[0], each.at, wrong[1]))
        if isinstance(each.value, Code) and each.name is not None and (habit := shown_habit(each.value.ast, each.name)):
            raise source.error(f"{each.name} cannot show a dict or a set", each.at, habit)
    if (habit := tag_habit(tag.written)) is not None:
        warnings.append(Warning(f"<{tag.written}> means nothing to the browser", tag.at, habit))
    if not _TAG_NAME.fullmatch(tag.written):
        warnings.append(Warning(f"<{tag.written}> is no name of an HTML tag", tag.at, "put a space after the name"))


def _check_binding(name: str, at: Location, warnings: list[Warning]) -> None:
    """A name that is nearly one of the client's; others may be read by the user's own hooks."""
    rest = name.removeprefix("phx-")
    if rest in BINDINGS or rest.startswith("value-"):
        return
    from difflib import get_close_matches

    head, dash, tail = rest.partition("-")
    if rest == "value" or (dash and get_close_matches(head, ["value"], cutoff=0.75)):
        cure = f"write phx-value-{tail or 'name'}={{…}}"
    elif (habit := binding_habit(rest)) is not None:
        cure = habit
    elif near := get_close_matches(rest, BINDINGS, n=1, cutoff=0.75):
        cure = f"did you mean phx-{near[0]}?"
    else:
        return
    warnings.append(Warning(f"the client knows no {name}", at, cure))


def _check_quoted(attribute: Attribute, warnings: list[Warning]) -> None:
    """Braces in quotes are text."""
    if not isinstance(attribute.value, Literal) or "{" not in attribute.value.text:
        return
    text, name = attribute.value.text, attribute.name or ""
    found = _ASSIGN.search(text) or (_PUT_IN.search(text) if name in _PLAIN or name.startswith("phx-") else None)
    if found is not None:
        happened = f"{found[0]} in the quoted value of {name} is text: nothing is put in there"
        inner = found[0].strip("$#{% }") or "@x"
        warnings.append(Warning(happened, attribute.at, f'write {name}={{f"…{{{inner}}}…"}}'))


def _check_update(source: Source, value: str, at: Location, warnings: list[Warning]) -> None:
    if value in ("append", "prepend"):
        warnings.append(Warning(f'phx-update="{value}" is deprecated', at, "use a stream"))
    elif value not in _UPDATES:
        happened = f'the value of "phx-update" must be one of ignore, stream, replace; got "{value}"'
        nearest = nearest_names(value, _UPDATES)
        raise source.error(happened, at, f'write phx-update="{nearest[0] if nearest else "stream"}"')
