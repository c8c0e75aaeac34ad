"""Uploads in lockstep with the official client: choices, preflights, chunks, progress, cancelling, submits."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_testing import Simulation
from liveview_testing.browser.dom.node import root
from liveview_testing.browser.dom.querying import find
from tests.harness.upload_tab import Broken, Docs, text
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


# --- drag and drop ------------------------------------------------------------------------------------------------------


def test_upl6_what_is_dragged_over_a_zone(judges: Judges) -> None:
    """From the first enter to the last leave it looks active, whatever is crossed inside, and patches do not change that."""
    both = uploading(judges)  # UPL-30
    both.drag("#zone", "enter", holds=False).advance(20)
    both.drag("#zone", "enter").drag("#in-zone", "enter").drag("#zone", "leave").advance(20)
    assert "phx-drop-target-active" in classes(both, "#zone")
    both.drag("#too", "enter").drag("#in-zone", "leave").advance(20).click("#tick")
    both.drag("#too", "leave").advance(20).drag("#too", "leave").advance(20)
    assert "phx-drop-target-active" not in classes(both, "#zone")


def classes(both: Lockstep, selector: str) -> str:
    (found,) = find(root(both.browser.document), selector)
    return found.get("class") or ""


def test_upl6_files_that_are_dropped(judges: Judges) -> None:
    both = uploading(judges).drag("#in-zone", "enter").advance(20)  # UPL-31
    both.drag("#in-zone", "drop", A, B).advance(20).drag("#tick", "drop", A).drag("#zone", "drop").advance(20)
    both.click("#save").advance(200)
    assert sorted(both.view.element("#saved").text.split(",")) == ["a.txt=abcdefgh", "b.txt=123456"]


def test_upl8_the_file_of_a_single_input_is_replaced(judges: Judges) -> None:
    both = uploading(judges, upload={"max_entries": 1}).attach(INPUT, A)  # UPL-2
    both.drag("#zone", "drop", B).advance(20).click("#save").advance(200)
    assert both.view.element("#saved").text == "b.txt=123456"


def test_files_that_a_script_gives(judges: Judges) -> None:
    both = uploading(judges).track(INPUT, A).track("#zone", B).advance(10)  # UPL-32
    both.click("#save").advance(100)
    assert both.view.element("#saved").text == "a.txt=abcdefgh"


# --- the app's own uploaders --------------------------------------------------------------------------------------------


def outside(name: str) -> Any:
    """What an upload's `external` answers: the name of an uploader."""

    def external(entry: Any, socket: Any) -> Any:
        return {"uploader": name, "key": entry.client_name}, socket

    return external


@pytest.mark.parametrize("auto", [False, True])
@pytest.mark.parametrize("name", ["S3", "Failing", "Cancelling", "Nobody"])
def test_upl7_uploaders_of_the_app(judges: Judges, name: str, auto: bool) -> None:
    both = uploading(judges, upload={"external": outside(name), "auto_upload": auto})  # UPL-25…27
    both.logs = ("no uploader configured", "is not a function")
    both.attach(INPUT, A, B).advance(50).click("#save").advance(60).advance(100).advance(100).click("#tick").advance(50)


def test_upl7_an_uploader_hears_that_a_file_is_taken_back(judges: Judges) -> None:
    both = uploading(judges, upload={"external": outside("S3"), "auto_upload": True})
    both.attach(INPUT, A, B).advance(50).click("#x-0").advance(20).advance(200)


def test_upl7_an_uploader_hears_that_the_view_is_lost(judges: Judges) -> None:
    both = uploading(judges, upload={"external": outside("S3"), "auto_upload": True})  # UPL-26
    both.logs = ("Failed to push",)
    both.attach(INPUT, A).advance(50).drop().advance(20).restore().advance(300).advance(1_000)


# --- what goes wrong on the way -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [20, 110, 190, 230])
def test_upl9_the_line_is_lost_in_the_middle_of_a_file(judges: Judges, after: int) -> None:
    """Nothing is resumed; the file is gone from the form that is recovered."""
    both = uploading(judges, upload={"auto_upload": True}).latency(40)  # UPL-24
    both.logs = ("push", "upload")
    both.attach(INPUT, A).advance(after).drop().advance(20).restore().advance(500)
    both.click("#save").advance(1_000).advance(500)
    assert both.view.element("#saved").text == ""


@pytest.mark.parametrize("after", [20, 150, 230, 400])
def test_upl9_the_line_is_lost_while_a_form_waits_for_its_files(judges: Judges, after: int) -> None:
    both = uploading(judges).latency(40)
    both.logs = ("push", "upload")
    both.attach(INPUT, A).advance(100).click("#save").advance(after).drop().advance(20).restore().advance(500)
    both.click("#tick").advance(1_000).advance(500)


@pytest.mark.parametrize("auto", [False, True])
def test_upl4_a_writer_that_fails(judges: Judges, auto: bool) -> None:
    """The server knows, so no progress tells it; a scheduled submit is called off, and the next click counts."""
    both = uploading(judges, upload={"auto_upload": auto, "writer": Broken()}).latency(40)  # UPL-19, UPL-19a
    both.logs = ("upload",)
    both.attach(INPUT, A).advance(260 if auto else 150).click("#save").advance(400).advance(600).click("#tick").advance(
        200
    )
    assert "save" not in [payload.get("event") for _, payload in both.frames if isinstance(payload, dict)]


def test_a_preview_has_the_address_of_its_file(judges: Judges) -> None:
    both = uploading(judges).attach(INPUT, A, B).advance(20)  # HK-31
    both.click("#x-0").advance(20)


@pytest.mark.parametrize("after", [90, 150, 220, 330])
def test_a_chunk_that_does_not_come_in_time(judges: Judges, after: int) -> None:  # UPL-18
    """The server waits for a chunk as long as it was told to, then it lets go of the file."""
    both = uploading(judges, upload={"auto_upload": True, "chunk_timeout": 500}).latency(40)
    both.attach(INPUT, A).advance(after).hold().advance(600).release().advance(300)
    both.latency(0).click("#tick").advance(20)


@pytest.mark.parametrize("timeout", [500, 200])
def test_a_chunk_whose_answer_does_not_come_in_time(judges: Judges, timeout: int) -> None:  # UPL-19
    """Nobody waits for the answer any more, and nothing more of the file is sent: the page notes why."""
    both = uploading(judges, upload={"auto_upload": True, "chunk_timeout": timeout}).latency(20)
    both.attach(INPUT, A).advance(130).hold().advance(timeout + 50).release().advance(timeout).click("#tick").advance(
        timeout
    )
    note = next(each for each in both.browser.notes if each.rule == "UPL-19")
    assert note.text == (
        f"the server took a chunk of 'a.txt', but said so after {timeout / 1000:g} s: nobody waited any more, "
        "and nothing more of the file is sent"
    )
    assert note.cure == "a larger chunk_timeout in allow_upload, or smaller chunks"
