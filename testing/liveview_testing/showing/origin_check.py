"""Who is let in: nobody but this machine's own browser, at our own pages.

Owns `Gate`, in front of every request. Laws: a Host that is not ours is refused (a foreign name that resolves to this machine
is somebody else's page); a WebSocket without our Origin is refused before it is accepted; the shell and its commands need the
token of the address that was printed; every answer says what its page may load.
"""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["COOKIE", "SHELL", "Gate", "cookies"]

COOKIE = "liveview_show"
SHELL = "/_show"
OPEN = ("/_show/boot.js", "/_show/clock.js", "/_show/plain.css", "/_show/hooks.js", "/_show/app.css", "/_show/client/")
"""What a page of the world loads: it needs no token."""


class Gate:
    """In front of the server."""

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self.app = app
        self.hosts = {f"{name}:{port}" for name in ("localhost", "127.0.0.1")}
        self.origins = {f"http://{host}" for host in self.hosts}
        self.token = token
        self.policy = "; ".join(
            (
                "default-src 'self'",
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data: blob:",
                "media-src 'self' data: blob:",
                f"connect-src 'self' {' '.join(f'ws://{host}' for host in sorted(self.hosts))}",
                "frame-ancestors 'self'",
                "base-uri 'none'",
                "object-src 'none'",
            )
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        refusal = self.refusal(scope)
        if refusal is not None:
            await self._refuse(scope, send, refusal)
            return

        async def marked(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers: list[tuple[bytes, bytes]] = list(message.get("headers", []))
                names = {name.lower() for name, _ in headers}
                if b"content-security-policy" not in names:
                    headers.append((b"content-security-policy", self.policy.encode()))
                headers += [
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"same-origin"),
                    (b"cache-control", b"no-store"),
                    (b"cross-origin-resource-policy", b"same-origin"),
                ]
                message = {**message, "headers": headers}
            await send(message)

        await self.app(scope, receive, marked)

    def refusal(self, scope: Scope) -> str | None:
        """Why a request is not let in; None: it is."""
        headers = [(name.lower(), value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return f"this server answers to {' and '.join(sorted(self.hosts))} alone"
        origins = [value for name, value in headers if name == b"origin"]
        if scope["type"] == "websocket" and (len(origins) != 1 or origins[0] not in self.origins):
            return "a WebSocket from another page is refused"
        if scope.get("method") not in (None, "GET", "HEAD") and (origins and origins[0] not in self.origins):
            return "a request from another page is refused"
        path: str = scope["path"]
        if (path == SHELL or path.startswith(f"{SHELL}/")) and not path.startswith(OPEN):
            query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
            given = [*query.get("token", ()), *cookies(scope, COOKIE)]
            if not any(hmac.compare_digest(each.encode(), self.token.encode()) for each in given):
                return "this is for whoever started the server: open the address that it printed"
        return None

    async def _refuse(self, scope: Scope, send: Send, why: str) -> None:
        body = f"{why}\n".encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        kind = "http.response" if scope["type"] == "http" else "websocket.http.response"
        if kind.startswith("websocket") and "websocket.http.response" not in scope.get("extensions", {}):
            await send({"type": "websocket.close", "code": 1008, "reason": why})
            return
        await send({"type": f"{kind}.start", "status": 403, "headers": headers})
        await send({"type": f"{kind}.body", "body": body})


def cookies(scope: Scope, name: str) -> list[str]:
    """The values of a cookie."""
    found: list[str] = []
    for header, value in scope["headers"]:
        if header.lower() == b"cookie":
            try:
                jar: SimpleCookie = SimpleCookie(value.decode("latin-1"))
            except CookieError:
                continue
            if name in jar:
                found.append(jar[name].value)
    return found
