"""The options of a select: which there are, which can be chosen, and which one is as it was sent.

Owns `options_of`, `default_option` and `is_option_disabled`. Law: options stand in the select or in its groups, nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, Self, TypeVar


class Sent(Protocol):
    """An element as it was sent."""

    def get(self, name: str) -> str | None: ...


class Option(Protocol):
    """What is asked of an element: `DomNode`."""

    tag: str

    @property
    def source(self) -> Sent: ...

    @property
    def parent(self) -> Option | None: ...

    def get(self, name: str) -> str | None: ...


class Container(Protocol):
    """An element with others in it."""

    tag: str

    def elements(self) -> Iterator[Self]: ...


E = TypeVar("E", bound=Container)


def options_of(select: E) -> list[E]:
    """The options of a select, those of its groups included."""
    found: list[E] = []
    for each in select.elements():
        if each.tag == "option":
            found.append(each)
        elif each.tag == "optgroup":
            found.extend(part for part in each.elements() if part.tag == "option")
    return found


def default_option(options: Sequence[Option], *, listed: bool = False) -> int:
    """The number of the option that is selected as it was sent: the last with the attribute, else the first that can be, or -1.

    `listed`: the options are seen all the time, and none needs to be selected.
    """
    sent = [at for at, each in enumerate(options) if each.source.get("selected") is not None]
    if sent:
        return sent[-1]
    if listed:
        return -1
    return next((at for at, each in enumerate(options) if not is_option_disabled(each)), -1)


def is_option_disabled(option: Option) -> bool:
    """Whether an option is disabled, or its group is."""
    parent = option.parent
    return option.get("disabled") is not None or (
        parent is not None and parent.tag == "optgroup" and parent.get("disabled") is not None
    )
