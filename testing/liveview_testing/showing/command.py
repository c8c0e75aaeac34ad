"""`liveview show`: what the command does, apart from reading its options.

Owns `show`. Law: it says where to look, that it is for development, and what is missing, each in one line.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from liveview_testing.showing import targets
from liveview_testing.showing.client_files import find_client

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from liveview_testing.showing.server import Server

__all__ = ["made"]


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
    say: Callable[[str], None] = lambda _: None,
) -> Server:
    """A server for what a word of the command line stands for. Raises `NoClient`, `NothingToShow`, or what an import raises."""
    start = Path(what).parent if Path(what).exists() else Path()
    try:
        files = find_client(start, client)
    except LookupError:
        raise
    found = targets.find(what)
    if session:
        found = [targets.with_session(each, session) for each in found]
    from liveview_testing.showing.server import Server, free_port, inherited, new_token
    from liveview_testing.showing.showroom import Showroom

    kept = inherited()
    room = Showroom(found, seed=seed, mode="paused" if paused else "real")
    return Server(
        room,
        files,
        kept.get("port") or port or free_port(),
        kept.get("token") or new_token(),
        kept.get("csrf") or new_token(),
        css,
        hooks,
        assets,
    )
