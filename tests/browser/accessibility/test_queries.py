"""Queries by role, label, text and attribute: errors, regular expressions, scopes, states and style tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from liveview_testing.browser.accessibility import (
    Document,
    DomElement,
    QueryError,
    by_alt_text,
    by_label,
    by_placeholder,
    by_role,
    by_test_id,
    by_text,
    by_title,
    description,
    error_message,
    is_hidden,
    is_visible,
    name,
    role,
)
from liveview_testing.browser.accessibility.text import as_script
from tests.harness.trees import at, read_html


def ids(found: list[DomElement]) -> list[str]:
    """The ids of what was found."""
    return [each.get("id") or each.tag for each in found]


def test_a_role_is_asked_in_any_case_and_an_unknown_one_finds_nothing() -> None:
    """GB-1."""
    root = read_html("<button id=a>Straße</button><div role='BUTTON x' id=b>y</div>").root
    assert ids(by_role(root, "Button")) == ["a", "b"]
    assert by_role(root, "buton") == []
    assert ids(by_role(root, "button", name="STRASSE")) == ["a"]  # by capitals
    assert by_text(root, "STRASSE") == []  # GB-6.5: a text by small letters
    assert ids(by_role(root, "button", name="")) == ["a", "b"]
    assert by_role(root, "button", name="", exact=True) == []
    with pytest.raises(QueryError) as caught:
        by_role(root, "")
    assert str(caught.value).startswith("selector cannot be empty")


@pytest.mark.parametrize(
    ("asked", "roles"),
    [
        ({"checked": True}, "checkbox menuitemcheckbox menuitemradio option radio switch treeitem"),
        ({"pressed": True}, "button"),
        ({"selected": True}, "columnheader gridcell option row rowheader tab treeitem"),
        ({"level": 1}, "heading listitem row treeitem"),
    ],
)
def test_states_that_a_role_does_not_have(asked: dict[str, bool], roles: str) -> None:
    """GB-3: an error at once, with the roles that have it."""
    with pytest.raises(QueryError) as caught:
        by_role(read_html("").root, "paragraph", **asked)  # type: ignore[arg-type]
    listed = ", ".join(f'"{each}"' for each in roles.split(" "))
    first = f'"{next(iter(asked))}" attribute is only supported for roles: {listed}'
    assert str(caught.value).split("\n")[0] == first


def test_states() -> None:
    """GB-3, RN-9."""
    html = (
        "<details id=d open><summary>s</summary></details><button id=p aria-pressed=TRUE>x</button><button id=q>x</button>"
        "<div role=treeitem id=t aria-checked=mixed aria-level=0x2 aria-selected=true>t</div><p aria-disabled=true id=no>x</p>"
        "<div aria-disabled=true><div role=group id=g>x</div><div role=group id=h aria-disabled=false>y</div></div>"
        "<select><optgroup disabled><option id=o>x</option></optgroup><option id=s selected>y</option></select>"
    )
    root = read_html(html).root
    with pytest.raises(QueryError):
        by_role(root, "group", expanded=True)
    assert ids(by_role(root, "button", pressed=True)) == ["p"]
    assert ids(by_role(root, "button", pressed=False)) == ["q"]
    assert ids(by_role(root, "treeitem", checked="mixed", level=2, selected=True)) == ["t"]
    assert ids(by_role(root, "group", disabled=True)) == ["g", "optgroup"][:1]
    assert ids(by_role(root, "option", disabled=True)) == ["o"]
    assert ids(by_role(root, "option", selected=True)) == ["s"]
    assert by_role(root, "paragraph", disabled=True) == []


def test_scopes() -> None:
    """GB-1.5, GB-6.8: a role is looked for below the scope, a text in the scope itself too."""
    document = read_html("<div id=o role=note>Apple</div>")
    scope = at(document, "o")
    assert by_role(scope, "note") == []
    assert ids(by_text(scope, "Apple")) == ["o"]


def test_labels() -> None:
    """GB-5."""
    html = (
        "<i id=s>Name</i><input id=a aria-labelledby='s nope' aria-label=Other><input id=b aria-labelledby=nope aria-label=Name>"
        "<label>One</label><label for=c>One</label><label for=c>Two</label><input id=c title=Three placeholder=Three>"
    )
    root = read_html(html).root
    assert ids(by_label(root, "name")) == ["a", "b"]
    assert ids(by_label(root, "Two", exact=True)) == ["c"]
    assert by_label(root, "One Two") == []
    assert by_label(root, "Three") == []


def test_attributes() -> None:
    """GB-7, GB-8."""
    root = read_html(
        "<a id=a title='Go  On' data-testid=t data-qa=q>x</a><img id=i alt=Cat><input id=p placeholder=É>"
    ).root
    assert ids(by_title(root, "go  on")) == ["a"]
    assert by_title(root, "go on") == []
    assert by_title(root, "go  on", exact=True) == []
    assert ids(by_alt_text(root, re.compile("^C"))) == ["i"]
    assert ids(by_placeholder(root, "é")) == ["p"]
    assert by_test_id(root, "T") == []
    assert ids(by_test_id(root, "q", attribute="data-testid,data-qa")) == ["a"]


# --- regular expressions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?i)x",
        r"(?P<n>x)",
        r"(?P<n>x)(?P=n)",
        r"\Ax",
        r"x\Z",
        r"(?#note)x",
        r"(x)?(?(1)y|z)",
        r"(?>x)",
        r"x++",
        r"\N{DIGIT ONE}",
        r"[]x]",
    ],
)
def test_patterns_that_a_browser_reads_differently(pattern: str) -> None:
    """GB-2."""
    with pytest.raises(QueryError):
        by_text(read_html("<p>x</p>").root, re.compile(pattern))


def test_flags() -> None:
    """GB-2: three flags, the others are refused in Playwright's words."""
    root = read_html("<p id=a>One\nTWO</p>").root
    assert ids(by_text(root, re.compile("^two$", re.IGNORECASE | re.MULTILINE))) == ["a"]
    assert ids(by_text(root, re.compile("One.two", re.IGNORECASE | re.DOTALL))) == ["a"]
    assert by_text(root, re.compile("One.TWO")) == []
    for flag in (re.VERBOSE, re.ASCII):
        with pytest.raises(QueryError) as caught:
            by_text(root, re.compile("x", flag))
        assert str(caught.value).startswith(
            "Unexpected re.Pattern flag, only MULTILINE, IGNORECASE and DOTALL are supported."
        )


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^\w+$", "é", False),
        (r"\bé", " é", False),
        (r"\d", "٣", False),
        (r"x$", "x\n", False),
        (r"\s", "\ufeff", True),
        (r"\s", "\x1c", False),
        (r"[\w-]+$", "a-b", True),
        (r"(?:a|b)(?=c)", "bc", True),
        (r"(?i:A)", "a", True),
        (r"[(?:]", "?", True),
        (r"\/x", "/x", True),
        (r"[a[]", "[", True),
        (r"a{2}\+", "aa+", True),
    ],
)
def test_patterns_decide_as_in_a_browser(pattern: str, text: str, found: bool) -> None:
    assert (as_script(re.compile(pattern)).search(text) is not None) is found


