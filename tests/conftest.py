"""What holds for the whole suite: the Hypothesis profiles, and what its memory costs.

Law: `quick` (the default) draws the same examples in every run; `thorough` (`make thorough`) draws new ones, many more.
A property that wants a number of its own asks `tests.harness.examples`.
"""

from __future__ import annotations

import gc
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liveview_testing.user.lazy_modules import LAZY

# deadline=None: the machine is shared, time is measured by the scaling tests and benchmarks only.
# derandomize: same commit, same examples, same verdict; new examples are thorough's work.
settings.register_profile(
    "quick", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "thorough",
    max_examples=5_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("quick")


def pytest_collection() -> None:
    """Examples in docstrings are looked for in what a module holds, and one that waits holds nothing yet. What is collected stays:
    the collector need not look at it meanwhile, which was a third of the time.
    """
    gc.disable()
    for name in LAZY:
        dir(import_module(f"liveview_testing.{name}"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected (eight thousand tests, their modules, the data they are drawn from) lives until the end: the
    collector need not walk it again and again. A quarter of the suite's time was spent so.
    """
    gc.enable()
    settings(max_examples=1)(
        given(st.none())(lambda _: None)
    )()  # an older Hypothesis asks at its first run who holds what
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
