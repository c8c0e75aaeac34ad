"""A tab of ours that a test acts on: its heart, without the world's handles."""

from __future__ import annotations

from typing import Any

from attrs import evolve, frozen

from liveview_core import LiveView
from liveview_testing import Simulation, View
from liveview_testing.browser import stimuli
from liveview_testing.browser.browser import Browser
from liveview_testing.browser.dom.mark import Key
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.dom.querying import find
from liveview_testing.world.tabs import tabs


@frozen(eq=False)
class Acting:
    """The tab of one view."""

    view: View
    number: int

    @classmethod
    def on(cls, view: type[LiveView]) -> Acting:
        shown = Simulation().live(view)
        return cls(shown, shown.sim.act(lambda run: tabs.keep(run, shown.id)))

    @property
    def browser(self) -> Browser:
        return self.view.sim.world.browsers[self.number]

    def one(self, selector: str) -> DomNode:
        (found,) = find(root(self.browser.document), selector)
        return found

    def all(self, selector: str) -> list[DomNode]:
        return find(root(self.browser.document), selector)

    def key(self, selector: str) -> Key:
        return self.one(selector).key

    def react(self, stimulus: stimuli.Stimulus) -> Acting:
        self.view.sim.act(lambda run: tabs.react(run, self.number, stimulus))
        return self

    def click(self, selector: str) -> Acting:
        return self.react(stimuli.Click(self.key(selector)))

    def fill(self, selector: str, text: str) -> Acting:
        return self.react(stimuli.Fill(self.key(selector), text))

    def focus(self, selector: str) -> Acting:
        return self.react(stimuli.Focus(self.key(selector)))

    def tell(self, **assigns: Any) -> Acting:
        self.view.sim.tell(self.view.id, assigns)
        return self

    def latency(self, milliseconds: int) -> Acting:
        def change(run: Any) -> None:
            browser = evolve(run.browsers[self.number], latency=milliseconds * 1000)
            run.browsers = run.browsers.set(self.number, browser)

        self.view.sim.act(change)
        return self

    def advance(self, milliseconds: int) -> Acting:
        self.view.sim.pass_time(milliseconds * 1000)
        return self

    @property
    def focused(self) -> str | None:
        key = self.browser.document.focus
        node = None if key is None else next((each for each in self.all("*") if each.key == key), None)
        return None if node is None else node.id

    def notes(self) -> list[str]:
        return [note.rule for note in self.browser.notes]

    def events(self) -> list[str]:
        return [frame.payload.get("event", frame.event) for frame in self.view.wire if frame.direction == "client"][1:]
