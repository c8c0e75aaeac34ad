"""Commands that change how elements look: classes, attributes, show, hide, toggle, transitions.

Owns the sticky results and their timelines. Most class changes are made in the next animation frame;
a transition goes through three phases of classes, and ends after its time. While a blocking one runs, no patch is applied.

Law: what a command has decided it applies again after every patch, until the element goes.
"""  # JC-6 … JC-14, JC-15 … JC-24

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from attrs import evolve

from liveview_core.values.declaring import frozen
from liveview_testing.browser.browser import Then
from liveview_testing.browser.commands.properties import choose, hold
from liveview_testing.browser.commands.transitions import Nothing, begin, in_frames
from liveview_testing.browser.dom.mark import Sticky, classes
from liveview_testing.browser.dom.node import DomNode
from liveview_testing.browser.dom.visibility import is_visible
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.reaction import Named, Reaction

DEFAULT_TIME = 200

Args: TypeAlias = "Mapping[str, Any]"
Names: TypeAlias = "tuple[str, ...]"
Phases: TypeAlias = "tuple[Names, Names, Names]"
"""The classes while a transition runs, at its start, at its end."""

NONE: Phases = ((), (), ())


def phases(given: Any) -> Phases:
    """The phases of a command's `transition`, `ins` or `outs`."""
    if not given:
        return NONE
    run, start, end = (tuple(names) for names in given)
    return run, start, end


# --- sticky results ---------------------------------------------------------------------------------------------------


def stick(reaction: Reaction, key: Named, slot: str, change: Callable[[Sticky], Sticky]) -> None:
    """A sticky result is another: it is applied now, and after every patch."""
    node = reaction.node(key)
    if node is None:
        return
    mark = node.mark
    sticky = change(mark.sticky).used(slot)
    only = evolve(sticky, order=(slot,))
    wanted = only.over(node.attributes)
    reaction.doubted = True
    reaction.put_mark(key, evolve(mark, sticky=sticky).with_attributes(node.source.attributes, wanted))


def change_classes(reaction: Reaction, key: Named, adds: Names, removes: Names) -> None:
    """Names that are there already are not recorded as added, names that are not there not as removed."""  # JC-7
    node = reaction.node(key)
    if node is None:
        return
    had = classes(node.get("class"))
    sticky = node.mark.sticky
    new_adds = tuple(name for name in sticky.adds if name not in removes) + tuple(
        name for name in adds if name not in sticky.adds and name not in had
    )
    new_removes = tuple(name for name in sticky.removes if name not in adds) + tuple(
        name for name in removes if name not in sticky.removes and name in had
    )
    mark = evolve(node.mark, sticky=evolve(sticky, adds=new_adds, removes=new_removes).used("classes"))
    names = [name for name in had if name not in new_removes]
    names.extend(name for name in new_adds if name not in names)
    wanted = dict(node.attributes)
    if names != had:
        wanted["class"] = " ".join(names)
        reaction.doubted = True
    reaction.put_mark(key, mark.with_attributes(node.source.attributes, wanted))


@frozen
class ChangeClasses:
    """Class names go on and off."""

    key: Named
    adds: Names = ()
    removes: Names = ()

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        change_classes(reaction, self.key, self.adds, self.removes)


def classes_next_frame(reaction: Reaction, key: Named, adds: Names, removes: Names) -> None:
    """Class names change in the next frame."""
    reaction.next_frame(ChangeClasses(key, adds, removes))


@frozen
class ToggleClasses:
    """Which names go on and which off is decided in one frame, and done in the next."""  # JC-9

    key: Named
    names: Names
    args: Args

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        node = reaction.node(self.key)
        if node is None:
            return
        had, sticky = classes(node.get("class")), node.mark.sticky
        adds = tuple(name for name in self.names if name not in sticky.adds and name not in had)
        removes = tuple(name for name in self.names if name not in sticky.removes and name in had)
        add_or_remove(reaction, self.key, adds, removes, self.args)


