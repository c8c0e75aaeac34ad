"""Whether one name is surely another, but for a slip of the pen.

Owns the measure by which a text that is nowhere is said to be meant as one that is there, although nothing has failed. Law: rather
silent than wrong. Words that differ in number, in their endings or in their beginnings (`todo` and `todos`, `saved` and `save`,
`online` and `offline`) are other words; who asks for a topic says that an ending is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable

from liveview_core.values.patterns import late_pattern

__all__ = ["Words", "distance", "slip", "slips"]

_WORDS = late_pattern(r"[0-9]+|[^\W\d_]+")
_WORDS_TOO = ({"form", "from"}, {"trial", "trail"}, {"quiet", "quite"}, {"angel", "angle"})
"""Words that differ in the order of two letters."""
_SIGNS = late_pattern(r"[-_./:]|[a-z][A-Z]")
_THRICE = late_pattern(r"([^\W\d_])\1\1")
_ROMAN = frozenset("ivxlcdm")
_NUMBERS = late_pattern(r"[0-9]+")


def slips(said: str, names: Iterable[str], *, endings: bool = False) -> list[str]:
    """Those of the names that `said` is surely meant to be, at most three, in their order."""
    return [each for each in dict.fromkeys(names) if slip(said, each, endings=endings)][:3]


def slip(said: str, there: str, *, endings: bool = False) -> bool:
    """Whether `said` is meant to be `there`: the same but for its signs and its case, or for a letter or two inside one word.

    >>> slip("Something faild", "Something failed"), slip("user_list", "user-list"), slip("Save", "Saved")
    (True, True, False)
    """
    if said == there or _NUMBERS.findall(said) != _NUMBERS.findall(there):
        return False
    one, other = _WORDS.findall(said.lower()), _WORDS.findall(there.lower())
    if "".join(one) == "".join(other):
        return bool(one)
    different = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return len(one) == len(other) and len(different) == 1 and _is_word(*different[0], endings)


class Words:
    """Words that were seen, of whatever case."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, str, int], set[str]] = {}

    def add(self, text: str) -> None:
        """All that are in a text."""
        for word in {*_WORDS.findall(text.lower())}:
            self._words.setdefault((word[0], word[-1], len(word)), set()).add(word)

    def may_slip(self, said: str) -> bool:
        """Whether a text may be one of these with a slip: one of its words was not seen, and one that is near was."""
        unknown = [word for word in _WORDS.findall(said.lower()) if word not in self._like(word, 0, said=word)]
        if _SIGNS.search(said) is not None:
            return True  # it may differ in its signs
        return len(unknown) == 1 and any(
            _is_word(unknown[0], each, False) for less in (-2, -1, 0, 1, 2) for each in self._like(unknown[0], less)
        )

    def _like(self, word: str, more: int, said: str = "") -> set[str]:
        """The words with the same ends that are so much longer; of the same length those with the last two letters changed, too."""
        found = self._words.get((word[0], word[-1], len(word) + more), set())
        if more or said or len(word) < 2:
            return found
        turned = self._words.get((word[0], word[-2], len(word)), set()) | self._words.get(
            (word[1], word[-1], len(word)), set()
        )
        return found | turned


def _is_word(said: str, there: str, endings: bool) -> bool:
    short, long = sorted((said, there), key=len)
    if endings and len(short) > 2 and long in (f"{short}s", f"{short}es"):
        return True
    if len(there) > 2 and not _ROMAN.issuperset(said):
        if there in (_THRICE.sub(r"\1\1", said, count=1), _THRICE.sub(r"\1", said, count=1)) and said != there:
            return True  # no word has a letter three times in a row
    if len(short) < 4 or {said, there} in _WORDS_TOO:
        return False
    if sorted(said) == sorted(there):
        return distance(said, there) == 1
    if said[0] != there[0] or said[-1] != there[-1]:
        return False
    if len(short) == len(long) < 7:
        return False  # one letter for another makes another word of a short one: `edit`, `exit`
    return distance(said, there) <= (2 if len(short) >= 8 else 1)


def distance(one: str, other: str) -> int:
    """How many letters are left out, put in, another, or changed in their places with the next."""
    last: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = last, row, [at]
        for to, there in enumerate(other, 1):
            cost = min(last[to] + 1, row[to - 1] + 1, last[to - 1] + (letter != there))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == there:
                cost = min(cost, before[to - 2] + 1)
            row.append(cost)
    return row[-1]
