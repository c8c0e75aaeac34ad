"""Views inside views: their processes, their lines, their end."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveComponent, LiveView, Route, Router, heex
from liveview_testing import Redirected, View, ViewGone, live
from liveview_testing.failures.exceptions import BindingNotFound, ElementHidden, ElementNotFound, ManyElements
from liveview_testing.laws import hold
from liveview_testing.user.handles.assertion_failures import Happened
from liveview_testing.world.page_checks import PageError, PageWarning


class Inner(LiveView):
    """A child with a state of its own."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=session["from"]).subscribe("inner")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("n", lambda n: n + 1)

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(n=msg)

    render = heex("""<b>{@n}</b><button phx-click="up">+</button>""")


class Outer(LiveView):
    """A parent that can show and hide it."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(show=True, m=0)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "hide":
                return socket.assign(show=False)
            case _:
                return socket.update("m", lambda m: m + 1)

    render = heex("""
    <p>{@m}</p><section :if={@show}><.live_render view={Inner} id="inner" session={{"from": 10}} /></section>
    """)


def child(view: View) -> View:
    found = view.find_live_child("inner")
    assert found is not None
    return found


def test_a_child_is_a_view_of_its_own() -> None:
    """It joins by itself, has its own line and state, and its html stands inside the parent's."""
    view = live(Outer)
    inner = child(view)
    assert view.live_children() == [inner]
    assert inner.wire[0].event == "phx_join"
    assert "url" not in inner.wire[0].payload
    inner.element("button").render_click()
    assert inner.assigns.n == 11
    assert view.has_element("b", "11")
    assert "<b>11</b>" in view.html
    hold(view.sim)
    view.render_click("more")
    assert (view.assigns.m, child(view).assigns.n) == (1, 11)
    assert view.find_live_child("other") is None


def test_children_of_two_pages_are_apart() -> None:
    """The same DOM id on two pages is two processes; PubSub reaches both."""
    view = live(Outer)
    other = view.sim.live(Outer)
    child(view).element("button").render_click()
    assert (child(view).assigns.n, child(other).assigns.n) == (11, 10)
    view.sim.broadcast("inner", 5)
    assert (child(view).assigns.n, child(other).assigns.n) == (5, 5)


def test_a_child_leaves_with_its_container_and_with_its_parent() -> None:
    """Hiding the container is a phx_leave; the end of the parent ends the child (LC-46)."""
    view = live(Outer)
    inner = child(view)
    view.render_click("hide")
    assert view.live_children() == []
    assert inner.line.process is None
    assert inner.wire[-2].event == "phx_leave"
    again = live(Outer)
    again.sim.act(lambda run: run.send_client(again.id, "phx_leave", {}))
    assert [line.process for line in again.sim.world.lines.values()] == [None, None]
    assert not again.sim.world.topics


# --- one page


