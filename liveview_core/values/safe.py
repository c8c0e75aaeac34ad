"""Text that somebody vouched for as HTML: the agreement `__html__`, which markupsafe, Jinja and Django keep too.

Law: only `raw(...)`, or a type that says so itself, makes text safe; what is made of safe text is ordinary text again.
"""

from __future__ import annotations

__all__ = ["Safe", "exact"]


def exact(text: str) -> str:
    """The characters of a text that may be of a subclass, as a plain `str`: what was checked is what is written.

    Of a subclass `str(…)`, an f-string, `in` and `==` give what its methods like to give.
    """
    return text if type(text) is str else str.__str__(text)


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
