"""Aria snapshots: texts measured in Chromium, what depth leaves out, and which templates match."""

from __future__ import annotations

import pytest

from liveview_testing.browser.accessibility import QueryError, aria_snapshot, aria_tree, matches, parse
from tests.harness.trees import at, read_html

# AS-4: html of a body, and Playwright's text for it.
MEASURED = [
    (
        "<h1>Todos</h1><ul><li>Milk <button>Delete</button></li><li>Bread</li></ul>",
        '- heading "Todos" [level=1]⏎- list:⏎  - listitem:⏎    - text: Milk⏎    - button "Delete"⏎  - listitem: Bread',
    ),
    (
        '<p>Hello <b>bold</b> and <a href="/x">link</a> end.</p>',
        '- paragraph:⏎  - text: Hello bold and⏎  - link "link":⏎    - /url: /x⏎  - text: end.',
    ),
    (
        "<div>one</div><div>two <span>three</span></div>four<p>five</p>six",
        "- text: one two three four⏎- paragraph: five⏎- text: six",
    ),
    (
        "<button disabled aria-pressed=true aria-expanded=true>All</button><button aria-expanded=false>N</button>",
        '- button "All" [disabled] [expanded] [pressed]⏎- button "N"',
    ),
    (
        '<input value="hi" placeholder="Your name"><input placeholder=P><textarea aria-label=T>some\n text</textarea>',
        '- textbox "Your name": hi⏎- textbox "P"⏎- textbox "T": some text',
    ),
    (
        "<input aria-label=pw type=password placeholder=p value=x><input type=search placeholder=s>",
        '- textbox "pw":⏎  - /placeholder: p⏎  - text: x⏎- searchbox "s"',
    ),
    (
        "<select aria-label=s><option>a</option><option selected>b</option></select>",
        '- combobox "s":⏎  - option "a"⏎  - option "b" [selected]',
    ),
    (
        "<select aria-label=s><optgroup label=G><option>a</option></optgroup><option selected>c</option></select>",
        '- combobox "s":⏎  - option "c" [selected]',
    ),
    (
        "<table><caption>Cap</caption><tbody><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>",
        '- table "Cap":⏎  - caption: Cap⏎  - rowgroup:⏎    - row "A B":⏎      - columnheader "A"⏎      - columnheader "B"⏎'
        '    - row "1 2":⏎      - cell "1"⏎      - cell "2"',
    ),
    (
        "<fieldset><legend>Sex</legend><label><input type=radio checked>m</label></fieldset>",
        '- group "Sex":⏎  - text: Sex⏎  - radio "m" [checked]⏎  - text: m',
    ),
    (
        "<details><summary>Sum</summary>body</details><dialog open><h2>Hi</h2></dialog>",
        '- group: Sum⏎- dialog:⏎  - heading "Hi" [level=2]',
    ),
    (
        '<a href=#><h3>Head</h3><p>par</p></a><a href="">B</a><a>C</a>',
        '- link "Head par":⏎  - /url: "#"⏎  - heading "Head" [level=3]⏎  - paragraph: par⏎- link "B":⏎  - /url: ""⏎- text: C',
    ),
    (
        '<h2>a: b</h2><p>key: value</p><p>123</p><p>- dash</p><button>x: "y"</button><button>a\'b: c</button>',
        '- \'heading "a: b" [level=2]\'⏎- paragraph: "key: value"⏎- paragraph: "123"⏎- paragraph: "- dash"⏎'
        "- 'button \"x: \\\"y\\\"\"'⏎- 'button \"a''b: c\"'",
    ),
    ("<label><input type=checkbox> Done</label><label>Plain</label>", '- checkbox "Done"⏎- text: DonePlain'),
    (
        "<div contenteditable>ed <b>it</b></div><div role=textbox>abc</div><div role=searchbox>sb</div>",
        "- text: ed it⏎- textbox⏎- searchbox: sb",
    ),
    (
        "<img alt=A><img alt><img><svg hidden></svg><p></p><p>a<wbr>b<!-- -->c</p><input aria-invalid=true required>",
        '- img "A"⏎- img⏎- img⏎- paragraph⏎- paragraph: abc⏎- textbox [invalid]',
    ),
]


@pytest.mark.parametrize(("html", "text"), MEASURED)
def test_measured(html: str, text: str) -> None:
    assert aria_snapshot(read_html(html).root) == text.replace("⏎", "\n")


def test_an_element_is_its_own_first_line() -> None:
    """AS-2: a role-less one is its contents; AS-5: at `depth` a node keeps only a single text."""
    document = read_html("<div id=d><ul id=u><li>a</li><li><p>b</p></li></ul></div>")
    assert aria_snapshot(at(document, "u")) == "- list:\n  - listitem: a\n  - listitem:\n    - paragraph: b"
    assert aria_snapshot(at(document, "d"), depth=1) == "- list:\n  - listitem: a\n  - listitem"
    assert aria_snapshot(read_html("").root) == ""


