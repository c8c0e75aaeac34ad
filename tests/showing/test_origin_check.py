"""Who is let in, asked of the gate itself, without a network."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest

from liveview_testing.showing.origin_check import COOKIE, Gate, cookies


async def nobody(scope: Any, receive: Any, send: Any) -> None:
    """What is behind the gate."""


GATE = Gate(nobody, 4000, "secret")
OURS = {"host": "localhost:4000", "origin": "http://localhost:4000"}


def scope(kind: str, path: str, headers: dict[str, str], query: str = "", method: str | None = "GET") -> dict[str, Any]:
    given = [(name.encode(), value.encode()) for name, value in headers.items()]
    asked: dict[str, Any] = {"type": kind, "path": path, "headers": given, "query_string": query.encode()}
    return asked if method is None else {**asked, "method": method}


def socket(path: str, **headers: str) -> str | None:
    return GATE.refusal(scope("websocket", path, {**OURS, **headers}, method=None))


def page(path: str, query: str = "", method: str = "GET", **headers: str) -> str | None:
    return GATE.refusal(scope("http", path, {"host": "localhost:4000", **headers}, query, method))


@pytest.mark.parametrize("host", ["localhost:4000", "127.0.0.1:4000", "LocalHost:4000"])
def test_our_own_hosts(host: str) -> None:
    assert page("/", host=host) is None


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:4000", "localhost", "localhost:4001", "127.0.0.1.evil.test:4000", ""]
)
def test_a_foreign_host_is_refused(host: str) -> None:
    """A name that resolves to this machine is somebody else's page (DNS rebinding)."""
    assert page("/", host=host) == "this server answers to 127.0.0.1:4000 and localhost:4000 alone"
    assert socket("/live/websocket", host=host) is not None


def test_a_request_without_or_with_two_hosts_is_refused() -> None:
    asked = scope("http", "/", {})
    assert GATE.refusal(asked) is not None
    asked["headers"] = [(b"host", b"localhost:4000"), (b"host", b"evil.test")]
    assert GATE.refusal(asked) is not None


@pytest.mark.parametrize("origin", ["http://evil.test", "https://localhost:4000", "http://localhost:4001", "null", ""])
def test_a_socket_of_a_foreign_page_is_refused(origin: str) -> None:
    assert socket("/live/websocket", origin=origin) == "a WebSocket from another page is refused"


def test_a_socket_without_origin_is_refused() -> None:
    assert GATE.refusal(scope("websocket", "/live/websocket", {"host": "localhost:4000"}, method=None)) is not None


def test_a_post_of_a_foreign_page_is_refused() -> None:
    assert page("/", method="POST", origin="http://evil.test") == "a request from another page is refused"
    assert page("/", method="POST", origin="http://localhost:4000") is None


def test_the_shell_needs_the_token() -> None:
    why = "this is for whoever started the server: open the address that it printed"
    assert page("/_show") == page("/_show/as/w") == page("/_show/timeline") == why
    assert page("/_show", "token=wrong") == why
    assert page("/_show", "token=secret") is None
    assert page("/_show", cookie=f"{COOKIE}=secret") is None
    assert page("/_show", cookie=f"{COOKIE}=nope; other=secret") == why
    assert GATE.refusal(scope("websocket", "/_show/ws", OURS, method=None)) == why
    assert socket("/_show/ws", cookie=f"{COOKIE}=secret") is None


def test_what_pages_load_needs_none() -> None:
    """The first script, and each that it begins with: a page in a tab of its own has no token."""
    assert page("/_show/boot.js") is None
    boot = files("liveview_testing.showing").joinpath("static", "boot.js").read_text(encoding="utf-8")
    begins_with = re.findall(r'^import .* from "(.*)";$', boot, re.MULTILINE)
    assert len(begins_with) == 3
    assert [path for path in begins_with if page(path) is not None] == []


def test_every_page_says_what_it_may_load() -> None:
    assert "default-src 'self'" in GATE.policy
    assert "frame-ancestors 'self'" in GATE.policy
    assert "unsafe-eval" not in GATE.policy
    assert "script-src" not in GATE.policy  # as default-src says: no inline script


def answered(kind: str, headers: dict[str, str], **more: Any) -> tuple[list[str], list[str]]:
    """What the gate says by itself, and what was let in."""
    said: list[str] = []
    let_in: list[str] = []

    async def behind(scope: Any, receive: Any, send: Any) -> None:
        let_in.append(scope["type"])

    async def send(message: Any) -> None:
        said.append(message["type"])

    async def receive() -> Any:
        return {}

    asked = Gate(behind, 4000, "secret")({**scope(kind, "/live/websocket", headers), **more}, receive, send)
    with pytest.raises(StopIteration):  # nothing of it waits
        asked.send(None)
    return said, let_in


def test_how_a_refusal_is_said() -> None:
    """As the answer to a request; to a socket, where its server cannot do that, by closing it. What is no request is let in."""
    assert answered("lifespan", {}) == ([], ["lifespan"])
    assert answered("http", {"host": "evil.test"}) == (["http.response.start", "http.response.body"], [])
    assert answered("websocket", {"host": "evil.test"}) == (["websocket.close"], [])
    assert answered("websocket", {"host": "evil.test"}, extensions={"websocket.http.response": {}}) == (
        ["websocket.http.response.start", "websocket.http.response.body"],
        [],
    )


def test_a_cookie_that_is_none_is_passed_over() -> None:
    asked = scope("http", "/_show", {"host": "localhost:4000"})
    asked["headers"] += [(b"cookie", b"a(b=c"), (b"cookie", f"{COOKIE}=secret".encode())]
    assert cookies(asked, COOKIE) == ["secret"]
