"""What looking costs: by id, test id and role it does not grow with the page around."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation
from liveview_testing.browser import accessibility
from liveview_testing.browser.accessibility.roles import BY_TAG, ROLES, tags_of
from tests.harness.calls import calls
from tests.harness.html_pages import shown
from tests.harness.trees import read_html


@pytest.mark.parametrize("find", ["locator('#b')", "get_by_test_id('t')", "get_by_role('heading', name='Here')"])
def test_a_look_up_does_not_walk_the_page(find: str) -> None:
    def cost(rows: int) -> int:
        row = "<tr><td>x</td><td><button>y</button></td></tr>"
        page = shown(f"<h1>Here</h1><p id=b data-testid=t>b</p><table>{row * rows}</table>")
        locator = eval(f"page.{find}", {"page": page})
        assert locator.count() == 1
        page.locator("#b").click()
        return calls(lambda: locator.is_visible())

    assert cost(300) <= 1.5 * cost(30)


class Listed(LiveView):
    """A list, and a counter beside it."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(rows=range(session["rows"]), clicks=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("clicks", lambda clicks: clicks + 1)

    render = heex(
        """
        <h1>{@clicks}</h1>
        <ul>
          <li :for={row in @rows}>Row {row}. <label>Done {row}. <input type="checkbox" /></label><button>Del {row}.</button></li>
        </ul>
        """
    )


@pytest.mark.parametrize(
    "find",
    [
        "get_by_role('button', name='Del {}.')",
        "get_by_role('checkbox', name='Done {}.')",
        "get_by_role('listitem').filter(has_text='Row {}.').get_by_role('button')",
        "get_by_text('Row {}.')",
        "get_by_label('Done {}.')",
        "get_by_text('Nothing {}.')",
    ],
)
def test_a_row_of_many_is_found_without_asking_all(find: str) -> None:
    """Other words each time, after another message each time: nothing is known of them yet."""

    def cost(rows: int) -> int:
        page = Simulation().page(Listed, session={"rows": rows})

        def look(row: int) -> int:
            page.view.render_click("more")
            return calls(lambda: eval(f"page.{find.format(row)}", {"page": page}).count())

        assert eval(f"page.{find.format(7)}", {"page": page}).count() == ("Nothing" not in find)
        return look(rows // 2)

    assert cost(4000) <= 3 * cost(400)


ROLED = st.sampled_from(
    sorted({*BY_TAG, "a href=x", "input type=checkbox", "input", "td", "th", "select", "div role=tab"})
)


@given(st.lists(ROLED, max_size=6), st.sampled_from(sorted(ROLES)))
def test_the_tags_of_a_role_are_all_that_can_have_it(tags: list[str], role: str) -> None:
    html = "".join(f"<{tag}></{tag.split()[0]}>" for tag in tags)
    every = accessibility.by_role(read_html(html).root, role, include_hidden=True)
    known = tags_of(role)
    assert known is None or all(each.tag in known or each.has("role") for each in every)
