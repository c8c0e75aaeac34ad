"""The flash: how long a message is shown, and what travels with whom (FL)."""

from __future__ import annotations

from typing import Any

from liveview_core import LiveComponent, LiveView, Route, Router, Socket, heex
from liveview_core.process.mounting import mount_disconnected
from liveview_core.process.step import new_process, step
from liveview_core.protocol.messages import Event, Join
from liveview_core.protocol.tokens import flash_of, flash_token
from tests.harness.client import ENV, HOST, Client, joined


class Part(LiveComponent):
    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    render = heex("<i>{@flash.get('info')}</i>")


class View(LiveView):
    def handle_params(self, params: Any, uri: str, socket: Socket) -> Any:
        return socket.assign(seen=socket.assigns.flash)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Any:
        return params["do"](socket)

    render = heex("<p>{@flash.get('info')}|{@flash.get('error')}<.live_component module={Part} id='p' /></p>")


def do(fn: Any, cid: int | None = None) -> Event:
    return Event("do", "click", {"do": fn}, cid)


def test_a_message_is_shown_until_it_is_cleared() -> None:
    """FL-1, FL-2, FL-3: it is an assign like any other; equal text again is no change."""
    client = joined(View)
    assert client.tell(do(lambda s: s.put_flash("info", "a"))) == [("ok", {"diff": {"0": "a", "1": ""}})]
    assert client.tell(do(lambda s: s.put_flash("info", "a"))) == [("ok", {})]
    assert client.tell(do(lambda s: s.assign(other=1))) == [("ok", {})]
    assert client.assigns.flash == {"info": "a"}
    client.tell(do(lambda s: s.put_flash("error", "b").clear_flash("info")))
    assert client.assigns.flash == {"error": "b"}
    assert client.tell(do(lambda s: s.clear_flash())) == [("ok", {"diff": {"0": "", "1": ""}})]


def test_vx_29() -> None:
    """FL-5, VX-29: a patch leaves exactly what was put in its own cycle, which handle_params sees already."""
    client = joined(View)
    client.tell(do(lambda s: s.put_flash("info", "old")))
    client.tell(do(lambda s: s.put_flash("error", "new").push_patch("/?a=1")))
    assert client.assigns.flash == client.assigns.seen == {"error": "new"}
    client.tell(do(lambda s: s.push_patch("/?b=1")))
    assert client.assigns.flash == {}


def test_a_client_patch_clears_it() -> None:
    """FL-4: all of it, before handle_params runs."""
    client = joined(View, flash={"info": "old"})
    client.patch("/?a=1")
    assert client.assigns.flash == client.assigns.seen == {}


def test_what_goes_along_with_a_redirect() -> None:
    """FL-9, FL-2, FL-8: only what this cycle put; what it cleared by name is not among it, what it cleared at large is."""
    old = {"info": "old"}
    cases: list[tuple[Any, dict[str, str] | None]] = [
        (lambda s: s, None),
        (lambda s: s.put_flash("error", "e"), {"error": "e"}),
        (lambda s: s.put_flash("error", "e").put_flash("x", "y").clear_flash("error"), {"x": "y"}),
        (lambda s: s.put_flash("error", "e").clear_flash(), {"error": "e"}),
    ]
    for change, travels in cases:
        frames = joined(View, flash=old).tell(do(lambda s, change=change: change(s).push_navigate("/b")))
        options = frames[1][1]["live_redirect"]
        assert flash_of(options.get("flash")) == (travels or {})
        assert ("flash" in options) == (travels is not None)


def test_a_token_says_what_it_was_made_of() -> None:
    """FL-8: nothing is signed between our own process and our own browser; what is no token carries nothing."""
    assert flash_of(flash_token({"info": "<ä>", "n": 1})) == {"info": "<ä>", "n": 1}
    for nonsense in (None, "", "x", "W10=", 5):
        assert flash_of(nonsense) == {}


def test_a_components_flash_is_its_own() -> None:
    """FL-6: empty at first, and not the view's."""
    client = joined(View, flash={"info": "view"})
    assert client.tell(do(lambda s: s.put_flash("info", "own"), 1)) == [("ok", {"diff": {"c": {"1": {"0": "own"}}}})]
    assert client.assigns.flash == {"info": "view"}


def test_a_components_flash_travels_whole() -> None:
    """FL-6, FL-7: with a redirect, all of it; with a patch, it becomes the view's; and the component's is empty then."""
    client = joined(View)
    client.tell(do(lambda s: s.put_flash("error", "1"), 1))
    client.tell(do(lambda s: s.put_flash("info", "2").push_patch("/"), 1))
    assert client.assigns.flash == {"error": "1", "info": "2"}
    instance = client.process.components.get(1)
    assert instance is not None
    assert instance.socket.assigns.flash == {}


class Away(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.put_flash("error", "child").redirect("/login").broadcast("t", "left")

    render = heex("<b></b>")


class Parent(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.put_flash("info", "parent").broadcast("t", "mounted")

    render = heex("<div>{live_render(@socket, Away, id='kid')}</div>")


def test_a_child_takes_the_page_along() -> None:
    """FL-10, RT-12: its redirect is the page's, with its flash instead; what both asked of others goes out, in order."""
    static = Client(Parent).static
    assert (static.html, static.status, static.location) == (None, 302, "/login")
    assert static.flash == {"error": "child"}
    assert [effect.message for effect in static.effects] == ["mounted", "left"]  # type: ignore[union-attr]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]


def test_the_page_after_a_redirect_shows_it() -> None:
    """LC-4, LC-18: put in one view, shown by the next, in both of its mounts."""
    router = Router([Route("/", View), Route("/b", View)])
    frames = joined(View, router=router).tell(do(lambda s: s.put_flash("info", "hi").redirect("/b")))
    flash = flash_of(frames[1][1]["redirect"]["flash"])
    match = router.resolve("/b")
    process = new_process("phx-2", View, router=router, match=match, uri=f"{HOST}/b", flash=flash)
    static = mount_disconnected(process, url=f"{HOST}/b", match=match, flash=flash)
    assert static.html is not None
    assert "<p>hi|<i></i></p>" in static.html
    assert step(static.process, Join(url=f"{HOST}/b"), ENV).process.socket.assigns.flash == {"info": "hi"}
