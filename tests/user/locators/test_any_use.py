"""Whatever is asked of whatever page: an answer, or an error of the kit; never a bare exception."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core.errors import LiveViewError
from liveview_testing import Locator, Page, expect
from liveview_testing.user.locators.acting.keyboard import Keyboard
from liveview_testing.user.locators.expecting.locator_assertions import LocatorAssertions
from liveview_testing.user.locators.expecting.page_assertions import PageAssertions
from tests.harness.examples import examples
from tests.harness.html_pages import shown

PARTS = (
    "<button>Save</button>",
    "<button disabled id=b>Save</button>",
    "<label>Name <input name=n></label>",
    "<input type=checkbox aria-label=Agree>",
    "<select multiple><option>a<option selected>b</select>",
    "<textarea>x</textarea>",
    "<form id=f><input required type=number><button>Go</button></form>",
    "<ul><li>a</li><li hidden>b</li></ul>",
    "<details><summary>more</summary><p>in</p></details>",
    "<div contenteditable>edit</div><a href='#x'>link</a>",
    "<input type=file multiple><input type=date><input type=range min=1 max=3>",
    "<dialog open><p data-confirm='?'>q</p></dialog><p role=option>o</p>",
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["button", "#b", "li", "text=a", "css=p", "nth=0", "visible=true", "a >> b", ":has(", "Control+a"]),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.just(object()),
    st.binary(max_size=3),
)
LOCATORS = ("button", "input", "#b", "li", "select", "p", "div", "*", "nothing", "textarea", "a", "[type=file]")
NOT_ASKED = {
    *(
        "debug",
        "on",
        "once",
        "remove_listener",
        "sim",
        "view",
        "elsewhere",
        "do",
        "do_each",
        "open",
        "acting",
        "sought",
    ),
    *("reading_once", "patience", "found", "scene", "waited", "fork", "wait_for_timeout", "located"),
}


def methods(kind: type) -> list[str]:
    known = inspect.getmembers(kind, callable)
    return [name for name, _ in known if not name.startswith("_") and name not in NOT_ASKED]


@pytest.mark.filterwarnings("ignore:expect")  # of the handles that are drawn some are asked nothing
@examples(80)
@given(st.lists(st.sampled_from(PARTS), max_size=4), st.data())
def test_no_use_raises_anything_else(parts: list[str], data: st.DataObject) -> None:
    page = shown("".join(parts))
    for _ in range(3):
        locator = page.locator(data.draw(st.sampled_from(LOCATORS)))
        if data.draw(st.booleans()):
            locator = locator.first
        handle: Any = data.draw(
            st.sampled_from([page, locator, page.keyboard, expect(locator), expect(page)]), label="handle"
        )
        kinds = (Page, Locator, Keyboard, LocatorAssertions, PageAssertions)
        kind = next(each for each in kinds if type(handle) is each)
        name = data.draw(st.sampled_from(methods(kind)), label="name")
        words = [
            each
            for each in inspect.signature(getattr(handle, name)).parameters.values()
            if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
        ]
        given = [data.draw(VALUES) for each in words if each.default is each.empty]
        options = [
            each.name
            for each in inspect.signature(getattr(handle, name)).parameters.values()
            if each.kind is each.KEYWORD_ONLY and each.name != "timeout"
        ]
        chosen = data.draw(st.sets(st.sampled_from(options), max_size=2)) if options else set[str]()
        before = page.sim.world
        try:
            getattr(handle, name)(*given, **{each: data.draw(VALUES) for each in sorted(chosen)})
        except LiveViewError as error:
            said = str(error)
        else:
            continue
        assert said
        assert page.sim.world is before
