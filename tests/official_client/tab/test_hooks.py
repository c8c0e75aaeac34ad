"""HK: client hooks, in the order of their callbacks (browser.md 11, HK)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveSession, LiveView, Reply, Route, Router, heex
from liveview_testing import live
from tests.harness.counting_pages import Box, page, routed
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep
from tests.official_client.tab.generated import Inside

NESTED = """<i>{@last}</i><div :if={@on} id="p" phx-hook="Log" class={@last}><div id="c" phx-hook="Log">{@inner}
<b id="g" phx-hook="Log">g</b></div></div><div id="q" phx-hook="Log" phx-mounted={@js}>{@n}</div>"""


def test_hk1_nested_hooks(judges: Judges) -> None:  # PA-40, HK-4…6, HK-10
    both = Lockstep.of(judges, page(NESTED, state={"on": True, "inner": "i", "js": JS.push("came")}))
    both.tell({"last": "x"}).tell({"inner": "j"}).tell({"last": "y", "inner": "k"}).tell({"on": False}).tell(
        {"on": True}
    )
    both.tell({"n": 5})


def test_hk2_around_a_component(judges: Judges) -> None:  # HK-7a, HK-7
    both = Lockstep.of(
        judges,
        page(
            """<i>{@last}</i><div id="h" phx-hook="Log"><.live_component module={Box} id="one" /></div><div id="k" phx-hook="Log">k</div>
        <button id="b" phx-click="up" phx-target="#box-one">b</button>""",
            {"Box": Box},
        ),
    )
    both.tell({"last": "x"}).click("#b").tell({"last": "y"})


def test_hk3_another_name(judges: Judges) -> None:  # HK-8
    both = Lockstep.of(
        judges,
        page(
            """<div id="h" phx-hook={@hook} phx-mounted={@js}>{@last}</div>""",
            state={"hook": "Log", "js": JS.push("m")},
        ),
    )
    both.tell({"hook": "Other"}).tell({"hook": None}).tell({"last": "x"}).tell({"hook": "Log"}).tell({"last": "y"})


def test_hk4_ignored(judges: Judges) -> None:
    both = Lockstep.of(
        judges,
        page(
            """<div id="h" phx-hook="Log" phx-update="ignore" data-x={@x} class={@last}>{@last}<b id="in" phx-hook="Log">b</b></div>
        <p>{@last}</p>""",
            state={"x": None},
        ),
    )
    both.tell({"last": "x"}).tell({"x": "1"}).tell({"x": "1", "last": "z"}).tell({"x": None})


STREAM = """<i>{@last}</i><ul id="s" phx-update="stream"><li :for={{id, item} in @streams.items} id={id} phx-hook="Log"
phx-remove={item["rm"]}>{item["n"]}<input name="x"></li></ul>"""


def stream(judges: Judges, rm: Any = None, count: int = 3) -> Lockstep:
    def item(at: int, n: Any = 0) -> dict[str, Any]:
        return {"id": at, "n": n, "rm": rm}

    return Lockstep.of(
        judges,
        page(
            STREAM.replace("{{id, item} in @streams.items}", "{id, item in @streams.items}"),
            begin=lambda s: s.stream("items", [item(at) for at in range(count)]),
        ),
    )


def test_hk6_streams(judges: Judges) -> None:  # HK-16, HK-17
    both = stream(judges)
    both.tell(lambda s: s.stream_insert("items", {"id": 1, "n": "new", "rm": None}))
    both.tell(lambda s: s.stream_insert("items", {"id": 7, "n": "seven", "rm": None}, at=0))
    both.tell(lambda s: s.stream_insert("items", {"id": 8, "n": "eight", "rm": None}, at=1))
    both.tell(lambda s: s.stream_delete_by_dom_id("items", "items-0"))
    both.tell(
        lambda s: s.stream("items", [{"id": 8, "n": "eight", "rm": None}, {"id": 2, "n": 0, "rm": None}], reset=True)
    )
    both.tell(lambda s: s.stream_insert("items", {"id": 9, "n": 9, "rm": None}, at=-1, limit=-2))
    both.tell(
        lambda s: s.stream_delete_by_dom_id("items", "items-9").stream_insert(
            "items", {"id": 9, "n": "again", "rm": None}
        )
    )
    both.tell({"last": "x"})


def test_hk7_replies_and_events(judges: Judges) -> None:  # HK-20, HK-23…25
    def go(socket: Any, params: Any) -> Any:
        return Reply(socket.push_event("told", {"n": 1}).assign(last="replied"), {"answer": 42})

    def asked(socket: Any, params: Any) -> Any:
        return Reply(socket.push_event("told", {"n": 2}), {"r": 1})

    both = Lockstep.of(
        judges,
        page(
            """<i>{@last}</i><div id="l" phx-hook="Listen">{@n}</div><div id="r" phx-hook="Reply">r</div><div :if={@last == "more"} id="m"
        phx-hook="Listen">m</div><button id="b" phx-click="go">b</button>""",
            go=go,
            asked=asked,
        ),
    )
    both.click("#b").tell(lambda s: s.push_event("told", {"n": 3}).assign(last="more"))
    both.tell(lambda s: s.push_event("told", {"n": 4}).assign(last="less")).tell(lambda s: s.push_event("other", {}))


def test_hk8_pushing_in_callbacks(judges: Judges) -> None:  # HK-20
    both = Lockstep.of(
        judges,
        page(
            """<i>{@last}</i><div id="p" phx-hook="Push" class={@last}>p</div><div id="u" phx-hook="OnUpdate">{@x}</div>""",
            state={"x": ""},
        ),
    )
    both.tell({"x": "x"}).latency(20).tell({"x": "y"}).advance(100)


def test_hk9_a_hook_in_a_locked_form(judges: Judges) -> None:  # LK-11, HK-18
    both = Lockstep.of(
        judges,
        page(
            """<i>{@last}</i><form id="f" phx-change="c"><input id="a" name="a"><div id="h" phx-hook="Log">{@last}
        <b :if={@on} id="n" phx-hook="Log" phx-mounted={@js}>n</b><u :if={not @on} id="o" phx-hook="Log">o</u></div></form>""",
            state={"on": False, "js": JS.push("m")},
        ),
    )
    both.hold().focus("#a").type("x").tell({"last": "one"}).tell({"last": "two", "on": True})
    for _ in range(6):
        both.release(1)
    both.release()


class Kid(LiveView):
    """A nested view with a hook."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<b id="kb" phx-hook="Log" phx-mounted={JS.push("up")}>{@n}</b>""", names={"JS": JS})


