"""Uploads in lockstep with the official client: choices, preflights, chunks, progress, cancelling, submits."""

from __future__ import annotations

from typing import Any

from liveview_testing import Simulation
from tests.browser.uploads.tab import Docs, text
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep, asleep

A, B, EMPTY = text("a.txt", "abcdefgh"), text("b.txt", "123456"), text("empty.txt", "")
BIG = text("big.txt", "x" * 101)
INPUT = "input[type=file]"


def uploading(judges: Judges, **session: Any) -> Lockstep:
    """Both browsers at a page with an upload."""
    with asleep():
        view = Simulation().live(Docs, session=session)
    return Lockstep.of(judges, view)


def names(both: Lockstep) -> list[str]:
    return [event for event, _ in both.frames]


def test_files_are_sent_at_the_submit(judges: Judges) -> None:
    """One after the other of each file, and the form last."""
    both = uploading(judges).attach(INPUT, A).attach(INPUT, B, EMPTY)  # UPL-2, UPL-3, UPL-5, UPL-7
    assert names(both) == ["event", "event"]
    both.click("#save").advance(100)  # UPL-11, UPL-14, UPL-15, UPL-16, UPL-17, UPL-20, UPL-22, UPL-23
    assert sorted(both.view.element("#saved").text.split(",")) == ["a.txt=abcdefgh", "b.txt=123456"]
    both.attach(INPUT, text("a.txt", "abcdefgh")).click("#save").advance(100)


def test_files_are_sent_as_they_are_chosen_while_frames_take_their_time(judges: Judges) -> None:
    """A submit meanwhile waits for the last chunk."""
    both = uploading(judges, upload={"auto_upload": True}).latency(40)  # UPL-10, UPL-12, UPL-21
    both.attach(INPUT, A).advance(250)
    both.click("#save")
    for _ in range(12):
        both.advance(60)
    assert both.view.element("#saved").text == "a.txt=abcdefgh"


def test_a_file_that_is_taken_back_is_not_waited_for(judges: Judges) -> None:
    both = uploading(judges, upload={"auto_upload": True}).latency(40)  # UPL-6
    both.attach(INPUT, A).advance(300)
    both.click("#x-0")
    for _ in range(10):
        both.advance(50)
    assert not both.view.has_element("#e-0")


def test_one_file_that_is_refused_stops_them_all(judges: Judges) -> None:
    both = uploading(judges).attach(INPUT, A, BIG)  # UPL-13, UPL-20
    both.click("#save").advance(200)
    both.click("#x-1").advance(50)
    both.click("#save").advance(200)


def test_a_file_that_is_refused_as_it_is_chosen(judges: Judges) -> None:
    both = uploading(judges, upload={"auto_upload": True}).attach(INPUT, BIG, A)  # UPL-13
    both.advance(200)
    both.click("#x-0").advance(50)
    both.click("#save").advance(200)


def test_without_a_change_event_nothing_is_said(judges: Judges) -> None:
    """Neither at the choice nor at the submit: what the texts say of the submit is wrong."""
    both = uploading(judges, change=None).attach(INPUT, A)  # UPL-4
    both.click("#save").advance(200)
    assert "allow_upload" not in names(both)


def test_a_required_input_is_not_required_once_it_has_files(judges: Judges) -> None:
    both = uploading(judges, required=True)  # UPL-5
    both.attach(INPUT, A).click("#tick").click("#save").advance(200)
    assert both.view.element("#saved").text == "a.txt=abcdefgh"


def test_a_file_that_is_taken_back_as_the_form_is_sent_is_waited_for(judges: Judges) -> None:
    """The submit locks the input before it hears that the file is gone, so that nobody counts it as done: it is never sent."""
    both = uploading(judges, upload={"auto_upload": True}).latency(40)  # UPL-6, UPL-5, UPL-21
    both.attach(INPUT, A).advance(250)
    both.click("#x-0").click("#save")
    for _ in range(14):
        both.advance(50)
    assert "save" not in [payload.get("event") for _, payload in both.frames if isinstance(payload, dict)]
    assert [note.rule for note in both.browser.notes] == ["UPL-6"]
