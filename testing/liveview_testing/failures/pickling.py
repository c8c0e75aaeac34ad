"""What is no value to send about: a world, what is in it, and its simulation.

Owns the refusal, which says what is sent instead. Law: nobody who pickles or deep-copies one of them, or what leads to one, meets
an error of pickle's own.
"""

from __future__ import annotations

from typing import Any, NoReturn

from liveview_core.errors import LiveViewError, article

__all__ = ["NotPickled", "refuse"]


class NotPickled(LiveViewError, TypeError):
    """A world was to be pickled, or copied deeply."""


def refuse(self: Any, *_: object) -> NoReturn:
    """`__reduce__` of what is not pickled: it holds code, and a history of any length."""
    kind = type(self).__name__
    raise NotPickled(
        f"{article(kind)} is neither pickled nor copied deeply",
        expected="what was done in it, which makes it again; or a fork, which shares what has happened so far",
        got=repr(self),
        cure="to send it: text = sim.script.to_json(), there replay(Script.from_json(text)); to try something: sim.fork()",
    )
