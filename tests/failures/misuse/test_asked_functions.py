"""`asked_functions`: what can be known of a function before it is asked, and of one that Python knows nothing of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from liveview_core.errors import BadOption
from liveview_testing import Simulation
from liveview_testing.failures.misuse.asked_functions import raise_at, says_nothing, takes, written


def quiet(sim: Any) -> None:
    sim.views


def loud(sim: Any) -> None:
    sim.checks()()


def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
    return function


@decorated
def wrapped(sim: Any) -> None:
    sim.views


def test_a_function_without_a_signature_may_take_anything() -> None:
    assert takes(dict, 7)
    assert takes(quiet, 1) and not takes(quiet, 2)
    assert written(len) == "<built-in function len>"


def test_what_may_say_something_is_not_told_of() -> None:
    assert says_nothing(quiet) is not None
    assert says_nothing(loud) is None
    assert says_nothing(wrapped) is None


@pytest.mark.parametrize("function", [quiet, len])
def test_an_answer_is_raised_as_the_function_s_own_error(function: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match=r"^no$") as raised:
        raise_at(function, ValueError("no"))
    names = [each.name for each in raised.traceback]
    assert (names[-1] == "quiet") is (function is quiet)


def test_the_names_of_static_files_are_texts() -> None:
    static: Any = {1: "app-1.js"}
    with pytest.raises(BadOption) as refused:
        Simulation(static=static)
    assert str(refused.value).splitlines()[:2] == [
        "the option static of a Simulation is wrong",
        "  expected: str keys, the names of files",
    ]
