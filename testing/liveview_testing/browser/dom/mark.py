"""What a browser knows of one element beside what it was sent.

Owns `Mark`, the private store of an element and the attributes and properties that the client changed, and `Sticky`, the results
of JS commands that every patch applies again.

Law: a mark is a value, and an element about which there is nothing to know has none (`PLAIN`).
"""  # JC-6

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import evolve, field

from liveview_core.values.declaring import frozen
from liveview_core.values.frozen import changer

Path: TypeAlias = "tuple[Any, ...]"

Key: TypeAlias = "tuple[str, int, Path]"
"""An element of a document: the id of its view, the number of the held part that it is in (0: none), and its path in the page."""

AT_THE_END = (1 << 30, 1 << 30)
"""A caret behind whatever text there is."""

TAKING = frozenset(
    ("hidden", "style", "inert", "open", "popover", "disabled", "href", "tabindex", "contenteditable", "type")
)
"""Attributes that can take the focus from an element, or from what is inside."""  # PF-12

Written: TypeAlias = "Mapping[str, str | None]"
"""Attributes as the client left them, over those that were sent: text, or None for one that it took away."""

_NOTHING: Written = {}


@frozen
class Sticky:
    """Results of JS commands that patches apply again, in the order of their first use; None: not used."""  # JC-6

    order: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()
    sets: tuple[tuple[str, str], ...] = ()
    unsets: tuple[str, ...] = ()
    display: str | None = None
    """The inline display: "none", "block", …; None where no command has shown or hidden the element."""

    def used(self, slot: str) -> Sticky:
        """The same with `slot` ("classes", "attrs" or "toggle") among those that were used."""
        return self if slot in self.order else evolve(self, order=(*self.order, slot))

    def over(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """The attributes of an element once everything was applied to these."""
        found = dict(attributes)
        for slot in self.order:
            match slot:
                case "classes":
                    _classes(found, self.adds, self.removes)
                case "attrs":
                    for name in self.unsets:
                        found.pop(name, None)
                    found.update(self.sets)
                case _:
                    if self.display is not None:
                        found["style"] = with_display(found.get("style", ""), self.display)
        return found


NOT_STICKY = Sticky()


@frozen
class Again:
    """The refs of an element that was locked inside a part as that began to be held back: its twin in the client's hidden clone
    keeps them until the whole part is released, and then they are answered once more. `cloned`: a patch has come to the twin, so
    that it has a clone of its own; `rows`: those of the streams inside as that was made, by the ids of their containers. `told`:
    the hook of the element was told of the twin.
    """

    loading: int | None
    lock: int | None
    cloned: bool = False
    told: bool = False
    rows: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)


@frozen
class Clone:
    """What the client's hidden clone of an element still has, from before the connection was lost: the element in a page that is
    gone, and what those inside waited for then. `first`: the element as it was cloned; `copied`: what was known then.
    """  # LK-29

    node: Any = field(repr=False)
    waiting: tuple[tuple[Any, Again], ...] = ()
    first: Any = field(default=None, repr=False)
    copied: Mapping[Path, Mark] = field(factory=dict[Path, "Mark"], repr=False)


@frozen
class Stale:
    """An element as it was when it was first patched while it was locked: its attributes, its value, whether it was checked."""

    attributes: Written
    value: str | None = None
    checked: bool | None = None


