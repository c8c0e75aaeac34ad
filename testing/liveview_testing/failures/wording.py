"""Why the simulated user could not do it, in words: the one function that prints failures.

`explain` turns any failure (`evidence`) into words, always in one shape: what happened, what was expected, what was got, what
comes nearest, what to do. Law: only relevant html is shown, every cut is announced with its size, and the text depends on
nothing but the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import assert_never

from attrs import field

from liveview_core.values.declaring import frozen
from liveview_core.values.patterns import late_pattern
from liveview_testing.failures.evidence import (
    BadCommand,
    BadSelector,
    Bindings,
    Disabled,
    Failure,
    Hidden,
    InvalidSubmitter,
    LeftPage,
    ManyMatches,
    NoBinding,
    NoMatch,
    NotAForm,
    NoTarget,
    NoText,
    NoTextMatch,
    Sketch,
    Unfillable,
    UnknownField,
    UnknownOption,
    Unwanted,
    WrongCount,
    nearest,
)

__all__ = ["MOST", "Report", "excerpt", "explain", "report_of"]

MOST = 5  # elements, options or names listed before "and n more"
WIDTH = 160  # characters of html shown of one element


@frozen
class Report:
    """The one shape of every text: a headline, then labelled lines."""

    headline: str
    rows: list[tuple[str, list[str]]] = field(factory=list[tuple[str, list[str]]])

    def row(self, label: str, *lines: str) -> None:
        if lines:
            self.rows.append((label, list(lines)))

    def text(self) -> str:
        out = [self.headline]
        for label, lines in self.rows:
            out.append(f"  {label}: {lines[0]}")
            out.extend(f"    {line}" for line in lines[1:])
        return "\n".join(out)

    def get(self, label: str) -> str | None:
        return next(("\n".join(lines) for name, lines in self.rows if name == label), None)


COMMAND = 30  # characters of a JS command
_COMMANDS = late_pattern(rf'="(\[\[&quot;[^"]{{{COMMAND + 20},}})"')


def excerpt(html: str, width: int = WIDTH) -> str:
    """One line of html, at most `width` characters of it; what was cut is said.

    Where it is too long, JS commands are cut first: they hide what tells one button from the next.

    >>> excerpt("<p>" + "x" * 200, 10)
    '<p>xxxxxxx… (193 more characters)'
    """
    line = " ".join(html.split())
    if len(line) > width:
        line = _COMMANDS.sub(lambda found: f"='{unescape(found[1])[:COMMAND]}…'", line)
    if len(line) <= width:
        return line
    return f"{line[:width]}… ({len(line) - width} more characters)"


def _quote(value: str) -> str:
    return f'"{value}"'


def _shown(elements: tuple[Sketch, ...], count: int) -> list[str]:
    lines = [excerpt(element.html) for element in elements[:MOST]]
    if count > len(lines):
        lines.append(f"… and {count - len(lines)} more")
    return lines


def _listed(names: Iterable[str]) -> list[str]:
    found = list(names)
    lines = found[: 4 * MOST]
    if len(found) > len(lines):
        lines.append(f"… and {len(found) - len(lines)} more")
    return lines


def _near(elements: tuple[Sketch, ...]) -> list[str]:
    return [f"{element.name}  {excerpt(element.html)}" for element in elements[:MOST]]


def _filter(text: str | re.Pattern[str]) -> str:
    return f"the text {_quote(text)}" if isinstance(text, str) else f"a text matching /{text.pattern}/"


def _bound(bindings: Bindings) -> str:
    return ", ".join(f"{name}={excerpt(value, 60)!r}" for name, value in bindings)


# What many of them have in common.
_LOOK = "look at the page: print(view.render()), or view.open_browser()"
_ANYWAY = "view.render_click(event) and its kin send an event whatever the page has"
_UNCHECKED = "to send it anyway, give it to render_submit or render_change"


def explain(value: Failure) -> str:
    """The failure in words. The same value always gives the same text."""
    return report_of(value).text()


def report_of(value: Failure) -> Report:
    match value:
        case NoMatch() | NoTextMatch() | ManyMatches() | BadSelector():
            return _lookup(value)
        case WrongCount() | Unwanted():
            return _presence(value)
        case NotAForm() | Disabled() | Hidden() | NoBinding() | NoTarget() | BadCommand():
            return _action(value)
        case UnknownField() | UnknownOption() | Unfillable() | NoText() | InvalidSubmitter():
            return _form(value)
        case LeftPage():
            report = Report(
                f"the view has left the page: there is no text to read ({value.kind} to {_quote(value.to)})"
            )
            report.row("expected", "the html of the page after the event")
            report.row("got", f"a {value.kind} to {_quote(value.to)}")
            report.row("cure", "assert_redirect() to check where it went, follow_redirect() to go there and read on")
            return report
        case _:  # pragma: no cover - the types know no other
            assert_never(value)


def _lookup(value: NoMatch | NoTextMatch | ManyMatches | BadSelector) -> Report:
    selector = _quote(value.selector)
    match value:
        case NoMatch():
            wanted = "" if value.text is None else f", to have {_filter(value.text)}"
            report = Report(f"no element matches {selector}")
            report.row("expected", f"one element in {value.where}{wanted}")
            if value.reached is None:
                report.row("got", "none")
            else:
                report.row("got", f"none: {_quote(value.reached)} matches, the rest of the selector does not")
            report.row("nearest", *_near(value.near))
            report.row("cure", "take the nearest, or look at the page: print(view.render())" if value.near else _LOOK)
        case NoTextMatch():
            is_one = value.count == 1
            headline = (
                f"the element {selector} does not have {_filter(value.text)}"
                if is_one
                else f"none of the {value.count} elements {selector} has {_filter(value.text)}"
            )
            report = Report(headline)
            report.row("expected", f"{_filter(value.text)} (whitespace collapsed, descendants included)")
            report.row("got", *_shown(value.elements, value.count))
            report.row("nearest", *(_quote(text) for text in value.near))
            report.row("cure", _LOOK)
        case ManyMatches():
            having = "" if value.text is None else f" with {_filter(value.text)}"
            report = Report(f"{value.count} elements match {selector}{having}, one was meant")
            report.row("expected", "exactly one element")
            if value.total is None or value.text is None:
                report.row("got", *_shown(value.elements, value.count))
            else:
                lines = _shown(value.elements, value.count)
                report.row("got", f"{value.count} of the {value.total} that match the selector", *lines)
            report.row("cure", "a narrower selector (an id, a parent), or a text that only one of them has")
        case BadSelector():
            report = Report(f"cannot use the selector {selector}: {value.problem}")
            report.row("cure", value.cure)
    return report


def _presence(value: WrongCount | Unwanted) -> Report:
    having = "" if value.text is None else f" with {_filter(value.text)}"
    verb = "matches" if value.count == 1 else "match"
    number = f"{value.count} element{'' if value.count == 1 else 's'}"
    what = f"{_quote(value.selector)}{having}"
    shown = _shown(value.elements, value.count)
    if isinstance(value, WrongCount):
        report = Report(f"{number} {verb} {what}, {value.expected} were to")
        report.row("expected", f"{value.expected} in {value.where}")
        report.row("got", *shown)
        report.row("cure", _LOOK)
        return report
    refused = "there was to be none" if value.refused is None else f"there were not to be {value.refused}"
    report = Report(f"{number} {verb} {what}, {refused}")
    expected = "no such element" if value.refused is None else f"any number but {value.refused}"
    report.row("expected", f"{expected} in {value.where}")
    report.row("got", *shown)
    report.row("cure", "a narrower selector, or a text that only the unwanted one has; else the page is wrong")
    return report


def _action(value: NotAForm | Disabled | Hidden | NoBinding | NoTarget | BadCommand) -> Report:
    match value:
        case NotAForm():
            report = Report(f"cannot {value.action} {_quote(value.selector)}: it is {_tag(value.element)}, not a form")
            report.row("expected", "a <form>")
            report.row("got", excerpt(value.element.html))
            if value.near is not None:
                report.row("nearest", *_near((value.near,)))
            report.row("cure", "select a form" if value.near is None else "select the form it belongs to")
        case Disabled():
            by = "it is disabled" if value.by is None else f"it is disabled by {value.by.name} around it"
            report = Report(f"cannot {value.action} {_quote(value.selector)}: {by}")
            report.row("expected", "an enabled element, as a user needs one")
            report.row("got", excerpt(value.element.html))
            if value.by is not None:
                report.row("by", excerpt(value.by.html))
            report.row("cure", f"enable it first, as the user would have to; {_ANYWAY}")
        case Hidden():
            by = value.why if value.by is None else f"{value.why} on {value.by.name} around it"
            report = Report(f"cannot {value.action} {_quote(value.selector)}: it is hidden ({by})")
            report.row("expected", "an element that a user can see")
            report.row("got", excerpt(value.element.html))
            if value.by is not None:
                report.row("by", excerpt(value.by.html))
            report.row("cure", f"show it first, as the user would have to; {_ANYWAY}")
        case NoBinding():
            wanted = " or ".join(value.wanted)
            report = Report(f"cannot {value.action} {_quote(value.selector)}: it does nothing on this event")
            report.row("expected", f"{wanted} on the element")
            report.row("got", excerpt(value.element.html))
            if value.bindings:
                report.row("it has", _bound(value.bindings))
            report.row("nearest", *(f"{element.name}: {_bound(bound)}" for element, bound in value.around))
            report.row("cure", value.note or "act on the element that has it, or give it to this one")
        case NoTarget():
            report = Report(f"the phx-target {_quote(value.target)} of {value.element.name} is not on the page")
            report.row("expected", "an element or a component: without one the client logs an error and sends nothing")
            report.row("got", excerpt(value.element.html))
            report.row("nearest", *_near(value.near))
            report.row("cure", "phx-target={@myself} in a component, or the selector of an element on the page")
        case BadCommand():
            report = Report(f"the client cannot run {value.attribute} of {value.element.name}: {value.problem}")
            report.row("got", excerpt(value.value))
            report.row("cure", value.cure)
    return report


def _nested(name: str) -> str:
    """The data for `form` that fill in the field of that name."""
    first, *rest = name.removesuffix("[]").replace("]", "").split("[")
    data = "[...]" if name.endswith("[]") else "..."
    for part in reversed((first, *rest)):
        data = f"{{{part!r}: {data}}}"
    return data


def _form(value: UnknownField | UnknownOption | Unfillable | NoText | InvalidSubmitter) -> Report:
    if isinstance(value, NoText):
        report = Report(f"a value of type {value.kind} cannot be put into a field")
        report.row(
            "expected",
            "text, a number, True, False, None, a date or time, or what has a text of its own; lists of them",
        )
        report.row("got", value.value)
        report.row("cure", "give its text, or, for fields inside, a mapping: {'user': {'name': 'Ann'}}")
        return report
    form = value.form.name
    match value:
        case UnknownField():
            name = _quote(value.name)
            if value.disabled:
                report = Report(f"the field {name} of {form} is disabled")
            else:
                report = Report(f"{form} has no field {name}")
            report.row("expected", f"an enabled control with the name {name}")
            report.row("got", *_listed(f"{_quote(known)} ({kind})" for known, kind in value.controls))
            if not value.controls:
                report.row("got", "a form without named controls")
            known = [each for each, _ in value.controls]
            inside = [each for each in known if each.startswith(f"{value.name}[")]  # it is a list or a group
            around = [
                each for each in known if each.endswith((f"[{value.name}]", f"[{value.name}][]"))
            ]  # it is in a group
            near = (
                inside or around or nearest(value.name, known, at_least=0.7)
            )  # names of one form share their beginning: be strict
            report.row("nearest", *_listed(map(_quote, near)))
            if value.disabled:
                report.row("cure", f"enable it first, as the user would have to; {_UNCHECKED}")
            elif inside:
                shape = (
                    f"{{{value.name!r}: [...]}}" if inside == [f"{value.name}[]"] else f"{{{value.name!r}: {{...}}}}"
                )
                report.row("cure", f"fill in what is inside: {shape}")
            elif around:
                report.row("cure", f"say what it is in: {_nested(around[0])}; {_UNCHECKED}")
            else:
                report.row("cure", f"take a name that the form has; {_UNCHECKED}")
        case UnknownOption():
            name, given = _quote(value.name), _quote(value.value)
            what = "is disabled" if value.disabled else "is not among the values"
            report = Report(f"the value {given} of {value.kind} {name} in {form} {what}")
            report.row("expected", *_listed(map(_quote, value.options)))
            if not value.options:
                report.row("expected", "nothing: it has no options")
            report.row("got", given)
            report.row("nearest", *map(_quote, nearest(value.value, value.options)))
            cure = "a user cannot change it" if value.kind == "hidden" else "take one that a user can choose"
            report.row("cure", f"{cure}; {_UNCHECKED}")
        case Unfillable():
            report = Report(f"cannot fill {value.kind} {_quote(value.name)} in {form}: {value.why}")
            report.row("cure", value.cure)
        case InvalidSubmitter():
            report = Report(f"{_quote(value.selector)} cannot submit {form}: {value.why}")
            report.row("expected", "an enabled, named submit button of the form")
            report.row("got", *_shown(value.submitters, len(value.submitters)))
            if not value.submitters:
                report.row("got", "a form without submit buttons")
            report.row(
                "cure", "put_submitter(selector of one of them)" if value.submitters else "render_submit() alone"
            )
    return report


def _tag(element: Sketch) -> str:
    tag = re.split(r"[#.\[]", element.name, maxsplit=1)[0]
    return f"an {tag}" if tag[:1] in "aeiou" else f"a {tag}"