class Deep(LiveView):
    """A view in a view in a view."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(said="")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        match event:
            case "go":
                return socket.put_flash("info", "deep").push_navigate("/")
            case "out":
                return socket.redirect("/elsewhere")
            case _:
                return socket.assign(said=f"{event} {params}")

    render = heex("""
    <form id="f" phx-change="type" phx-submit="say"><input name="a" value="" /></form>
    <i>{@said}</i><button id="go" phx-click="go">go</button><button id="out" phx-click="out">out</button>
    <input type="checkbox" class="box" phx-focus="seen" phx-value-x="1" />
    """)


class Middle(LiveView):
    """Holds the deep one."""

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        raise AssertionError("not for me")

    render = heex("""<section class="m"><.live_render view={Deep} id="deep" /></section>""")


class Top(LiveView):
    """Holds the middle one, beside a button of its own."""

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        raise AssertionError("not for me")

    render = heex("""
    <aside id="side"><.live_render view={Middle} id="middle" /></aside><button id="own" phx-click="x">own</button>
    """)


def test_the_dom_of_nested_views_is_inside() -> None:
    """Selectors reach through containers, and the view that owns an element gets its events (test-client.md 1.2, 4)."""
    view = live(Top)
    deep = view.find_live_child("deep")
    assert deep is not None
    for selector in (
        "#f",
        "#side form",
        "#middle .m #f",
        "aside > div > section form",
        ".m > #deep > form",
        "i + button",
    ):
        assert view.has_element(selector), selector
    for selector in (".m form.x", "#own form", "aside > form", "section > form", "#deep + form"):
        assert not view.has_element(selector), selector
    html = view.form("#side #f", {"a": "1"}).render_change()
    assert deep.assigns.said == "type {'a': '1', '_target': ['a']}"
    assert "type {" in html
    view.form("#f").render_submit()
    assert deep.assigns.said == "say {'a': '1'}"
    view.element("#middle .box").render_focus()
    assert deep.assigns.said == "seen {'x': '1'}"
    assert view.element("i").text == deep.assigns.said
    hold(view.sim)


def test_a_target_inside_a_nested_view() -> None:
    """An event by name goes to the view that owns what is matched; of no match the page that comes nearest speaks."""
    view = live(Top)
    view.with_target("#side form").render_click("hello")
    assert view.element("i").text == "hello {}"
    with pytest.raises(ElementNotFound) as none:
        view.with_target("#oat").render_click("hello")
    assert "nearest: button#out" in str(none.value)


def test_one_element_is_meant_on_the_whole_page() -> None:
    """Matches in all views of the page count; what comes nearest is looked for in all of them (TK-2)."""
    view = live(Top)
    with pytest.raises(ManyElements) as many:
        view.element("button").render_click()
    assert str(many.value) == (
        '3 elements match "button", one was meant\n'
        "  expected: exactly one element\n"
        '  got: <button id="go" phx-click="go">go</button>\n'
        '    <button id="out" phx-click="out">out</button>\n'
        '    <button id="own" phx-click="x">own</button>\n'
        "  cure: a narrower selector (an id, a parent), or a text that only one of them has"
    )
    with pytest.raises(ElementNotFound) as none:
        view.element("#oat").render_click()
    assert "nearest: button#out" in str(none.value)


def test_a_child_that_goes_elsewhere_takes_the_page_along() -> None:
    """The client leaves the page: the root view with it, flash and all (NV-8, NV-9)."""
    router = Router([Route("/", Top)])
    view = live("/", router=router)
    gone = view.element("#go").render_click()
    assert gone == Redirected("/", "live_redirect", {"info": "deep"})
    assert view.assert_redirect("/").flash == {"info": "deep"}
    assert [line.process for line in view.sim.world.lines.values()] == [None, None, None]
    again = view.follow_redirect()
    assert again.flash == {"info": "deep"}
    assert again.element("#out").render_click() == Redirected("/elsewhere", "redirect")


class Picture(LiveView):
    """A nested view that takes files."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.allow_upload("picture", accept="any")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket

    render = heex("""
    <form id="p" phx-change="v"><.live_file_input upload={@uploads.picture} />
    <b :for={e in @uploads.picture.entries}>{e.progress}</b></form>
    """)


class Framed(LiveView):
    """Holds it."""

    render = heex("""<.live_render view={Picture} id="frame" />""")


def test_uploads_of_a_nested_view() -> None:
    """The frames go to the view that owns the input."""
    view = live(Framed)
    html = view.file_input("#p", "picture", [{"name": "a", "content": "abcd"}]).render_upload("a", 50)
    assert "<b>50</b>" in html
    assert [frame.event for frame in view.wire] == ["phx_join", "phx_reply"]


# --- ids


class Search(LiveView):
    """A view that is written as if it were alone on the page."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(id=session.get("id", "q"))

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(id=msg)

    render = heex("""<input id={@id} /><.live_component module={Hint} id="hint" />""")


class Hint(LiveComponent):
    """Brings an id as well."""

    render = heex("""<b id="hint">?</b>""")


class Portal(LiveView):
    """Shows some of them."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign({"ids": ("left",), "names": {}, "own": "own", **session})

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(msg)

    render = heex("""
    <h1 id={@own}>portal</h1>
    <div :for={id in @ids}><.live_render view={Search} id={id} session={{"id": @names.get(id, "q")}} /></div>
    """)


TWICE = (
    "2 elements have the id 'q'\n"
    "  expected: an id that is there once: the browser patches the first one only\n"
    '  got: <input id="q">\n'
    '    <input id="q">\n'
    '  cure: make it of what tells them apart: id={f"q-{@socket.id}"}'
)


def test_ids_of_nested_views_are_those_of_nobody_else() -> None:
    """One page has one DOM: the ids of a view that joins are compared with the pages around and beside it (TK-1)."""
    with pytest.raises(PageError) as beside:
        live(Portal, session={"ids": ("left", "right")})
    assert str(beside.value) == TWICE
    view = live(Portal)
    world = view.sim.world
    with pytest.raises(PageError) as later:
        view.send({"ids": ("left", "right")})
    assert str(later.value) == TWICE
    assert view.sim.world is world
    with pytest.raises(PageError) as around:
        live(Portal, session={"own": "q"})
    assert '  got: <h1 id="q">portal</h1>\n    <input id="q">\n' in str(around.value)
    with pytest.raises(PageError, match="2 elements have the id 'left'"):  # its own container
        live(Portal, session={"names": {"left": "left"}})
    with pytest.raises(PageError, match="2 elements have the id 'hint'"):  # in a component
        live(Portal, session={"ids": ("left", "right"), "names": {"right": "r"}})


