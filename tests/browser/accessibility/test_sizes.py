"""VI-2: which widths and heights in attributes leave something to see, as it was measured in Chromium."""

from __future__ import annotations

import pytest

from liveview_testing.browser import accessibility
from tests.harness.attribute_numbers import HIDDEN, SIZES
from tests.harness.trees import read_html


@pytest.mark.parametrize(("html", "side"), HIDDEN)
def test_sizes_in_attributes(html: str, side: str) -> None:
    hidden: list[str] = []
    for size in SIZES:
        *_, element = read_html("<div>" + html.format(f'{side}="{size}"') + "</div>").root.iter()
        if not accessibility.is_visible(element):
            hidden.append(size)
    assert hidden == HIDDEN[html, side]


DRAWINGS = {
    "<svg><foreignObject><p>x</p></foreignObject></svg>": ["svg"],
    "<svg><foreignObject width=10><p>x</p></foreignObject></svg>": ["svg", "p"],
    "<svg><foreignObject width=10 height=10><p>x</p></foreignObject></svg>": ["svg", "foreignobject", "p"],
    "<svg><foreignObject width=10% height=10em><p>x</p></foreignObject></svg>": ["svg", "foreignobject", "p"],
    "<svg><foreignObject width=0 height=10><p>x</p></foreignObject></svg>": ["svg"],
    "<svg><foreignObject style='width:10px;height:10px'>x</foreignObject></svg>": ["svg", "foreignobject"],
    "<svg><a href=x>l</a></svg>": ["svg"],
    "<svg><text><a href=x>l</a></text></svg>": ["svg", "text", "a"],
    "<embed src=''>": ["embed"],
    "<embed>": [],
    "<object width=0>x</object>": ["object"],
    "<iframe width=0 height=0 style='border:0'></iframe>": [],
    "<iframe width=0 height=0></iframe>": ["iframe"],
}


@pytest.mark.parametrize("html", DRAWINGS)
def test_what_is_in_a_drawing_or_frame(html: str) -> None:
    elements = [*read_html(html).root.iter()]
    assert [each.tag for each in elements if accessibility.is_visible(each)] == DRAWINGS[html]
