"""What a page's templates know of it before anybody looks at the page."""

from __future__ import annotations

import json
from typing import Any

import pytest

from liveview_testing.browser.page.finding.select import find
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


SAYS = ' Phx-Mounted="[]"'
INSTANCE = {"s": ["<p", "></p>"], "0": SAYS}
BRINGS: dict[str, dict[str, Any]] = {
    "the view's own": {"s": ["<p", "></p>"], "0": SAYS},
    "an instance": {"s": ["", ""], "0": INSTANCE},
    "a few rows": {"s": ["", ""], "0": {"s": ["<p", ">", "</p>"], "k": {"0": {"0": SAYS, "1": ""}, "kc": 1}}},
    "many rows": {
        "s": ["", ""],
        "0": {
            "s": ["<p", ">", "</p>"],
            "k": {**{str(n): {"0": SAYS if n == 7 else "", "1": ""} for n in range(30)}, "kc": 30},
        },
    },
    "a component": {"s": ["", ""], "0": 1, "c": {"1": INSTANCE}},
}


@pytest.mark.parametrize("brings", BRINGS)
def test_what_may_be_mounted_with_a_command(brings: str) -> None:
    """Attributes that come with a value, wherever they stand; text that says so is none, and later versions know it too."""
    diff = BRINGS[brings]
    page = Page.join(diff).page
    assert page.templates.mounting
    assert page.patch({"t": "title"}).page.templates.mounting
    silent = Page.join(json.loads(json.dumps(diff).replace("Phx-Mounted", "title"))).page
    assert not silent.templates.mounting
    assert not Page.join({"s": ["<p>", "</p>"], "0": "phx-mounted"}).page.templates.mounting


def test_what_outlives_a_join() -> None:
    """An ignored element of the page before: its template, and what its values say."""  # PA-12
    ignored = {"s": ['<div id="i" phx-update="ignore"><b', "></b></div>"], "0": SAYS}
    before = Page.join(ignored).page
    page = Page.join({"s": ['<div id="i" phx-update="ignore"></div><p></p>']}, before).page
    assert [node.get("phx-mounted") for node in find(page, "b")] == ["[]"]
    assert page.templates.mounting
    page = Page.join({"s": ['<div id="other" phx-update="ignore"></div><p></p>']}, before).page
    assert not page.templates.mounting
    assert not find(page, "b")


def test_what_may_be_mounted_later() -> None:
    """A value that becomes one."""
    page = Page.join({"s": ["<p", "></p>"], "0": ""}).page
    assert not page.templates.mounting
    assert page.patch({"0": SAYS}).page.templates.mounting