@frozen(weakref_slot=False)
class Mark:
    """What is known of one element. Every field's default says: as it was sent, and nothing happened to it."""

    number: int = 0
    """What values that wait (timers, actions) name the element by, wherever it moves; 0: none does."""

    # properties that a user, or the client, has set (PF-13)
    value: str | None = None
    checked: bool | None = None
    selected: tuple[str, ...] | None = None
    files: tuple[Any, ...] = ()
    """What the property `files` of a file input has."""
    option: int | None = None
    """Of a select: the number of the option that the client's morph gave the attribute `selected`; -1 where no patch has
    visited it yet; -2: none, and none is selected; None: the one that is selected as it was sent."""  # FI-9
    inner: tuple[str, bool] | None = None
    """Of a textarea: the text in it (what a reset brings back), and whether there is a text node at all; None: what was sent. A
    morph writes into the text that is there, and into none where there was none at first."""
    detached: bool = False
    """Whether its property was once set by itself: what is written to the attribute does not show any more."""  # PF-13
    bad_input: bool = False
    """What was typed is no number, or no whole date, so that the control has no value at all."""  # CE-41, FI-13
    shown: str | None = None
    """What was typed into a field of a number or of e-mail addresses, which need not be its value; it counts as long as the field
    has what that is read as."""
    caret: tuple[int, int] | None = None
    """Where the caret of a field was when it was left; None: at the start, or at the end of what was written into it."""
    parts: tuple[int | None, ...] | None = None
    """What was typed into the parts of a date or time field; it counts as long as the field has what they say."""

    # private marks of the client (MD-1)
    used: bool = False
    """An event of this control was processed: `has-focused` in the client."""  # FI-1
    submitted: bool = False
    counted: tuple[int, str] | None = None
    """The number and the kind of its last counted change or input event."""  # FI-6
    submitter: int | None = None
    popover: bool = False
    """A popover is shown: no attribute says so."""
    leaving: bool = False
    """Of a stream's row: it stands among the others again, and its `phx-remove` is still running."""  # PA-42
    copied: bool = False
    """Of a stream's row: it came out of a hidden clone as a copy, which lacks what the client keeps of a row, until the next patch
    comes to it: that finds it another than it was sent."""  # PA-29, MD-2
    mounted: bool = False
    """Its `phx-mounted` has run."""
    hook: Any = None
    """The hook that was made for it."""
    pace: Any = None
    """Its debounce or throttle cycle."""
    tracked: tuple[Any, ...] = ()
    """The files that the client holds for an upload's input."""  # UPL-2
    scheduled: Any = None
    """Of a form: the submit that waits for its uploads."""  # UPL-20
    dragged: int = 0
    """Of a drop target: how many elements inside something is dragged over."""  # UPL-30
    unlocked: tuple[Any, ...] = ()
    """What waits until it is locked no more."""

    # what commands and pushes wrote
    written: Written = _NOTHING
    text: str | None = None
    """What stands in it instead of what was sent: `phx-disable-with`."""  # LK-7
    sticky: Sticky = NOT_STICKY
    ignored: tuple[str, ...] = ()
    """Attributes that patches leave alone."""  # JC-12

    # refs: which pushes it waits for (LK-2)
    view: str | None = None
    loading: int | None = None
    lock: int | None = None
    refs: tuple[int, ...] = ()
    """Refs that were answered while a newer one was there."""  # LK-20
    held: int = 0
    """The number of the part that is kept back from patches, whose root it is; 0: nothing is kept back."""  # LK-10

    again: Again | None = None
    """In a part that is held back: what the client's hidden clone of the part has of its refs."""  # LK-21
    clone: Clone | None = None
    """What an answer puts back, if it brings nothing: it waited as the connection was lost."""  # LK-29
    stale: Stale | None = None
    """What the client puts back at the ack: it was patched in place meanwhile, because it has the focus."""  # LK-14

    @property
    def pending(self) -> bool:
        """Whether some push that it took part in has not been answered (`data-phx-ref-src` is there)."""
        return self.view is not None

    @property
    def dirty(self) -> bool:
        """Whether a property is not what the attributes say."""
        return self.value is not None or self.checked is not None or self.selected is not None

    def attributes(self, sent: Mapping[str, str]) -> Mapping[str, str]:
        """The attributes of the element, which was sent these."""
        if not self.written:
            return sent
        found = dict(sent)
        for name, value in self.written.items():
            if value is None:
                found.pop(name, None)
            else:
                found[name] = value
        return found

    def with_attributes(self, sent: Mapping[str, str], wanted: Mapping[str, str]) -> Mark:
        """The mark with which an element that was sent `sent` has exactly the attributes `wanted`."""
        written: dict[str, str | None] = {name: None for name in sent if name not in wanted}
        written.update((name, value) for name, value in wanted.items() if sent.get(name) != value)
        return change_mark(self, written=written)


PLAIN = Mark()

change_mark: Callable[..., Mark] = changer(Mark)
"""What is known of an element, with other things in some of its fields."""


def cloned(mark: Mark) -> Mark:
    """What is known of a copy of an element: what it holds and its attributes go along, nothing that is private does."""  # MD-2
    return Mark(
        value=mark.value,
        checked=mark.checked,
        option=mark.option,
        inner=mark.inner,
        detached=mark.detached,
        shown=mark.shown,
        written=mark.written,
        text=mark.text,
        view=mark.view,
        loading=mark.loading,
        lock=mark.lock,
    )


def classes(text: str | None) -> list[str]:
    """The class names in an attribute, in order, each once."""
    return list(dict.fromkeys((text or "").split()))


def _classes(attributes: dict[str, str], adds: tuple[str, ...], removes: tuple[str, ...]) -> None:
    had = classes(attributes.get("class"))
    names = [name for name in had if name not in removes]
    names.extend(name for name in adds if name not in names)
    if names != had:
        attributes["class"] = " ".join(names)


def with_display(style: str, display: str) -> str:
    """An inline style with another `display`; "" takes it away. One that has it already stays as it is written."""
    rules = [rule.strip() for rule in style.split(";") if rule.strip()]
    shown = [at for at, rule in enumerate(rules) if rule.partition(":")[0].strip().lower() == "display"]
    if display and shown and rules[shown[-1]].partition(":")[2].strip().lower() == display:
        return style
    if display:
        where = shown[-1] if shown else len(rules)  # it is written where one was
        rules[where : where + 1] = [f"display: {display}"]
    kept = [rule for at, rule in enumerate(rules) if at not in (shown[:-1] if display else shown)]
    return "; ".join(kept) + (";" if kept else "")
