"""What a page's templates know of it before anybody looks at the page."""

from __future__ import annotations

import pytest

from liveview_testing.browser.page.page import Page

IDS = {
    "its beginning": (['<p id="row-', '">x</p>'], ["1"], "row-1"),
    "its end": (['<p id="', '-end">x</p>'], ["1"], "1-end"),
    "both": (['<p id="a-', '-z">x</p>'], ["1"], "a-1-z"),
    "its middle": (['<p id="', "-to-", '">x</p>'], ["1", "2"], "1-to-2"),
    "nothing": (['<p id="', '">x</p>'], ["1"], "1"),
}


@pytest.mark.parametrize("known", IDS)
def test_an_id_that_is_there_may_be_there(known: str) -> None:
    """Beside the container of a stream: however much of it a template says, who asks looks at the page only then."""
    statics, values, dom_id = IDS[known]
    inner = {"s": statics, **{str(at): value for at, value in enumerate(values)}}
    page = Page.join({"s": ['<ul id="rows" phx-update="stream">', "</ul>", ""], "0": "", "1": inner}).page
    assert page.templates.may_name(dom_id)
    assert page.templates.may_name(f"?{dom_id}?") is (known in ("nothing", "its middle"))
