"""The server: HTTP and WebSockets, on the loopback address, around one world.

Owns the routes and the way of a frame between a socket and the links. The world is changed by the event loop alone: one
frame, one act, in the order in which they come.

Law: whoever is not let in by the `Gate` reaches nothing here; what is malformed is refused by name and closes its connection
only.
"""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import threading
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from random import SystemRandom
from typing import Any
from urllib.parse import unquote

from attrs import field

from liveview_core.errors import LiveViewError
from liveview_core.protocol.tokens import flash_of, flash_token
from liveview_core.values.declaring import define
from liveview_core.views.router import NoRoute
from liveview_testing.showing import pages
from liveview_testing.showing.connections.connection import Link
from liveview_testing.showing.connections.journal import Journal
from liveview_testing.showing.connections.serializer import MOST, BadMessage, decode
from liveview_testing.showing.origin_check import COOKIE, SHELL, Gate
from liveview_testing.showing.pages import Served, Shape
from liveview_testing.showing.panel import Panel
from liveview_testing.showing.session.showroom import Showroom
from liveview_testing.world.world import HOST

try:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
    from starlette.routing import Route, WebSocketRoute
    from starlette.websockets import WebSocket, WebSocketDisconnect
except ModuleNotFoundError as missing:  # pragma: no cover - an environment without the extra
    raise ImportError(
        f"liveview show needs its extra ({missing.name} is missing)\n  cure: pip install 'liveview-core[show]'"
    ) from missing

__all__ = ["Server", "free_port"]

STATIC = Path(__file__).parent / "static"
FLASH = "__phoenix_flash__"
WINDOW = "liveview_window"


class _Listener(uvicorn.Server):
    """Ends as soon as a signal says so, and not by the signal: what was recorded is still to be written."""

    def handle_exit(self, sig: int, frame: object) -> None:
        del sig, frame
        self.force_exit = self.should_exit
        self.should_exit = True


