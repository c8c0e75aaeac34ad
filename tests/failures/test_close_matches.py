"""`close_matches`: when one name is surely another, and the many pairs of names that are not."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.failures.close_matches import Words, distance, slip, slips
from liveview_testing.failures.misuse.handle_names import spelled_alike


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("Something faild", "Something failed"),
        ("eror", "error"),
        ("Svae", "Save"),
        ("user_list", "user-list"),
        ("userList", "user-list"),
        ("save", "Save"),
        ("notificaton", "notification"),
        ("row-12-titel", "row-12-title"),
        ("Recieved 3 mails", "Received 3 mails"),
        ("acknowlegdement", "acknowledgement"),
    ],
)
def test_a_slip(said: str, there: str) -> None:
    """Letters left out, put in, changed, or in the wrong order; other signs, another case. The same both ways."""
    assert slip(said, there)
    assert slip(there, said)


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("Save", "Saved"),
        ("Part III", "Part II"),
        ("Add", "Ad"),
        ("www", "w"),
        ("todo", "todos"),
        ("online", "offline"),
        ("like", "unlike"),
        ("Undo", "Redo"),
        ("Edit", "Exit"),
        ("12 left", "11 left"),
        ("item-1", "item-2"),
        ("Welcome, Ann", "Welcome, Ben"),
        ("increase", "decrease"),
        ("publisher", "published"),
        ("creator", "created"),
        ("Monday", "Sunday"),
        ("Martin", "Marvin"),
        ("form", "from"),
        ("first", "second"),
        ("milk", "milk and bread"),
        ("", "x"),
        ("…", "!"),
        ("Save", "Save"),
    ],
)
def test_no_slip(said: str, there: str) -> None:
    """Words that only look alike, and the same text."""
    assert not slip(said, there)
    assert not slip(there, said)


def test_a_letter_three_times() -> None:
    """No word has that: short ones are known by it, too."""
    assert slip("Addd", "Add") and slip("Savvve", "save")
    assert not slip("Add", "Addd")


def test_endings() -> None:
    """Of topics an ending is no difference, if one asks so."""
    assert slip("todo", "todos", endings=True)
    assert slip("boxes:7", "box:7", endings=True)
    assert not slip("box:7", "boxes:8", endings=True)
    assert slips("todo", ["users", "todos", "todos", "to-do"], endings=True) == ["todos", "to-do"]
    assert slips("todo", ["todos"]) == []


SAID = st.text("abcdeAB 1", min_size=1, max_size=12)


@given(SAID, st.lists(SAID, max_size=3), st.randoms(use_true_random=False))
def test_what_may_be_a_slip(said: str, others: list[str], random: Random) -> None:
    """Words that were seen are asked first: what they deny is no slip of any text in which they stood, word for word."""
    at = random.randrange(len(said))
    there = [
        *others,
        said[:at] + said[at + 1 :],
        said[:at] + "b" + said[at:],
        said[:at] + said[at : at + 2][::-1] + said[at + 2 :],
    ]
    words = Words()
    for each in there:
        words.add(each)
    seen = {word for each in there for word in re.findall("[a-z]+|[0-9]+", each.lower())}
    mine = re.findall("[a-z]+|[0-9]+", said.lower())
    for each in there:
        same = len(re.findall("[a-z]+|[0-9]+", each.lower())) == len(mine)
        if (
            same
            and not seen.issuperset(mine)
            and slip(said, each)
            and "".join(mine) not in each.lower().replace(" ", "")
        ):
            assert words.may_slip(said), each


def test_what_cannot_be_a_slip() -> None:
    """All words were seen, or none is near; a text with signs may always be."""
    words = Words()
    words.add('{"0": "Something failed here", "id": "save-all"}')
    assert [words.may_slip(each) for each in ("Something failed", "Nothing", "faild", "nowhere to go", "save_all")] == [
        *(False, False, True, False, True)
    ]


WORD = st.text("abc", max_size=6)


@given(WORD, WORD)
def test_distance(one: str, other: str) -> None:
    """It is that of the naive recursion; no letters are farther apart than the longer text is long."""

    def slow(a: str, b: str) -> int:
        if not a or not b:
            return len(a) + len(b)
        found = min(slow(a[1:], b) + 1, slow(a, b[1:]) + 1, slow(a[1:], b[1:]) + (a[0] != b[0]))
        if len(a) > 1 and len(b) > 1 and (a[0], a[1]) == (b[1], b[0]):
            found = min(found, slow(a[2:], b[2:]) + 1)
        return found

    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))
    assert distance(one, other) == slow(one[:4], other[:4]) or max(len(one), len(other)) > 4
    assert (distance(one, other) == 0) == (one == other)


def test_names_are_known_without_their_underscores() -> None:
    """As other languages write them."""
    known = spelled_alike(("get_by_text text", "cure"), ("click", "other"))
    assert known == {"get_by_text": "cure", "getbytext": "cure", "text": "cure", "click": "other"}
