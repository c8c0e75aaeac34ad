"""Every recorded view of Phoenix LiveView 1.2.10, replayed: the same client frames, the same server frames, the same page."""

from __future__ import annotations

import json
from functools import cache

import pytest

from liveview_testing.browser.page.templates import raw_html
from tests.goldens.comparing import Difference
from tests.goldens.departures import DEPARTURES
from tests.goldens.replay import Replay, golden, traces

STEPS = [(name, index) for name in traces() for index in range(-1, len(golden(name)["steps"]))]


@cache
def played(name: str) -> dict[int, tuple[str, list[Difference]] | Exception]:
    """A golden is played once; a step that raises is the result of that step and of all later ones."""
    results: dict[int, tuple[str, list[Difference]] | Exception] = {}
    try:
        for index, done, differences in Replay.of(name).steps():
            results[index] = done, differences
    except Exception as error:
        for index in range(-1, len(golden(name)["steps"])):
            results.setdefault(index, error)
    return results


@pytest.mark.parametrize(("name", "index"), STEPS, ids=lambda value: str(value))
def test_step(name: str, index: int) -> None:
    """One step of one golden: the join is step -1."""
    result = played(name)[index]
    if isinstance(result, Exception):
        raise result
    done, differences = result
    unwanted = [d for d in differences if (name, d.what) not in DEPARTURES]
    assert not unwanted, "\n".join([f"{name} step {index}: {done}", *map(str, unwanted)])


@pytest.mark.parametrize(("name", "what"), DEPARTURES)
def test_departure_is_needed(name: str, what: str) -> None:
    """A departure on the list really differs somewhere; else it has to leave the list."""
    results = played(name).values()
    assert any(d.what == what for result in results if not isinstance(result, Exception) for d in result[1]), (
        f"{name}: {what} is as recorded in every step; take it off the list ({DEPARTURES[name, what]})"
    )


# Pages on which an author (or a built-in component) puts raw markup where text goes: raw(), a computed tag, options of a
# select, the container of a nested view. Only these instances are ever parsed.
RAW = frozenset({"builtin_comps", "dyn_attrs", "extra_sticky_live", "form", "nested_live"})


class Parsed(Exception):
    """The kit's HTML parser was called."""


@pytest.mark.parametrize("name", traces())
def test_a_page_is_never_parsed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages of all goldens, read element by element, with a parser that raises; where there is raw markup it must."""

    def parser(*args: object, **options: object) -> None:
        raise Parsed

    for cached in (raw_html._island, raw_html._parsed):
        cached.cache_clear()
    monkeypatch.setattr("selectolax.lexbor.LexborHTMLParser", parser)
    replay = Replay.of(name)

    def read() -> int:
        return sum(
            len(node.attributes) for _ in replay.steps() for page in replay.pages.values() for node in page.root.iter()
        )

    if name in RAW:
        with pytest.raises(Parsed):
            read()
    else:
        read()


@pytest.mark.parametrize("name", traces())
def test_the_same_frames_give_the_same_bytes(name: str) -> None:
    """The replay law: played twice, a golden sends the same text, the order of keys included."""
    assert transcript(name) == transcript(name)


def transcript(name: str) -> list[str]:
    replay = Replay.of(name)
    return [json.dumps(replay.world.sent, ensure_ascii=False) for _ in replay.steps()]
