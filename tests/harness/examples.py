"""How many examples a property gets that wants a number of its own: so many, and twenty times as many in a thorough run."""

from __future__ import annotations

from hypothesis import settings

THOROUGH = settings.get_current_profile_name() == "thorough"


def examples(count: int) -> settings:
    """A decorator for a property: `@examples(40)`."""
    return settings(max_examples=20 * count if THOROUGH else count)
