"""`liveview show`: what the command does, apart from reading its options.

Owns `show`. Law: it says where to look, that it is for development, and what is missing, each in one line.
"""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liveview_testing.showing import reloading, targets
from liveview_testing.showing.connections.client_files import NoClient, find_client
from liveview_testing.showing.connections.journal import Journal
from liveview_testing.showing.targets import NothingToShow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from liveview_testing.showing.server import Server

__all__ = ["NoClient", "NothingToShow", "made", "supervise"]

supervise = reloading.supervise


def made(
    what: str,
    *,
    port: int = 0,
    client: Path | None = None,
    hooks: Path | None = None,
    css: Path | None = None,
    assets: Path | None = None,
    session: Mapping[str, Any] | None = None,
    paused: bool = False,
    seed: int | str = 0,
    reload: bool = False,
    record: Path | None = None,
) -> Server:
    """A server for what a word of the command line stands for. Raises `NoClient`, `NothingToShow`, or what an import raises."""
    files = find_client(Path(what).parent if Path(what).exists() else Path(), client)
    kept = reloading.inherited()
    if port and not kept:
        _must_be_free(port)
    found = targets.find(what)
    if session:
        found = [targets.with_session(each, session) for each in found]
    from liveview_testing.showing.recording.recorded_test import RecordedTest
    from liveview_testing.showing.recording.recorder import raws_from
    from liveview_testing.showing.server import Server, free_port, new_token
    from liveview_testing.showing.session.showroom import Showroom

    mode: Any = kept.get("mode") or ("paused" if paused else "real")
    room = Showroom(found, seed=seed, mode=mode, record=None if record is None else RecordedTest(record))
    if any(each.name == kept.get("shown") for each in found):
        room.choose(kept["shown"])
    server = Server(
        room,
        files,
        kept.get("port") or port or free_port(),
        kept.get("token") or new_token(),
        kept.get("csrf") or new_token(),
        css,
        hooks,
        assets,
        Journal.from_json(kept["journal"]) if "journal" in kept else None,
    )
    if "recorded" in kept and room.recorder is not None and room.record is not None:
        raws, room.record.before, room.record.after = kept["recorded"]
        room.recorder.again(raws_from(raws))
    if reload:
        server.watch = partial(reloading.watch, what=what, extra=[hooks, css])
    return server


def _must_be_free(port: int) -> None:
    with socket.socket() as given:
        given.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            given.bind(("127.0.0.1", port))
        except OSError as error:
            raise NothingToShow(
                f"the port {port} cannot be had: {error.strerror}",
                expected="a port that nobody listens at",
                cure="another --port, or none: then a free one is taken",
            ) from None