def test_hooks_of_nested_views(judges: Judges) -> None:  # PA-16, PA-17, HK-3, HK-15
    both = Lockstep.of(
        judges,
        page(
            """<i>{@last}</i><div id="out" phx-hook="Log"><.live_render :if={@on} view={Kid} id="kid" /></div>""",
            {"Kid": Kid},
            state={"on": True},
        ),
    )
    both.tell({"last": "x"}).tell({"on": False}).tell({"on": True}).tell({"last": "y"})


def test_hk32_mounted_of_what_was_there(judges: Judges) -> None:  # HK-32
    both = Lockstep.of(
        judges,
        page(
            """<i>{@last}</i><div id="d" phx-mounted={@js}>d</div><p :for={r in @rows} phx-mounted={@go}>{r}</p>""",
            state={"js": None, "go": JS.push("p").add_class("in"), "rows": [1]},
        ),
    )
    both.tell({"js": JS.push("never")}).tell({"rows": [0, 1, 2]}).advance(20).tell({"rows": [2]}).advance(20)


WHOLE = """<p>{@n} {@last}</p><div id="h" phx-hook="Log" title="x">INSIDE</div>"""

INSIDES = {
    "stream": """<ul id="l" phx-update="stream"><li :for={id, i in @streams.items} id={id}>{i["n"]}</li></ul>""",
    "ignored": """<div id="i" phx-update="ignore" class={@last} data-a={@last}>{@n}<b>{@last}</b></div>""",
    "idle": """<div id="i" phx-update="ignore" data-a={@last}>hey<b>ho</b></div>""",
    "attributes": """<button disabled title={@last}>b</button><input checked>""",
}


@pytest.mark.parametrize("inside", list(INSIDES))
def test_hk2_what_counts_as_a_change(judges: Judges, inside: str) -> None:  # HK-7, HK-7a
    """What is there is compared with what is sent, not with what will be there: rows that are not sent again, what an
    ignored element does not take over.
    """
    items = [{"id": 1, "n": 0}, {"id": 2, "n": 0}]
    view = page(WHOLE.replace("INSIDE", INSIDES[inside]), begin=lambda socket: socket.stream("items", items))
    both = Lockstep.of(judges, view)
    both.tell({"last": "x"}).tell({"last": "x", "n": 0}).tell({"n": 1}).tell({"last": ""}).tell({"n": 2})
    if inside == "stream":
        both.tell(lambda socket: socket.stream_insert("items", {"id": 3, "n": 1})).tell({"n": 3})
        both.tell(lambda socket: socket.stream("items", [], reset=True)).tell({"n": 4}).tell({"n": 5})