def set_attributes(reaction: Reaction, key: Named, sets: Sequence[tuple[str, str]], removes: Names) -> None:
    """Attributes are set or taken away at once."""  # JC-10
    hold(reaction, key, {name for name, _ in sets} | set(removes))
    renamed = reaction.node(key) if any(name == "id" for name, _ in sets) else None
    if renamed is not None and renamed.source.id and ("id", renamed.source.id) not in sets:
        reaction.note(
            "JC-11",
            f"{renamed!r} is given another id: the client makes it anew with the next patch that comes to it, with the id that it"
            " had, and what elements without an id hold in it is lost; here all of it stays",
            "another attribute, or an id that the server sends",
            once=True,
        )

    def change(sticky: Sticky) -> Sticky:
        altered = {name for name, _ in sets} | set(removes)
        return evolve(
            sticky,
            sets=(*(each for each in sticky.sets if each[0] not in altered), *sets),
            unsets=(*(each for each in sticky.unsets if each not in altered), *removes),
        )

    stick(reaction, key, "attrs", change)
    node = reaction.node(key)
    if (
        node is not None
        and kind_of(node) == "radio"
        and node.get("name")
        and any(name == "checked" for name, _ in sets)
    ):
        choose(reaction, node)


def show_as(reaction: Reaction, key: Named, display: str) -> None:
    """The inline `display` is this, from now on."""
    stick(reaction, key, "toggle", lambda sticky: evolve(sticky, display=display))


# --- transitions ------------------------------------------------------------------------------------------------------


@frozen
class StartClasses:
    """The first three frames of a transition: start, run, then end in the place of start."""

    key: Named
    phases: Phases
    removes: Names = ()

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        run, start, end = self.phases
        classes_next_frame(reaction, self.key, start, self.removes)
        in_frames(reaction, 1, ClassesNextFrame(self.key, run, ()))
        in_frames(reaction, 2, ClassesNextFrame(self.key, end, start))


@frozen
class ClassesNextFrame:
    """Class names change in the frame after."""

    key: Named
    adds: Names
    removes: Names

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        classes_next_frame(reaction, self.key, self.adds, self.removes)


def add_or_remove(reaction: Reaction, key: Named, adds: Names, removes: Names, args: Args) -> None:
    """add_class, remove_class and transition: with a transition around the change, or without."""  # JC-20
    given = phases(args.get("transition"))
    run, start, end = given
    if not run:
        classes_next_frame(reaction, key, adds, removes)
        return
    begin(
        reaction,
        _time(args),
        StartClasses(key, given, (*run, *end)),
        ClassesNextFrame(key, (*adds, *end), (*removes, *run, *start)),
        blocking=args.get("blocking") is not False,
    )


def wait(reaction: Reaction, args: Args) -> None:
    """A transition of an element that is in no document: all waits for it, and it is not to be seen."""
    if phases(args.get("transition"))[0] and args.get("blocking") is not False:
        begin(reaction, _time(args), Nothing(), Nothing())


def _time(args: Args) -> float:
    time = args.get("time")
    return DEFAULT_TIME if time is None else time


def tell(reaction: Reaction, name: str, key: Named) -> None:
    """An event at an element, which nobody hears if it has left the document."""
    node = reaction.node(key)
    if node is not None:
        reaction.emit(name, None, node)


@frozen
class StartHiding:
    key: Named
    ins: Phases
    outs: Phases

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        run, start, end = self.outs
        classes_next_frame(reaction, self.key, start, (*self.ins[0], *self.ins[1], *self.ins[2]))
        in_frames(reaction, 1, ClassesNextFrame(self.key, run, ()))
        in_frames(reaction, 2, ClassesNextFrame(self.key, end, start))


@frozen
class EndHiding:
    key: Named
    outs: Phases

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        classes_next_frame(reaction, self.key, (), (*self.outs[0], *self.outs[2]))
        show_as(reaction, self.key, "none")
        tell(reaction, "phx:hide-end", self.key)


@frozen
class StartShowing:
    key: Named
    ins: Phases
    outs: Phases
    display: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        run, start, _end = self.ins
        classes_next_frame(reaction, self.key, start, (*self.outs[0], *self.outs[1], *self.outs[2]))
        in_frames(reaction, 1, ClassesNextFrame(self.key, run, ()))
        in_frames(reaction, 2, ShowWithClasses(self.key, self.ins, self.display))


@frozen
class ShowWithClasses:
    key: Named
    ins: Phases
    display: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        show_as(reaction, self.key, self.display)
        classes_next_frame(reaction, self.key, self.ins[2], self.ins[1])


@frozen
class EndShowing:
    key: Named
    ins: Phases

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        classes_next_frame(reaction, self.key, (), (*self.ins[0], *self.ins[2]))
        tell(reaction, "phx:show-end", self.key)


@frozen
class ShowNow:
    """Without transition classes all of it is one frame."""  # JC-16

    key: Named
    display: str
    events: str

    def __call__(self, reaction: Reaction, _: Any = None, /) -> None:
        tell(reaction, f"phx:{self.events}-start", self.key)
        show_as(reaction, self.key, self.display)
        tell(reaction, f"phx:{self.events}-end", self.key)


