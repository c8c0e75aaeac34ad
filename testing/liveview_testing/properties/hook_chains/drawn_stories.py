"""What is held for every story of messages that hypothesis draws; the shortest that breaks it is told.

Owns `hold_for_all`. Laws: the same stories in every run; of a story that breaks a law no message can be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from liveview_core.errors import BadOption
from liveview_testing.properties.hook_chains.heard_messages import WRITTEN_WRONG, Heard
from liveview_testing.properties.hook_chains.widget_messages import HookMessage
from liveview_testing.world.simulation.page_law import LawBroken

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

EXAMPLES: Final = 100
STORY: Final = 5
"""How many stories are drawn, and how many messages one has at most."""

Story: TypeAlias = "Sequence[HookMessage]"
Hold: TypeAlias = "Callable[[Story, Heard], None]"
BROKEN: Final = (LawBroken, *WRITTEN_WRONG)


def hold_for_all(
    widget: str, hold: Hold, messages: SearchStrategy[HookMessage], examples: int, first: Iterable[Story] = ()
) -> None:
    """Hold it for the first stories, and for so many that are drawn. Raises what the shortest that it found raises, or that no
    hook got through any message.
    """
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    for story in first:
        error = _error(hold, story)
        if error is not None:
            raise error from error.__cause__
    heard = Heard()
    failing: list[Story] = []

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=cast("list[HealthCheck]", list(HealthCheck)),
    )
    @given(st.lists(messages, min_size=1, max_size=STORY))
    def play(story: Story) -> None:
        try:
            hold(story, heard)
        except BROKEN:
            failing.append(story)
            raise

    try:
        play()
    except BROKEN as broken:
        error = _shortest(hold, failing[-1], broken)
        raise error from error.__cause__
    if not heard.went:
        raise BadOption(
            f"no message reached the hooks of the widget {widget} without an error",
            expected="some message that it handles",
            got=heard.told("an error for each that was drawn"),
            cure=heard.cure("say what it hears: messages=st.builds(HookMessage, …)"),
        ) from heard.cause


def _shortest(hold: Hold, story: Story, broken: Exception) -> Exception:
    """The error of the story without the messages that it does not need: hypothesis leaves some in."""
    kept = story
    for at in reversed(range(len(story))):
        shorter = [*kept[:at], *kept[at + 1 :]]
        error = _error(hold, shorter)
        if type(error) is type(broken) and getattr(error, "law", None) == getattr(broken, "law", None):
            kept = shorter
    return _error(hold, kept) or broken


def _error(hold: Hold, story: Story) -> Exception | None:
    try:
        hold(story, Heard())
    except BROKEN as error:
        return error.with_traceback(None)
    return None


__all__ = ["EXAMPLES", "Story", "hold_for_all"]