def test_hk2_hooks_in_what_is_taken_away(judges: Judges) -> None:  # HK-10, PA-9
    """In document order, then the root of what went: of an element without an id nobody knows that it was one."""
    inside = """<u id="a" phx-hook="Log"><i id="b" phx-hook="Log"></i><i id="c" phx-hook="Log"></i></u>"""
    for around in ('<div id="r" :if={@on}>', '<div id="r" phx-hook="Log" :if={@on}>', "<div :if={@on}>"):
        both = Lockstep.of(judges, page(f"<p>{{@n}}</p>{around}{inside}</div>", state={"on": True}))
        both.tell({"on": False}).tell({"on": True})
        both.close()


def test_hk18_hooks_inside_hooks_that_are_locked(judges: Judges) -> None:  # HK-18, LK-21
    """What is still locked when what is around it is released, or is released by itself, is told later."""
    both = Lockstep.of(
        judges,
        page(
            """<p>{@n}</p><div id="o" phx-hook="Push"><b>{@last}</b><div id="i" phx-hook="Push">{@last}</div></div>"""
        ),
    )
    both.tell({"last": "x"}).tell({"last": "y"})


def test_hk4_a_nested_view_in_what_is_locked(judges: Judges) -> None:  # LK-10, MD-9
    """A lock holds back the patches of its own view: those of a view inside go on, and their hooks are told."""
    both = Lockstep.of(
        judges,
        page("""<div id="o" phx-click="k"><.live_render view={Inside} id="inside" /></div>""", {"Inside": Inside}),
    )
    both.hold().click("#vup").click("#vb")
    for _ in range(5):
        both.release(1)
    both.release()


HEARING = """<p>{@n} {@last}</p><div id="o" phx-hook="Hear" phx-click="outer"><div id="i" phx-hook="Hear"><button id="stop" phx-click="in">s</button>
<button id="b" phx-click="in">b</button><form id="f" phx-change="c"><input id="q" name="q"></form></div></div>
<button id="one" phx-click={@one}>1</button><button id="quiet" phx-click={@quiet}>q</button><button id="block" phx-click={@block}>k</button>"""


def test_what_hooks_listen_to(judges: Judges) -> None:  # JC-26, CE-1
    """Inner ones first, before the client's own listeners, which hear nothing of what was stopped; a blocking dispatch is over once
    its hook says so.
    """
    state = {
        "one": JS.dispatch("app:one", to="#b", detail={"a": 1}),
        "quiet": JS.dispatch("app:one", to="#i", bubbles=False),
        "block": JS.dispatch("app:block", to="#i", blocking=True).push("begun"),
    }
    both = Lockstep.of(judges, page(HEARING, state=state))
    both.click("#b").click("#stop").click("#one").click("#quiet").focus("#q").type("ax").press("Escape").fill("#q", "y")
    both.click("#block").tell({"last": "held"}).advance(20).click("#b").advance(40).tell({"last": "free"})
    both.click("#block").tell({"last": "more"}).click("#block").advance(30).advance(40)


def test_hk20_pushes_that_fail(judges: Judges) -> None:  # HK-21, CN-29
    """An error, or silence after a crash: nobody is called, and the element stays as it was."""
    template = (
        """<p>{@n}</p><div id="r" :if={@on} phx-hook="Reply">r</div><button id="bad" phx-click="bad">b</button>"""
    )
    view = page(template, state={"on": False}, bad=crash)
    both = Lockstep.of(judges, view, logs=("Failed to push",)).hold().tell({"on": True}).release(1)
    both.hear("phx_reply", {"status": "error", "response": {"reason": "no"}}, -1).advance(31_000)
    both = Lockstep.of(judges, view, crashes="restart", logs=("push", "crashed", "Failed")).latency(20)
    both.tell({"on": True}).advance(20).click("#bad").advance(100).advance(1_200)
    both.tell({"on": True}).advance(50).advance(31_000)


def crash(socket: Any, params: Any) -> Any:
    raise ValueError("bad")


def test_hk17_a_row_that_comes_back_while_it_leaves(judges: Judges) -> None:  # HK-17, PA-47
    both = stream(judges, rm=JS.transition("fade", time=60))
    again = {"id": 1, "n": "again", "rm": None}
    both.tell(lambda s: s.stream_delete_by_dom_id("items", "items-1")).advance(20)
    both.tell(lambda s: s.stream_insert("items", again, at=0)).advance(50).tell({"last": "x"})


def test_hk7_an_event_whose_answer_patches_the_address(judges: Judges) -> None:  # HK-25, CN-44
    def go(socket: Any, params: Any) -> Any:
        return Reply(socket.push_event("told", {"n": 1}).push_patch("/b").assign(last="there"), {"answer": 1})

    template = (
        """<i>{@last}</i><div id="l" phx-hook="Listen">{@last}</div><div id="r" :if={@on} phx-hook="Reply">r</div>"""
    )
    both = Lockstep.of(judges, routed(page(template, state={"on": False}, asked=go)))
    both.tell({"on": True}).latency(20).tell({"on": False}).advance(30).tell({"on": True}).advance(100)


