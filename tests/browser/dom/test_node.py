"""Cursors over the DOM: what one remembers of another version of its document is what is there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveView
from liveview_testing import Simulation
from liveview_testing.browser.dom.document import Document
from liveview_testing.browser.dom.node import DomNode, at, is_of, root
from tests.browser.dom.test_querying import HOW, ROWS, Lists, Portals, changed
from tests.harness.examples import examples


def elements(document: Document) -> list[DomNode]:
    """All of them, each of which knows what is around it."""
    found = list(root(document).iter())
    for each in found:
        list(each.ancestors())
    return found


@examples(40)
@given(
    st.sampled_from([Lists, Portals]), st.lists(st.tuples(HOW, ROWS), min_size=2, max_size=6), st.sampled_from([0, 0.3])
)
def test_an_element_of_another_version_is_what_its_key_names(
    view: type[LiveView], changes: list[tuple[str, list[str]]], latency: float
) -> None:
    """It, and all around it, with what the client knows of each: whatever patches, commands and answers that wait have changed."""
    page = Simulation(checks={"duplicate id": "ignore"}).page(view)
    page.network.latency(latency)
    before = page.state.document
    for how, rows in changes:
        known = elements(before)
        changed(page, how, rows)
        document = page.state.document
        for each in known:
            if not is_of(document, each):
                continue
            now, there = each.of(document), at(document, each.key)
            assert there is not None
            assert [(one.key, one.tag, one.mark, one.attributes) for one in (now, *now.ancestors())] == [
                (one.key, one.tag, one.mark, one.attributes) for one in (there, *there.ancestors())
            ]
        before = document