def test_owned_elements_are_appended_once() -> None:
    """AS-1.5."""
    html = "<ul aria-owns='x y'><li>a</li></ul><p id=x>b</p><p id=y aria-owns=y>c</p>"
    assert aria_snapshot(read_html(html).root) == "- list:\n  - listitem: a\n  - paragraph: b\n  - paragraph: c"


PAGE = """
<h1>Todos</h1>
<ul><li>Milk <a href="/m">go</a></li><li>Bread</li><li>Eggs 12</li></ul>
<input placeholder="New" aria-label="Title"><button disabled aria-pressed="mixed">Save</button><p>a: b</p>
"""


# AS-6
@pytest.mark.parametrize(
    ("template", "holds"),
    [
        ('- heading "Todos"', True),
        ('- heading "todos"', False),
        ("- heading /^To/ [level=1]", True),
        ("- heading [level=2]", False),
        ("- listitem: Bread", True),
        ("- listitem: Brea", False),
        ("- text: Milk", True),
        ("- list:\n  - listitem: Bread\n  - listitem: /Eggs \\d+/", True),
        ("- list:\n  - listitem: /Eggs/\n  - listitem: Bread", False),
        ("- list:\n  - /children: equal\n  - listitem: Bread", False),
        ("- list:\n  - /children: equal\n  - listitem\n  - listitem\n  - listitem", True),
        ("- list:\n  - /children: deep-equal\n  - listitem\n  - listitem\n  - listitem", False),
        ("- heading\n- button", True),
        ("- button\n- heading", False),
        ("- button [disabled] [pressed=mixed]", True),
        ("- button [disabled=false]", False),
        ("- paragraph [checked=false]", False),
        ('- link "go":\n  - /url: /m', True),
        ('- link "go":\n  - /url: /^.n$/', False),
        ("- textbox:\n  - /placeholder: New", True),
        ("- textbox:\n  - /placeholder: Old", False),
        ("- 'paragraph: a: b'", False),
        ('- paragraph: "a: b"', True),
        ("    - list:\n      - listitem: Bread  # the second\n", True),
        ("- list:\n  -\n    listitem: Bread", True),
        ("- nonsense", False),
    ],
)
def test_templates(template: str, holds: bool) -> None:
    tree = aria_tree(read_html(PAGE).root)
    try:
        found = matches(tree, parse(template))
    except QueryError:
        found = False
    assert found is holds


def test_what_is_printed_matches() -> None:
    """A snapshot is a template of its own page, quotes and all."""
    for html, _ in MEASURED:
        document = read_html(html)
        text = aria_snapshot(document.root)
        if "data:" not in text and text:
            assert matches(aria_tree(document.root), parse(text)), text


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("heading", 'Aria snapshot must be a YAML sequence, elements starting with " -"'),
        ("- button [nope]", "Unsupported attribute [nope]:\n\nbutton [nope]\n        ^\n"),
        ('- button "Sav', 'Unterminated string:\n\nbutton "Sav\n           ^\n'),
        ("- button /Sav", "Unterminated regex:\n\nbutton /Sav\n           ^\n"),
        ("- heading /x/i", "Unexpected input:\n\nheading /x/i\n           ^\n"),
        ("- - button", "Sequence items should be strings or maps"),
        ("- button:", "Node value should be a string or a sequence"),
        ("- list:\n  - /children: some", 'Strict value should be "contain", "equal" or "deep-equal"'),
        ("- 1: x", "Only string keys are supported"),
        ("- link:\n  - /url:\n    - x", "Property value should be a string"),
        ("- list:\n    x: y", "Map values should be strings or sequences"),
        ("- button [level=1", "Expected ]"),
        ("- button /(/", "Invalid regular expression"),
        ('- ""', "Unexpected end of input when expecting role"),
        ("- list:\n  a b\n  - c: d", "Implicit keys need to be on a single line"),
        ("- list: x\n  list: x", "Map keys must be unique"),
        ('- list: "a" b', "Unexpected scalar at node end"),
        ("- list: @x", "A plain value cannot start with @"),
        ("- button [level=x]", 'Value of "level" attribute must be a number:\n\nbutton [level=x]\n              ^\n'),
        ("- button [checked=1]", 'Value of "checked" attribute must be a boolean or "mixed"'),
        ("- list:\n  - /name: x", "/name is no property of a node: /url and /placeholder are"),
        ("- a: b: c", "Nested mappings are not allowed in compact mappings"),
    ],
)
def test_errors(template: str, error: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(template)
    assert str(caught.value).startswith(error)


def test_template_values() -> None:
    """AS-6.6: scalars are texts, also where YAML has numbers and truth values; strings may be written over several lines."""
    html = "<p>5</p><h2>true</h2><div role=note>one two</div><div role=term>a'b</div>"
    tree = aria_tree(read_html(html).root)
    for template in (
        "- paragraph: 5",
        "- heading: 'x'\n- x",
        '- note: "one\n    two"',
        "- note: one\n    two",
        "- term: 'a''b'",
    ):
        assert matches(tree, parse(template)) is (template[2] in "pnt")
    assert matches(tree, parse('- note: "\\x6fne\\u0020two"'))
    assert matches(tree, parse("- note: |\n    one two\n- term"))
