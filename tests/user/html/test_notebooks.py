"""What a notebook shows: a value as a page, in which nothing can run."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from liveview_core import JS, LiveView, Socket, heex, raw
from liveview_testing import Frame, Html, Redirected, Simulation, timeline

HOSTILE = '<script>alert(1)</script><img src="x" onerror="alert(2)"/><a href="//evil.example">x</a>"\''


_ = JS  # a template calls it by name


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
    assert "browser 1 · / · 1 message · phx-1" in around or "Ann · / · 1 message · phx-1" in around


def test_a_view_is_shown_as_its_person_has_it() -> None:
    """With what commands did; and a crash under it."""
    sim = Simulation(crashes="restart")
    page = sim.page(Toggled)
    page.get_by_role("button", name="hide").click()
    sim.clock.advance(1)
    assert page.view is not None
    shown = page.view._repr_html_()
    assert "display: none" in unescape(unescape(shown)) and "Ann · / · 1 message · phx-1" in shown
    view = page.view
    view.render_click("boom")
    assert "client event crashed: ValueError: &lt;too much&gt;" in view._repr_html_()


class Toggled(LiveView):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        raise ValueError("<too much>")

    render = heex("""
    <button phx-click={JS.hide(to="#it")}>hide</button><p id="it">it</p>
    """)


def test_an_element_is_outlined() -> None:
    frame, around = frame_of(Simulation().live(Hostile).element("main")._repr_html_())
    assert frame["sandbox"] == "" and "outline" in unescape(frame["srcdoc"])
    assert unescape(frame["srcdoc"]).endswith(f"<body inert><main>{HOSTILE.replace('/>', '>')}</main>")
    assert "&lt;Element &#x27;main&#x27; of phx-1&gt;" in around


def test_a_script_is_a_test() -> None:
    sim = Simulation()
    sim.live(Toggled)
    assert "ann = sim.live(Toggled)" in sim.script._repr_html_() and "1 act" in sim.script._repr_html_()


def test_frames_and_redirects_are_text() -> None:
    """Whatever is in them: none of it is html of the cell."""
    shown = Frame("server", "diff", {"0": HOSTILE, "long": list(range(50))})._repr_html_()
    assert "<script" not in shown and shown.startswith("<details><summary>") and "← diff · " in shown
    assert Frame("client", "event", {"a": 1})._repr_html_().startswith("<div>")
    assert "<Redirected" not in Redirected("/a<b>")._repr_html_()
    assert "/a&lt;b&gt;" in Redirected("/a<b>")._repr_html_()


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
