"""What a module that is soaked may be: what is something else, or is only nearly named as it should be, is told before any seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from liveview_core.errors import BadOption, BadReturn
from liveview_testing import soak
from liveview_testing.command_line.main import main

BEGIN = """
from liveview_core import LiveView, heex
from liveview_testing import Faults, always

class V(LiveView):
    def mount(self, params, session, socket):
        return socket.assign(n=0)
    def handle_event(self, event, params, socket):
        return socket.update("n", lambda n: n + 1)
    render = heex('<button phx-click="inc">inc</button>{@n}')

def world(sim):
    return sim.page(V)
"""
EXPECTED = "world(sim), and if need be ROUTER, OPTIONS, INVARIANTS, FAULTS, acts"


def written(folder: Path, text: str) -> str:
    place = folder / "w.py"
    place.write_text(text)
    return str(place)


@pytest.mark.parametrize(
    ("line", "name", "got", "nearest"),
    [
        ("INVARIANT = [always(lambda sim: True, 'yes')]", "INVARIANT", "INVARIANT = [Property(", "INVARIANTS"),
        ("INVARIENTS = []", "INVARIENTS", "INVARIENTS = []", "INVARIANTS"),
        ("INVARIANT = always(lambda sim: True, 'yes')", "INVARIANT", "INVARIANT = Property(", "INVARIANTS"),
        ("invariants = []", "invariants", "invariants = []", "INVARIANTS"),
        ("FAULT = Faults(drops=1)", "FAULT", "FAULT = Faults(drops=1,", "FAULTS"),
        ("OPTION = {'hooks': {}}", "OPTION", "OPTION = {'hooks': {}}", "OPTIONS"),
        ("def act(page, chance): return None", "act", "act(…)", "acts"),
    ],
)
def test_a_name_that_is_misspelt(line: str, name: str, got: str, nearest: str, tmp_path: Path) -> None:
    place = written(tmp_path, f"{BEGIN}\n{line}\n")
    with pytest.raises(BadOption) as caught:
        soak(place, seeds=[1], acts=1)
    error = caught.value
    assert error.happened == f"{name} in {place} is a name that nobody asks for"
    assert (error.expected, error.nearest) == (EXPECTED, (nearest,))
    assert str(error.got).startswith(got)


@pytest.mark.parametrize(
    "lines",
    [
        "ROUTES = []\nOPTION = 'a'\nFAULT = 'an error'\ndef pact(page, chance, more): ...",
        "INVARIANTS = []\nINVARIANT = always(lambda sim: True)\nINVARIANTS.append(INVARIANT)",
        "FAULTS = None\nROUTER = None",
    ],
)
def test_a_name_that_means_something_else(lines: str, tmp_path: Path) -> None:
    assert soak(written(tmp_path, f"{BEGIN}\n{lines}\n"), seeds=[1], acts=1).failures == 0


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (
            "FAULTS = 3",
            "FAULTS of a module that is soaked is something else\n  expected: how many faults there may be\n  got: 3\n"
            "  cure: FAULTS = Faults(drops=1)",
        ),
        (
            "INVARIANTS = always(lambda sim: True, 'yes')",
            "INVARIANTS of a module that is soaked is something else\n"
            "  expected: a list of properties, or of functions of the world\n",
        ),
        ("OPTIONS = 3", "OPTIONS of a module that is soaked is something else\n  expected: options of Simulation\n"),
        ("ROUTER = 3", "ROUTER of a module that is soaked is something else\n  expected: a Router\n  got: 3\n"),
        (
            "def acts(page): ...",
            "acts of a module that is soaked is something else\n  expected: a function of a page and",
        ),
        (
            "def world(): ...",
            "w.py has no function world\n  expected: def world(sim): … return the pages\n  got: def world(",
        ),
    ],
)
def test_a_value_that_is_something_else(line: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(BadOption) as caught:
        soak(written(tmp_path, f"{BEGIN}\n{line}\n"), seeds=[1], acts=1)
    assert str(caught.value).removeprefix(f"{tmp_path}/").startswith(text)


@pytest.mark.parametrize(
    ("returned", "got", "cure"),
    [
        ("", "None", "return sim.page(…), sim.page(…)"),
        ("return []", "[]", "return sim.page(…), sim.page(…)"),
        ("return sim.page(V).view", "<View phx-2 of V at />", "view.page is the page of a view"),
    ],
)
def test_a_world_without_pages(returned: str, got: str, cure: str, tmp_path: Path) -> None:
    place = written(tmp_path, f"{BEGIN}\ndef world(sim):\n    sim.page(V)\n    {returned}\n")
    with pytest.raises(BadReturn) as caught:
        soak(place, seeds=[1], acts=1)
    assert str(caught.value) == (
        f"invalid return from world\n  expected: a page, or a list of them\n  got: {got}\n  cure: {cure}"
    )


@pytest.mark.parametrize("seeds", [range(0), [], 5, "7", ["a"], [True]])
def test_one_seed_at_least(seeds: Any, tmp_path: Path) -> None:
    with pytest.raises(
        BadOption, match=r"^a soak runs one seed at least\n  expected: seeds, as whole numbers: range\("
    ) as caught:
        soak(written(tmp_path, BEGIN), seeds=seeds, acts=1)
    assert caught.value.cure == ("soak(…, seeds=range(5))" if seeds == 5 else None)


@pytest.mark.parametrize(("option", "value"), [("faults", 3), ("progress", 5), ("progress", lambda done: None)])
def test_options_of_a_soak(option: str, value: Any, tmp_path: Path) -> None:
    with pytest.raises(BadOption, match=f"^the option {option} of soak is wrong\n"):
        soak(written(tmp_path, BEGIN), seeds=[1], acts=1, **{option: value})


@pytest.mark.parametrize("seeds", ["0", "-3"])
def test_no_seeds_are_no_success(seeds: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["soak", written(tmp_path, BEGIN), "--seeds", seeds])
    assert done.exit_code == 2
    assert f"{seeds} is not in the range x>=1" in done.output
