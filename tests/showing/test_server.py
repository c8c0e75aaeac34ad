"""The server without a port: requests in by hand, answers out, through the same gate."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from liveview_core import LiveSession, LiveView, Socket, heex
from liveview_core.views.router import Route, Router
from liveview_testing.showing.connections.journal import Journal
from liveview_testing.showing.server import Server
from liveview_testing.showing.session.showroom import Showroom
from liveview_testing.showing.targets import Person, Shown

PORT, TOKEN, CSRF = 4321, "token", "csrf"


class HomeLive(LiveView):
    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        if "away" in params:
            return socket.put_flash("info", "moved").redirect(to="/there")
        return socket.assign(page_title="İstanbul", said=socket.assigns.flash.get("info") or "nothing")

    render = heex("<h1>{@said}</h1>")


LAYOUT = heex("<!DOCTYPE html><html><head><title>{@page_title}</title></head><body>{@inner_content}</body></html>")


def server(**options: Any) -> Server:
    shown = Shown(
        "test",
        "",
        Router([LiveSession("site", [Route("/", HomeLive), Route("/there", HomeLive)], root_layout=LAYOUT)]),
        (Person("Ann", connect_params={"locale": "tr"}),),
    )
    made = Server(Showroom([shown], mode="paused"), {}, PORT, TOKEN, CSRF, **options)
    made.room.begin(lambda: 0.0)
    return made


@frozen
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str:
        """All of one name."""
        return "; ".join(value for each, value in self.headers if each == name)


def asked(to: Server, path: str, method: str = "GET", query: str = "", **headers: str) -> Answer:
    """The answer to a request of our own browser."""
    given = {"host": f"localhost:{PORT}", "cookie": f"liveview_show={TOKEN}", "origin": to.origin, **headers}
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "scheme": "http",
        "server": ("localhost", PORT),
    }
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    app: Any = to._uvicorn.config.app
    asyncio.run(app(scope, receive, send))
    return Answer(
        sent[0]["status"],
        [(name.decode(), value.decode("latin-1")) for name, value in sent[0]["headers"]],
        b"".join(each.get("body", b"") for each in sent[1:]).decode(),
    )


def heard(to: Server, path: str, said: list[Any], query: str = "", **headers: str) -> list[Any]:
    """What a WebSocket was told that says this and goes."""
    given = {"host": f"localhost:{PORT}", "cookie": f"liveview_show={TOKEN}", "origin": to.origin, **headers}
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "scheme": "ws",
        "server": ("localhost", PORT),
        "subprotocols": [],
    }
    coming = [{"type": "websocket.connect"}, *said, {"type": "websocket.disconnect", "code": 1001}]
    sent: list[Any] = []

    async def receive() -> Any:
        for _ in range(3):
            await asyncio.sleep(0)  # what is there to say is said first
        return coming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    app: Any = to._uvicorn.config.app
    asyncio.run(app(scope, receive, send))
    return sent


def text(said: str) -> Any:
    return {"type": "websocket.receive", "text": said}


def test_a_page_has_its_part_in_the_head_of_the_layout() -> None:
    """Whatever letters are before it; what the client connects with is in it too."""
    answer = asked(server(), "/")
    assert answer.status == 200
    head, _, rest = answer.text.partition("</head>")
    assert head.startswith("<!DOCTYPE html><html><head><title>İstanbul</title><meta name=")
    assert '<meta name="liveview-params" content="{&quot;locale&quot;: &quot;tr&quot;}">' in head
    assert head.endswith('<script type="module" src="/_show/boot.js"></script>')
    assert rest.startswith("<body><div id=")


@pytest.mark.parametrize(
    ("document", "place"),
    [("<title>İ</title><BODY class=x>", "<BODY"), ("just text", "just"), ("<head></head><body>", "</head>")],
)
def test_a_layout_without_a_head(document: str, place: str) -> None:
    """Before its body, or before all."""
    layout = heex(f"{{raw({document!r})}}")
    router = Router([LiveSession("site", [Route("/", HomeLive)], root_layout=layout)])
    to = Server(Showroom([Shown("test", "", router, ())], mode="paused"), {}, PORT, TOKEN, CSRF)
    to.room.begin(lambda: 0.0)
    said = asked(to, "/").text
    assert said[said.index('boot.js"></script>') + 18 :].startswith(place)
    assert said.startswith(document.partition(place)[0] + "<meta")


def test_a_redirect_takes_its_flash_along() -> None:
    """FL: in a cookie, which the next page reads and forgets; whose page it is goes along too."""
    to = server()
    to.room.sit_down("frame-Ann", None)
    away = asked(to, "/", query="away=1", cookie=f"liveview_show={TOKEN}; liveview_window=frame-Ann")
    assert (away.status, away.header("location")) == (302, "/there")
    cookies = [value for name, value in away.headers if name == "set-cookie"]
    flash = cookies[0].partition(";")[0]
    assert flash.startswith("__phoenix_flash__=")
    assert cookies[1].startswith("liveview_window=frame-Ann; Max-Age=5;")
    there = asked(to, "/there", cookie=f"{flash}; liveview_show={TOKEN}")
    assert "<h1>moved</h1>" in there.text
    assert there.header("set-cookie").startswith('__phoenix_flash__=""; expires=')


def test_what_is_no_page() -> None:
    to = server()
    assert asked(to, "/favicon.ico").status == 204
    posted = asked(to, "/", "POST")
    assert posted.status == 404
    assert "POST /" in posted.text and "no controllers" in posted.text
    assert (asked(to, "/_show/client/phoenix.js").status, asked(to, "/_show/nothing.js").status) == (404, 404)


def test_files_that_are_served_beside_the_pages(tmp_path: Path) -> None:
    """Those in the folder that was named, and nothing outside of it."""
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "logo.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    to = server(assets=assets, css=assets / "logo.svg")
    assert asked(to, "/logo.svg").text == "<svg/>"
    assert asked(to, "/_show/app.css").header("content-type").startswith("text/css")
    assert asked(to, "/../secret.txt").status == 404


def test_a_window_whose_process_is_gone_begins_anew() -> None:
    to = server()
    answer = asked(to, "/_show/resume/frame-Ann")
    assert answer.status == 200
    assert '<meta name="liveview-path" content="/">' in answer.text
    assert [seat.person.name for seat in to.room.seats.values()] == ["Ann"]


def test_a_panel_is_told_the_state_and_what_was_refused() -> None:
    state, refused = heard(server(), "/_show/ws", [text('{"do": "back", "number": 9}')])[1:3]
    assert json.loads(state["text"])["shown"]["name"] == "test"
    assert json.loads(refused["text"]) == {
        "kind": "refused",
        "text": "there is no such moment\n  got: 9",
    }


def test_a_connection_is_let_in_by_its_token_while_there_is_a_network() -> None:
    to = server()
    assert heard(to, "/live/websocket", [])[0] == {"type": "websocket.close", "code": 1008, "reason": ""}
    beat = text('[null, "1", "phoenix", "heartbeat", {}]')
    accepted, answer = heard(to, "/live/websocket", [beat], query=f"_csrf_token={CSRF}")
    assert accepted["type"] == "websocket.accept"
    assert json.loads(answer["text"]) == [None, "1", "phoenix", "phx_reply", {"status": "ok", "response": {}}]
    assert to.room.links.links == []
    to.room.links.offline = True
    assert heard(to, "/live/websocket", [], query=f"_csrf_token={CSRF}")[0]["code"] == 1008


def test_what_had_happened_happens_again_before_anybody_is_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what runs beside the server is ended with it."""
    before = server()
    asked(before, "/")
    beside: list[str] = []

    async def watch(it: Server) -> None:
        beside.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            beside.append("ended")

    to = server(journal=Journal.from_json(before.room.links.journal.to_json()), watch=watch)

    async def serve() -> None:
        await asyncio.sleep(0)
        beside.extend(to.room.world.world.lines)

    monkeypatch.setattr(to._uvicorn, "serve", serve)
    to.serve()
    assert beside == ["begun", "phx-1", "ended"]
