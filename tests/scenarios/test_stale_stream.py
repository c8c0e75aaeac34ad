"""R/4, story 14: what a copy of a stream does, and what the kit says about it."""

from __future__ import annotations

import pytest

from liveview_testing import Simulation, View
from liveview_testing.laws import LawBroken, patch_law, streams_settled
from tests.harness.playing import scenario, texts

stale = scenario("stale_stream")


@pytest.fixture
def view(sim: Simulation) -> View:
    """Both widgets, with two messages."""
    view = sim.live(stale.BothLive)
    for text in ("one", "two"):
        view.form("form", {"text": text}).render_submit()
    return view


def test_both_forms_work_at_first(view: View) -> None:
    """Each message arrives once, in both."""
    for id in ("copied", "separate"):
        assert texts(view, f"#{id} li") == ["one", "two"]


def test_the_copy_keeps_what_the_stream_has_sent(view: View) -> None:
    """After the render: one insert in the copy, none in the stream itself."""
    assert len(view.assigns.copied.messages) == 1
    assert len(view.assigns.streams.copied) == len(view.assigns.streams.separate) == 0


def test_another_field_of_the_struct_sends_no_stale_row(view: View) -> None:
    """`@copied.title` changed, `@copied.messages` did not: dependencies are paths (EN-9)."""
    view.element("#rename").render_click()
    assert view.wire[-1].payload["response"]["diff"] == {"0": {"0": {"1": "Renamed"}}}


def test_hide_and_show_sends_the_stale_row_again(view: View) -> None:
    """A full render reads the copy: its last message comes back; from the stream itself nothing does."""
    for _ in range(2):
        view.element("#toggle").render_click()
    assert texts(view, "#copied li") == ["two"]
    assert texts(view, "#separate li") == []
    assert view.wire[-1].text.count("two") == 1
    patch_law(view)  # streams' children are the client's: this law cannot see it


def test_the_stream_law_names_the_copy_and_the_cure(view: View) -> None:
    """By its path in the assigns."""
    with pytest.raises(LawBroken) as raised:
        streams_settled(view)
    assert str(raised.value) == (
        "the stream law is broken: the stream 'copied' at copied.messages of <View phx-1 of BothLive at /> is pending after"
        " the render\n"
        "  expected: a stream without operations\n"
        "  got: <Stream 'copied' ref='0': 1 inserts, 0 deletes>\n"
        "  cure: pass the stream itself to the component (@streams.name); a copy in a struct is not pruned"
    )