# --- names, descriptions, visibility ------------------------------------------------------------------------------------------


def test_descriptions() -> None:
    """RN-7."""
    html = (
        "<i id=h hidden>hid<b hidden>den</b></i><p id=a aria-describedby='h nope' title=T>x</p>"
        "<p id=b aria-describedby=nope title=T>x</p>"
        "<p id=c aria-description=D title=T>x</p><p id=d title=T>x</p><input id=e aria-invalid=true aria-errormessage=h>"
        "<input id=f aria-errormessage=h><input id=g required aria-errormessage=h>"
    )
    document = read_html(html)
    assert [description(at(document, each)) for each in "abcd"] == ["hid den", "", "D", "T"]
    assert [error_message(at(document, each)) for each in "efg"] == ["hid den", "", "hid den"]


def test_two_empty_references_are_a_name_of_nothing() -> None:
    """RN-4.2: it ends the computation, also where one is named twice."""
    document = read_html(
        "<i id=e></i><button id=a aria-labelledby='e e'>x</button><button id=b aria-labelledby=e>x</button>"
    )
    assert [name(at(document, each)) for each in "ab"] == ["", "x"]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<div id=x style='width:0'>a</div>", False),
        ("<div style='width:0'><p id=x>a</p></div>", False),
        ("<details><summary>s</summary><p id=x>a</p></details>", False),
        ("<details open><summary>s</summary><p id=x>a</p></details>", True),
        ("<div style='display:contents' id=x> <b>a</b></div>", True),
        ("<p id=x hidden style='display:block'>a</p>", True),
        ("<div style='visibility:hidden'><b id=x style='visibility:visible'>a</b></div>", True),
        ("<div hidden=until-found><b id=x>a</b></div>", False),
        ("<div hidden=until-found id=x><b>a</b></div>", False),
        ("<q id=x></q>", True),
        ("<div contenteditable id=x></div>", True),
        ("<select><option id=x>a</option></select>", False),
        ("<select size=2><option id=x></option></select>", True),
        ("<input type=image id=x alt=a>", False),
        ("<table><tbody id=x><tr></tr></tbody></table>", False),
        ("<table><tbody id=x><tr><td></td></tr></tbody></table>", True),
        ("<audio id=x style='display:block'></audio>", False),
        ("<div id=x popover>a</div>", False),
        ("<svg id=x hidden></svg>", True),
        ("<span id=x style='padding:2px'></span>", True),
        ("<div id=x><span style='display:inline-block'></span></div>", True),
    ],
)
def test_visibility(html: str, shown: bool) -> None:
    """VI-1, VI-2, RN-10: each measured in Chromium."""
    assert is_visible(at(read_html(html), "x")) is shown


