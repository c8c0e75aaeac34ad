"""The second judge judged: what the whole official client sends and shows, by hand-written frames."""

from __future__ import annotations

from typing import Any

from tests.official_client.client import Judges, OfficialPage, Seen, canonical


class Hand:
    """A server played by hand: joins with `html` as the only static, answers with what it is told."""

    def __init__(self, judges: Judges, html: str, *dynamics: str) -> None:
        body = '<div id="lv" data-phx-main data-phx-session="S" data-phx-static="T"></div>'
        self.page = OfficialPage.open(judges, body, "http://judge.test/counter?x=1")
        (frame,) = self.page.opened.frames
        self.join = frame
        statics = html.split("{}")
        rendered = {"s": statics, **{str(at): value for at, value in enumerate(dynamics)}}
        self.seen = self.reply(frame, {"rendered": rendered, "liveview_version": "1.2.10"})

    def reply(self, frame: Any, response: dict[str, Any]) -> Seen:
        """An ok reply to one of the client's frames."""
        return self.page.deliver(
            [self.join[0], frame[1], frame[2], "phx_reply", {"status": "ok", "response": response}]
        )

    def sent(self, kind: str, selector: str, **details: Any) -> list[tuple[str, Any]]:
        """The events and payloads of an act, each acknowledged."""
        frames = self.page.act(kind, selector, **details).frames
        for frame in frames:
            self.reply(frame, {})
        return [(frame[3], frame[4]) for frame in frames]


def test_join_click_and_patch(judges: Judges) -> None:
    """The join frame, a click's payload, the page before and after the reply."""
    hand = Hand(judges, '<p id="n">{}</p><button phx-click="up" phx-value-by="2" value="v">+</button>', "1")
    assert hand.join[3] == "phx_join"
    assert hand.join[4]["url"] == "http://judge.test/counter?x=1"
    assert hand.seen.dom == canonical(
        judges, '<p id="n">1</p><button value="v" phx-value-by="2" phx-click="up">+</button>'
    )
    seen = hand.page.act("click", "button")
    ((_, ref, topic, event, payload),) = seen.frames
    assert (topic, event) == ("lv:lv", "event")
    assert payload == {"type": "click", "event": "up", "value": {"by": "2", "value": "v"}}
    seen = hand.reply((None, ref, topic), {"diff": {"0": "3 &amp; <b>4</b>"}})
    assert seen.dom.splitlines()[:4] == ['<p id="n">', '  "3 & "', "  <b>", '    "4"']
    assert seen.logged == []


def test_locked_until_acknowledged(judges: Judges) -> None:
    """A second click on a button that waits for its answer sends nothing."""
    hand = Hand(judges, '<button phx-click="up">+</button>')
    assert len(hand.page.act("click", "button").frames) == 1
    assert hand.page.act("click", "button").frames == []


def test_form_change_and_submit(judges: Judges) -> None:
    """`_target`, `_unused_`, the url-encoded value; after a submit every field is used."""
    form = (
        '<form id="f" phx-change="ch" phx-submit="sv"><input type="hidden" name="k" value="1">'
        '<input name="u[a]" value=""><input name="u[b]" value="x y"><button>go</button></form>'
    )
    hand = Hand(judges, form)
    assert hand.sent("change", "#f", data={"u[b]": "z"}) == [
        (
            "event",
            {
                "type": "form",
                "event": "ch",
                "value": "k=1&u%5B_unused_a%5D=&u%5Ba%5D=&u%5Bb%5D=z",
                "meta": {"_target": "u[b]"},
                "uploads": {},
            },
        )
    ]
    assert hand.sent("submit", "#f", data={"u[a]": "é"}) == [
        ("event", {"type": "form", "event": "sv", "value": "k=1&u%5Ba%5D=%C3%A9&u%5Bb%5D=z", "meta": {}})
    ]


def test_debounce_runs_on_virtual_time(judges: Judges) -> None:
    """Nothing before the time is over, one event then, and no real waiting."""
    hand = Hand(judges, '<form id="f" phx-change="ch"><input name="q" phx-debounce="500"></form>')
    assert hand.sent("change", "#f", data={"q": "a"}) == []
    assert hand.page.advance(499).frames == []
    ((_, _, _, event, payload),) = hand.page.advance(1).frames
    assert (event, payload["value"]) == ("event", "q=a")


def test_stream_rows_accumulate(judges: Judges) -> None:
    """Rows come and go by the stream's operations; canonical text ignores white space between them, and only there."""
    hand = Hand(judges, '<ul id="s" phx-update="stream">\n{}\n</ul><p> x </p>', "")
    row = {"s": ['<li id="', '">', "</li>"]}

    def insert(id: str, at: int, **more: Any) -> str:
        keyed = {"0": {"0": id, "1": id.upper()}, "kc": 1}
        diff = {"0": {"k": keyed, "stream": ["0", [[id, at, None, False]], []], **more}}
        return hand.page.deliver([hand.join[0], None, "lv:lv", "diff", diff]).dom

    insert("a", -1, **row)
    insert("b", -1)
    dom = insert("c", 0)
    rows = "".join(f'<li id="{id}">{id.upper()}</li>' for id in "cab")
    assert dom == canonical(judges, f'<ul id="s" phx-update="stream">{rows}</ul><p> x </p>')
    assert dom != canonical(judges, f'<ul id="s" phx-update="stream">{rows}</ul><p>x</p>')


def test_leaving_is_reported(judges: Judges) -> None:
    """A redirect leaves the page: no navigation happens, the judge hears where to."""
    hand = Hand(judges, "<p>x</p>")
    frame = [hand.join[0], None, "lv:lv", "redirect", {"to": "/elsewhere"}]
    assert list(hand.page.deliver(frame).left) == ["/elsewhere"]
