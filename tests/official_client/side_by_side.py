"""A view of ours and the official client side by side: every act is done to both, every server frame goes to both.

Law: the process is one, ours; it answers our browser. What our browser sent must be what the official client sends for the
same act (same event, same payload), and after the same server frames both pages must be the same.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from attrs import define, field

from liveview_testing import View
from tests.official_client.client import Judges, OfficialPage, Seen, canonical


@define
class Twin:
    """Our view and its official counterpart. `frames` is how far the view's wire was read."""

    judges: Judges
    view: View
    page: OfficialPage
    topic: str
    join_ref: str
    frames: int = 0
    waiting: deque[list[Any]] = field(factory=deque)  # what the official client sent and we did not yet match
    unanswered: deque[str] = field(factory=deque)  # refs of matched frames, oldest first
    events: list[tuple[str, Any]] = field(factory=list)  # every event both sent

    @classmethod
    def of(cls, judges: Judges, view: View) -> Twin:
        """The official client opens the page that our view has just joined."""
        join = view.wire[0]
        assert (join.direction, join.event) == ("client", "phx_join")
        id = view.socket.id
        body = f'<div id="{id}" data-phx-main data-phx-session="S" data-phx-static="T">{view.html}</div>'
        page = OfficialPage.open(judges, body, join.payload["url"])
        (frame,) = page.opened.frames
        assert frame[3] == "phx_join"
        assert frame[4]["url"] == join.payload["url"]
        twin = cls(judges, view, page, topic=frame[2], join_ref=frame[0], waiting=deque([list(frame)]))
        twin.catch_up(page.opened)
        return twin

    def catch_up(self, seen: Seen) -> Seen:
        """Read our wire to its end: match what clients sent, deliver what the server sent; then compare the pages."""
        wire = self.view.wire
        for ours in wire[self.frames :]:
            if ours.direction == "client":
                assert self.waiting, f"the official client sent nothing where our browser sent {ours}"
                _, ref, _, event, payload = self.waiting.popleft()
                assert event == ours.event
                if event != "phx_join":  # session, tokens and parameters of the connection are the transport's
                    assert payload == ours.payload
                    self.events.append((event, payload))
                self.unanswered.append(ref)
            else:
                ref = self.unanswered.popleft() if ours.event == "phx_reply" else None
                seen = self.page.deliver([self.join_ref, ref, self.topic, ours.event, ours.payload])
                self.waiting.extend(list(frame) for frame in seen.frames)
                assert list(seen.logged) == []
        self.frames = len(wire)
        assert list(self.waiting) == [], "the official client sent what our browser did not"
        assert seen.dom == canonical(self.judges, str(self.view.html))
        return seen

    def act(self, ours: Callable[[], object], kind: str, selector: str, **details: Any) -> Seen:
        """One act on both: `ours` does it to our view, the rest says it to the official client."""
        ours()
        seen = self.page.act(kind, selector, **details)
        self.waiting.extend(list(frame) for frame in seen.frames)
        return self.catch_up(seen)

    def click(self, selector: str) -> Seen:
        """A click on one element."""
        return self.act(lambda: self.view.element(selector).render_click(), "click", selector)

    def submit(self, selector: str, data: dict[str, Any]) -> Seen:
        """Fields filled and the form submitted."""
        return self.act(lambda: self.view.form(selector, data).render_submit(), "submit", selector, data=data)

    def change(self, selector: str, data: dict[str, Any]) -> Seen:
        """A field filled, with its change event."""
        return self.act(lambda: self.view.form(selector, data).render_change(), "change", selector, data=data)

    def heard(self) -> Seen:
        """Nothing done here: what others did reached our view; the official client hears the same."""
        return self.catch_up(self.page.advance(0))
