"""PA: what a patch keeps, moves, makes anew and takes away (browser.md 11, PA)."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import JS, LiveSession, LiveView, Route, Router, heex
from liveview_core.components import portal
from liveview_testing import live
from tests.harness.counting_pages import Box, events, page
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep

SIBLINGS = """<form id="f"><h2 :if={@on}>{@last}</h2><p>{@last}</p><input name="a" phx-blur="left"><p>two</p><input name="b">
<input id="k" name="k"><u :if={not @on}>u</u><input name="c"></form>"""


def test_pa1_an_element_before_its_siblings(judges: Judges) -> None:  # PA-9…11, MD-2
    for field in ("a", "b", "k", "c"):
        both = Lockstep.of(judges, page(SIBLINGS, state={"on": False}))
        for name in ("a", "b", "k", "c"):
            both.fill(f"[name={name}]", name)
        both.focus(f"[name={field}]").tell({"on": True}).tell({"last": "x"}).tell({"on": False})


KEYED = """<ul><li :for={r in @rows} id={f"r{r}"}><input name={f"n{r}"} phx-blur="left" phx-focus="in"><button>{r}</button></li></ul>
<ol><li :for={r in @rows} :key={r}><input name={f"m{r}"}><b>{r}</b></li></ol>"""


def test_pa2_moves(judges: Judges) -> None:  # PA-7, PA-8
    for rows in ([3, 1, 2, 4], [4, 3, 2, 1], [2, 3, 4, 1], [1, 9, 2, 4], [2], [1, 2, 4, 3]):
        for field in ("n1", "n4", "m2", "n3"):
            both = Lockstep.of(judges, page(KEYED, state={"rows": [1, 2, 3, 4]}))
            both.focus(f"[name={field}]").type("x").tell({"rows": rows}).tell({"rows": [1, 2, 3, 4]})
            both.close()


def test_pa2_other_keys_and_tags(judges: Judges) -> None:  # PA-11, PA-12
    both = Lockstep.of(
        judges,
        page(
            """<div id={@last}><input name="a"></div><.dynamic_tag tag_name={@tag} id="t"><input name="b"></.dynamic_tag>
        <p>{@last}</p><input name="c">""",
            state={"tag": "section", "last": "one"},
        ),
    )
    for name in ("a", "b", "c"):
        both.fill(f"[name={name}]", "typed")
    both.tell({"last": "two"}).fill("[name=b]", "more").tell({"tag": "article"}).focus("[name=c]").tell(
        {"tag": "section", "last": "one"}
    )


def test_pa3_focus(judges: Judges) -> None:  # PA-19…21, CE-4, PF-12
    both = Lockstep.of(
        judges,
        page(
            """<div :if={@on} id="d"><button id="b">b</button><input id="i" phx-blur="left"></div><button id="o">{@last}</button>
        <section :if={not @on}><input id="i" phx-blur="left"></section>""",
            state={"on": True},
        ),
    )
    both.focus("#i").type("x").tell({"on": False}).tell({"on": True}).focus("#b").tell({"on": False}).focus("#o").tell(
        {"last": "x"}
    )


class Kid(LiveView):
    """A nested view that counts."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<button id="up" phx-click="up">{@n}</button><input id="ki" name="ki">""")


def test_pa4_a_nested_view(judges: Judges) -> None:  # PA-4, PA-16
    both = Lockstep.of(
        judges,
        page("""<i>{@last}</i><div id="w" class={@last}><.live_render view={Kid} id="kid" /></div>""", {"Kid": Kid}),
    )
    both.fill("#ki", "typed").tell({"last": "x"}).click("#up").tell({"last": "y"}).focus("#ki").tell({"last": "z"})


REMOVE = """<i>{@last}</i><div :for={r in @rows} id={f"r{r}"} phx-remove={@rm}><button id={f"b{r}"} phx-click="in">{r}</button></div>
<section :if={@rows != []} id="sec"><p id="inner" phx-remove={@rm}>p</p></section>"""


def test_pa6_remove_with_a_transition(judges: Judges) -> None:  # HK-35, PA-42, PA-44…46
    both = Lockstep.of(
        judges,
        page(
            REMOVE, state={"rows": [1, 2, 3], "rm": JS.hide(transition=("run", "start", "end"), time=100).push("left")}
        ),
    )
    both.tell({"rows": [2]}).click("#b1").tell({"last": "held"})
    for _ in range(9):
        both.advance(16)
    both.tell({"rows": []})
    for _ in range(9):
        both.advance(16)
    both.tell({"rows": [1]}).advance(50)


