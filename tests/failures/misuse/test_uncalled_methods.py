"""`uncalled_methods`: what is asked without its brackets is told, and what is asked is answered."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, heex
from liveview_testing import Locator, NotAValue, Page, View, expect, live
from liveview_testing.failures.misuse.uncalled_methods import question


class Shown(LiveView):
    render = heex("""<p>hi</p><input type="text" aria-label="Name" value="Ann" />""")


QUESTIONS: dict[type, str] = {
    Locator: "count all all_text_contents all_inner_texts is_visible is_hidden text_content inner_text inner_html get_attribute "
    "input_value is_checked is_enabled is_disabled is_editable aria_snapshot role accessible_name accessible_description",
    Page: "title content aria_snapshot",
    View: "has_element live_children find_live_child",
}
USES: dict[str, Callable[[Any], object]] = {
    "the truth of the method itself, as in `assert ….{}`": bool,
    "a comparison of the method itself with 'hi'": lambda asked: asked == "hi",
    "a comparison of the method itself with 2": lambda asked: asked != 2,
    "a comparison of the method itself with 1": lambda asked: asked > 1,
    "a comparison of the method itself with None": lambda asked: asked == None,  # noqa: E711
    "a comparison of the method itself with ['a']": lambda asked: asked == ["a"],
    "'hi' in the method itself": lambda asked: "hi" in asked,
    "a loop over the method itself": list,
    "the length of the method itself": len,
    "[0] of the method itself": lambda asked: asked[0],
}


def test_every_method_that_only_answers_is_a_question() -> None:
    """Those of a locator whose answer is a value; whoever adds one says so."""
    for kind, names in QUESTIONS.items():
        for name in names.split():
            assert type(inspect.getattr_static(kind, name)) is question, name
    for name, method in inspect.getmembers(Locator, inspect.isfunction):
        answer = str(method.__annotations__.get("return")).partition(" ")[0].partition("[")[0]
        if not name.startswith("_") and answer in ("bool", "str", "int", "list"):
            assert name in [*QUESTIONS[Locator].split(), "select_option", "found", "counted"], name


@pytest.mark.parametrize("said", USES)
def test_it_says_so(said: str) -> None:
    """Whatever is done with it as if it were the answer."""
    text = live(Shown).page.get_by_text("hi")
    with pytest.raises(NotAValue) as raised:
        USES[said](text.is_visible)
    assert str(raised.value) == (
        'is_visible of get_by_text("hi") was not asked: without brackets it is the method, which is always true\n'
        "  expected: the answer\n"
        f"  got: {said.format('is_visible')}\n"
        "  cure: .is_visible()"
    )


def test_of_every_kind() -> None:
    """Of locators, pages and views."""
    view = live(Shown)
    with pytest.raises(NotAValue, match=r"title of <Page Ann at .*> was not asked"):
        assert view.page.title == "x"  # type: ignore[comparison-overlap]
    with pytest.raises(NotAValue, match=r"has_element of <View .*> was not asked"):
        bool(view.has_element)


def test_who_asks_is_answered() -> None:
    """Also later, by name, and by what takes a function; and it stays a method to who looks at it."""
    view = live(Shown)
    text = view.page.get_by_text("hi")
    asked = text.is_visible
    assert asked() is True
    assert [each() for each in (text.count, text.inner_text)] == [1, "hi"]
    assert view.page.get_by_label("Name").get_attribute("value", timeout=0) == "Ann"
    assert callable(asked)
    assert asked == text.is_visible
    assert asked != text.is_hidden
    assert hash(asked) == hash(text.is_visible)
    assert repr(asked) == '<the method is_visible of get_by_text("hi")>'
    assert inspect.signature(asked) == inspect.signature(Locator.is_visible.__get__(text))
    assert inspect.getdoc(Locator.is_visible) == "Whether the one element can be seen now; False if there is none."
    assert pickle.loads(pickle.dumps(Locator.is_visible)) is Locator.is_visible
    expect(text).to_be_visible()


def test_a_question_is_another_than_what_is_no_value() -> None:
    """What decides for itself is asked."""

    class Anything:
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None  # type: ignore[assignment]

    asked: Any = live(Shown).page.title
    assert asked == Anything()
    assert asked != object()