def toggle(reaction: Reaction, occasion: Any, target: DomNode, args: Args, ins: Phases, outs: Phases) -> None:
    """Show what is hidden, hide what is shown."""  # JC-15 … JC-19, JC-22
    node = reaction.again(target)
    key = reaction.number(node)
    visible = is_visible(node, reaction.env.styles)
    display = str(args.get("display") or default_display(node))
    if not ins[0] and not outs[0]:
        reaction.next_frame(ShowNow(key, "none", "hide") if visible else ShowNow(key, display, "show"))
        return
    blocking = args.get("blocking") is not False
    start: Then
    end: Then
    if visible:
        reaction.emit("phx:hide-start", None, node)
        start, end = StartHiding(key, ins, outs), EndHiding(key, outs)
    else:
        if occasion.kind == "remove":
            return
        reaction.emit("phx:show-start", None, node)
        start, end = StartShowing(key, ins, outs, display), EndShowing(key, ins)
    begin(reaction, _time(args), start, end, blocking=blocking)


def default_display(node: DomNode) -> str:
    """What an element is shown as when nothing else is said."""  # JC-17
    return {"tr": "table-row", "td": "table-cell"}.get(node.tag, "block")


# --- the commands -----------------------------------------------------------------------------------------------------


def _names(args: Args) -> Names:
    return tuple(args.get("names") or ())


def _add_class(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    add_or_remove(reaction, reaction.number(target), _names(args), (), args)


def _remove_class(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    add_or_remove(reaction, reaction.number(target), (), _names(args), args)


def _toggle_class(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    key, names = reaction.number(target), _names(args)
    same = [
        name
        for each in reaction.browser.timers.values()
        if isinstance(each.then, ToggleClasses) and each.then.key == key
        for name in each.then.names
        if name in names
    ]
    if same:
        reaction.note(
            "JC-9",
            f"toggle_class of {', '.join(dict.fromkeys(same))} at {target!r} counts once: it came in the frame of another one,"
            " and both find the same state",
            "a frame between two clicks: page.wait_for_timeout(16)",
        )
    reaction.next_frame(ToggleClasses(key, names, args))


def _transition(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    add_or_remove(reaction, reaction.number(target), (), (), args)


def _set_attr(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    name, value = args["attr"]
    set_attributes(reaction, reaction.number(target), [(name, str(value))], ())


def _remove_attr(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    set_attributes(reaction, reaction.number(target), (), (str(args["attr"]),))


def _toggle_attr(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    name, first, *rest = args["attr"]
    now = reaction.again(target).get(name)
    if now is None:
        set_attributes(reaction, reaction.number(target), [(name, str(first))], ())
    elif rest:
        set_attributes(reaction, reaction.number(target), [(name, str(rest[0] if now == first else first))], ())
    else:
        set_attributes(reaction, reaction.number(target), (), (name,))


def _ignore_attrs(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    names: Names = tuple(args.get("attrs") or ())
    reaction.set_mark(reaction.number(target), ignored=names)
    for name in names:
        if name.startswith("*") and name != "*":
            text = f"JS.ignore_attributes({name!r}) ignores nothing of {target!r}: the client reads it as a regular expression"
            reaction.note("JC-13", text, "names of attributes, '*' for all, or a pattern that ends with *", once=True)


def _show(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    if not is_visible(reaction.again(target), reaction.env.styles):
        toggle(reaction, occasion, target, args, phases(args.get("transition")), NONE)


def _hide(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    if is_visible(reaction.again(target), reaction.env.styles):
        toggle(reaction, occasion, target, args, NONE, phases(args.get("transition")))


def _toggle(reaction: Reaction, occasion: Any, args: Args, target: DomNode) -> None:
    number = reaction.mark(target.key).number
    if number and any(
        isinstance(each.then, ShowNow) and each.then.key == number for each in reaction.browser.timers.values()
    ):
        reaction.note(
            "JC-9",
            f"toggle of {target!r} does what the one before does: it came in the same frame, and both find the same state",
            "a frame between two clicks: page.wait_for_timeout(16)",
        )
    toggle(reaction, occasion, target, args, phases(args.get("ins")), phases(args.get("outs")))


COMMANDS = {
    "add_class": _add_class,
    "remove_class": _remove_class,
    "toggle_class": _toggle_class,
    "transition": _transition,
    "set_attr": _set_attr,
    "remove_attr": _remove_attr,
    "toggle_attr": _toggle_attr,
    "ignore_attrs": _ignore_attrs,
    "show": _show,
    "hide": _hide,
    "toggle": _toggle,
}