def test_pa6_remove_that_does_not_block(judges: Judges) -> None:  # PA-43
    both = Lockstep.of(
        judges,
        page(REMOVE, state={"rows": [1, 2, 3], "rm": JS.hide(transition="run", time=100, blocking=False).push("left")}),
    )
    both.tell({"rows": [2]}).tell({"last": "x"}).advance(50).tell({"rows": []}).advance(200)


def test_pa6_inserted_again_while_leaving(judges: Judges) -> None:  # PA-47
    both = Lockstep.of(judges, page(REMOVE, state={"rows": [1, 2], "rm": JS.transition("fade", time=100)}))
    both.tell({"rows": [2]}).tell({"rows": [1, 2]}).advance(50).advance(60).advance(50)


STREAM = """<i>{@last}</i><ul id="s" phx-update="stream"><li :for={id, item in @streams.items} id={id}>{item["n"]}<input name={id}></li>
<li id="tail">tail</li></ul><ul id="e" phx-update="stream"><li id="only" class="hidden only:block">none</li>
<li :for={id, item in @streams.others} id={id}>{item["n"]}</li></ul>"""


def item(at: int, n: Any = 0) -> dict[str, Any]:
    return {"id": at, "n": n}


def test_pa7_streams(judges: Judges) -> None:  # PA-23, PA-25…28
    both = Lockstep.of(
        judges,
        page(STREAM, begin=lambda s: s.stream("items", [item(at) for at in range(3)]).stream("others", [])),
    )
    both.fill("[name=items-1]", "typed")
    for at in (0, 1, 3, 9, -1):
        both.tell(lambda s, at=at: s.stream_insert("items", item(10 + at, at), at=at))
    both.tell(lambda s: s.stream_insert("others", item(1))).tell({"last": "x"})
    both.tell(lambda s: s.stream_insert("items", item(20), at=0, limit=3))
    both.tell(lambda s: s.stream("items", [item(20), item(1), item(0)], reset=True))
    both.tell(lambda s: s.stream("items", [item(2), item(1)], at=0)).tell(lambda s: s.stream("others", [], reset=True))


def test_pa9_what_the_server_does_not_know(judges: Judges) -> None:  # PA-13, PA-14, PF-16, HK-36
    both = Lockstep.of(
        judges,
        page(
            """<i>{@last}</i><details id="d"><summary id="s">s</summary><p>{@last}</p></details><.live_component module={Box} id="one" />
        <div id="ig" phx-update="ignore" data-a={@last} class={@last}>{@last}</div>""",
            {"Box": Box},
        ),
    )
    both.click("#s").tell({"last": "x"}).click("#s").tell({"last": "y"}).tell({"last": "y"})


def test_pa8_titles(judges: Judges) -> None:
    both = Lockstep.of(judges, page("<i>{@last}</i>"))
    both.tell({"page_title": "one"}).advance(16).tell({"page_title": "two", "last": "x"}).advance(16)


CALLS = """<i>{@last}</i><.card :for={r in @rows} label={r} /><.card label={@last} /><.live_component :for={r in @rows} module={Box} id={r} />"""


def test_rooted_templates_move(judges: Judges) -> None:  # PA-5, PA-11a
    from liveview_core import attr

    card = heex("""<div class="card"><input name={@label}>{@label}</div>""", attr("label", "any"))
    for rows in (["b", "a", "c"], ["c", "a"], ["x", "a", "b", "c"], ["c", "b", "a"]):
        both = Lockstep.of(
            judges, page(CALLS, {"card": card, "Box": Box}, state={"rows": ["a", "b", "c"], "last": "z"})
        )
        both.fill("[name=a]", "1").fill("[name=c]", "3").tell({"rows": rows}).tell({"last": "y"}).tell(
            {"rows": ["a", "b", "c"]}
        )
        both.close()


PORTALS = """<div id="menu" phx-click-away="away"><button id="in" phx-click="in">in</button>
<.portal :if={@on} id="one" target={@to} container="section"><b id="b" phx-hook="Log" phx-click="b" phx-mounted={JS.add_class("here")}>{@last}</b>
<form id="pf" phx-change="c"><input id="pi" name="v"></form></.portal>
<i id="i" phx-hook="Log">{@n}</i></div>
<div id="left"><u>u</u></div><div id="right"></div><button id="out">out</button>"""


