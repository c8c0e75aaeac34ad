"""What a handle is not: a value, a text, a list, or an object of another test kit.

Owns what is said when an element is used as if it were what it describes, or asked for a name that it has not; which names
people bring is in `handle_names`. Law: a handle is never silently true or different; only a name that is not there costs
anything.
"""

from __future__ import annotations

import sys
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NoReturn

from liveview_core.errors import LiveViewError, nearest_names, shown
from liveview_core.tracebacks import ours, shorten
from liveview_testing.failures.misuse.handle_names import ELEMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from types import FrameType


class NotAValue(LiveViewError, TypeError):
    """A handle was used as if it were what it describes."""


class NoSuchName(LiveViewError, AttributeError):
    """A handle has no such attribute or method."""


DATA = (str, bytes, bool, int, float)
"""What no handle is equal to, and is compared with by who means what it says."""


def unequal(handle: object, other: object, why: str, cure: str, expected: str | None = None) -> NotAValue:
    """What to raise where a handle is compared with data; a snapshot on the other side knows how to compare."""
    return NotAValue(
        f"{handle!r} is never equal to {type(other).__name__} values: {why}",
        expected=expected,
        got=shown(other),
        cure=cure,
    )


class Handle:
    """Names something that is looked up when it is used; it has no truth, no text and no length of its own."""

    __slots__ = ()

    if not TYPE_CHECKING:  # where types are checked, such uses stay errors of the checker

        def __bool__(self) -> bool:
            raise shorten(
                NotAValue(
                    f"{self!r} is neither true nor false: it describes an element, there or not",
                    expected="a question about it",
                    got="bool(…) of the handle, as in `assert view.element(…)` or `if view.element(…)`",
                    cure=".exists says whether it is there, .text what it says",
                )
            )

        def __eq__(self, other: object) -> bool:
            if isinstance(other, DATA):
                raise shorten(
                    unequal(
                        self,
                        other,
                        "it describes an element",
                        f".text == {shown(other)}"
                        if isinstance(other, str)
                        else ".exists, or a number read from .text",
                        "another element, or a snapshot",
                    )
                )
            return NotImplemented

        __hash__ = object.__hash__

        def __contains__(self, part: object) -> bool:
            raise shorten(
                NotAValue(
                    f"{self!r} holds no text itself: it describes an element",
                    got=f"{part!r} in the handle",
                    cure=f"{part!r} in element.text, or in element.render() for its html",
                )
            )

        def __iter__(self) -> NoReturn:
            raise shorten(_several(self, "a loop over the handle"))

        def __len__(self) -> NoReturn:
            raise shorten(_several(self, "len() of the handle"))

        def __getitem__(self, key: object) -> NoReturn:
            raise shorten(_several(self, f"[{key!r}] of the handle"))

        def __getattr__(self, name: str) -> NoReturn:
            return missing(self, name, ELEMENT)


class Named:
    """A part of a world that says, of a name that it has not, what does the same: by `_names`, or the nearest."""

    __slots__ = ()
    _names: ClassVar[Mapping[str, str]] = MappingProxyType({})
    _called: ClassVar[str | None] = None

    if not TYPE_CHECKING:  # where types are checked, a name that is not there stays an error

        def __getattr__(self, name: str) -> NoReturn:
            missing(self, name, self._names, self._called)


def _several(handle: Handle, got: str) -> NotAValue:
    return NotAValue(
        f"{handle!r} is one element, not a list of them",
        expected="exactly one element is meant",
        got=got,
        cure="view.assert_has(selector, count=3) counts; view.element(the list).node.elements() are the children of one; "
        "element.attributes['href'] is an attribute",
    )


def missing(
    handle: object, name: str, cures: Mapping[str, str], what: str | None = None, inner: Collection[str] = ()
) -> NoReturn:
    """Say what does what an attribute of that name would. Always raises an AttributeError.

    `inner` are names that only our own rooms use: nobody is sent there.
    """
    kind = type(handle)
    if hasattr(kind, name):  # a property that raised an AttributeError of its own: that is what must be seen
        object.__getattribute__(handle, name)
    if name.startswith("_"):
        raise AttributeError(f"{kind.__name__!r} object has no attribute {name!r}", name=name, obj=handle)
    if (asker := _our_function()) is not None:
        others = {
            "Page": "page.view or page.sim",
            "View": "view.sim, or a page: sim.page(…)",
            "Simulation": "sim.page(…)",
        }
        other = others.get(kind.__name__)
        raise shorten(
            NoSuchName(
                f"{asker} takes another kind of handle than a {kind.__name__}",
                got=repr(handle),
                cure=f"what is meant may be {other}" if other else None,
            )
        )
    cure = cures.get(name) or cures.get(name.lower().replace("_", ""))
    known = [each for each in dir(kind) if not each.startswith("_") and each not in inner]
    near = () if cure else _same_letters(name, known) or nearest_names(name, known)
    raise shorten(
        NoSuchName(
            f"{what or kind.__name__} has no {name!r}",
            cure=cure or (f"take {near[0]!r}" if near else f"it has: {', '.join(known)}"),
            nearest=near,
        )
    )


def _our_function() -> str | None:
    """The function of ours that asked for the name, as the author calls it; None where the author's own line did."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_name in ("missing", "name", "__getattr__"):
        frame = frame.f_back
    if frame is None or not ours(frame):
        return None
    while frame.f_back is not None and ours(frame.f_back):
        frame = frame.f_back
    wrapped = frame.f_locals.get("function")  # of what takes our frames out of its errors
    return wrapped.__name__ if frame.f_code.co_name == "called" and callable(wrapped) else frame.f_code.co_name


def _same_letters(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """The name that differs in its spelling alone, as `toBeVisible` does."""
    letters = name.lower().replace("_", "")
    return tuple(each for each in known if each.replace("_", "") == letters)
