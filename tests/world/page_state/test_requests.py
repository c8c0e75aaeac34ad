"""Leaving a page by HTTP: forms with an action, phx-trigger-action, links with a method; as values, and followed."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Route, Router, heex
from liveview_core.errors import BadOption
from liveview_testing import Request, View, live
from liveview_testing.failures.exceptions import (
    ElementNotFound,
    FieldNotFound,
    FormExpected,
    ManyElements,
    SubmitterRefused,
)
from liveview_testing.world.page_state.requests import NoRequest


class Login(LiveView):
    """A form that is validated live and submitted over HTTP."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(ready=False)

    def handle_event(self, event: str, params: Any, socket: Any) -> Any:
        return socket.assign(ready=True) if event == "save" else socket

    render = heex("""
    <form id="login" action="/session?from=login" method="post" phx-change="validate" phx-submit="save"
      phx-trigger-action={@ready}>
      <input type="hidden" name="_csrf_token" value="t" />
      <input type="text" name="user[name]" />
      <button name="go" value="1">Go</button>
      <button id="other" formaction="/other" formmethod="get" name="go" value="2">Other</button>
    </form>
    <form id="search" action="/home?old=1"><input name="q" value="" /><button id="find">Find</button></form>
    <form id="update" action="/users/1" method="post"><input type="hidden" name="_method" value="put" /></form>
    <form id="live" phx-submit="save"></form>
    <.link id="out" href="/session" method="delete" csrf_token="c">out</.link>
    <.link id="plain" href="/home?q=1#part">home</.link>
    <button id="button" phx-click="save">x</button>
    """)


class Home(LiveView):
    """Where one comes to."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(user=session.get("user"), q=params.get("q"))

    render = heex("""<p>{@user} {@q} {@flash.get("info")}</p>""")


ROUTER = Router([Route("/", Login), Route("/home", Home)])


def login() -> View:
    return live("/", router=ROUTER, session={"locale": "en"})


def test_a_form_s_request_is_a_value() -> None:
    """Method, path and params as the server would read them; the view is left, and its process told (test-client.md 1.6)."""
    view = login()
    request = view.form("#login", {"user": {"name": "ann b"}}).submit_form()
    assert request == Request(
        "post",
        "/session?from=login",
        {"from": "login", "_csrf_token": "t", "user": {"name": "ann b"}},
        "_csrf_token=t&user%5Bname%5D=ann+b",
    )
    assert view.request == request
    assert view.wire[-2].event == "phx_leave"
    assert view.assert_redirect().to == "/session?from=login"


def test_the_submitter_has_its_say() -> None:
    """Its name and value are sent, and its formaction and formmethod count (test-client.md 4)."""
    view = login()
    assert view.form("#login").put_submitter("[value='1']").submit_form().params["go"] == "1"
    other = login().form("#login").put_submitter("#other").submit_form({"extra": "e"})
    assert other == Request(
        "get",
        "/other?_csrf_token=t&user%5Bname%5D=&go=2&extra=e",
        {"_csrf_token": "t", "user": {"name": ""}, "go": "2", "extra": "e"},
    )


def test_a_get_form_is_followed_like_a_link() -> None:
    """Its data is the query, and replaces the action's own."""
    view = login()
    assert view.form("#search", {"q": "tea"}).submit_form() == Request("get", "/home?q=tea", {"q": "tea"})
    assert view.follow_redirect("/home?q=tea").has_element("p", "tea")
    clicked = login()
    clicked.element("#find").render_click()
    assert clicked.request == Request("get", "/home?q=", {"q": ""})


def test_a_method_field_is_the_method() -> None:
    """A posted `_method` is what Phoenix's servers take for the method."""
    assert login().form("#update").submit_form() == Request("put", "/users/1", {"_method": "put"}, "_method=put")


