"""What a module that is looked at leaves running: threads and processes that a program would wait for at its end.

Law: whoever looks at a module ends when it has looked, and says what was running then.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from concurrent.futures import thread as pools
from typing import Any

__all__ = ["EndsAtOnce", "LeftRunning"]

CURE = "start it where the program begins, under `if __name__ == '__main__':`; a thread that nobody waits for is daemon=True"


class LeftRunning:
    """What was not running before."""

    def __init__(self) -> None:
        self._known = set(_running())

    def new(self) -> list[str]:
        """What has begun since the last look and is still there, each as a line of text."""
        found = [each for each in _running() if each not in self._known]
        self._known.update(found)
        return [
            f"{told} runs on, and a program that imports this does not end\n  cure: {CURE}"
            for each in found
            if (told := _told(each)) is not None
        ]


class EndsAtOnce(SystemExit):
    """The command ends, whatever else is running."""

    at_once = True

    @classmethod
    def with_status(cls, status: int) -> SystemExit:
        """How a command ends: at once where something is left that would be waited for; processes end with it."""
        left = list(_running())
        for each in left:
            if not isinstance(each, threading.Thread):
                each.terminate()
        return cls(status) if left else SystemExit(status)


def _running() -> Iterator[Any]:
    """The threads and processes that Python waits for at its end."""
    yield from (each for each in threading.enumerate() if not each.daemon and each is not threading.main_thread())
    multiprocessing: Any = sys.modules.get("multiprocessing")
    if multiprocessing is not None:
        yield from (each for each in multiprocessing.active_children() if not each.daemon)


def _told(running: Any) -> str | None:
    """What it is; None for the worker of a pool that waits for work, for it ends with its pool."""
    if not isinstance(running, threading.Thread):
        return f"the process {running.name!r}"
    frame = sys._current_frames().get(running.ident or 0)  # pyright: ignore[reportPrivateUsage]
    if frame is not None and frame.f_code.co_filename == pools.__file__:
        return None
    return f"the thread {running.name!r}"
