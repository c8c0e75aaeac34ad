"""Titles, dynamic tags, portals, focus and separators (BC-2, BC-30…33): shape, change tracking, mistakes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveview_core import heex
from liveview_core.components import dynamic_tag
from liveview_core.errors import BadOption, LiveViewError, MissingAssign
from liveview_core.heex import Template
from liveview_core.heex.verification import TemplateWarning
from liveview_core.rendering.rendered import rendered_to_text
from tests.harness.stage import Stage


def shown(template: Template, **assigns: Any) -> str:
    return rendered_to_text(template(**assigns))


# --- live_title -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<.live_title>{@t}</.live_title>", "<title>T</title>"),
        ('<.live_title prefix="P " suffix=" S">{@t}</.live_title>',
         '<title data-prefix="P " data-suffix=" S">P T S</title>'),
        ('<.live_title default="D">{@none}</.live_title>', '<title data-default="D">D</title>'),
        ('<.live_title default="D" prefix="P ">\n  {@none}\n</.live_title>',
         '<title data-prefix="P " data-default="D">P D</title>'),
        ('<.live_title default="D">{@t}</.live_title>', '<title data-default="D">T</title>'),
        ('<.live_title default={@none} suffix="S">{@none}</.live_title>', '<title data-suffix="S">S</title>'),
        ('<.live_title prefix="<">{"<"}</.live_title>', '<title data-prefix="&lt;">&lt;&lt;</title>'),
    ],
)  # fmt: skip
def test_live_title(source: str, html: str) -> None:
    """BC-2: nothing between prefix, content and suffix; the default where the content is blank; None is left out."""
    assert shown(heex(source), t="T", none=None) == html


# --- dynamic_tag ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('<.dynamic_tag tag_name="h1">x{@t}</.dynamic_tag>', "<h1>xT</h1>"),
        ('<.dynamic_tag tag_name="hr" />', "<hr/>"),
        ('<.dynamic_tag tag_name={@t} id="i" class="k" data_x="1" hidden>x</.dynamic_tag>',
         '<T id="i" class="k" data_x="1" hidden>x</T>'),
        ('<.dynamic_tag tag_name="input" name="field" />', '<input name="field"/>'),
        ('<.dynamic_tag tag_name="p" class={["a", None]} title={@none}></.dynamic_tag>', '<p class="a"></p>'),
        ('<.dynamic_tag tag_name="my-element" phx-click="go">x</.dynamic_tag>', '<my-element phx-click="go">x</my-element>'),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:.*undefined attribute 'data_x'")
def test_dynamic_tag(source: str, html: str) -> None:
    """BC-31: with content a pair of tags, without one that closes itself; `name` beside tag_name is an attribute."""
    assert shown(heex(source), t="T", none=None) == html


def test_dynamic_tag_by_its_old_name() -> None:
    """BC-31 (W): only `name` is the tag, and deprecated."""
    with pytest.warns(DeprecationWarning, match=r"pass tag_name=\{…\}") as caught:
        assert rendered_to_text(dynamic_tag(name="h2", id="i")) == '<h2 id="i"/>'  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert [each.filename for each in caught] == [__file__]
    with pytest.raises(MissingAssign):
        dynamic_tag(id="i")


@pytest.mark.parametrize(
    "name", ["", "a b", "h1>", "<h1", "h1/", 'h"', "h'", "a=b", "&lt;", "1", None, 5, "p\n", "!--"]
)
def test_dynamic_tag_takes_names_only(name: Any) -> None:
    """BC-31, ES-1: nothing can leave the name of the tag."""
    with pytest.raises(BadOption) as caught:
        dynamic_tag(tag_name=name)
    assert str(caught.value) == (
        "the tag_name of <.dynamic_tag> is not the name of a tag\n"
        "  expected: a letter, and then nothing that would end the name or need escaping, such as 'h1'\n"
        f"  got: {name!r}\n"
        "  cure: choose the name in the view, and take only texts and values from data"
    )


@given(st.text(max_size=6))
def test_no_text_gets_out_of_a_dynamic_tag(name: str) -> None:
    """What is accepted stays one tag without attributes."""
    try:
        html = rendered_to_text(dynamic_tag(tag_name=name))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    except BadOption:
        return
    assert html == f"<{name}/>"
    assert not any(char.isspace() or char in "<>\"'=/&" for char in name)


def test_dynamic_tag_is_no_root() -> None:
    """BC-31: its template is not one static tag; what changed in it is sent."""
    stage = Stage(heex("<.dynamic_tag tag_name={@tag}>{@x}</.dynamic_tag>"), tag="h1", x=1)
    assert "r" not in stage.join["0"]
    stage.set(x=2)
    stage.set(tag="h2")
    assert stage.html == "<h2>2</h2>"


# --- focus_wrap, portal ---------------------------------------------------------------------------------------------------


def test_focus_wrap() -> None:
    """BC-30."""
    assert shown(heex('<.focus_wrap id="f" class="k">{@x}</.focus_wrap>'), x=1) == (
        '<div id="f" phx-hook="Phoenix.FocusWrap" class="k">\n'
        '  <div id="f-start" tabindex="0" aria-hidden="true"></div>\n'
        "  1\n"
        '  <div id="f-end" tabindex="0" aria-hidden="true"></div>\n'
        "</div>"
    )
    with pytest.warns(TemplateWarning, match="missing required attribute 'id'"):
        heex("<.focus_wrap>x</.focus_wrap>")


def test_portal() -> None:
    """BC-32."""
    html = shown(heex('<.portal id="p" target="body" class="k">{@x}</.portal>'), x=1)
    assert "".join(line.strip() for line in html.splitlines()) == (
        '<template id="p" data-phx-portal="body"><div id="_lv_portal_wrap_p" class="k">1</div></template>'
    )
    span = shown(heex('<.portal id="p" target="#t" container="span">x</.portal>'))
    assert '<span id="_lv_portal_wrap_p">' in span
    stage = Stage(heex('<.portal id="p" target="body">{@x}</.portal>'), x=1)
    stage.set(x=2)
    assert "2" in stage.html


# --- intersperse ----------------------------------------------------------------------------------------------------------

BETWEEN = heex("<.intersperse :let={i} enum={@items}><:separator>{@s}</:separator><b>{i}{@z}</b></.intersperse>")


@pytest.mark.parametrize(
    ("items", "html"),
    [
        ([], ""),
        ([1], "<b>1z</b>"),
        ([1, 2, 3], "<b>1z</b>,<b>2z</b>,<b>3z</b>"),
        ((i for i in "ab"), "<b>az</b>,<b>bz</b>"),
    ],
)
def test_intersperse(items: Any, html: str) -> None:
    """BC-33: the separator between two items only; anything that can be iterated."""
    assert shown(BETWEEN, items=items, s=",", z="z") == html


def test_intersperse_changes() -> None:
    """The patch law (on the stage), and no more than the changed items."""
    stage = Stage(BETWEEN, items=[1, 2], s=",", z="z")
    stage.set(items=[1, 2, 3])
    stage.set(s=";")
    stage.set(z="y")
    stage.set(items=[])
    stage.set(items=[4])
    assert stage.html == "<b>4y</b>"


# --- hooks of a module ----------------------------------------------------------------------------------------------------


def test_tg_32_a_hook_that_begins_with_a_dot() -> None:
    """TG-32: it belongs to the module that the template is defined in; the same text in another module is another template."""
    source = '<p id="x" phx-hook=".Sort">{@n}</p>'
    here = heex(source)(n=1).part
    assert here.statics == (f'<p id="x" phx-hook="{__name__}.Sort">', "</p>")
    elsewhere: dict[str, Any] = {"__name__": "other.place", "heex": heex}
    exec(f"page = heex({source!r})", elsewhere)
    there = elsewhere["page"](n=1).part
    assert there.statics == ('<p id="x" phx-hook="other.place.Sort">', "</p>")
    assert here.fingerprint != there.fingerprint
    for text in ('<p id="x" phx-hook="Sort">{@n}</p>', '<p title="phx-hook=." data-hook=".Sort">{@n}</p>'):
        assert heex(text)(n=1).part.statics[0] == text.split("{")[0]


WRONG = {
    "<.async_result assign={@x}>a</.async_result>": "is no AsyncResult",
    "<.intersperse :let={i} enum={@x}><:separator>,</:separator>{i}</.intersperse>": "the enum of <.intersperse> is its items",
    "<.live_img_preview entry={@x} />": "is no entry of an upload",
    "<.live_img_preview entry={@x} id='a' />": "is no entry of an upload",
    "<.link href={@markup}>a</.link>": "its markup is no text",
}


class Markup:
    """Says something else than text."""

    def __html__(self) -> Any:
        return 5


@pytest.mark.parametrize(("source", "told"), WRONG.items())
@pytest.mark.parametrize("value", [5, None, object()], ids=["int", "none", "object"])
def test_what_they_do_not_take(source: str, told: str, value: object) -> None:
    """An error of ours, not of what is inside."""
    with pytest.raises(LiveViewError, match=told):
        shown(heex(source), x=value, markup=Markup())
