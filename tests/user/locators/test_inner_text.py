"""`inner_text`: the spaces beside boxes in a line, as Chromium has them."""

from __future__ import annotations

from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Simulation


class Written(LiveView):
    """Shows what it is made with."""

    def __init__(self, html: str) -> None:
        self.html = html

    def mount(self, params: Any, session: Any, socket: Socket) -> Any:
        return socket.assign(html=self.html)

    render = heex("<div id='d'>{raw(@html)}</div>")


# What is written, and what Chromium reads.
MEASURED = [
    ("Name <input value=x> here", "Name  here"),
    ("Name <input value=x>", "Name "),
    ("<input value=x> here", " here"),
    ("a<input>b", "ab"),
    ("a <input> <input> b", "a   b"),
    ("<label>Name <input></label>", "Name "),
    ("<b>a</b> <input> <b>b</b>", "a  b"),
    ("a <button>go</button> b", "a go b"),
    ("a<button>go</button>b", "agob"),
    ("a <select><option>o</option></select> b", "a \no\n b"),
    ("a <textarea>t</textarea> b", "a  b"),
    ("a <img alt=x> b", "a  b"),
    ("a <br> b", "a\nb"),
    ("a <input type=hidden> b", "a b"),
    ("a <input type=checkbox> b", "a  b"),
    ("<span>a </span><input><span> b</span>", "a  b"),
    ("a <input type=submit value=S> b", "a  b"),
    ("<input type=checkbox> Yes", " Yes"),
    ("<input type=checkbox>Yes", "Yes"),
    ("x <svg width=5 height=5></svg> y", "x  y"),
    ("a <span style='display:inline-block'>m</span> b", "a m b"),
    ("a <span style='display:inline-block'></span> b", "a  b"),
    ("a <span></span> b", "a b"),
    ("a <input style='display:none'> b", "a b"),
    ("a <input style='display:block'> b", "a\nb"),
    ("<label>Agree <input type=checkbox> </label>", "Agree "),
    ("a <video></video> b", "a  b"),
    ("a <canvas></canvas> b", "a  b"),
    ("a <progress></progress> b", "a  b"),
    ("a <meter></meter> b", "a  b"),
    ("a <iframe></iframe> b", "a  b"),
    ("<button> go <input> x </button>", "go  x"),
    (" <input> ", ""),
    ("a\n<input>\nb", "a  b"),
    ("a &nbsp;<input> b", "a \xa0 b"),
    ("<p>a <input></p>b", "a \n\nb"),
    ("a <input><p>b</p>", "a \n\nb"),
    ("a <object></object> b", "a  b"),
    ("a<button> b </button>c", "abc"),
    ("a <button> b  </button> c", "a b c"),
    ("a<span style='display:inline-block'> b </span>c", "abc"),
    ("<select><option>o1</select><button>  bu  tt </button>", "o1\nbu tt"),
    ("<select><option>o1</select> <button>  bu  tt </button> x", "o1\n bu tt x"),
    ("a<button> <b> x </b> </button>c", "axc"),
    ("a<button> </button>c", "ac"),
    ("a <button> </button> c", "a  c"),
    ("<input> <button> q </button>", " q"),
]


@pytest.mark.filterwarnings("ignore::liveview_testing.PageWarning")
@pytest.mark.parametrize(("html", "expected"), MEASURED)
def test_spaces_beside_boxes(html: str, expected: str) -> None:
    """LC-4: a control, a picture, an empty box: what stands beside it keeps its space."""
    assert Simulation().page(Written(html)).locator("#d").inner_text() == expected
