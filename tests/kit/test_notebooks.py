"""What a notebook shows: a value as a page, in which nothing can run."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from liveview_core import LiveView, Socket, heex, raw
from liveview_testing import Simulation, timeline
from liveview_testing.html.html import Html

HOSTILE = '<script>alert(1)</script><img src="x" onerror="alert(2)"/><a href="//evil.example">x</a>"\''


class Hostile(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(said=raw(HOSTILE))

    render = heex("<main>{@said}</main>")


def frame_of(shown: str) -> tuple[dict[str, str], str]:
    """The attributes of the one frame, and what is around it."""
    (tag,) = re.findall(r"<iframe [^>]*>", shown)
    return dict(re.findall(r'([a-z]+)="([^"]*)"', tag)), shown.replace(tag, "")


def test_html_is_shown_where_nothing_can_run() -> None:
    frame, around = frame_of(Html(HOSTILE)._repr_html_())
    assert frame["sandbox"] == ""
    inside = unescape(frame["srcdoc"])
    assert inside.endswith(f"<body inert>{HOSTILE}")
    assert frame_of(Html("</iframe><script>")._repr_html_())[1].count("</iframe>") == 1
    assert "default-src 'none'" in unescape(inside.partition("<style>")[0])
    assert "script" not in around and "evil" not in around


def test_a_view_is_shown_as_it_is_now() -> None:
    view = Simulation().live(Hostile)
    frame, around = frame_of(view._repr_html_())
    assert unescape(frame["srcdoc"]).endswith(f"<body inert>{view.html}")
    assert "<View phx-1 of Hostile at />" in unescape(around)


def test_a_large_page_is_told_by_its_size() -> None:
    shown = Html("<p>" + "x" * 300_000 + "</p>")._repr_html_()
    assert len(shown) < 400
    assert "300,007 characters" in shown


def test_a_timeline_brings_its_own_page() -> None:
    sim = Simulation(record=True)
    sim.live(Hostile)
    frame, _ = frame_of(timeline(sim)._repr_html_())
    assert frame["sandbox"] == "allow-scripts"
    assert unescape(frame["srcdoc"]) == timeline(sim).html()
