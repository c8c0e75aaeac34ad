"""Where start tags end, in text whose quotes do not go in pairs.

Owns the look-up for the reader of `html`, once a start tag was met that nothing closes. Law: the text is gone through once, from
its end; no tag that stays open is read to the end of the text again.
"""

from __future__ import annotations

from bisect import bisect_left

from liveview_core.values.patterns import late_pattern

__all__ = ["Ends"]

_MARK = late_pattern("[>\"']")
_NAME_ENDS = late_pattern(r"[\s/>]")


class Ends:
    """For every place of a text at which a start tag may begin: where its name ends, and where the tag does."""

    __slots__ = ("_ends", "_marks", "_name_end", "_stop", "_text")

    def __init__(self, text: str, start: int, stop: int) -> None:
        self._text, self._stop = text, stop
        self._name_end = start
        self._marks = [mark.start() for mark in _MARK.finditer(text, start, stop)]
        ends = [-1] * (len(self._marks) + 1)
        closing = {'"': -1, "'": -1}  # the next of each quote, as an index
        for index in range(len(self._marks) - 1, -1, -1):
            mark = text[self._marks[index]]
            if mark == ">":
                ends[index] = self._marks[index]
            else:
                ends[index] = ends[closing[mark] + 1] if closing[mark] >= 0 else -1
                closing[mark] = index
        self._ends = ends

    def of(self, start: int) -> tuple[int, int]:
        """Where the name ends whose `<` is here, and where the `>` of its tag is, or -1; asked from left to right."""
        if self._name_end <= start:
            found = _NAME_ENDS.search(self._text, start, self._stop)
            self._name_end = self._stop if found is None else found.start()
        return self._name_end, self._ends[bisect_left(self._marks, self._name_end)]
