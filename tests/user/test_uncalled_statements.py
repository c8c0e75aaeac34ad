"""`uncalled_statements`: statements that name what is done, and do nothing; in a test run and by `liveview check`."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from liveview_testing.command_line.main import main
from liveview_testing.user.uncalled_statements import idle, tell

pytest_plugins = ["pytester"]


def lines(text: str) -> list[int]:
    return [line for line, _, _ in idle(text)]


def test_the_texts() -> None:
    """Acts, and assertions; a long statement by its end."""
    assert idle('page.get_by_role("button").click\n') == [
        (
            1,
            1,
            "`page.get_by_role('button').click` does nothing: it names the method, and does not call it\n"
            "  cure: .click(…), with its brackets",
        )
    ]
    assert idle("def test():\n    assert view.has_element\n") == [
        (
            2,
            12,
            "`view.has_element` asserts nothing, as a method is always true: it names the method, and does not call it\n"
            "  cure: .has_element(…), with its brackets",
        )
    ]
    ((_, _, form),) = idle("def test():\n    view.form('#f', {'a': 'b'})")
    assert form.endswith("nothing is done with it\n  cure: .render_submit(), .render_change(), …")
    assert idle("page.click\ndef (") == []  # Python says what is wrong with it
    tell("/nowhere.py")  # and who cannot read it
    (told,) = idle(f"page.get_by_role('button', name='{'x' * 80}').click  # go")
    assert told[2].startswith("`…")


def test_a_line_that_names_several() -> None:
    """Each that ends a statement is looked at, whatever stands before it or behind it."""
    assert lines("def test():\n    view.other; page.click\n") == [2]
    assert lines("def test():\n    page.click  # and view.other\n") == [2]
    assert lines("def test():\n    f(view.other); page.click; g()\n") == [2]
    assert lines("def test():\n    page.clicks  # not page.click\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "view.element('#a').render_click",
        "sim.settle",
        "sim.clock.advance",
        "page.keyboard.press",
        "page.network.drop",
        "view.file_input('#f', 'a', []).render_upload",
        "sim.tasks.release",
        "(page\n .get_by_text('x')\n .click)",
        "for each in pages:\n    each.reload",
        "assert not view.has_element",
        "assert view.assert_has",
        "assert expect(page).to_have_title",
        "page.go_back; page.reload()",
        "def test():\n    view.has_element('p')",
        "def test(view): view.form('#f', {'a': 'b'})",
        "async def test(view: View) -> None: view.has_element('p')",
        "if deep: view.element('#a')",
        "def test():\n    page.reload(); view.element('p').text == 'x'",
        "def test():\n    page.get_by_role('button').is_visible()",
        "def test():\n    if 1:\n        page.get_by_text('a').first.is_checked(timeout=1)",
        "def test():\n    view.form('#f', {'a': 'b'})",
        "def test():\n    view.element('button', 'Save')",
        "def test():\n    page.get_by_role('button', name='Save')",
        "def test():\n    page.locator('#a')",
        "def test():\n    view.element('#a').exists",
        "def test():\n    view.element('#a').text == 'a'",
        "def test():\n    page.locator('li').count() > 2",
        "def test():\n    view.assigns.n == 1",
        "def test():\n    'a' in page.get_by_role('list').inner_text()",
        "def test():\n    expect(page.locator('a')).to_have_text('b') == True",
        "def test():\n    assert view.element('#a') is not None",
        "def test():\n    assert not page.get_by_text('a') is None",
        "def test():\n    assert not expect(page.locator('a')).to_be_visible()",
        "def test():\n    assert expect(page.locator('a')).to_be_visible()",
        "from liveview_testing import laws\ndef test():\n    laws.patch_law",
        "from liveview_testing import lints\ndef test():\n    assert lints.growth",
        "from liveview_testing import always\ndef test():\n    always(lambda sim: True)",
        "def test():\n    sim.concurrently()",
        "def test():\n    sim.store.update",
        "def test():\n    (each.click() for each in page.locator('a').all())",
        "def test():\n    map(lambda each: each.click(), page.locator('a').all())",
        "def test():\n    lambda: page.reload()",
    ],
)
def test_found(text: str) -> None:
    assert len(lines(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "page.get_by_role('button').click()",
        "click = page.get_by_role('button').click",
        "view.page",
        "post.publish",
        "assert user.is_visible",
        "assert post.first",
        "do(page.reload)",
        "'''\npage.reload\n'''",
        "page.reload(",
        "assert page.url.count",
        "def test():\n    with raises(ValueError):\n        view.element('#a').text == 'a'\n        view.element('a').exists",
        "def test():\n    table.filter('a')\n    html.element('Div')\n    dom.form(a)",
        "def test():\n    a == b\n    a.b < c\n    print(page.url == 'a')",
        "def test():\n    with sim.concurrently():\n        pass",
        "def test():\n    always(lambda sim: True)\n    laws.growth",
        "def test():\n    found = view.element('#a')\n    both = view.element('#a').text == 'a'",
        "def test():\n    assert view.page_title is not None",
        "def test():\n    assert expect(page.url).holds()",
        "def test():\n    (each for each in a)\n    map(f, a)",
    ],
)
def test_passed_over(text: str) -> None:
    """What is called, handed on or kept; names of others, texts, what is no Python."""
    assert lines(text) == []


TESTS = """
from liveview_core import LiveView, heex
from liveview_testing import expect

class Page(LiveView):
    render = heex("<p>hi</p>")

def test_one(live):
    live(Page).element("p").render_click

def test_two(live):
    expect(live(Page).page).to_have_title
    live(Page).sim.settle
"""


def test_in_a_test_run(pytester: pytest.Pytester) -> None:
    """Once a module, each at its line; an expectation that is asked nothing says so itself."""
    pytester.makepyfile(test_idle=TESTS)
    ran = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly")
    ran.assert_outcomes(passed=2, warnings=3)
    ran.stdout.fnmatch_lines(
        [
            "*test_idle.py:8: PageWarning: `live(Page).element('p').render_click` does nothing: *",
            "*test_idle.py:12: PageWarning: `live(Page).sim.settle` does nothing: *",
            "*test_idle.py:11: PageWarning: expect(page) was asked nothing, so nothing was tested*",
        ]
    )


def test_by_the_command(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    pytester.makepyfile(idle_tests=TESTS)
    monkeypatch.chdir(pytester.path)
    told = CliRunner().invoke(main, ["check", "idle_tests.py"]).output
    assert "idle_tests.py:8:5: warning: `live(Page).element('p').render_click` does nothing" in told
    assert "idle_tests.py:11:5: warning: `expect(live(Page).page).to_have_title` does nothing" in told
