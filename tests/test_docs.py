"""The guides' code runs, block after block, in one namespace each; so do their tests."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from liveview_testing import Simulation
from tests import guides

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
GUIDES = sorted(
    str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md") if "```python" in path.read_text(encoding="utf-8")
)


settings.register_profile("guides", settings.get_profile("quick"), max_examples=10)


@pytest.fixture(autouse=True)
def few_examples() -> Iterator[None]:
    """A guide's properties are run to see that they run."""
    before = settings.get_current_profile_name()
    settings.load_profile("guides")
    yield
    settings.load_profile(before)


@pytest.fixture
def given(request: pytest.FixtureRequest) -> dict[str, Callable[[dict[str, Any]], Any]]:
    """What the tests of a guide may ask for, made anew for each of them."""

    def router(scope: dict[str, Any]) -> Any:
        own = scope.get("liveview_router")
        return inspect.unwrap(own)() if own is not None else scope.get("ROUTER")

    def snapshot(name: str) -> Callable[[dict[str, Any]], Any]:
        return lambda scope: request.getfixturevalue(name)(name=f"{scope['made']['test']}-{name}")

    def lent(name: str) -> Callable[[dict[str, Any]], Any]:
        return lambda scope: request.getfixturevalue(name)

    return {
        "sim": lambda scope: Simulation(router(scope)),
        "live": lambda scope: scope["fixture"]("sim").live,
        "live_page": lambda scope: scope["fixture"]("sim").page(),
        **{name: lent(name) for name in ("tmp_path", "capsys", "monkeypatch")},
        **{f"{kind}_snapshot": snapshot(f"{kind}_snapshot") for kind in ("html", "diff", "aria", "state", "script")},
    }


@pytest.mark.parametrize("guide", GUIDES)
def test_the_code_of_a_guide_runs(guide: str, given: Any) -> None:
    """Every block, in order; their assertions are the guide's claims, and their tests pass."""
    guides.run(DOCS / guide, given, name="guide_" + re.sub(r"\W", "_", guide.removesuffix(".md")))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("```python\nassert 1 == 2\n```", "AssertionError"),
        ("```python\ndef test_it():\n    assert 1 == 2\n```", "AssertionError"),
        ("```python\ndef test_it(sim):\n    sim.live('/')\n```", "CannotOpen"),
        ("```python fails\nassert 1 == 1\n```", "GuideWrong"),
        ("```python fails\nassert 1 == 2, 'no'\n```\n\n```text\nAssertionError: yes\n```", "GuideWrong"),
        ("```python fails\nassert 1 == 2, 'no'\n```\n\n```text\nAssertionError: no\n```", None),
        ("```python broken\nassert 1 == 2\n```", None),
        ("```python\nx = 1\n```\n\n```python\ndef test_it(sim):\n    assert x == 1\n```", None),
    ],
)
def test_a_guide_that_is_wrong_fails(tmp_path: Path, given: Any, text: str, told: str | None) -> None:
    """Blocks that raise, tests that fail, failures that do not happen or say something else."""
    guide = tmp_path / "guide.md"
    guide.write_text(text + "\n", encoding="utf-8")
    said = None
    try:
        guides.run(guide, given, name="guide_wrong")
    except Exception as error:
        said = type(error).__name__
    assert said == told


def test_no_guide_builds_unicode_tables_in_its_first_example() -> None:
    """A text without an alphabet takes seconds where nothing is cached yet, and Hypothesis calls that too slow."""
    slow = re.compile(r"st\.(text\((?=\)|\w+=)|characters\(\)|emails\(|from_regex\()")
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    assert [page.name for page in pages if slow.search(page.read_text(encoding="utf-8"))] == []