def portals(judges: Judges, **state: object) -> Lockstep:
    return Lockstep.of(judges, page(PORTALS, {"JS": JS, "portal": portal}, state={"on": True, "to": "#left", **state}))


def test_pa5_a_portal_is_added_updated_and_removed(judges: Judges) -> None:  # PA-31
    """PA-30 … PA-33: it stands at its target, keeps its marks, and goes with its template."""
    both = portals(judges, on=False)
    both.tell({"on": True}).tell({"last": "x"}).click("#b").fill("#pi", "typed").click("#b").tell({"last": "y"})
    both.tell({"on": False}).tell({"on": True}).click("#b")
    assert events(both) == ["b", "c", "b", "b"]


def test_pa5_a_portal_moves(judges: Judges) -> None:
    both = portals(judges)
    both.fill("#pi", "typed").tell({"to": "#right"}).tell({"last": "z"}).tell({"to": "body"}).click("#b").tell(
        {"to": "#left"}
    )


def test_ce2_click_away_of_what_a_portal_belongs_to(judges: Judges) -> None:
    """CE-20: a click in the portal is inside of what the template is in."""
    both = portals(judges)
    both.click("#b").click("#in").click("#out").tell({"to": "body"}).click("#b").click("#out")
    assert events(both).count("away") == 2


def test_pa30_a_portal_without_a_target(judges: Judges) -> None:
    """The patch is there, and nothing that follows it."""
    both = Lockstep.of(
        judges,
        page(PORTALS, {"JS": JS, "portal": portal}, state={"on": False, "to": "#nowhere"}),
        logs=("portal target",),
    )
    both.tell({"last": "x"}).tell({"on": True}).tell({"to": "#left"})


def test_pa41_components_that_are_gone(judges: Judges) -> None:
    """PA-41: asked for once they are nowhere on the page, and forgotten with the second answer."""
    both = Lockstep.of(
        judges,
        page(
            """<p>{@last}</p><.live_component :for={r in @rows} module={Box} id={r} /><div :if={@on} id="d" phx-remove={@rm}>
            <.live_component module={Box} id="in" /></div>""",
            {"Box": Box},
            state={"rows": [1, 2, 3], "on": True, "rm": JS.hide(transition="fade", time=60)},
        ),
    )
    both.tell({"rows": [3, 1]}).tell({"rows": [2, 3]}).latency(20).tell({"on": False}).advance(40)
    for _ in range(6):
        both.advance(16)
    both.advance(200)
    assert [name for name, _ in both.frames].count("cids_destroyed") >= 2


def test_pa12_what_a_hook_wrote_on_an_ignored_element_stays(judges: Judges) -> None:
    """Its attributes are its own, but for the data-* ones."""
    template = (
        '<div><p id="p" phx-update="ignore" class="a" data-n={@n}>x</p><b id="b" data-phx-update="ignore" title={f"t{@n}"}>y</b>'
        '<button id="k" phx-click={JS.set_attribute(("lang", "de"), to="#p").add_class("own", to="#b").toggle_attribute(("data-t", "1"), to="#p")}>k</button>'
        '<button id="tick" phx-click="tick">{@n}</button></div>'
    )
    both = Lockstep.of(judges, page(template)).click("#k").click("#tick").advance(50).click("#tick")
    assert both.view.element("#p").attributes["lang"] == "de"


SAME = """<form id="f" phx-change="c"><.field name="a" n={@n} /><.field name="b" n={0} /><input name="c"></form><button>{@n * 0}</button>"""


def test_pa5_what_is_sent_again_as_it_was(judges: Judges) -> None:  # PA-5, FI-8
    field = heex("""<label>{@name}<input name={@name} phx-debounce="blur"><i>{@n * 0}</i></label>""")
    both = Lockstep.of(judges, page(SAME, {"field": field}))
    for name in ("a", "b", "c"):
        both.fill(f"[name={name}]", name)
    both.tell({"last": "x"}).tell({"n": 7}).focus("[name=a]").tell({"n": 8}).blur().tell({"n": 9})


def test_pa42_a_field_that_goes_after_its_transition_is_left(judges: Judges) -> None:  # PF-12, PA-46, PA-45
    """What leaves tells nobody of keys and changes; as it goes it is heard again, so that its `phx-blur` is pushed."""
    for remove in (JS.add_class("gone"), JS.hide(transition="fade", time=40), JS.push("bye")):
        template = """<p>{@n}</p><div id="d" :if={@on} phx-remove={@rm}><input id="i" phx-blur="out" phx-keydown="key"></div>"""
        both = Lockstep.of(judges, page(template, state={"on": True, "rm": remove}))
        both.focus("#i").type("a").tell({"on": False}).type("b").advance(100).tell({"on": True})
        both.close()


