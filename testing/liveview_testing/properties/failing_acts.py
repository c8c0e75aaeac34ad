"""What is printed of a drawn act that fails: the shortest test that fails so.

Owns `told_as_a_test`. Law: only of the example that Hypothesis reports at the end, and only where what is written fails in the same
way; where it cannot be written, that is said.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hypothesis.control import currently_in_test_context, should_note
from hypothesis.errors import HypothesisException

from liveview_core.errors import add_note, spelled
from liveview_testing.record.scripts.shrinking.shrinking import shrink

if TYPE_CHECKING:
    from liveview_testing.user.simulation import Simulation

__all__ = ["told_as_a_test"]


@contextmanager
def told_as_a_test(sim: Simulation) -> Generator[None]:
    """An act is done here: of what it raises, the shortest script that raises it is noted, as a test."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, HypothesisException) and currently_in_test_context() and should_note():
            add_note(error, _as_a_test(sim))
        raise


def _as_a_test(sim: Simulation) -> str:
    try:
        return f"as a test:\n\n{shrink(sim.script.with_failed()).to_test()}\n"
    except Exception as why:  # whatever it is: the act's own error must arrive
        return f"it cannot be written as a test: {spelled(why)}"