STYLES = {
    "hidden": "hidden",
    "sr-only": "sr-only",
    "flex": "flex",
    "gone": "invisible",
    ".menu > li": "block",
    "icon": "sized",
}


def test_styles() -> None:
    """VI-5: a class or a selector does what the table says, the last entry wins, and nothing else is guessed."""
    html = (
        "<button id=a>Next<span class=sr-only>page</span></button><button id=b class=flex><i>Icon</i><i>Save</i></button>"
        "<p id=c class='hidden flex'>x</p><p id=d class=hidden style='display:block'>x</p><p id=e class=gone>x<b id=f>y</b></p>"
        "<p id=g hidden class=flex>x</p><i id=h class=icon></i><p id=i class=unknown>x</p>"
    )
    bare, styled = read_html(html), read_html(html, STYLES)

    def told(rule: Callable[[DomElement], object], keys: str) -> list[object]:
        return [rule(at(document, key)) for key in keys for document in (bare, styled)]

    assert told(name, "ab") == ["Nextpage", "Next page", "IconSave", "Icon Save"]
    assert told(is_visible, "cdfghi") == [True, True, True, True, True, False, False, True, False, True, True, True]
    assert told(is_hidden, "e") == [False, True]
    only = read_html("<p id=x class=hidden>x</p>", {"hidden": "hidden"})
    assert not is_visible(at(only, "x"))
    listed = read_html("<div class=menu><li id=x></li></div><li id=y></li>", STYLES)
    assert [is_visible(at(listed, each)) for each in "xy"] == [False, True]


def test_no_role_is_not_believed_where_it_is_used() -> None:
    """RN-2, RN-3."""
    html = (
        "<button id=a role=none>x</button><p id=b role=presentation aria-live=polite>x</p><ul role=none><li id=c>x</li></ul>"
        "<ul role=none tabindex=0><li id=d>x</li></ul><img id=e alt=''>"
        "<img id=f alt='' tabindex=''><h1 id=g role='image none'>x</h1>"
    )
    document = read_html(html)
    expected = ["button", "paragraph", "none", "listitem", "presentation", "img", "none"]
    assert [role(at(document, each)) for each in "abcdefg"] == expected


def test_a_reading_remembers() -> None:
    """The same element of a reading is the same object, and another version is another reading."""
    document = read_html("<p id=a>x</p>")
    assert at(document, "a") is next(iter(document.root.elements()))
    assert isinstance(document, Document)
    assert at(read_html("<p id=a>x</p>"), "a") is not at(document, "a")


def test_what_is_read_without_a_browser() -> None:
    """Nothing has the focus; an element is shown by its tag and id; a pattern of bytes finds no text."""
    document = read_html("<p id=a>x</p><p>y</p>")
    assert not document.state.focused(at(document, "a"))
    assert list(map(repr, (document.root, *document.root.iter()))) == [
        "<DomElement root>",
        "<DomElement p#a>",
        "<DomElement p>",
    ]
    pattern: Any = re.compile(b"x")
    with pytest.raises(ValueError, match=r"^a pattern of bytes\n  expected: a pattern of text\n") as failed:
        by_text(document.root, pattern)
    assert str(failed.value).endswith("\n  cure: drop the b")
