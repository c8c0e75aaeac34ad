"""What pytest shows below a failed `==` about assigns and about pages as roles and names."""

from __future__ import annotations

import pytest
from attrs import frozen

from liveview_core import Socket
from liveview_testing.record.comparing import explained

pytest_plugins = ["pytester"]


@frozen
class User:
    name: str
    mail: str


def lines(left: object, right: object) -> str:
    return "\n".join(explained(left, right) or ())


def test_assigns_line_by_line() -> None:
    """Only what differs, below what it is in."""
    rows = [{"id": n, "title": f"the title of number {n}, which is long"} for n in range(4)]
    first = Socket(count=1, same=0, user=User("Ann", "a@x"), rows=rows).assigns
    other = Socket(
        count=2, same=0, user=User("Ann", "b@x"), rows=[*rows[:2], {**rows[2], "title": "!"}, rows[3]]
    ).assigns
    assert lines(first, other) == (
        "the assigns are not the same\n"
        "- count: 2\n"
        "+ count: 1\n"
        "  …\n"
        "  rows: [\n"
        "-   {'id': 2, 'title': '!'}\n"
        "+   {'id': 2, 'title': 'the title of number 2, which is long'}\n"
        "  …\n"
        "- user: User(name='Ann', mail='b@x')\n"
        "+ user: User(name='Ann', mail='a@x')"
    )


def test_assigns_and_a_mapping() -> None:
    """They are never equal: the cure, and what else differs."""
    assert lines(Socket(count=1, name="x").assigns, {"count": 2}) == (
        "assigns are never equal to a mapping\n"
        "  cure: compare the one that is meant, `view.assigns.count == 1`, or all of them: dict(view.assigns) == {…}\n"
        "- count: 2\n"
        "+ count: 1"
    )
    assert lines({"count": 2}, Socket(count=1).assigns).endswith("- count: 1\n+ count: 2")


def test_pages_line_by_line() -> None:
    """Below the roles that are around."""
    mine = '- main:\n  - list:\n    - listitem: one\n    - listitem: two\n  - button "Add"'
    theirs = '- main:\n  - list:\n    - listitem: one\n    - listitem: 2\n  - button "Add"\n  - link "Home"'
    assert lines(mine, theirs) == (
        "the pages are not the same\n"
        "  - main:\n"
        "    - list:\n"
        "-     - listitem: 2\n"
        "+     - listitem: two\n"
        "  …\n"
        '-   - link "Home"'
    )


def test_other_things_are_left_alone() -> None:
    """Texts that are no outline, values."""
    assert explained("- a\nb", "- a\nc") is None
    assert explained("a", "b") is None
    assert explained(1, 2) is None
    assert explained(Socket(a=1).assigns, 3) is None


def test_in_pytest(pytester: pytest.Pytester) -> None:
    """As a failing test shows them."""
    pytester.makepyfile(
        """
    from liveview_core import LiveView, Socket, heex
    from liveview_testing import Simulation

    class Hello(LiveView):
        render = heex("<main><button>Add</button></main>")

    def test_page(sim):
        assert sim.page(Hello).aria_snapshot() == '- main:\\n  - button "Ad"'

    def test_assigns(live):
        assert live(Hello).assigns == Socket(flash={}, live_action="x").assigns
    """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "E*assert the pages are not the same",
            "E           - main:",
            'E         -   - button "Ad"',
            'E         +   - button "Add"',
            "E*assert the assigns are not the same",
            "E         - live_action: 'x'",
            "E         + live_action: None",
        ]
    )