@define(eq=False)
class Server:
    """A showroom behind a port. `serve()` runs it until it is told to stop; `start()` does in a thread of its own."""

    room: Showroom
    client: Mapping[str, Path]
    port: int
    token: str
    csrf: str
    css: Path | None = None
    hooks: Path | None = None
    assets: Path | None = None
    journal: Journal | None = None
    """What happens again before anybody is let in."""
    watch: Callable[[Server], Coroutine[Any, Any, None]] | None = None
    """What runs beside the server."""
    panel: Panel = field(init=False)
    _uvicorn: uvicorn.Server = field(init=False)
    _thread: threading.Thread | None = field(default=None, init=False)
    _loop: asyncio.AbstractEventLoop | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.panel = Panel(self.room)
        app = Starlette(
            routes=[
                WebSocketRoute("/live/websocket", self._live),
                WebSocketRoute("/_show/ws", self._panel),
                Route("/_show", self._shell),
                Route("/_show/", self._shell),
                Route("/_show/as/{window}", self._sit_down),
                Route("/_show/resume/{window}", self._resume),
                Route("/_show/client/{name}", self._client_file),
                Route("/_show/{name}", self._own_file),
                Route("/{path:path}", self._page, methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]),
            ]
        )
        config = uvicorn.Config(
            Gate(app, self.port, self.token),
            host="127.0.0.1",
            port=self.port,
            log_level="error",
            lifespan="off",
            ws_max_size=MOST,
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
        self._uvicorn = _Listener(config)

    # --- running ------------------------------------------------------------------------------------------------------

    @property
    def origin(self) -> str:
        """Where the pages are."""
        return f"http://localhost:{self.port}"

    @property
    def address(self) -> str:
        """The address to open: the shell, with its token."""
        return f"{self.origin}{SHELL}?token={self.token}"

    async def main(self) -> None:
        """Serve until told to stop."""
        loop = self._loop = asyncio.get_running_loop()
        self.room.begin(loop.time)
        if self.journal is not None:
            self.room.again(self.journal, self._shape)
        tasks = [asyncio.create_task(self.room.pacer.run())]
        if self.watch is not None:
            tasks.append(asyncio.create_task(self.watch(self)))
        try:
            await self._uvicorn.serve()
        finally:
            for task in tasks:
                task.cancel()
            self.room.save()

    def serve(self) -> None:
        """Serve in this thread, until Ctrl-C, a signal, or the end of the terminal."""
        if threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, self._uvicorn.handle_exit)
        asyncio.run(self.main())

    def start(self) -> None:
        """Serve in a thread, and come back when somebody can be let in."""
        self._thread = threading.Thread(target=self.serve, daemon=True)
        self._uvicorn.config.install_signal_handlers = False  # type: ignore[attr-defined]
        ready = threading.Event()
        startup = self._uvicorn.startup

        async def started(sockets: list[socket.socket] | None = None) -> None:
            await startup(sockets)
            ready.set()

        self._uvicorn.startup = started  # type: ignore[method-assign]
        self._thread.start()
        if not ready.wait(20):  # pragma: no cover - a machine that has no time
            raise LiveViewError("the server did not start", got=f"port {self.port}")

    def stop(self) -> None:
        """Stop serving."""
        self._uvicorn.should_exit = True
        if self._thread is not None:
            self._thread.join(10)

    def in_loop(self, go: Callable[[], Any]) -> Any:
        """Do something where the world is served, and wait for what it gives; from any thread."""
        loop = self._loop
        if loop is None or threading.current_thread() is self._thread:
            return go()

        async def run() -> Any:
            return go()

        return asyncio.run_coroutine_threadsafe(run(), loop).result(30)

    # --- frames -------------------------------------------------------------------------------------------------------

    async def _live(self, ws: WebSocket) -> None:
        if ws.query_params.get("_csrf_token") != self.csrf or self.room.links.offline:
            await ws.close(1008)
            return
        await ws.accept()
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[str | None] = asyncio.Queue()

        def send(text: str | None) -> None:
            if threading.current_thread() is self._thread or self._thread is None:
                queue.put_nowait(text)
            else:
                loop.call_soon_threadsafe(queue.put_nowait, text)

        link = Link(send, ws.query_params.get("window") or "", (ws.headers["origin"],))
        link.close = lambda: send(None)
        writer = asyncio.create_task(self._write(ws, queue))
        room = self.room
        room.links.connect(link)
        try:
            while True:
                message = await ws.receive()
                if message["type"] != "websocket.receive":
                    break
                text = message.get("text")
                frame = decode(text if text is not None else message.get("bytes") or b"")
                room.receive(link, frame)
        except BadMessage as error:
            room.links.told(f"refused: {error}")
            await ws.close(1003, str(error).partition("\n")[0][:120])
        except WebSocketDisconnect:  # pragma: no cover - it was closed just now
            pass
        finally:
            room.disconnect(link)
            writer.cancel()

    async def _write(self, ws: WebSocket, queue: asyncio.Queue[str | None]) -> None:
        while True:
            text = await queue.get()
            if text is None:
                await ws.close(1012)
                return
            try:
                await ws.send_text(text)
            except RuntimeError:  # pragma: no cover - it was closed just now
                return

    async def _panel(self, ws: WebSocket) -> None:
        await ws.accept()
        watcher = self.panel.watch()
        writer = asyncio.create_task(self._tell(ws, watcher))
        try:
            while True:
                text = await ws.receive_text()
                answer = self.panel.command(text)
                if answer is not None:
                    await ws.send_text(json.dumps(answer))
        except (WebSocketDisconnect, KeyError):
            pass
        finally:
            self.panel.forget(watcher)
            writer.cancel()

    async def _tell(self, ws: WebSocket, watcher: asyncio.Event) -> None:
        """The panel is told of changes, as often as it can look at them."""
        while True:
            await watcher.wait()
            watcher.clear()
            try:
                await ws.send_text(json.dumps(self.panel.state()))
            except RuntimeError:  # pragma: no cover - it was closed just now
                return
            await asyncio.sleep(0.05)

    # --- pages --------------------------------------------------------------------------------------------------------

    @property
    def _shape(self) -> Shape:
        room = self.room
        paused = room.pacer.mode == "paused"
        return Shape(self.csrf, self.css is not None, self.hooks is not None, room.recorder is not None, paused)

    async def _page(self, request: Request) -> Response:
        path = request.url.path
        asset = self._asset(path)
        if asset is not None:
            return FileResponse(asset)
        if path == "/favicon.ico":
            return Response(status_code=204)
        if request.method not in ("GET", "HEAD"):
            error = pages.error_page(
                404,
                f"{request.method} {path}",
                "Nothing answers this here: a shown world has views, and no controllers.",
            )
            return HTMLResponse(error.html, error.status)
        query = request.url.query
        window = request.cookies.get(WINDOW)
        flash = flash_of(unquote(request.cookies.get(FLASH, "")))
        response = self._answer(
            lambda: self.room.open(f"{path}?{query}" if query else path, window, flash, self._shape), window
        )
        if FLASH in request.cookies and not any(FLASH in each for each in response.headers.getlist("set-cookie")):
            response.delete_cookie(FLASH, path="/")
        return response

    def _answer(self, make: Callable[[], Served], window: str | None = None) -> Response:
        try:
            page = make()
        except NoRoute as error:
            page = pages.error_page(404, "There is no such page", str(error))
        except Exception as error:
            status = getattr(error, "status", None)
            text = pages.told(error)
            self.room.failed(text, error)
            status = status if type(status) is int and 400 <= status <= 599 else 500
            page = pages.error_page(status, f"{type(error).__name__} while the page was made", text)
        if page.location is not None:
            to = page.location.removeprefix(HOST) or "/"
            response: Response = RedirectResponse(to, page.status)
            if page.flash:
                response.set_cookie(FLASH, flash_token(page.flash), max_age=60, path="/")
            if window is not None:  # whose page it is, the next request is to know too
                response.set_cookie(WINDOW, window, max_age=5, path="/", samesite="strict")
            return response
        response = HTMLResponse(page.html, page.status)
        if window is not None:
            response.delete_cookie(WINDOW, path="/", samesite="strict")
        return response

    async def _sit_down(self, request: Request) -> Response:
        """A window is somebody's from now on: their first page."""
        window = request.path_params["window"]
        person = self.room.sit_down(window, request.query_params.get("name"))
        to = request.query_params.get("to") or person.path
        return self._answer(lambda: self.room.open(to, window, {}, self._shape, at=to), window)

    async def _resume(self, request: Request) -> Response:
        """The page of a window goes on where its process is; where there is none any more, it begins anew."""
        window = request.path_params["window"]
        html = self.room.resume(window, self._shape)
        if html is not None:
            return HTMLResponse(html)
        to = self.room.sit_down(window, None).path
        return self._answer(lambda: self.room.open(to, window, {}, self._shape, at=to), window)

    # --- files --------------------------------------------------------------------------------------------------------

    def _asset(self, path: str) -> Path | None:
        if self.assets is None:
            return None
        root = self.assets.resolve()
        found = (root / unquote(path).lstrip("/")).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None

    async def _shell(self, request: Request) -> Response:
        if "token" in request.query_params:
            response: Response = RedirectResponse(SHELL, 303)
            response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict", path="/_show")
            return response
        return FileResponse(STATIC / "shell.html", media_type="text/html")

    async def _client_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name in self.client:
            return FileResponse(self.client[name], media_type="text/javascript")
        return PlainTextResponse("no such file", 404)

    async def _own_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        given = {"app.css": self.css, "hooks.js": self.hooks}.get(name)
        if given is not None:
            return FileResponse(given, media_type="text/css" if name == "app.css" else "text/javascript")
        if name in ("boot.js", "clock.js", "plain.css", "record.js", "shell.js", "shell.css"):
            return FileResponse(STATIC / name, media_type="text/css" if name.endswith("css") else "text/javascript")
        if name == "timeline":
            # It is a file that says itself what it may do: its own script, by its digest, and nothing else.
            return HTMLResponse(self.room.timeline(), headers={"content-security-policy": "frame-ancestors 'self'"})
        return PlainTextResponse("no such file", 404)


def free_port() -> int:
    """A port of the loopback address that nobody has."""
    with socket.socket() as given:
        given.bind(("127.0.0.1", 0))
        return int(given.getsockname()[1])


def new_token() -> str:
    """A text that nobody can guess. (Chance from outside, on purpose: it lets in whoever started the server, and nobody else.)"""
    chance = SystemRandom()
    return "".join(f"{chance.getrandbits(32):08x}" for _ in range(5))
