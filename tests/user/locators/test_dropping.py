"""`Locator.drop`: files that are dragged in from outside the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liveview_core.errors import BadOption
from liveview_testing import Simulation, expect
from liveview_testing.world.page_state.files import NotAFile
from tests.harness.upload_tab import Docs

A = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"abcdefgh"}


def page_of(**session: Any) -> Any:
    return Simulation().page(Docs, session=session)


def test_files_that_are_dropped_go_to_the_input_of_their_zone(tmp_path: Path) -> None:
    """What is inside of the zone counts, paths and contents alike; the zone is cold again afterwards."""  # UPL-31
    there = tmp_path / "b.txt"
    there.write_bytes(b"123456")
    page = page_of()
    page.locator("#in-zone").drop({"files": [A, there]})
    expect(page.locator("#e-0")).to_contain_text("a.txt")
    expect(page.locator("#e-1")).to_contain_text("b.txt")
    page.sim.clock.advance(0.05)
    assert "phx-drop-target-active" not in (page.locator("#zone").get_attribute("class") or "")
    page.get_by_role("button", name="Save").click()
    assert sorted(page.locator("#saved").inner_text().split(",")) == ["a.txt=abcdefgh", "b.txt=123456"]


def test_what_is_no_file_is_chosen_nowhere() -> None:
    """Neither is a file that is let go elsewhere."""
    page = page_of()
    page.locator("#zone").drop({"data": {"text/plain": "hello"}})
    page.get_by_text("0").drop({"files": A})
    expect(page.locator("#e-0")).to_have_count(0)


def test_it_waits_for_its_zone_as_every_act_does() -> None:
    page = page_of()
    with pytest.raises(AssertionError, match=r"#nowhere.*no such element[^\n]*\nLocator\.drop: Timeout 10ms"):
        page.locator("#nowhere").drop({"files": A}, timeout=10)


@pytest.mark.parametrize("payload", [{}, {"file": A}, None])
def test_what_is_dropped_is_named(payload: Any) -> None:
    with pytest.raises(BadOption, match="what is dropped has files, data, or both"):
        page_of().locator("#zone").drop(payload)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(NotAFile, match="cannot be read"):
        page_of().locator("#zone").drop({"files": "/nowhere/at/all.txt"})


def test_it_can_be_replayed() -> None:
    """It is an act like any other."""
    page = page_of()
    page.locator("#zone").drop({"files": A})
    assert ".drop(" in page.sim.script.to_test()
