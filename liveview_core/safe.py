"""Text that somebody vouched for as HTML: the agreement `__html__`, which markupsafe, Jinja and Django keep too.

Law: only `raw(...)`, or a type that says so itself, makes text safe; what is made of safe text is ordinary text again.
"""

from __future__ import annotations

__all__ = ["Safe"]


class Safe(str):
    """Text that is HTML already and is taken as it is: `raw("<b>")`.

    Law: `text(Safe(x)) == x`. Slicing or joining gives ordinary text again, which is escaped again.
    """

    __slots__ = ()

    def __html__(self) -> Safe:
        """The markup itself, still marked: markupsafe asks once more what it was given."""
        return self

    def __repr__(self) -> str:
        return f"raw({str.__str__(self)!r})"