AROUND = heex(
    """<html><body><header id="top" phx-hook="Log"><i id="in" phx-hook="Listen" phx-mounted={JS.push("from outside").add_class("on")}></i>
    <b id="push" phx-hook="Push"></b></header>{@inner_content}<footer id="end" phx-hook="Reply"></footer></body></html>""",
    names={"JS": JS},
)


def test_hk9_hooks_outside_of_all_views(judges: Judges) -> None:  # HK-9, CE-3, HK-21
    """In the frame after, once; they hear the server's events, cannot push, and know nothing of losses."""
    view = page(
        """<p id="p" phx-hook="Log">{@n} {@last}</p><.link id="l" navigate="/b">b</.link><button id="b" phx-click="go">b</button>"""
    )
    session = LiveSession(
        "default", [Route("/a", view), Route("/b", view)], root_layout=lambda assigns: AROUND(assigns)
    )
    both = Lockstep.of(judges, live("/a", router=Router([session])), logs=("unable to push",))
    both.advance(10).advance(10).tell(lambda s: s.push_event("told", {"n": 1})).click("#b")
    both.drop().advance(20).restore().advance(1_000).click("#l").advance(50)
    both.hear("redirect", {"to": "/a", "flash": None}, leaves=True, root=True)
    assert both.answer["hooked"] == both.calls[: len(both.answer["hooked"])]
    assert ["destroyed", "top"] in both.calls


@pytest.mark.parametrize("name", ["Other", None])
def test_hk8_another_hook_takes_its_place_in_the_middle(judges: Judges, name: str | None) -> None:  # HK-8
    """Of several elements each old hook is destroyed right after its `before_update`; also at an unlock."""
    template = """<form id="f" phx-change="c"><input id="a" name="a"><p :for={r in (1, 2)} id={f"r{r}"} phx-hook={@hook} class={@last}>{r}
    <b id={f"b{r}"} phx-hook="Log">{@last}</b></p></form>"""
    both = Lockstep.of(judges, page(template, state={"hook": "Log"}))
    both.tell({"hook": name}).tell({"hook": "Log"}).hold().fill("#a", "1").tell({"hook": name, "last": "k"})
    for _ in range(4):
        both.release(1)
    both.release().tell({"hook": "Listen"})


def item(at: int, n: int = 0) -> dict[str, int]:
    return {"id": at, "n": n}


@pytest.mark.parametrize("at", [0, 1, -1])
def test_hk5_rows_are_heard_of_as_they_were_sent(judges: Judges, at: int) -> None:  # HK-5, HK-16, PA-23, PA-26
    """Several rows of one message are mounted and updated in its order, wherever they stand; deleted ones go in its order."""
    template = """<b :if={@on} id="b" phx-hook="Log">b</b><ul id="s" phx-update="stream"><li :for={id, i in @streams.items} id={id}
    phx-hook="Log">{i["n"]}<i id={f"{id}-in"} phx-hook="Log">{i["n"]}</i></li></ul>"""
    first = lambda s: s.stream("items", [item(1), item(2), item(3)], at=at)
    both = Lockstep.of(judges, page(template, state={"on": True}, begin=first))
    both.tell(lambda s: s.stream("items", [item(10), item(2, 5), item(11), item(1, 5)], at=at))
    both.tell(
        lambda s: (
            s.stream_delete_by_dom_id("items", "items-11").stream_delete_by_dom_id("items", "items-2").assign(on=False)
        )
    )
    both.tell(lambda s: s.stream("items", [item(20), item(1, 7), item(21)], reset=True, at=at))
    both.drop().advance(100).restore().advance(1_000)


@pytest.mark.parametrize("command", [JS.push("gone"), JS.hide(transition="out", time=40)])
@pytest.mark.parametrize(("at", "limit"), [(-1, -3), (0, 3)])
def test_pa28_a_limit_takes_away_again_what_is_still_leaving(
    judges: Judges, at: int, limit: int, command: JS
) -> None:  # PA-28, PA-42
    """With every row that is put in, each row that is beyond the limit leaves once more: its `phx-remove` runs as often."""
    template = """<ul id="s" phx-update="stream"><li :for={id, i in @streams.items} id={id} phx-hook="Log" phx-remove={@js}>{i["n"]}
    </li></ul><p>{@last}</p>"""
    view = page(template, state={"js": command}, begin=lambda s: s.stream("items", [item(1), item(2), item(3)]))
    both = Lockstep.of(judges, view)
    both.tell(lambda s: s.stream("items", [item(4), item(5)], at=at, limit=limit)).advance(100)
    both.tell(lambda s: s.stream("items", [item(6), item(7), item(8), item(9)], at=at, limit=limit)).advance(100)
