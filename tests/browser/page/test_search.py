"""What a search remembers on a page never changes what the next one finds, whatever happened to the page in between."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveView, heex
from liveview_testing import View, live
from liveview_testing.browser.page.finding.select import find


class Lists(LiveView):
    """A keyed list and a stream, whose rows come, go and change."""

    def mount(self, params: Any, session: Any, socket: Any) -> Any:
        rows = [{"id": number, "kind": f"k{number % 3}", "text": f"t{number % 5}"} for number in range(80)]
        return socket.assign(rows=rows, note="", made=0).stream("items", rows)

    def handle_info(self, msg: Any, socket: Any) -> Any:
        kind, at, value = msg
        rows: list[dict[str, Any]] = list(socket.assigns.rows)
        made = socket.assigns.made + 1
        socket = socket.assign(made=made)
        row = {"id": at, "kind": f"k{value % 4}", "text": f"t{value}"}
        match kind:
            case "change":
                rows[at % len(rows)] = {**rows[at % len(rows)], "kind": row["kind"], "text": row["text"]}
            case "append":
                rows.append({**row, "id": f"new-{made}"})
                return socket.assign(rows=rows).stream_insert("items", row)
            case "first":
                rows.insert(0, {**row, "id": f"new-{made}"})
                return socket.assign(rows=rows).stream_insert("items", row, at=0)
            case "delete":
                del rows[at % len(rows)]
                return socket.assign(rows=rows or [row]).stream_delete("items", row)
            case _:
                return socket.assign(note="k1" if at % 2 else "<i class='k1'>raw</i>")
        return socket.assign(rows=rows)

    render = heex("""
    <main>
      <p class={@note}>{@note}</p>
      <ul><li :for={row in @rows} :key={row["id"]} class={row["kind"]}><b>{row["text"]}</b></li></ul>
      <ol id="items" phx-update="stream">
        <li :for={dom_id, row in @streams.items} id={dom_id} class={row["kind"]}><b>{row["text"]}</b></li>
      </ol>
    </main>
    """)


SELECTORS = [
    ("li.k1", None),
    ("li.k3", None),
    ("ol .k2", None),
    ("b", "t3"),
    ("li", "t7"),
    ("ul > li b", "t1"),
    ("p.k1", None),
    ("i.k1", None),
    ("#items li.k0", None),
]


def agree(view: View) -> None:
    """Found with all that is remembered, and found on a page that remembers nothing: the same places."""
    page = view.dom
    nodes = list(page.root.iter())
    for selector, text in SELECTORS:
        tag, _, kind = selector.split()[-1].partition(".")
        naive = [
            node
            for node in nodes
            if (not tag or node.tag == tag)
            and (not kind or kind in (node.get("class") or "").split())
            and (text is None or text in node.text)
            and (not selector.startswith(("ol", "#items")) or any(each.tag == "ol" for each in node.ancestors()))
            and (not selector.startswith("ul") or any(each.tag == "ul" for each in node.ancestors()))
        ]
        assert [each.path for each in find(page, selector, text)] == [each.path for each in naive], selector


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["change", "append", "first", "delete", "note"]), st.integers(0, 400), st.integers(0, 8)
        ),
        max_size=8,
    )
)
def test_searches_agree_after_any_changes(happenings: list[tuple[str, int, int]]) -> None:
    """After every change, and after several at once."""
    view = live(Lists)
    agree(view)
    for number, happening in enumerate(happenings):
        view.send(happening)
        if number % 2:
            agree(view)
    agree(view)
