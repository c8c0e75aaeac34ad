"""What the avatar scenario teaches: what is taken, what is told, what is kept, and that the bytes are nowhere else."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from liveview_testing import View, live
from liveview_testing.laws import hold, untouched_law
from tests.harness.playing import scenario, texts

avatar = scenario("avatar")


@pytest.fixture
def kept() -> dict[str, bytes]:
    """What was kept so far."""
    return {}


@pytest.fixture
def view(kept: dict[str, bytes]) -> View:
    """Somebody's profile."""

    def keep(name: str, content: bytes) -> str:
        kept[name] = content
        return f"/avatars/{name}"

    return live(avatar.AvatarLive(keep))


def choose(view: View, name: str, content: bytes) -> Any:
    """They choose a file."""
    return view.file_input("#profile", "avatar", [{"name": name, "content": content}])


def test_a_picture_is_kept_once_byte_for_byte(view: View, kept: dict[str, bytes]) -> None:
    """Saving again keeps nothing again: what was consumed is gone from the upload."""
    choose(view, "me.png", avatar.PICTURE).render_upload("me.png")
    for _ in range(2):
        view.element("#profile").render_submit()
    assert list(kept.values()) == [avatar.PICTURE]
    assert view.element("img").attributes["src"] == f"/avatars/{next(iter(kept))}"
    hold(view.sim)


def test_a_submit_sends_what_was_not_sent_yet(view: View, kept: dict[str, bytes]) -> None:
    """The browser sends its files first, then the form (UP-28)."""
    choose(view, "me.png", avatar.PICTURE).render_change()
    view.element("#profile").render_submit()
    assert list(kept.values()) == [avatar.PICTURE]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("cv.txt", b"I was born", "is no picture"), ("big.png", b"\x89PNG" + b"x" * 1_000, "is larger than 1 kB")],
)
def test_what_is_not_taken_is_told_and_can_be_taken_back(
    view: View, kept: dict[str, bytes], name: str, content: bytes, reason: str
) -> None:
    """Before a byte is sent; the next picture is free to go."""
    choose(view, name, content).render_change()
    assert texts(view, "figure em") == [reason]
    view.element("figure button").render_click()
    assert not view.has_element("figure")
    choose(view, "me.png", avatar.PICTURE).render_upload("me.png")
    view.element("#profile").render_submit()
    assert len(kept) == 1


def test_a_name_is_believed_by_nobody(view: View, kept: dict[str, bytes]) -> None:
    """The first bytes say what a file is; the name that is kept is made of its content."""
    choose(view, "../../etc/passwd.png", b"\xff\xd8\xff rest").render_upload("../../etc/passwd.png")
    view.element("#profile").render_submit()
    (name,) = kept
    assert "/" not in name
    assert name.endswith(".jpg")
    choose(view, "fake.png", b"MZ").render_upload("fake.png")
    view.element("#profile").render_submit()
    assert len(kept) == 1
    assert view.has_element(".error", "only calls itself")


def test_the_bytes_are_in_no_assign_after_saving(view: View) -> None:
    """The socket that stays is small, whatever was sent through it."""
    choose(view, "me.png", avatar.PICTURE).render_upload("me.png")
    view.element("#profile").render_submit()
    assert avatar.PICTURE[:200] not in pickle.dumps(dict(view.assigns)["url"])
    assert view.assigns.uploads.avatar.entries == ()


def test_a_forged_cancel_changes_nothing(view: View) -> None:
    """A ref that no entry has is an error, and the entry that is there stays."""
    choose(view, "me.png", avatar.PICTURE).render_change()
    untouched_law(view, lambda it: it.render_click("cancel", {"ref": "99"}))
    assert view.has_element("figure")


def test_saving_without_a_file_saves_nothing(view: View, kept: dict[str, bytes]) -> None:
    """Neither an avatar nor an error."""
    view.element("#profile").render_submit()
    assert (kept, view.assigns.url, view.flash) == ({}, None, {})
