"""Absences that hold for a slip of the pen: told where the page has nearly that name, and never had the name itself."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import pytest

from liveview_core import LiveView, Socket, heex
from liveview_testing import Locator, Page, PageWarning, Simulation, View, expect, live
from liveview_testing.user.locators.exceptions import ExpectationFailed
from liveview_testing.user.locators.expecting.misspelled import words_sent
from tests.harness.html_pages import shown

HTML = """
<main id="main-panel" class="wide"><h1>Something failed here</h1>
<label for="n">First name</label><input id="n" name="firstname" placeholder="Your name" />
<button data-testid="save-all" title="Save everything">Save</button><p id="error">Total: 12 left</p><p>Ann</p></main>
"""
SAYS: dict[str, Callable[[Locator], None]] = {
    "Locator expected to have count '0'": lambda it: expect(it).to_have_count(0),
    "Locator expected to be hidden": lambda it: expect(it).to_be_hidden(),
    "Locator expected not to be visible": lambda it: expect(it).not_to_be_visible(),
    "Locator expected not to be attached": lambda it: expect(it).not_to_be_attached(),
    "Locator expected to be detached": lambda it: expect(it).to_be_attached(attached=False),
}


def told(act: Callable[[], Any]) -> list[str]:
    """What is said."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        act()
    return [str(each.message) for each in caught]


def test_selectors_whose_names_cannot_be_told() -> None:
    """What Playwright adds to CSS: a name in it may be a text."""
    page = shown(HTML)
    for selector in ("buton:has-text('Save')", ":nth-match(buton, 1)"):
        assert told(lambda selector=selector: expect(page.locator(selector)).to_have_count(0)) == []  # type: ignore[misc]


@pytest.mark.parametrize("first", SAYS)
def test_every_expectation_that_something_is_not_there(first: str) -> None:
    page = shown(HTML)
    assert told(lambda: SAYS[first](page.get_by_text("Something faild"))) == [
        f"{first}: it holds, as there is no 'Something faild' and never was: get_by_text(\"Something faild\")\n"
        "  nearest: 'Something failed'\n"
        "  cure: the name that the page has; if 'Something faild' is right, checks={'misspelled negative': 'ignore'}"
    ]


@pytest.mark.parametrize(
    ("find", "nearest"),
    [
        (lambda page: page.get_by_role("button", name="Svae"), "Save"),
        (lambda page: page.get_by_role("button", name="SAVE", exact=True), "Save"),
        (lambda page: page.get_by_label("Frist name"), "First name"),
        (lambda page: page.get_by_placeholder("Yuor name"), "Your name"),
        (lambda page: page.get_by_title("Save evrything"), "Save everything"),
        (lambda page: page.get_by_test_id("save_all"), "save-all"),
        (lambda page: page.locator("#eror"), "error"),
        (lambda page: page.locator("buton"), "button"),
        (lambda page: page.locator("main > buttno"), "button"),
        (lambda page: page.get_by_text("Annn"), "Ann"),
        (lambda page: page.locator("main.wdie p"), "wide"),
        (lambda page: page.locator("[name=firstnaem]"), "firstname"),
        (lambda page: page.locator("#main-panel #eror"), "error"),
        (lambda page: page.get_by_role("heading").filter(has_text="faield"), "failed"),
        (lambda page: page.get_by_role("main").get_by_text("Totla"), "Total:"),
    ],
)
def test_every_kind_of_name(find: Callable[[Page], Locator], nearest: str) -> None:
    (text,) = told(lambda: expect(find(shown(HTML))).to_have_count(0))
    assert f"\n  nearest: {nearest!r}\n" in text


@pytest.mark.parametrize(
    "find",
    [
        lambda page: page.get_by_text("Saved"),
        lambda page: page.get_by_text("11 left"),
        lambda page: page.get_by_text("Anna"),
        lambda page: page.get_by_role("alert"),
        lambda page: page.get_by_role("link", name="Svae"),
        lambda page: page.locator("#errors"),
        lambda page: page.locator("p.eror"),
        lambda page: page.locator("section #eror"),
        lambda page: page.get_by_role("button", name="Save").filter(visible=False),
        lambda page: page.get_by_role("button").nth(3),
        lambda page: page.get_by_role("button", name="save", exact=True),  # which is part of another name
    ],
)
def test_an_absence_that_is_meant(find: Callable[[Page], Locator]) -> None:
    """Another word, another number, another kind of thing."""
    assert told(lambda: expect(find(shown(HTML))).to_have_count(0)) == []


def test_other_expectations() -> None:
    """Only what is not there at all."""
    page = shown(HTML)
    assert told(lambda: expect(page.get_by_role("heading")).not_to_have_text("Something faild here")) == []
    assert told(lambda: expect(page.get_by_role("button", name="Save")).not_to_have_count(0)) == []


