"""Running commands: which ones a binding holds, for which elements, in which order.

Owns `run`. A binding is the name of an event, or a list of commands as JSON.

Law: a command with several targets runs for each in document order before the next command; what cannot be run ends the list.
"""  # JC-1 … JC-4, JC-31

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from attrs import evolve, field

from liveview_core.errors import shown
from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Then
from liveview_testing.browser.commands import dispatch_and_navigation, display, focusing
from liveview_testing.browser.commands.argument_shapes import misfit
from liveview_testing.browser.connection.pushing.pushes import Push
from liveview_testing.browser.connection.pushing.pushing import owner, push
from liveview_testing.browser.dom.node import DomNode, container, root
from liveview_testing.browser.dom.querying import closest, find, near
from liveview_testing.browser.reaction import Reaction
from liveview_testing.failures.exceptions import SelectorError


@frozen
class Occasion:
    """Why commands run: the kind of the event, the element whose binding it is, and what a push of a bare name carries."""

    kind: str | None
    source: DomNode
    view: str
    bare: bool = True
    """Whether the name of an event alone is a push (not where only commands may stand)."""  # JC-1
    data: Mapping[str, Any] = field(factory=dict[str, Any])
    submitter: DomNode | None = None
    field_target: str | None = None
    dispatcher: DomNode | None = None
    trusted: bool = True
    then: Then | None = None
    failed: Then | None = None
    extra: Sequence[tuple[str, str]] = ()


class Stopped(Exception):
    """The client throws here: the rest of the commands does not run."""

    def __init__(self, why: str, cure: str) -> None:
        super().__init__(why)
        self.cure = cure


def _note_stopped(reaction: Reaction, what: str, stopped: Stopped) -> None:
    """What was not run, and why, is noted."""
    reaction.note("JC-2", f"{what}: {stopped}; the commands after it did not run", stopped.cure)


def run(reaction: Reaction, occasion: Occasion, text: str) -> None:
    """Run what a binding holds. What the client would throw at is noted."""
    occasion = evolve(occasion, data=dict(occasion.data) if occasion.bare else MappingProxyType(occasion.data))
    try:
        _all(reaction, occasion, commands_of(occasion, text), text)
    except Stopped as stopped:
        _note_stopped(reaction, repr(occasion.source), stopped)


def _all(reaction: Reaction, occasion: Occasion, commands: Sequence[tuple[str, Mapping[str, Any]]], text: str) -> None:
    for at, (name, args) in enumerate(commands):
        for target in meant(reaction, occasion.source, name, args):
            perform(reaction, occasion, name, args, target, text)
        if name == "navigate" and at + 1 < len(commands):
            reaction.once_joining(Rest(occasion, tuple(commands[at + 1 :]), text))
            return


@frozen(eq=False)
class Rest:
    """The rest of a list of commands."""

    occasion: Occasion
    commands: tuple[tuple[str, Mapping[str, Any]], ...]
    text: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        try:
            _all(reaction, self.occasion, self.commands, self.text)
        except Stopped as stopped:
            _note_stopped(reaction, repr(self.occasion.source), stopped)


def run_behind(reaction: Reaction, view: str, removes: Sequence[str]) -> None:
    """Run the `phx-remove` of what is taken away where only the client's hidden clone sees it: on nodes in no document.

    What is for other elements is done; of what is for itself it is only waited for.
    """  # LK-11
    around = container(reaction.document, view) if removes else None
    if around is None:
        return
    occasion = Occasion("remove", around, view, bare=False, trusted=False)
    for text in removes:
        try:
            for name, args in commands_of(occasion, text):
                if isinstance(args.get("to"), str):
                    for target in meant(reaction, around, name, args) if name != "push" else ():
                        perform(reaction, occasion, name, args, target)
                elif name in ("transition", "add_class", "remove_class"):
                    display.wait(reaction, args)
        except Stopped as stopped:
            _note_stopped(reaction, "phx-remove", stopped)


def carry_out(reaction: Reaction, source: DomNode, kind: str | None, name: str, args: Mapping[str, Any]) -> None:
    """One command of a binding of `source`. What the client would throw at, and what nobody here can find, is noted."""
    view = owner(source)
    if view is None:
        return
    occasion = Occasion(kind, source, view)
    try:
        for target in meant(reaction, source, name, args):
            perform(reaction, occasion, name, args, target)
    except Stopped as stopped:
        _note_stopped(reaction, repr(source), stopped)
    except SelectorError as error:
        reaction.note("JC-3", f"{source!r}: {name} did nothing: {error}", "a selector that is known here")