def test_following_a_request_is_the_server_s_answer() -> None:
    """What answers a post is not a live view: the test says where it leads, and what session and flash have then."""
    view = login()
    view.form("#login", {"user": {"name": "ann"}}).submit_form()
    with pytest.raises(NoRequest) as raised:
        view.follow_redirect()
    assert str(raised.value) == (
        "the view left with a post to '/session?from=login': where that leads is up to its server\n"
        "  expected: a redirect, or a request for a page\n"
        f"  got: {view.request!r}\n"
        "  cure: follow_request(to, session=..., flash=...) says how the server answered"
    )
    home = view.follow_request("/home?q=1", session={"user": "ann"}, flash={"info": "welcome"})
    assert home.element("p").text == "ann 1 welcome"
    assert home.process.origin.connection == {"locale": "en", "user": "ann"}


def test_trigger_action_after_the_event() -> None:
    """Once the server says so the form is submitted over HTTP, with what was typed into it (FM-36)."""
    view = login()
    form = view.form("#login", {"user": {"name": "ann"}})
    with pytest.raises(NoRequest) as early:
        form.follow_trigger_action()
    assert str(early.value) == (
        "the form '#login' has no phx-trigger-action\n"
        "  expected: phx-trigger-action, once the form is to be submitted over HTTP\n"
        '  got: <form id="login" action="/session?from=login" method="post" phx-change="validate" phx-submit="save"> '
        '<input type="hidden" name="_csrf_token" value="t"> <input t… (168 more characters)\n'
        "  cure: phx-trigger-action={@submit}, and follow_trigger_action() after the event that assigns it"
    )
    form.render_submit()
    request = view.form("#login").follow_trigger_action()
    assert (request.method, request.params["user"]) == ("post", {"name": "ann"})


def test_a_link_with_a_method() -> None:
    """The page's script makes a form of it: a post that says which method is meant, with its token (BC-22)."""
    view = login()
    view.element("#out").render_click()
    assert view.request == Request(
        "delete", "/session", {"_csrf_token": "c", "_method": "delete"}, "_csrf_token=c&_method=delete"
    )
    assert view.follow_request("/home", flash={"info": "bye"}).has_element("p", "bye")


def test_a_plain_link() -> None:
    """It asks for its page; the part of the page is the browser's business."""
    view = login()
    view.element("#plain").render_click()
    assert view.request == Request("get", "/home?q=1", {"q": "1"})
    assert view.follow_redirect().has_element("p", "1")


def test_what_sends_no_request() -> None:
    """No action, no form, an unknown field, a view that was not left, or otherwise: each says so, and nothing happened."""
    view = login()
    world = view.sim.world
    with pytest.raises(NoRequest) as no_action:
        view.form("#live").submit_form()
    assert str(no_action.value) == (
        "the form '#live' has no action\n"
        "  expected: action, the path that a server answers\n"
        '  got: <form id="live" phx-submit="save"></form>\n'
        "  cure: render_submit() for a form with phx-submit"
    )
    with pytest.raises(FormExpected):
        view.element("#button").submit_form()
    with pytest.raises(FieldNotFound):
        view.form("#login", {"nope": 1}).submit_form()
    with pytest.raises(NoRequest) as here:
        assert view.request
    assert str(here.value) == (
        "the view phx-1 was not left by a request\n"
        "  expected: a form that is submitted over HTTP, or a link that was followed\n"
        "  got: a view that is still there\n"
        "  cure: submit_form(), follow_trigger_action(), or a click on a plain link"
    )
    assert view.sim.world is world


def test_the_submitter_is_an_element_too() -> None:
    """As in LiveViewTest: what it means must be exactly one, and a submit button of this form."""
    view = login()
    form = view.form("#login")
    by_element = form.put_submitter(view.element("#other"))
    assert by_element.submit_form().params == login().form("#login").put_submitter("#other").submit_form().params
    view = login()
    form = view.form("#login")
    for selector, error in (("button", ManyElements), ("#nothing", ElementNotFound), ("#find", SubmitterRefused)):
        with pytest.raises(error):
            form.put_submitter(view.element(selector)).submit_form()
    with pytest.raises(SubmitterRefused, match="it is not a control of this form"):
        form.put_submitter(login().element("#other")).submit_form()  # of another page
    with pytest.raises(BadOption):
        form.put_submitter(1)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