def test_pa41_components_are_destroyed_once_nothing_blocks(judges: Judges) -> None:  # PA-41, JC-25
    template = """<p>{@n}</p><div :if={@on} id="w"><.live_component module={Box} id="one" /></div>
    <b :if={not @on} phx-mounted={@js}>b</b>"""
    view = page(template, {"Box": Box}, state={"on": True, "js": JS.transition("t", time=50)})
    both = Lockstep.of(judges, view)
    both.tell({"on": False}).advance(30)
    assert [event for event, _ in both.frames] == ["cids_will_destroy"]
    both.advance(30)
    assert [event for event, _ in both.frames] == ["cids_will_destroy", "cids_destroyed"]


def test_pa19_a_field_in_details_that_a_patch_moves_and_closes(judges: Judges) -> None:  # PA-13, PA-19, PF-12
    """It has been taken out and put in again, and cannot have the focus any more."""
    both = Lockstep.of(
        judges,
        page(
            """<p id="p">{@n}</p><p :if={@on}>on</p><details id="t"><summary id="s">s</summary><input id="i" name="i"></details><p>end</p>""",
            state={"on": False},
        ),
    )
    both.click("#s").fill("#i", "8").tell({"on": True}).tell({"n": 1}).tell({"on": False})


def test_lk13_an_ignored_element_that_is_locked(judges: Judges) -> None:  # LK-13
    template = """<p>{@n}</p><div id="g" phx-update="ignore" data-a={@last} phx-hook="Log"></div><button id="b" phx-click={@js}>b</button>"""
    both = Lockstep.of(judges, page(template, state={"js": JS.push("go", loading="#g")}))
    both.hold().click("#b").tell({"last": "x"})
    for _ in range(4):
        both.release(1)
    both.release()


def test_pf12_a_field_in_a_locked_form_goes_with_what_is_around_it(judges: Judges) -> None:  # PF-12, LK-10
    """A lock holds back what comes for the form, and keeps nothing that is taken away with more than the form."""
    template = """<p>{@n}</p><div id="o" :if={@on}><form id="f" phx-change="c"><input id="i" name="i" phx-blur="out"></form></div>"""
    both = Lockstep.of(judges, page(template, state={"on": True}))
    both.hold().focus("#i").type("x").tell({"on": False}).release(1).release(1)
    assert [payload["event"] for _, payload in both.frames] == ["c", "out"]
    both.release()


def layout(title: str) -> Any:
    return heex(f"<html><head>{title}</head><body>{{@inner_content}}</body></html>")


@pytest.mark.parametrize(
    "title", ['<title data-prefix="<" data-suffix=">" data-default="none">x</title>', "<title>x</title>", ""]
)
def test_pa8_titles_with_what_stands_around_them(judges: Judges, title: str) -> None:  # PA-1
    """A blank one is the default, or none; without an element for it whatever comes is written."""
    around = layout(title)
    view = page("<i>{@last}</i><button id='l' phx-click={@js}>p</button>", state={"js": JS.patch("/b?1")})
    routes = [Route("/a", view), Route("/b", view)]
    session = LiveSession("default", routes, root_layout=lambda assigns: around(assigns))
    both = Lockstep.of(judges, live("/a", router=Router([session]))).advance(40)
    both.tell({"page_title": "one"}).advance(20).tell({"page_title": " ", "last": "x"}).advance(20)
    both.latency(30).click("#l").advance(10).tell({"page_title": "while a link is under way", "last": "y"}).advance(48)
    assert both.title()
    both.advance(100).latency(0).drop().restore().advance(1_000)


GOING = """<p>{@n}</p><section :if={not @on} id="d" phx-remove={@rm}>d</section><i>i</i><section :if={not @on} phx-remove={@rm}>e</section>
<div><b :if={not @on} id="k" phx-remove={@rm}>k</b><u :if={not @on} phx-remove={@rm}>u</u></div>"""


def test_what_the_client_knows_by_itself_goes_last(judges: Judges) -> None:  # PA-9, PA-42
    """It is noted only, and taken away once all of the patch is in."""
    both = Lockstep.of(judges, page(GOING, state={"on": False, "rm": JS.hide(transition="o", time=20)}))
    both.tell({"on": True}).advance(60)
