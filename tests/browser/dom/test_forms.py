"""One form, read twice: the page as it was sent and the DOM that nobody has touched hold the same, and send the same."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from liveview_core import JS, LiveView, heex
from liveview_testing import Simulation
from liveview_testing.browser.dom import forms as dom
from liveview_testing.browser.dom.node import DomNode, root
from liveview_testing.browser.page.controls import kind_of
from liveview_testing.browser.page.finding.select import one
from liveview_testing.browser.page.forms import forms as sent
from tests.harness.examples import examples
from tests.harness.html_pages import shown

NAME = st.sampled_from(("", ' name="a"', ' name="b[]"', ' name="b[c]"', ' name="é ~*"'))
FLAGS = st.lists(
    st.sampled_from((" checked", " disabled", ' value="v"', ' value=""', " phx-no-unused-field")),
    unique=True,
    max_size=3,
).map("".join)
TYPES = st.sampled_from(
    ("text", "hidden", "checkbox", "radio", "file", "submit", "image", "reset", "number", "TEXT", "odd", "")
)
OPTION = st.builds(
    "<option{}>{}</option>".format,
    st.sampled_from(("", " selected", " disabled", ' value="1"', ' value="1" selected', " selected disabled")),
    st.sampled_from(("x", "y", " ")),
)
OPTIONS = st.lists(OPTION, max_size=3).map("".join)
GROUPED = st.builds("{}<optgroup{}>{}</optgroup>".format, OPTIONS, st.sampled_from(("", " disabled")), OPTIONS)
SELECT = st.builds(
    "<select{}{}>{}</select>".format,
    NAME,
    st.sampled_from(("", " multiple", " size=3", ' size="+2x"', " disabled")),
    GROUPED,
)
CONTROL = st.one_of(
    st.builds('<input type="{}"{}{}>'.format, TYPES, NAME, FLAGS),
    st.builds("<button{}{}>go</button>".format, NAME, FLAGS),
    st.builds("<textarea{}>\n\nt</textarea>".format, NAME),
    SELECT,
)
CONTROLS = st.lists(CONTROL, max_size=5).map("".join)
FORM = st.builds(
    '{}<form id="f"{}>{}<fieldset{}><legend>{}</legend>{}</fieldset><datalist>{}</datalist></form>{}'.format,
    CONTROLS.map(lambda html: re.sub("<(input|select|button|textarea)", r'<\1 form="f"', html)),
    st.sampled_from(("", " phx-no-unused-field")),
    CONTROLS,
    st.sampled_from(("", " disabled")),
    CONTROLS,
    CONTROLS,
    CONTROL,
    CONTROLS.map(lambda html: re.sub("<(input|select|button|textarea)", r'<\1 form="f"', html)),
)


@examples(25)
@given(FORM)
def test_two_readers_of_one_form(html: str) -> None:
    page = shown(html)
    form = one(page.view.dom, "#f")
    document = page.state.document
    live = next(each for each in root(document).iter() if each.id == "f")
    group = sent.controls(form)
    assert [control.node for control in group] == [
        each.node for each in dom.controls(live) if not any(around.tag == "datalist" for around in each.ancestors())
    ]
    assert sent.entries(group) == dom.entries(live)
    assert sent.serialize(form) == dom.serialize(live)
    for control in group:
        now = DomNode(document, live.view, 0, control.node)
        assert control.kind == kind_of(now)
        assert control.disabled is dom.is_disabled(now)
        assert sent.current_value(control) == dom.value_of(now)
        assert sent.serialize(form, submitter=control.node) == dom.serialize(live, now)
        if control.kind in ("checkbox", "radio"):
            assert sent.is_checked(control, group, {}) is dom.is_checked(now)


class Elsewhere(LiveView):
    render = heex(
        """<form id="f"><button>Go</button></form>
        <input id="in" name="in" value="v" phx-mounted={JS.set_attribute(("form", "f"))} />
        <form id="g"></form><input id="out" name="out" form="g" />""",
        names={"JS": JS},
    )


def test_a_control_that_a_command_gave_to_a_form_is_one_of_it() -> None:
    """The page does not know of it, which was sent without; nothing else on it was touched."""
    page = Simulation().page(Elsewhere)
    (tab,) = page.sim.world.browsers.values()
    (mark,) = tab.document.marks.values()
    assert mark.written == {"form": "f"}
    form, other = (each for each in root(tab.document).iter() if each.tag == "form")
    assert [each.id or each.tag for each in dom.controls(form)] == ["button", "in"]
    assert [each.id for each in dom.controls(other)] == ["out"]
