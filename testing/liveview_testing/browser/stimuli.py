"""What can happen to a tab: the closed list of what its heart reacts to.

Owns the stimuli: what a person does, what arrives, what is due, the network going and coming. Law: a stimulus is a frozen value
that says everything the reaction needs beside the browser; elements are named by their keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from attrs import frozen

from liveview_testing.browser.connection.messages import Arrived
from liveview_testing.browser.dom.mark import Key

_NONE: frozenset[str] = frozenset()


@frozen
class Click:
    """A person clicks an element; `count` 2 is a double click."""

    target: Key
    count: int = 1
    modifiers: frozenset[str] = _NONE


@frozen
class Press:
    """A key on whatever has the focus."""

    key: str
    phase: Literal["both", "down", "up"] = "both"
    modifiers: frozenset[str] = _NONE


@frozen
class Fill:
    """A field is given another text, as one input: the focus goes to it first."""

    target: Key
    text: str


@frozen
class Type:
    """A text is typed key by key into whatever has the focus."""

    text: str


@frozen
class Choose:
    """Options of a select are picked, by their values."""

    target: Key
    values: tuple[str, ...]


@frozen
class ChooseFiles:
    """Files are picked for a file input, as its dialog does it."""

    target: Key
    files: tuple[Any, ...]


@frozen
class Drag:
    """Something is dragged over an element, out of it, or let go on it; `holds_files`: files, or what may be none."""

    target: Key
    phase: Literal["enter", "leave", "drop"]
    files: tuple[Any, ...] = ()
    holds_files: bool = True


@frozen
class FileClosed:
    """The server has closed the channel of a file."""

    entry: str


@frozen
class ViewEnded:
    """A view is gone from the tab."""

    view: str


@frozen
class Focus:
    """An element is given the focus."""

    target: Key


@frozen
class Blur:
    """The focus is taken from whatever has it."""


@frozen
class Hover:
    """The mouse moves over an element."""

    target: Key


@frozen
class Dispatch:
    """A script dispatches an event at an element."""

    target: Key
    event: str
    detail: object = None


@frozen
class Command:
    """A JS command is carried out, for the elements that it is for, as a binding of `source` has it."""

    source: int
    kind: str | None
    name: str
    args: Mapping[str, Any]


@frozen
class ReportValidity:
    """A person submits a form that the browser finds invalid; `aloud`: it holds the submit back, and shows why."""

    form: Key
    aloud: bool = True


@frozen
class Joined:
    """Views have joined, and their pages are there: hooks, `phx-mounted`."""

    views: tuple[str, ...]


@frozen
class Due:
    """A timer of the tab is due."""

    number: int


Stimulus: TypeAlias = (
    Click
    | Press
    | Fill
    | Type
    | Choose
    | ChooseFiles
    | Drag
    | Focus
    | Blur
    | Hover
    | Dispatch
    | Command
    | ReportValidity
    | Joined
    | Due
    | Arrived
    | FileClosed
    | ViewEnded
)
