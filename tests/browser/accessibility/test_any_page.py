"""On any page, however odd, every question has an answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from liveview_testing.browser import accessibility
from liveview_testing.browser.accessibility import QueryError, states
from liveview_testing.browser.accessibility.names import name_with_hidden
from tests.harness.trees import read_html, read_tree

TAGS = (
    "a area audio b br button canvas caption col datalist dd details dialog div dl dt fieldset figcaption figure form h1 head "
    "header hr html body iframe img input label legend li main map math menu meter noscript object ol optgroup option output p "
    "pre progress q ruby rt script section select slot span style summary svg table tbody td template textarea tfoot th thead "
    "title tr ul video x-foo"
)
NAMES = (
    "id for hidden popover open href alt title type value checked selected disabled multiple size min max step list name "
    "required style role tabindex scope contenteditable aria-hidden aria-label aria-labelledby aria-describedby aria-owns "
    "aria-level aria-checked aria-disabled aria-expanded aria-invalid aria-errormessage aria-selected class form controls"
)
VALUES = (
    "a", "b", "a b", "", " ", "true", "mixed", "1", "1e999", "-3", "0x1f", "none", "button", "display:contents", "width:0", "radio",
    "display:flex;float:left", "number", "range", "date", "until-found", "checkbox", "padding:1px 0", ";;:", "\x00", "2020-13-01",
    "border:1px solid", "display:inherit", "padding:", "9" * 400, "textbox combobox", "image", "datetime-local", "9999-12-31T10:00",
)  # fmt: skip

attributes = st.dictionaries(
    st.sampled_from(NAMES.split(" ")), st.sampled_from(VALUES) | st.text(max_size=5), max_size=4
)
texts = st.text(max_size=6) | st.sampled_from((" ", "\u00a0", "x", "-"))
trees = st.recursive(
    texts,
    lambda kids: st.tuples(
        st.sampled_from(TAGS.split(" ")), attributes.map(lambda each: list(each.items())), st.lists(kids)
    ).map(list),
    max_leaves=25,
)


@given(st.lists(trees, max_size=5), st.sampled_from(("flex", "hidden", "contents", "block", "sized")))
def test_nothing_raises(kids: list[object], effect: str) -> None:
    document = read_tree(["div", [], kids], {"a": effect})
    for element in document.root.iter():
        for rule in (
            accessibility.role,
            accessibility.name,
            name_with_hidden,
            accessibility.description,
            accessibility.error_message,
            accessibility.is_visible,
            accessibility.is_hidden,
            accessibility.aria_snapshot,
            states.checked,
            states.disabled,
            states.expanded,
            states.level,
            states.pressed,
            states.readonly,
            states.selected,
        ):
            rule(element)
    for verb in ("by_text", "by_label", "by_title", "by_alt_text", "by_placeholder", "by_test_id"):
        assert isinstance(getattr(accessibility, verb)(document.root, "a"), list)
    assert isinstance(accessibility.by_role(document.root, "button", name="a", include_hidden=True), list)


@given(st.text(max_size=40), st.sampled_from(("- ", "- button ", "- list:\n  - ", "- text: ", '- "')))
def test_a_template_is_read_or_refused(text: str, before: str) -> None:
    try:
        template = accessibility.parse(before + text)
    except QueryError:
        return
    assert accessibility.matches(accessibility.aria_tree(read_html("<p>x</p>").root), template) in (True, False)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12))
def test_a_text_is_found_as_it_is_written(text: str) -> None:
    """What a page says is found by the very words, and its snapshot matches itself (control characters in names do not)."""
    document = read_tree(["body", [], [["p", [], [text]], ["button", [["aria-label", text]], []]]])
    found = accessibility.by_text(document.root, text, exact=True)
    assert [each.tag for each in found][:1] in (["p"], ["body"])
    snapshot = accessibility.aria_snapshot(document.root)
    assert accessibility.matches(accessibility.aria_tree(document.root), accessibility.parse(snapshot))


def test_a_deep_page() -> None:
    """As deep as a browser nests."""
    html = "<b>" * 150 + "x" + "</b>" * 150
    document = read_html(f"<div role=button>{html}</div>")
    assert accessibility.aria_snapshot(document.root) == '- button "x"'
    assert len(accessibility.by_text(document.root, "x")) == 1
