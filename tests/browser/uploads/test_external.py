"""Uploaders of the app, as stand-ins (browser.md 9.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from liveview_testing import Simulation
from liveview_testing.browser.uploads import channels, external
from liveview_testing.client_hooks import ExternalUploader
from liveview_testing.world.tabs import tab_documents
from tests.harness.upload_tab import UploadTab, text

A, B = text("a.txt", "abcdefgh"), text("b.txt", "123456")


class S3(ExternalUploader):
    """Half of a file after 100 ms, the rest after 200 ms."""

    def start(self, uploads: Sequence[Any], response: Mapping[str, Any]) -> None:
        for upload in uploads:
            upload.set_state((upload.ref, upload.meta["key"], len(uploads), upload.file.size))
            upload.progress(10.7)
            upload.progress(10.2)
            upload.after(100, "half")

    def half(self, upload: Any) -> None:
        if not upload.is_cancelled:
            upload.progress(50)
            upload.after(100, "rest")

    def rest(self, upload: Any) -> None:
        assert not upload.is_done
        upload.progress(100)
        assert upload.is_done

    def cancelled(self, upload: Any) -> None:
        upload.set_state("cancelled")

    def view_failed(self, upload: Any) -> None:
        upload.set_state("failed")


class Failing(ExternalUploader):
    def start(self, uploads: Sequence[Any], response: Mapping[str, Any]) -> None:
        uploads[0].error("no bucket")


class Cancelling(ExternalUploader):
    def start(self, uploads: Sequence[Any], response: Mapping[str, Any]) -> None:
        assert response["ref"] is not None or "entries" in response
        uploads[0].cancel()


def meta(entry: Any, socket: Any) -> Any:
    return {"uploader": "S3", "key": f"k-{entry.client_name}"}, socket


def tab_with(uploader: ExternalUploader | None, **upload: Any) -> UploadTab:
    sim = Simulation(uploaders={} if uploader is None else {"S3": uploader})
    return UploadTab.of(sim=sim, upload={"external": meta, **upload})


def states(tab: UploadTab) -> list[Any]:
    return [each.state for each in tab.browser.uploads.entries.values()]


def test_it_is_called_once_with_all_its_files() -> None:
    """Progress is told in whole percents, each once; the submit waits for all."""  # UPL-14, UPL-25, UPL-26
    tab = tab_with(S3()).choose(A, B)
    tab.click("#save")
    assert tab.frames() == [
        ("event", "validate", "a.txt", "b.txt"),
        ("allow_upload", "a.txt", "b.txt"),
        ("progress", "0", 10),
        ("progress", "1", 10),
    ]
    assert states(tab) == [("0", "k-a.txt", 2, 8), ("1", "k-b.txt", 2, 6)]
    tab.sim.clock.advance(0.1)
    assert tab.frames() == [("progress", "0", 50), ("progress", "1", 50)]
    tab.sim.clock.advance(0.1)
    assert tab.frames() == [("progress", "0", 100), ("progress", "1", 100), ("event", "save")]


def test_a_cancelled_one_hears_of_it() -> None:
    tab = tab_with(S3(), auto_upload=True).choose(A, B)
    tab.click("#x-0")
    assert states(tab)[0] == "cancelled"
    tab.frames()
    tab.sim.clock.advance(1)
    assert tab.frames() == [("progress", "1", 50), ("progress", "1", 100)]


def test_an_error_is_told_and_is_no_end() -> None:
    tab = tab_with(Failing()).choose(A)  # UPL-26
    tab.click("#save")
    assert tab.frames()[2:] == [("progress", "0", {"error": "no bucket"})]
    (entry,) = tab.browser.uploads.entries.values()
    assert not entry.done
    assert "UPL-19" in tab.notes


def test_it_cancels_a_file() -> None:
    tab = tab_with(Cancelling(), auto_upload=True).choose(A, B)
    assert [each.cancelled for each in tab.browser.uploads.entries.values()] == [True, False]


def test_nobody_stands_in_for_it() -> None:
    tab = tab_with(None).choose(A)  # UPL-27
    tab.click("#save")
    assert tab.frames()[-1] == ("allow_upload", "a.txt")
    assert tab.notes == ["UPL-27"]
    assert "uploaders={'S3'" in next(iter(tab.browser.notes)).cure


def test_the_view_fails_meanwhile() -> None:
    """What the connection does to uploads: external ones are told, channels have an error."""  # UPL-24, UPL-26
    tab = tab_with(S3()).choose(A)
    tab.click("#save")
    tab.sim.act(lambda run: _step(run, tab, external.view_failed))
    assert states(tab) == ["failed"]
    tab = UploadTab.of(upload={"auto_upload": True}).latency(0.1).choose(A)
    tab.sim.clock.advance(0.45)
    tab.sim.act(lambda run: _step(run, tab, channels.lost))
    (entry,) = tab.browser.uploads.entries.values()
    assert entry.errored and entry.channel == "closed"


def _step(run: Any, tab: UploadTab, what: Any) -> None:
    from liveview_testing.browser.client import CLIENT
    from liveview_testing.browser.reaction import Reaction

    reaction = Reaction(run.browsers[tab.number], tab_documents.surroundings(run), CLIENT)
    what(reaction, tab.view.id)
    run.browsers = run.browsers.set(tab.number, reaction.done())


def test_start_must_be_given() -> None:
    with pytest.raises(NotImplementedError, match=r"ExternalUploader\.start"):
        ExternalUploader().start([], {})
