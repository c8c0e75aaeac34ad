"""How many examples a property gets that wants a number of its own: so many, and twenty times as many in a thorough run.

Law: whether a run is thorough is asked here only, as the lowest Hypothesis that we promise can tell too.
"""

from __future__ import annotations

from hypothesis import settings

THOROUGH = settings().max_examples == settings.get_profile("thorough").max_examples


def examples(count: int) -> settings:
    """A decorator for a property: `@examples(40)`."""
    return settings(max_examples=20 * count if THOROUGH else count)