def test_ids_of_who_is_gone_are_free() -> None:
    """What another view had, or the same one before it joined again, is no clash."""
    view = live(Portal)
    view.send({"ids": ("right",)})
    left = live(Portal)
    left.send({"ids": ()})
    left.send({"ids": ("left",)})
    left.drop()
    left.rejoin()
    assert left.has_element("#left #q")
    assert view.sim.live(Portal).has_element("#left #q")  # another browser is another page


def test_the_policy_of_ids_holds_for_nested_views() -> None:
    """As for one page: warned of, or ignored."""
    with pytest.warns(PageWarning) as warned:
        live(Portal, session={"ids": ("left", "right")}, checks={"duplicate id": "warn"})
    assert [str(each.message).splitlines()[0] for each in warned] == [
        "2 elements have the id 'q'",
        "2 elements have the id 'hint'",
    ]
    assert len(live(Portal, session={"ids": ("left", "right")}, checks="ignore").live_children()) == 2


# --- how links go


class Linking(LiveComponent):
    """Asks for the view that it is in."""

    render = heex("""<u>{@socket.navigation_type("/linked")} {@socket.navigation_type("/")}</u>""")


class Asking(LiveView):
    """Asks, itself and in a component."""

    render = heex("""
    <i>{@socket.navigation_type("/linked")} {@socket.navigation_type("/")}</i>
    <.live_component module={Linking} id="linking" />
    """)


class Linked(LiveView):
    """A page that asks, with nested views that ask."""

    render = heex("""
    <div id="me"><i>{@socket.navigation_type("/linked")} {@socket.navigation_type("/")}</i>
    <.live_component module={Linking} id="linking" /></div>
    <.live_render view={Asking} id="child" /><.live_render view={Asking} id="sticky" sticky />
    """)


def test_links_of_nested_views_load_the_page() -> None:
    """NV-21: a nested view is not mounted at the router, so that a link from it is always an href; sticky or not."""
    view = live("/linked", router=Router([Route("/", Top), Route("/linked", Linked)]))
    assert [view.element(f"#me {tag}").text for tag in "iu"] == ["patch navigate"] * 2
    nested = [view.element(f"#{id} {tag}").text for id in ("child", "sticky") for tag in "iu"]
    assert nested == ["href href"] * 4
    assert [child.assigns.live_action for child in view.live_children()] == [None, None]


class Menu(LiveView):
    """Links, in a nested view."""

    render = heex("""
    <.link id="patch" patch="/paged?page=2">2</.link> <.link id="navigate" navigate="/">home</.link>
    <.link id="href" href="/">home</.link>
    <form id="search" action="/" method="get"><input name="q" value="x" /><button name="go" value="1">go</button></form>
    """)


class Paged(LiveView):
    """A page that is patched, with the menu in it."""

    def handle_params(self, params: Any, uri: str, socket: Any) -> Any:
        return socket.assign(page=params.get("page", "1"))

    render = heex("""<h1>{@page}</h1><.live_render view={Menu} id="menu" />""")


MENU = Router([Route("/", Top), Route("/paged", Paged)])


def test_a_patch_link_in_a_nested_view_patches_the_page() -> None:
    """The client asks the main view, whichever view the link is in (NV-16)."""
    view = live("/paged", router=MENU)
    menu = view.find_live_child("menu")
    assert menu is not None
    view.element("#patch").render_click()
    assert view.element("h1").text == "2"
    assert view.assert_patch("/paged?page=2")
    assert (view.url, menu.url) == ("/paged?page=2", "/paged?page=2")
    menu.render_patch("/paged?page=3")
    assert view.element("h1").text == "3"
    assert [frame.event for frame in menu.wire] == ["phx_join", "phx_reply"]


@pytest.mark.parametrize(("selector", "kind"), [("#navigate", "live_redirect"), ("#href", "redirect")])
def test_a_link_in_a_nested_view_leaves_the_page(selector: str, kind: Any) -> None:
    """The root view is left, and the views in it end with it; the nested view's handle knows, too."""
    view = live("/paged", router=MENU)
    menu = view.find_live_child("menu")
    assert menu is not None
    gone = Redirected("/", kind)
    assert view.element(selector).render_click() == gone
    assert [line.process for line in view.sim.world.lines.values()] == [None, None]
    assert view.assert_redirect("/").kind == kind
    assert menu.render() == gone
    with pytest.raises(ViewGone) as raised:
        menu.element("#patch").render_click()
    assert f"has left its page: {kind} to '/'" in str(raised.value)
    assert menu.follow_redirect("/").has_element("#own")


def test_a_form_in_a_nested_view_leaves_the_page() -> None:
    """As a link does, with the request of the form."""
    view = live("/paged", router=MENU)
    request = view.form("#search", {"q": "y"}).submit_form()
    assert (request.method, request.path) == ("get", "/?q=y")
    assert view.request == request
    assert isinstance(view.render(), Redirected)
    assert view.follow_request().url == "/?q=y"