def commands_of(occasion: Occasion, text: str) -> list[tuple[str, Mapping[str, Any]]]:
    """The commands of a binding."""
    if text.startswith("["):
        try:
            read: list[Any] = json.loads(text)
        except (ValueError, RecursionError) as error:
            cure = "JS.…, as the attribute's value"
            raise Stopped(f"{shown(text)} begins as commands do, and is no JSON ({error})", cure) from None
        found: list[tuple[str, Mapping[str, Any]]] = []
        for each in read:
            parts: list[Any] = each if isinstance(each, list) else []  # pyright: ignore[reportUnknownVariableType]
            if not parts or not isinstance(parts[0], str):
                raise Stopped(f"{shown(cast(object, each))} is no [name, arguments]", "JS.…, as the attribute's value")
            found.append((parts[0], parts[1] if len(parts) > 1 else {}))
        return found
    if not occasion.bare:
        raise Stopped(f"only JS commands can stand here, not the name of an event ({text!r})", f"JS.push({text!r})")
    return [("push", {"event": text})]


def targets(reaction: Reaction, source: DomNode, to: object) -> list[DomNode]:
    """The elements that a command is for."""  # JC-3
    now = reaction.again(source)
    match to:
        case str() if to:
            return find(root(reaction.document), to)
        case {"inner": str(selector)}:
            return find(now, selector)
        case {"closest": str(selector)}:
            found = closest(now, selector)
            return [] if found is None else [found]
        case _:
            return [now]


def meant(reaction: Reaction, source: DomNode, name: str, args: Mapping[str, Any]) -> list[DomNode]:
    """The same, of one command; that there is none is noted, once for each selector: the client says nothing.

    Raises Stopped where its arguments are none that it has.
    """
    wrong = misfit(name, args)
    if wrong is not None:
        raise Stopped(wrong, f"JS.{_JS.get(name, name)}(…) writes them")
    to = args.get("to")
    found = targets(reaction, source, to)
    if not found:
        others: list[str] = []
        match to:
            case {"inner": str(selector)}:
                written, where = f"('inner', {selector!r})", f"in {source!r}"
            case {"closest": str(selector)}:
                written, where = f"('closest', {selector!r})", f"around {source!r}"
            case _:
                written, where, others = repr(to), "on the page", near(reaction.document, str(to))
        called = _JS.get(name, name)
        cure = f"nearest: {', '.join(others)}" if others else "a selector of an element that is there by then"
        text = f"JS.{called}(to={written}) of {source!r} did nothing: there is no such element {where}"
        reaction.note("JC-3", text, cure, once=True)
    return found


_JS = {
    "set_attr": "set_attribute",
    "remove_attr": "remove_attribute",
    "toggle_attr": "toggle_attribute",
    "ignore_attrs": "ignore_attributes",
}
"""Commands that are called otherwise where one writes them."""


def perform(
    reaction: Reaction, occasion: Occasion, name: str, args: Mapping[str, Any], target: DomNode, text: str = ""
) -> None:
    """One command for one element. Raises Stopped where the client throws."""
    match name:
        case "push":
            _push(reaction, occasion, args, text)
        case "exec":
            _exec(reaction, occasion, args, target)
        case _:
            command = COMMANDS.get(name)
            if command is None:
                raise Stopped(
                    f"there is no command {name!r}", f"one of {', '.join(sorted(('exec', 'push', *COMMANDS)))}"
                )
            command(reaction, occasion, args, target)


def _push(reaction: Reaction, occasion: Occasion, args: Mapping[str, Any], text: str) -> None:
    wanted = Push(
        occasion.kind,
        args.get("event") or text,
        occasion.source,
        args.get("value") or {},
        args.get("target"),
        args.get("loading"),
        bool(args.get("page_loading")),
        occasion.data,
        occasion.submitter,
        occasion.field_target,
        occasion.dispatcher,
        occasion.extra,
        occasion.then,
        occasion.failed,
    )
    push(reaction, occasion.view, wanted)


def _exec(reaction: Reaction, occasion: Occasion, args: Mapping[str, Any], target: DomNode) -> None:
    """The commands that stand in an attribute of other elements, with each of them as the source."""  # JC-31
    attribute = str(args.get("attr", ""))
    text = target.get(attribute)
    if not text:
        raise Stopped(
            f"JS.exec expects {attribute} of {target!r} to hold JS commands", f"{attribute}={{JS.…}} on {target!r}"
        )
    view = owner(target)
    if view is None:
        return
    inner = Occasion(occasion.kind, target, view, bare=False, trusted=False)
    for name, inner_args in commands_of(inner, text):
        for each in meant(reaction, target, name, inner_args):
            perform(reaction, inner, name, inner_args, each, text)


Command = Callable[[Reaction, Any, "Mapping[str, Any]", DomNode], None]

COMMANDS: dict[str, Command] = {**display.COMMANDS, **focusing.COMMANDS, **dispatch_and_navigation.COMMANDS}
"""The commands by their names on the wire; `push` and `exec` are above."""


__all__ = ["COMMANDS", "Occasion", "Stopped", "meant", "perform", "run", "targets"]