class Names(LiveView):
    """Two names, of which one can be taken away."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(names=("Katherine", "Kathreine"))

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("names", lambda names: tuple(each for each in names if each != event))

    render = heex("<button :for={name in @names} id={name.lower()} phx-click={name}>{name}</button>")


def test_what_was_there_is_known() -> None:
    """A name that any page of the world was ever sent is no slip; one that nobody was is, on each page once."""
    page = Simulation().page(Names)
    gone, never = page.get_by_role("button", name="Kathreine"), page.get_by_role("button", name="Kahterine")
    gone.click()
    assert told(lambda: expect(gone).to_have_count(0)) == []
    assert len(told(lambda: expect(never).to_have_count(0))) == 1
    assert told(lambda: expect(never).to_have_count(0)) == []
    page.get_by_role("button", name="Katherine").click()
    assert told(lambda: expect(never).to_have_count(0)) == []  # nothing is there that could be meant


def test_of_a_view() -> None:
    """`refute_has`, of the page and inside of an element."""
    view: View = live(Names)
    assert told(lambda: view.refute_has("#kahterine")) == [
        "refuted in vain: it holds, as there is no 'kahterine' and never was: refute_has('#kahterine')\n"
        "  nearest: 'katherine'\n"
        "  cure: the name that the page has; if 'kahterine' is right, checks={'misspelled negative': 'ignore'}"
    ]
    assert "refute_has('button', 'Kahterine')" in told(lambda: view.refute_has("button", "Kahterine"))[0]
    assert told(lambda: view.refute_has("button", "Katherine", count=2)) == []
    assert told(lambda: view.refute_has("#other")) == told(lambda: view.refute_has("#kahterine", count=1)) == []
    assert told(lambda: view.element("#katherine").refute_has(".x")) == []


class Counting(LiveView):
    """Says another word after each click."""

    def mount(self, params: Any, session: Any, socket: Socket) -> Socket:
        return socket.assign(n=0)

    def handle_event(self, event: str, params: Any, socket: Socket) -> Socket:
        return socket.update("n", lambda n: n + 1)

    render = heex("""<button phx-click="more">{"ab" * @n}</button>""")


@pytest.mark.parametrize(("history", "bound"), [(5, True), (None, False)])
def test_the_words_of_what_was_cut_off_are_forgotten(history: int | None, bound: bool) -> None:
    """What is remembered of a long run does not grow where its history is bounded; each simulation has its own."""
    sim = Simulation(history=history)
    view = sim.live(Counting)
    words = words_sent(sim)
    for _ in range(150):
        view.element("button").render_click()
        words = words_sent(sim)
    assert words.may_slip("abababababababba") is not bound  # the eighth, but for two letters
    assert words.may_slip("ab" * 149 + "ba")
    other = Simulation()
    other.live(Counting)
    assert not words_sent(other).may_slip("ab" * 149 + "ba")


@pytest.mark.parametrize("policy", ["raise", "ignore"])
def test_policies(policy: Any) -> None:
    sim = Simulation(checks={"misspelled negative": policy})
    page, view = sim.page(Names), sim.live(Names)
    acts: tuple[Callable[[], Any], ...] = (
        lambda: expect(page.get_by_role("button", name="Kahterine")).to_be_hidden(),
        lambda: view.refute_has("#kahterine"),
    )
    for act in acts:
        if policy == "raise":
            with pytest.raises(ExpectationFailed, match="and never was"):
                act()
        else:
            assert told(act) == []


def test_where_it_is_said() -> None:
    """At the line of the test."""
    page = shown(HTML)
    with pytest.warns(PageWarning) as caught:
        expect(page.locator("#eror")).to_have_count(0)
    assert caught[0].filename == __file__


def test_a_negated_question() -> None:
    """`assert not view.has_element(…)`: what is asked for is that it is not there; `if` and `bool` only ask."""
    view = shown(HTML).view
    expected = [
        "refuted in vain: it holds, as there is no 'eror' and never was: not has_element('#eror')\n"
        "  nearest: 'error'\n"
        "  cure: the name that the page has; if 'eror' is right, checks={'misspelled negative': 'ignore'}"
    ]

    def asserted(found: Callable[[], Any]) -> None:
        assert not found()

    assert told(lambda: asserted(lambda: view.has_element("#eror"))) == expected
    assert told(lambda: asserted(lambda: view.element("#eror").exists)) == expected
    assert told(lambda: asserted(lambda: view.element("#errors-of-another-kind").exists)) == []
    assert told(lambda: asserted(lambda: view.has_element("p", "Total: 13 left"))) == []

    def questions() -> None:
        if view.has_element("#eror"):
            raise AssertionError
        bool(view.has_element("#eror"))
        assert view.has_element("#eror") == False  # noqa: E712
        negated = not view.has_element("#error")
        assert negated is False

    assert told(questions) == []