class Asked(LiveView):
    """A nested view with a form that a client would recover."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(said="")

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.assign(said=params["q"]).push_event("said", {})

    render = heex("""<form id="ask" phx-change="ask"><input name="q" value={@said} /></form><i>{@said}</i>""")


class Hiding(LiveView):
    """Shows it, or not."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(show=True)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("show", lambda show: not show)

    render = heex("""<div :if={@show}><.live_render view={Asked} id="asked" /></div>""")


def test_a_child_that_is_shown_again_is_a_new_one() -> None:
    """The client forgot its forms with it; only after a lost connection they are filled in again (FM-35)."""
    view = live(Hiding)
    view.form("#ask", {"q": "why"}).render_change()
    asked = view.find_live_child("asked")
    assert asked is not None
    asked.assert_push_event("said")
    view.drop()
    view.rejoin()
    assert view.element("i").text == "why"
    asked.assert_push_event("said")
    view.render_click("toggle")
    view.render_click("toggle")
    assert view.element("i").text == ""
    asked.refute_push_event("said")


# --- one DOM


class Inside(LiveView):
    """Hears what is meant for it."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(heard=())

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.update("heard", lambda heard: (*heard, event)).push_event("heard", {"event": event})

    render = heex("""
    <div id="inside"><b id="heard">{" ".join(@heard)}</b><button id="up" phx-click="up" phx-target="#page">up</button></div>
    <button id="plain" phx-click="plain">plain</button><i phx-window-keydown="key"></i>
    """)


class Around(LiveView):
    """Elements of both views aim at one another."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(got=(), hidden=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        if event == "hide":
            return socket.assign(hidden=True)
        return socket.update("got", lambda got: (*got, event)).push_event("got", {})

    render = heex("""
    <pre> id="kid" data-phx</pre>
    <main id="page" phx-click="around" hidden={@hidden}><i id="got">{" ".join(@got)}</i>
    <section class="s"><.live_render view={Inside} id="kid" /></section>
    <button id="one" phx-click="one" phx-target="#inside">1</button>
    <button id="two" phx-click='[["push",{"event":"two","target":"#kid"}]]'>2</button>
    <button id="show" phx-click='[["show",{"to":"#inside b"}]]'>3</button></main>
    """)


def test_text_and_html_cross_the_borders() -> None:
    """What an element shows is what the views in it show, too; also to a selector that asks for it."""
    view = live(Around)
    assert view.element(".s").text == "up plain"
    assert view.element("section", "plain").exists
    assert view.has_element(".s:has(#heard)")
    assert not view.has_element("#kid:empty")
    assert view.has_element("#kid > #inside:first-child + button")
    assert view.has_element(".s :is(#got, #heard)")
    assert not view.has_element("#got #heard")
    html = str(view.element(".s").render())
    assert html.startswith('<section class="s"><div id="kid"')
    assert html.endswith("</i></div></section>")
    assert str(view.html).count('<b id="heard">') == 1
    assert '<pre> id="kid" data-phx</pre>' in str(view.html)
    kid = view.find_live_child("kid")
    assert kid is not None
    assert kid.has_element("main button#plain")
    assert not kid.has_element("#got")


def test_targets_cross_the_borders() -> None:
    """The view that the target is in hears, that of a container if it is meant itself (CP-17); bindings around a view do not."""
    view = live(Around)
    kid = view.find_live_child("kid")
    assert kid is not None
    view.element("#one").render_click()
    view.element("#two").render_click()
    assert view.element("#heard").text == "one two"
    view.element("#up").render_click()
    assert (view.element("#got").text, kid.assigns.heard) == ("up", ("one", "two"))
    kid.element("#plain").render_click()
    view.element("#got").render_keydown({"key": "a"})
    assert kid.assigns.heard == ("one", "two", "plain", "key")
    with pytest.raises(BindingNotFound):
        kid.element("#heard").render_click()
    view.with_target("#kid").render_click("named")
    assert kid.assigns.heard[-1] == "named"
    assert view.assigns.got == ("up",)
    view.render_click("hide")
    with pytest.raises(ElementHidden):
        kid.element("#plain").render_click()


def test_events_of_nested_views_reach_the_assertions_of_the_root() -> None:
    """All views of a page share one window (test-client.md 1.5)."""
    view = live(Around)
    kid = view.find_live_child("kid")
    assert kid is not None
    view.element("#one").render_click()
    with pytest.raises(Happened, match="the event 'heard' was pushed"):
        view.refute_push_event("heard")
    assert view.assert_push_event("heard") == {"event": "one"}
    view.refute_push_event("heard")
    kid.refute_push_event("heard")
    kid.element("#up").render_click()
    kid.refute_push_event("got")
    view.assert_push_event("got")
