"""Brief messages go in as a merge would have put them in, and bring nothing that anybody would have to look at."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveComponent, LiveView, heex
from liveview_testing import View, live
from liveview_testing.browser.page import Page, Patched
from liveview_testing.browser.problems import problems
from tests.browser import test_traces


def agree(page: Page, diff: dict[str, Any]) -> bool:
    """Whether the message is brief; then the page is the one that a merge makes, of which nothing else comes."""
    brief = page.patch_briefly(diff)
    if brief is None:
        return False
    merged = page.merge(diff)
    assert (brief.html(), brief.wire_text(), brief.title) == (merged.page.html(), merged.page.wire_text(), page.title)
    assert brief.present() == merged.page.present()
    assert brief.registry() == merged.page.registry()
    assert merged[1:6] == ((), None, False, False, ())
    assert merged.page.census is page.census
    assert not list(problems(page, merged.page, merged.brought))
    for dom_id in {node.id for node in merged.page.root.iter() if node.id}:
        assert [node.path for node in brief.by_id(dom_id)] == [node.path for node in merged.page.by_id(dom_id)]
    return True


def test_what_phoenix_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every recorded message that is brief; a good part of them is."""
    brief: list[bool] = []
    original = Page.patch

    def patch(page: Page, diff: dict[str, Any]) -> Patched:
        brief.append(agree(page, diff))
        return original(page, diff)

    monkeypatch.setattr(Page, "patch", patch)
    for name in test_traces.NAMES:
        list(test_traces.played(name))
    for run in range(0, 150, 10):
        test_traces.test_random_templates(run)
    for run in range(24):
        test_traces.test_stateful_views(run)
    assert brief.count(True) > 300 and brief.count(False) > 300, (brief.count(True), brief.count(False))


class Part(LiveComponent):
    """A component with a number, in an element that may be ignored."""

    render = heex("""<p id={@id} {@attrs}>{@n}</p>""")


class Everything(LiveView):
    """Lists, streams, components, ignored elements and attributes, all of which a message can change."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(
            n=0, rows=tuple({"id": i, "n": 0} for i in range(12)), attrs={}, part={}, name="a", note="x", more=True
        ).stream("items", [{"id": i, "n": 0} for i in range(3)])

    def handle_info(self, msg: Any, socket: Any) -> Any:
        kind, at, n = msg
        rows = socket.assigns.rows
        match kind:
            case "text":
                return socket.assign(n=n, note=f"{n}")
            case "raw":
                return socket.assign(note="<i id='raw'>raw</i>" if n % 2 else "&lt;")
            case "row":
                changed = {**rows[at % len(rows)], "n": n}
                return socket.assign(rows=(*rows[: at % len(rows)], changed, *rows[at % len(rows) + 1 :]))
            case "rows":
                return socket.assign(rows=tuple({"id": i, "n": n} for i in range(at + 1)))
            case "item":
                return socket.stream_insert("items", {"id": at, "n": n})
            case "item first":
                return socket.stream_insert("items", {"id": at, "n": n}, at=0, limit=4)
            case "item gone":
                return socket.stream_delete("items", {"id": at})
            case "attrs":
                return socket.assign(attrs={"phx-update": "ignore"} if n % 2 else {"data-n": n})
            case "part":
                return socket.assign(part={"phx-update": "ignore"} if n % 2 else {"id": f"part-{n}"})
            case "name":
                return socket.assign(name=f"name-{n}")
            case _:
                return socket.assign(more=not socket.assigns.more)

    render = heex("""
    <main>
      <h1 title={@n}>{@n}</h1>
      <div id="maybe" {@attrs}><b>{@n}</b></div>
      <i id={@name}>{@note}</i>
      <ul><li :for={row in @rows} :key={row["id"]} id={f"row-{row['id']}"} data-n={row["n"]}>{row["n"]}</li></ul>
      <section :if={@more}><p>{@n}</p><em :for={row in @rows}>{row["n"]}</em></section>
      <ol id="items" phx-update="stream">
        <li :for={dom_id, item in @streams.items} id={dom_id} data-n={item["n"]}>{item["n"]}</li>
      </ol>
      <.live_component module={Part} id="one" n={@n} attrs={@part} />
      <div id="ignored" phx-update="ignore">{@n}</div>
    </main>
    """)


KINDS = ["text", "raw", "row", "rows", "item", "item first", "item gone", "attrs", "part", "name", "more"]
HAPPENINGS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 14), st.integers(0, 3)), min_size=1, max_size=10)


@given(HAPPENINGS)
def test_any_messages(happenings: list[tuple[str, int, int]]) -> None:
    """Whatever changes, on a page with all that a message can change."""
    view = live(Everything, checks="ignore")
    for happening in happenings:
        before = view.page
        seen = len(view.wire)
        view.send(happening)
        for frame in view.wire[seen:]:
            if frame.event == "diff":
                agree(before, frame.payload)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each message from here on was brief."""
    found: list[bool] = []
    original = Page.patch_briefly

    def counting(page: Page, diff: Any) -> Page | None:
        brief = original(page, diff)
        found.append(brief is not None)
        return brief

    monkeypatch.setattr(Page, "patch_briefly", counting)
    return found


class Parts(LiveView):
    """A component of its own."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        return socket.assign(n=0, attrs={})

    def handle_info(self, msg: Any, socket: Any) -> Any:
        return socket.assign(msg)

    render = heex("""<div {@attrs}><.live_component module={Part} id="one" n={@n} attrs={{}} /></div>""")


def sent(view: View, message: Any) -> str:
    view.send(message)
    return str(view.html)


def test_what_is_brief(counted: list[bool]) -> None:
    """Text anywhere, a row's too, and a component's; a row at the end of a stream. Not what moves, names or comes anew."""
    view = live(Everything, checks="ignore")
    for happening, brief in [
        (("row", 3, 7), True),
        (("item", 9, 1), True),
        (("item", 9, 2), False),  # it is there
        (("item first", 10, 1), False),
        (("name", 0, 1), False),
        (("attrs", 0, 1), False),
        (("raw", 0, 1), False),
        (("rows", 1, 1), False),
    ]:
        counted.clear()
        view.send(happening)
        assert counted == [brief], happening
    counted.clear()
    parts = live(Parts)
    assert 'id="one">1</p>' in sent(parts, {"n": 1})
    assert counted == [True]
    assert '<div data-x="1">' in sent(parts, {"attrs": {"data-x": "1"}})
    assert '<div id="x">' in sent(parts, {"attrs": {"id": "x"}})
    assert counted == [True, True, False]


def test_an_element_that_is_ignored_by_a_value() -> None:
    """`phx-update` in a spread: what is inside stays, though the template does not know it."""
    view = live(Everything, checks="ignore")
    view.send(("text", 0, 1))
    view.send(("attrs", 0, 1))
    view.send(("text", 0, 2))
    assert view.element("#maybe b").text == "1"
    assert view.element("h1").text == "2"
