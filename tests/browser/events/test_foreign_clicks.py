"""Clicks that a script or another library would hear: nothing runs here, and the page notes it once."""

from __future__ import annotations

import pytest

from liveview_core import LiveView, heex
from liveview_testing import Page, Simulation

pytestmark = pytest.mark.filterwarnings("ignore::liveview_core.heex.TemplateWarning")


def clicked(source: str, times: int = 1) -> Page:
    page = Simulation().page(type("Shown", (LiveView,), {"render": heex(source)}))
    for _ in range(times):
        page.get_by_text("here").click()
    return page


@pytest.mark.parametrize(
    "name",
    ["onclick", "@click", "@click.prevent", "x-on:click", "hx-post", "hx-get", "wire:click", "on_click", "on-click"],
)
def test_a_click_that_nobody_here_hears(name: str) -> None:
    """On the element, or around it."""
    for source, tag in ((f'<b {name}="f()">here</b>', "<b>"), (f'<p id="p" {name}="f()"><b>here</b></p>', "<p#p>")):
        assert [(each.text, each.cure) for each in clicked(source, times=2).notes] == [
            (
                f"a click on {tag} did not do what its {name} says: no scripts run here",
                'phx-click="…", for the view; what scripts do, a hook does here',
            )
        ]


@pytest.mark.parametrize("source", ["<b>here</b>", '<b onmouseover="f()" data-onclick="x" click="y">here</b>'])
def test_a_click_on_nothing(source: str) -> None:
    """No such attribute, no note."""
    assert clicked(source).notes == []
