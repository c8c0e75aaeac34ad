"""`errors`: the parts of an error are fields, and the full text of each error that a user of the values can meet.

The texts are written out: they are the library's voice, and a change of one is meant to be seen in a diff.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import JS, AsyncOk, Cont, Halt, LiveSession, LiveView, Ok, Reply, Route, Router, Socket
from liveview_core import errors as errors_module
from liveview_core.errors import BadReturn, LiveViewError, MissingAssign, nearest_names, shown
from liveview_core.socket.hooks import run, run_on_mount
from liveview_core.socket.socket import component_socket, mounting_socket
from liveview_core.socket.socket_state import Facts
from liveview_core.socket.tasks import apply_async, take_task
from liveview_core.views.router import patch_target
from liveview_core.views.view import apply_mount_result, callback, expect_reply, expect_socket, render_of


@frozen
class Song:
    title: str


class HomeLive(LiveView):
    pass


class OtherLive(LiveView):
    pass


HEARS: Any = print  # a function, whatever it gives
SOCKET = Socket(connected=True, count=0, title="x")
SONGS = SOCKET.stream("songs", [])
OWNED = mounting_socket(Facts(view=HomeLive(), connected=True))
ADMIN = LiveSession("admin", [Route("/admin", HomeLive)])
ROUTER = Router([Route("/home/:tab", HomeLive), Route("/other", OtherLive), ADMIN])
PAGE = "http://localhost/home/a"


def hooked(stage: str, *arguments: Any, returned: Any) -> Any:
    return run(SOCKET.attach_hook("mine", stage, lambda *args: returned), stage, *arguments)


def check_user(params: Any, session: Any, socket: Socket) -> Any:
    return Cont(socket.redirect("/login"))


async def later() -> Socket:
    return SOCKET


def halts(params: Any, session: Any, socket: Socket) -> Any:
    return Halt(socket)


def async_result(value: Any) -> Any:
    taken = take_task(SOCKET.assign_async("org", dict), "0")
    assert taken is not None
    done = apply_async(*taken, AsyncOk(value))
    raise done.assigns.org.failed.reason


CASES: dict[str, tuple[Callable[[], Any], str]] = {
    "missing assign": (
        lambda: SOCKET.assigns.titel,
        "there is no assign 'titel'\n"
        "  expected: the name of an assign\n"
        "  got: the assigns are: count, title\n"
        "  cure: assign it in mount, `socket.assign(titel=…)`, or read `assigns.get('titel')`\n"
        "  nearest: title",
    ),
    "no assigns at all": (
        lambda: Socket().assigns.title,
        "there is no assign 'title'\n"
        "  expected: the name of an assign\n"
        "  got: the assigns are: none at all\n"
        "  cure: assign it in mount, `socket.assign(title=…)`, or read `assigns.get('title')`",
    ),
    "frozen assigns": (
        lambda: setattr(SOCKET.assigns, "count", 1),
        "assigns cannot be changed in place (assigns.count = …)\n"
        "  cure: return a new socket: `socket.assign(count=…)`; in a function component `assigns.assign(count=…)`",
    ),
    "missing update": (
        lambda: SOCKET.update("cout", lambda n: n),
        "cannot update 'cout': there is no such assign\n"
        "  expected: the name of an assign\n"
        "  got: the assigns are: count, title\n"
        "  cure: assign it first, usually in mount: socket.assign(cout=…)\n"
        "  nearest: count",
    ),
    "reserved assign": (
        lambda: SOCKET.assign(flash={}),
        "the assign 'flash' is reserved and cannot be set directly\n"
        "  cure: use socket.put_flash(kind, message) and socket.clear_flash()",
    ),
    "reserved private": (
        lambda: SOCKET.put_private("lifecycle", 1),
        "the private key 'lifecycle' is reserved for LiveView\n  cure: choose another name",
    ),
    "assign without names": (
        lambda: SOCKET.assign(5),  # type: ignore[arg-type]
        "assign takes names and values\n"
        "  expected: assign(name=value, …), or a mapping\n"
        "  got: 5\n"
        "  cure: socket.assign(count=1) or socket.assign({'count': 1})",
    ),
    "stream item without id": (
        lambda: SONGS.stream_insert("songs", Song("a")),
        "an item of stream 'songs' has no id\n"
        "  expected: an item with an attribute or a key `id` that is not None\n"
        "  got: Song(title='a')\n"
        "  cure: give it one, or call socket.stream_configure('songs', dom_id=lambda item: …) before the first "
        "stream call",
    ),
    "stream not defined": (
        lambda: SONGS.stream_insert("song", Song("a")),
        "no stream with the name 'song' was defined\n"
        "  got: the streams are: songs\n"
        "  cure: create it first, usually in mount: `socket.stream('song', [])`; configuring it is not enough\n"
        "  nearest: songs",
    ),
    "stream iterated": (
        lambda: list(SONGS.assigns.streams.songs),
        "stream 'songs' cannot be iterated: its items are on the page, not on the server\n"
        "  expected: the stream itself in a template's `:for={dom_id, item in @streams.songs}`\n"
        "  cure: put what you need into the items before you insert them, or keep a list of your own in an assign",
    ),
    "stream configured late": (
        lambda: SONGS.stream_configure("songs", dom_id=str),
        "stream 'songs' cannot be configured any more: it has been streamed already\n"
        "  cure: call stream_configure before the first stream call of that name",
    ),
    "stream configured twice": (
        lambda: SOCKET.stream_configure("a", dom_id=str).stream_configure("a", dom_id=str),
        "stream 'a' is configured already\n  cure: configure it once, in mount",
    ),
    "stream of one item": (
        lambda: SONGS.stream("songs", Song("a")),  # type: ignore[arg-type]
        "the items of stream 'songs' must be iterable\n"
        "  expected: a list of items, or another iterable\n"
        "  got: Song(title='a')\n"
        "  cure: for one item: `socket.stream_insert('songs', item)`",
    ),
    "stream dom id": (
        lambda: SOCKET.stream("a", [Song("b")], dom_id=lambda song: 5),  # type: ignore[arg-type, return-value]
        "the dom_id function of stream 'a' must give a string\n"
        "  expected: a str\n"
        "  got: 5 for the item Song(title='b')\n"
        "  cure: dom_id=lambda item: f'a-{item.…}'",
    ),
    "stream at": (
        lambda: SONGS.stream_insert("songs", Song("a"), at="0"),  # type: ignore[arg-type]
        "the option `at` of a stream is a position\n  expected: an int (-1 is the end)\n  got: '0'",
    ),
    "hook twice": (
        lambda: SOCKET.attach_hook("a", "handle_info", HEARS).attach_hook("a", "handle_info", HEARS),
        "a hook with the id 'a' is already attached on handle_info\n"
        "  expected: an id that is unique on its stage\n"
        "  got: the hooks of handle_info are: 'a'\n"
        "  cure: attach it once, or socket.detach_hook('a', 'handle_info') first",
    ),
    "hook of a stream's name": (
        lambda: SONGS.attach_hook("songs", "after_render", HEARS),
        "a hook with the id 'songs' is already attached on after_render\n"
        "  expected: an id that is unique on its stage\n"
        "  got: the hooks of after_render are: 'songs'\n"
        "  cure: attach it once, or socket.detach_hook('songs', 'after_render') first; a stream takes its own "
        "name as a hook id on after_render",
    ),
    "hook stage": (
        lambda: SOCKET.attach_hook("a", "handle_evnt", HEARS),
        "cannot attach the hook 'a': there is no stage 'handle_evnt'\n"
        "  expected: one of handle_params, handle_event, handle_info, handle_async, after_render\n"
        "  got: 'handle_evnt'\n"
        "  nearest: handle_event, handle_info, handle_async",
    ),
    "hook no function": (
        lambda: SOCKET.attach_hook("a", "handle_event", None),  # type: ignore[arg-type]
        "the hook 'a' on handle_event is not a function\n"
        "  expected: a function of (event, params, socket)\n"
        "  got: None\n"
        "  cure: pass the function itself, without calling it",
    ),
    "hook without a router": (
        lambda: mounting_socket(Facts(routed=False)).attach_hook("a", "handle_params", HEARS),
        "cannot attach the hook 'a' on handle_params: the view is not mounted at the router\n"
        "  cure: mount it with a Route, or attach the hook in the root view",
    ),
    "hook on a component": (
        lambda: component_socket(SOCKET, 1).attach_hook("a", "handle_info", HEARS),
        "cannot attach the hook 'a': handle_info hooks are not supported on components\n"
        "  expected: one of handle_event, handle_async, after_render\n"
        "  got: 'handle_info'\n"
        "  cure: attach it on the view's socket",
    ),
    "hook returns None": (
        lambda: hooked("handle_event", "save", {}, returned=None),
        "invalid return from hook 'mine' on handle_event\n"
        "  expected: Cont(socket) or Halt(socket) or Halt(socket, reply={…})\n"
        "  got: None\n"
        "  cure: the function ended without a return: end it with `return Cont(socket)`",
    ),
    "hook returns a socket": (
        lambda: hooked("handle_info", "x", returned=SOCKET),
        "invalid return from hook 'mine' on handle_info\n"
        "  expected: Cont(socket) or Halt(socket)\n"
        "  got: <Socket(connected=True, count=0, title='x')>\n"
        "  cure: wrap it: Cont(socket) lets the message go on, Halt(socket) stops it here",
    ),
    "hook replies to a message": (
        lambda: hooked("handle_info", "x", returned=Halt(SOCKET, reply={})),
        "invalid return from hook 'mine' on handle_info\n"
        "  expected: Cont(socket) or Halt(socket)\n"
        "  got: Halt(<Socket(connected=True, count=0, title='x')>, reply={})\n"
        "  cure: only handle_event hooks may reply",
    ),
    "on_mount redirects and goes on": (
        lambda: run_on_mount(SOCKET, [check_user], {}, {}, "HomeLive"),
        "the on_mount hook check_user of HomeLive attempted to redirect without halting\n"
        "  expected: Halt(socket) with a redirect, or Cont(socket) without one\n"
        "  got: Cont with redirect('/login')\n"
        "  cure: return Halt(socket.redirect(…))",
    ),
    "on_mount halts and stays": (
        lambda: run_on_mount(SOCKET, [halts], {}, {}, "HomeLive"),
        "the on_mount hook halts of HomeLive attempted to halt without redirecting\n"
        "  expected: Halt(socket) with a redirect: a view that is not mounted has nothing to show\n"
        "  got: Halt with no redirect\n"
        "  cure: return Halt(socket.redirect('/login')), or Cont(socket)",
    ),
    "no case for an event": (
        lambda: expect_reply(
            "HomeLive.handle_event", None, OWNED, "save", lambda event: "a" if event == "sve" else "b"
        ),
        "invalid return from HomeLive.handle_event\n"
        "  expected: a Socket or Reply(socket, {…})\n"
        "  got: None\n"
        "  cure: no case for event 'save'? End the function with `return socket`\n"
        "  nearest: sve",
    ),
    "a case for an event that returns nothing": (
        lambda: expect_reply(
            "HomeLive.handle_event", None, OWNED, "save", lambda event: None if event == "save" else "saved"
        ),
        "invalid return from HomeLive.handle_event\n"
        "  expected: a Socket or Reply(socket, {…})\n"
        "  got: None\n"
        "  cure: no case for event 'save', or one without a return? End both with `return socket`",
    ),
    "update without a function": (
        lambda: SOCKET.update("count", 3),  # type: ignore[arg-type]
        "update('count', …) takes a function of the current value\n"
        "  expected: a function\n"
        "  got: 3\n"
        "  cure: a value is assigned: socket.assign(count=…)",
    ),
    "a callback that is async": (
        lambda: expect_socket("HomeLive.handle_info", later(), OWNED),
        "invalid return from HomeLive.handle_info\n"
        "  expected: a Socket\n"
        "  got: <coroutine object later>\n"
        "  cure: a callback is a plain function, `def`; what takes its time is a task: socket.start_async(name, function)",
    ),
    "reply from handle_info": (
        lambda: expect_socket("HomeLive.handle_info", Reply(SOCKET, {}), OWNED),
        "invalid return from HomeLive.handle_info\n"
        "  expected: a Socket\n"
        "  got: Reply(socket=<Socket(connected=True, count=0, title='x')>, payload={})\n"
        "  cure: only handle_event and handle_call may reply: return the socket",
    ),
    "reply that is no mapping": (
        lambda: expect_reply("HomeLive.handle_event", Reply(SOCKET, 5), OWNED, "save"),
        "invalid return from HomeLive.handle_event\n"
        "  expected: a Socket or Reply(socket, {…})\n"
        "  got: Reply(socket=<Socket(connected=True, count=0, title='x')>, payload=5)\n"
        "  cure: a reply is a mapping: Reply(socket, {'value': …})",
    ),
    "tuple returned": (
        lambda: expect_reply("HomeLive.handle_event", ("noreply", 1), OWNED, "save"),
        "invalid return from HomeLive.handle_event\n"
        "  expected: a Socket or Reply(socket, {…})\n"
        "  got: ('noreply', 1)\n"
        "  cure: return the socket",
    ),
    "mount returns None": (
        lambda: apply_mount_result("HomeLive.mount", None, OWNED),
        "invalid return from HomeLive.mount\n"
        "  expected: a Socket or Ok(socket, temporary_assigns={…}, layout=…)\n"
        "  got: None\n"
        "  cure: end the function with `return socket`",
    ),
    "mount option": (
        lambda: apply_mount_result("HomeLive.mount", Ok(SOCKET, temporary_assigns=["a"]), OWNED),
        "the option temporary_assigns of HomeLive.mount is wrong\n"
        "  expected: a mapping from assigns to their values after each render\n"
        "  got: ['a']\n"
        "  cure: temporary_assigns={'messages': []}",
    ),
    "mount patches": (
        lambda: apply_mount_result("HomeLive.mount", OWNED.push_patch("/x"), OWNED),
        "HomeLive.mount attempted to live patch while mounting\n"
        "  expected: push_navigate or redirect\n"
        "  got: push_patch('/x')\n"
        "  cure: a view cannot be patched before it is mounted: do it in handle_params, or socket.push_navigate(…)",
    ),
    "no handle_params": (
        lambda: callback(HomeLive(), "handle_params", "a patch to '/home/b' needs"),
        "HomeLive does not define handle_params, which a patch to '/home/b' needs\n"
        "  expected: a method handle_params\n"
        "  got: none of that name\n"
        "  cure: add `def handle_params(self, params, uri, socket): return socket`",
    ),
    "nothing to render": (
        lambda: render_of(HomeLive(), SOCKET),
        "HomeLive has nothing to render\n"
        "  expected: one of: render = heex(…), a method render(self, assigns), socket.render_with(template)\n"
        "  got: none of them\n"
        '  cure: add `render = heex("""…""")`',
    ),
    "template returned": (
        lambda: render_of(HomeLive(), SOCKET.render_with(lambda assigns: print)),
        "invalid return from HomeLive.render\n"
        "  expected: a Rendered\n"
        "  got: <built-in function print>\n"
        "  cure: call it: `return TEMPLATE(assigns)`",
    ),
    "view state": (
        lambda: setattr(HomeLive(), "count", 1),
        "a view holds no state (HomeLive.count = …)\n"
        "  expected: state in the socket's assigns; a view's own fields are set when it is made, and never again\n"
        "  cure: return socket.assign(count=…)",
    ),
    "two redirects": (
        lambda: SOCKET.push_patch("/a").redirect("/b"),
        "the socket is already prepared to redirect with push_patch('/a')\n"
        "  expected: one redirect in a callback\n"
        "  got: redirect('/b') on top of it\n"
        "  cure: decide before you call: return as soon as you redirect",
    ),
    "no path": (
        lambda: SOCKET.push_patch("https://x.org"),
        "the destination of push_patch is not a path\n"
        "  expected: a str that begins with one '/' and not with '//'\n"
        "  got: 'https://x.org'\n"
        "  cure: for a URL of another host: redirect(external='https://x.org')",
    ),
    "unsafe path": (
        lambda: SOCKET.push_navigate("/a\\b"),
        "the destination of push_navigate has unsafe characters\n"
        "  expected: a path without backslashes, tabs and line breaks\n"
        "  got: '/a\\\\b'\n"
        "  cure: quote what comes from users: urllib.parse.quote(text, safe='')",
    ),
    "no destination": (
        lambda: SOCKET.redirect(),
        "redirect needs a destination\n"
        "  expected: a path or an external URL\n"
        "  cure: socket.redirect('/path') or socket.redirect(external='https://…')",
    ),
    "unsafe scheme": (
        lambda: SOCKET.redirect(external="javascript:alert(1)"),
        "unsupported scheme 'javascript' in the destination of redirect\n"
        "  expected: one of http: https: ftp: ftps: mailto: news: irc: gopher: nntp: feed: telnet: mms: rtsp: "
        "svn: tel: fax: xmpp: (or no scheme)\n"
        "  got: 'javascript:alert(1)'\n"
        "  cure: if you mean it and trust it, give a pair: ('javascript', 'alert(1)')",
    ),
    "link scheme": (
        lambda: JS.patch("mailto:a@b"),
        "unsupported scheme 'mailto' in the destination of JS.patch\n"
        "  expected: a path, or a URL with http or https\n"
        "  got: 'mailto:a@b'\n"
        "  cure: to link to other schemes, use <.link href={…}>",
    ),
    "patch elsewhere": (
        lambda: patch_target(ROUTER, PAGE, "/other", HomeLive(), "default"),
        "cannot push_patch to '/other': the path does not point to the current root view\n"
        "  expected: a path of HomeLive\n"
        "  got: /other shows OtherLive\n"
        "  cure: socket.push_navigate('/other')",
    ),
    "patch to another session": (
        lambda: patch_target(ROUTER, PAGE, "/admin", HomeLive(), "default"),
        "cannot push_patch to '/admin': the path does not point to the current root view\n"
        "  expected: a path of HomeLive in the live session 'default'\n"
        "  got: /admin shows HomeLive in the live session 'admin'\n"
        "  cure: socket.redirect('/admin')",
    ),
    "patch to nowhere": (
        lambda: patch_target(ROUTER, PAGE, "/othr", HomeLive(), "default"),
        "cannot invoke handle_params nor navigate/patch to '/othr': it is not defined in the router\n"
        "  expected: one of: /home/:tab, /other, /admin\n"
        "  got: '/othr'\n"
        "  cure: add Route('/othr', …) to the router\n"
        "  nearest: /other",
    ),
    "no route": (
        lambda: ROUTER.resolve("/homes"),
        "no route matches '/homes'\n"
        "  expected: one of: /home/:tab, /other, /admin\n"
        "  got: '/homes'\n"
        "  cure: add Route('/homes', …) to the router\n"
        "  nearest: /home/:tab",
    ),
    "now outside a step": (
        lambda: SOCKET.now,
        "socket.now exists only while a message is being handled\n"
        "  cure: read it inside a callback or hook and assign what you need; in a test of a function alone, pass "
        "`Socket(…).at(Instant(micros, seed))` (liveview_core.socket.socket_state)",
    ),
    "connect params late": (
        lambda: SOCKET.get_connect_params(),
        "get_connect_params was called outside mount: what it reads exists only while mounting\n"
        "  cure: call it in mount (or an on_mount hook) and assign what you need",
    ),
    "push_event of what is no JSON": (
        lambda: SOCKET.push_event("e", {"points": [1, {"at": {1, 2}}]}),
        "the payload of push_event('e', …) cannot travel as JSON: it holds a set at ['points'][1]['at']\n"
        "  expected: dicts, lists, text, finite numbers, True, False, None, dates, times, Decimal, UUID, JS commands\n"
        "  got: {1, 2}\n"
        "  cure: send what it consists of, a dict of its parts, or its text: str(…)",
    ),
    "a reply with keys that are no text": (
        lambda: SOCKET.with_reply({"a": {None: 1}}),
        "the reply cannot travel as JSON: a dict at ['a'] has a key that is not text\n"
        "  expected: keys that are str or int\n"
        "  got: None\n"
        "  cure: make a text of it: {str(key): value …}",
    ),
    "push_event without a name": (
        lambda: SOCKET.push_event(5, {}),  # type: ignore[arg-type]
        "the name of a pushed event is a str\n  expected: a str such as 'chart'\n  got: 5",
    ),
    "push_event payload": (
        lambda: SOCKET.push_event("e", 5),  # type: ignore[arg-type]
        "the payload of push_event('e', …) is not a mapping\n"
        "  expected: a dict of JSON data\n"
        "  got: 5\n"
        "  cure: socket.push_event('e', {'value': …})",
    ),
    "seconds": (
        lambda: SOCKET.send_after("x", -1),
        "the argument seconds is no time\n  expected: seconds: a number, 0 or more\n  got: -1",
    ),
    "async keys": (
        lambda: async_result({"name": 1}),
        "the function of assign_async for org did not return org\n"
        "  expected: a mapping with the keys 'org'\n"
        "  got: the keys name\n"
        "  cure: return {'org': …}",
    ),
    "async mapping": (
        lambda: async_result([1]),
        "the function of assign_async for org returned no mapping\n"
        "  expected: a mapping with the keys 'org'\n"
        "  got: [1]\n"
        "  cure: return {'org': …}; to fail, raise",
    ),
    "JS scope": (
        lambda: JS.hide(to=("iner", "#a")),
        "the option to of JS.hide has an unknown scope 'iner'\n"
        "  expected: a selector, or (scope, selector) with a scope of closest, inner, document\n"
        "  got: ('iner', '#a')\n"
        "  nearest: inner",
    ),
    "JS click detail": (
        lambda: JS.dispatch("click", detail={"a": 1}),
        "click events cannot have details\n"
        "  expected: JS.dispatch('click') without detail\n"
        "  got: {'a': 1}\n"
        "  cure: choose another event name: the browser owns the detail of a click",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_full_text(name: str) -> None:
    """What happened, what was expected, what came, the cure, the nearest names."""
    wrong, text = CASES[name]
    with pytest.raises(LiveViewError) as caught:
        wrong()
    assert str(caught.value) == text
    again = pickle.loads(pickle.dumps(caught.value)) if not isinstance(caught.value, BadReturn) else caught.value
    assert str(again) == text


def test_fields_come_first() -> None:
    """A tool reads the parts; the text is made of them."""
    error = LiveViewError("a", expected="b", got="c", cure="d", nearest=("e", "f"))
    assert (error.happened, error.expected, error.got, error.cure, error.nearest) == ("a", "b", "c", "d", ("e", "f"))
    assert str(error) == "a\n  expected: b\n  got: c\n  cure: d\n  nearest: e, f"
    assert str(LiveViewError("a")) == "a"
    assert repr(error) == "LiveViewError('a')"


def test_every_error_is_also_a_builtin_one() -> None:
    """`except ValueError` and its like work; the base alone is a plain Exception."""
    kinds = [
        kind
        for kind in vars(errors_module).values()
        if isinstance(kind, type) and issubclass(kind, LiveViewError) and kind is not LiveViewError
    ]
    assert len(kinds) > 10
    for kind in kinds:
        assert [base for base in kind.__mro__ if base.__module__ == "builtins" and base.__name__.endswith("Error")]
    assert str(MissingAssign("x", cure="y")) == "x\n  cure: y"  # not KeyError's repr


def test_shown_never_fails_and_never_fills_the_screen() -> None:
    """A repr that raises, or one that does not end."""

    class Broken:
        def __repr__(self) -> str:
            raise ValueError

    assert shown(Broken()) == "<Broken, whose repr raises ValueError>"
    assert len(shown("x" * 1000)) == 200
    assert shown("x" * 1000).endswith("…")
    assert shown(5) == "5"


@given(st.text(), st.lists(st.text()))
def test_nearest_names_do_not_depend_on_order(name: str, candidates: list[str]) -> None:
    """The same suggestions, however a set or dict was ordered."""
    assert nearest_names(name, candidates) == nearest_names(name, candidates[::-1])
    if name in candidates:
        assert nearest_names(name, candidates)[0] == name
