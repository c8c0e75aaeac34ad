"""A file is saved: the server starts anew with the new code, and the session happens again in it.

Owns the watching of files and the handing over from one interpreter to the next: classes of two versions never meet. What is
handed on is the port, the tokens and the journal. Law: code that cannot be imported leaves everything as it is, and says why.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import os
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import liveview_core
from liveview_testing.showing import targets
from liveview_testing.showing.pages import told

if TYPE_CHECKING:
    from liveview_testing.showing.server import Server

__all__ = ["ENVIRONMENT", "hand_on", "inherited", "supervise", "watch", "watched"]

ENVIRONMENT = "LIVEVIEW_SHOW"
"""Under this name a server tells itself, started anew, where it put what must stay."""

SUPERVISED = "LIVEVIEW_SHOW_SUPERVISED"
ANEW = 75
"""How a server ends that is to start anew."""

EVERY = 0.2
"""Seconds between two looks at the files."""

OURS = (Path(liveview_core.__file__).parent, Path(__file__).parent.parent)


def watched(extra: list[Path | None]) -> dict[Path, float]:
    """The files that the shown views are made of, and when each was written last."""
    found: dict[Path, float] = {}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        path = Path(file) if isinstance(file, str) else None
        if path is None or "site-packages" in path.parts or path.is_relative_to(sys.base_prefix):
            continue
        if path.is_relative_to(sys.prefix) or any(path.is_relative_to(each) for each in OURS):
            continue
        if path.suffix == ".py" and path.parent.is_dir():
            for each in (path, *path.parent.glob("*.heex")):
                _look(each, found)
    for given in extra:
        if given is not None:
            _look(given, found)
    return found


def _look(path: Path, found: dict[Path, float]) -> None:
    try:
        found[path] = path.stat().st_mtime
    except OSError:
        found[path] = 0.0


async def watch(server: Server, what: str, extra: list[Path | None]) -> None:
    """For as long as the server runs: when a file was written, start anew."""
    before = watched(extra)
    while True:
        await asyncio.sleep(EVERY)
        now = watched(extra)
        if all(now.get(path) == at for path, at in before.items()):
            before = now
            continue
        before = now
        why = wrong(what)
        if why is not None:
            server.room.failed(why)
            continue
        hand_on(server)


def wrong(what: str) -> str | None:
    """Why what is shown cannot be imported any more; None: it can. Asked of a copy of this process, which ends then."""
    if not hasattr(os, "fork"):
        return None
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads: the copy uses none
        pid = os.fork()
    if pid == 0:  # pragma: no cover - the copy ends without telling what it reached
        text = ""
        try:
            for name in _of_users():
                del sys.modules[name]
            importlib.invalidate_caches()
            targets.find(what)
        except BaseException as error:
            text = told(error)
        finally:
            os.write(writing, text.encode(errors="replace")[:60_000])
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        text = file.read().decode()
    os.waitpid(pid, 0)
    return text or None


def _of_users() -> list[str]:
    """The modules that were imported to be shown."""
    files = {str(path) for path in watched([])}
    return [name for name, module in sys.modules.items() if str(getattr(module, "__file__", None)) in files]


def hand_on(server: Server) -> None:
    """Start anew with the new code: never comes back."""
    room = server.room
    kept: dict[str, Any] = {
        "port": server.port,
        "token": server.token,
        "csrf": server.csrf,
        "shown": room.shown.name,
        "mode": room.pacer.mode,
        "journal": room.links.journal.to_json(),
    }
    if room.recorder is not None and room.record is not None:
        kept["recorded"] = [room.recorder.raws(), room.record.before, room.record.after]
    name = os.environ.get(ENVIRONMENT)
    if name is None:
        with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as file:
            name = os.environ[ENVIRONMENT] = file.name
    Path(name).write_text(json.dumps(kept), encoding="utf-8")
    if os.environ.get(SUPERVISED):
        os._exit(ANEW)
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def inherited() -> Mapping[str, Any]:
    """What the server before handed on; it is read once."""
    name = os.environ.get(ENVIRONMENT)
    text = Path(name).read_text(encoding="utf-8") if name is not None and Path(name).exists() else ""
    if name is None or not text:
        return {}
    Path(name).write_text("", encoding="utf-8")
    kept: dict[str, Any] = json.loads(text)
    return kept


def supervise(serve: Callable[[], None]) -> None:
    """Serve in a copy of this process, which knows the kit and none of the user's code; and again, as often as a file is saved.

    So starting anew costs the import of what changed, and nothing else. Never comes back.
    """
    if not hasattr(os, "fork"):
        serve()
        return
    from liveview_testing.showing.server import Server

    del Server  # with all that it imports: the copies have it

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "kept.json"
        file.write_text("", encoding="utf-8")
        os.environ.update({ENVIRONMENT: str(file), SUPERVISED: "1"})
        while True:
            sys.stdout.flush()
            pid = os.fork()
            if pid == 0:  # pragma: no cover - the copy ends without telling what it reached
                _serve_and_end(serve)
            code = _waited(pid)
            if code != ANEW:
                break
    sys.exit(code)


def _serve_and_end(serve: Callable[[], None]) -> NoReturn:
    code: Any = 0
    try:
        serve()
    except SystemExit as end:
        code = end.code
    except KeyboardInterrupt:
        code = 130
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _waited(pid: int) -> int:
    """How a process ended. What ends this one is for it: a signal is passed on, whoever else it came to."""

    def pass_on(*_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)

    before = {each: signal.signal(each, pass_on) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        _, status = os.waitpid(pid, 0)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code  # as a shell says it
