"""What the attachments scenario teaches: what is shown on the way, what is taken back, what a lost line takes along."""

from __future__ import annotations

import pytest

from liveview_testing import Page, Simulation
from liveview_testing.laws import hold
from tests.harness.playing import scenario

attachments = scenario("attachments")


@pytest.fixture
def page() -> Page:
    """Ann's letter, on a slow line."""
    page = Simulation(attachments.ROUTER).page("/letter")
    page.network.latency(0.1)
    return page


def shown(page: Page) -> list[str]:
    """How far each file is."""
    return page.locator("progress").all_text_contents()


def test_each_file_goes_on_until_it_is_whole(page: Page) -> None:
    """No progress goes back, and nothing is sent with the letter that is not whole."""
    page.get_by_label("Files").set_input_files([attachments.PLAN])
    seen: list[int] = []
    for _ in range(40):
        page.sim.clock.advance(0.1)
        seen += [int(each.removesuffix("%")) for each in shown(page)]
    assert seen == sorted(seen)
    assert set(seen) == {0, 14, 28, 42, 57, 71, 85, 100}
    page.get_by_role("button", name="Send", exact=True).click()
    page.sim.clock.advance(1)
    assert page.locator("li").all_text_contents() == ["plan.pdf, 7000 bytes"]
    hold(page.sim)


def test_what_is_taken_back_is_not_sent(page: Page) -> None:
    """Neither the rest of it nor with the letter."""
    page.get_by_label("Files").set_input_files([attachments.PHOTO, attachments.PLAN])
    page.sim.clock.advance(1.05)
    page.get_by_role("button", name="Remove photo.png").click()
    page.sim.clock.advance(3)
    assert shown(page) == ["100%"]
    page.get_by_role("button", name="Send", exact=True).click()
    page.sim.clock.advance(1)
    assert page.locator("li").all_text_contents() == ["plan.pdf, 7000 bytes"]


def test_a_lost_line_takes_the_files_along(page: Page) -> None:
    """Nothing of them resumes: the form is empty again, and says so."""
    page.get_by_label("Files").set_input_files([attachments.PLAN])
    page.sim.clock.advance(1.05)
    assert shown(page) == ["14%"]
    page.network.drop()
    page.sim.clock.advance(1)
    page.network.restore()
    page.sim.clock.advance(10)
    assert shown(page) == []
    page.get_by_label("Files").set_input_files([attachments.PHOTO])
    page.sim.clock.advance(5)
    assert shown(page) == ["100%"]
