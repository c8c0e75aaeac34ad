"""Everything that a person could do at a page now, drawn: each act as a value, whose repr is the line of code that does it.

Owns `acts` and `PersonAct`. Laws: what is drawn can be done at once, on the DOM as the browser has it: only elements that can be
seen, are enabled and in nobody's way are acted on. What people do often is drawn often, and every element is as likely.
Two acts that differ have different reprs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from attrs import evolve, field
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from liveview_core.values.declaring import frozen
from liveview_testing.browser.accessibility import DomElement
from liveview_testing.browser.accessibility.served import options
from liveview_testing.browser.accessibility.states import disabled
from liveview_testing.browser.page.controls import input_type
from liveview_testing.failures.exceptions import KitFailure
from liveview_testing.properties.code_words import handled_events
from liveview_testing.properties.failing_acts import told_as_a_test
from liveview_testing.properties.fields.field_values import values_for
from liveview_testing.user.locators.acting.acting import SET_AT_ONCE, UNWRITTEN, asks, value_of
from liveview_testing.user.locators.acting.actionability import CLICK, FILL, SEE, SELECT, Seen, obstacle
from liveview_testing.user.locators.acting.dialogs import Dialog
from liveview_testing.user.locators.acting.keys import presses
from liveview_testing.user.locators.exceptions import Error
from liveview_testing.user.locators.finding.as_python import spelled
from liveview_testing.user.locators.finding.query import Query
from liveview_testing.user.locators.finding.suggesting import suggestion
from liveview_testing.user.simulation import Page
from liveview_testing.world.tracebacks import shortened

KEYS: Final = ("Enter", "Enter", "Escape", "Tab", "Shift+Tab", "Space", "ArrowDown", "ArrowUp", "Backspace", "a")
TIMES: Final = (1, 100, 300, 1_000, 5_000, 60_000)
"""Milliseconds that may pass."""
HOUR: Final = 3_600_000_000
FILES: Final = (
    {"name": "note.txt", "mimeType": "text/plain", "buffer": b"hello"},
    {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
    {"name": "cat.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"},
    {"name": "../<b>&.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
)


@frozen(repr=False)
class PersonAct:
    """Something that somebody could do at a page. `perform(page)` does it, at that page or the same one in a fork."""

    pieces: tuple[str, ...]
    """The code around the name of the page."""
    _do: Callable[[Page], Any] = field(eq=False, alias="do")
    simpler: tuple[Callable[[], PersonAct], ...] = field(default=(), eq=False)
    """The same with plainer values, the plainest first: for who makes a story short."""

    def perform(self, page: Page) -> None:
        """Do it. Of the failing example that Hypothesis reports, the shortest test that fails so is printed."""
        with told_as_a_test(page.sim):
            self._do(page)

    def do_at(self, page: Page) -> None:
        """Do it, for who tells of what fails himself."""
        self._do(page)

    def code(self, page: str = "page") -> str:
        """The line of code that does it, at a page that goes by this name."""
        return page.join(self.pieces)

    def __repr__(self) -> str:
        return self.code()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # how hypothesis shows what was drawn
        printer.text(self.code())


@shortened
def acts(page: Page, *, offline: bool = True, time: bool = True) -> SearchStrategy[PersonAct]:
    """One of all the things that a person could do at the page now: clicks, typing, keys, focus, uploads, back, time, offline, …

    `offline` False: the network stays; `time` False: no time passes but what acts wait for.
    """
    weights = dict(_WEIGHTS)
    if not page.state.online:
        weights["network"] = _SOON_BACK
    for kind, wanted in (("waits", time), ("network", offline)):
        if not wanted:
            del weights[kind]
    return _drawn(_Offers(page), weights)


_WEIGHTS: Final = {
    "elements": 82,
    "keys": 8,
    "waits": 6,
    "hooks": 6,
    "history": 3,
    "reloads": 1,
    "network": 1,
}
"""How often a person does something, of about a hundred acts. What is lost with a reload, and while the network is gone, was in
vain: they are rare, so that a story gets somewhere."""

_SOON_BACK: Final = 100
"""The same of the network while it is gone: nearly every other act brings it back."""


@st.composite
def _drawn(draw: st.DrawFn, offers: _Offers, weights: dict[str, int]) -> PersonAct:
    left = dict(weights)
    while True:  # there is always a key to press
        kind = _weighted(draw, left)
        act: PersonAct | None = getattr(offers, kind)(draw)
        if act is not None:
            return act
        del left[kind]  # what the page does not offer is as if it were not there: the others keep their shares


def _weighted(draw: st.DrawFn, weights: dict[str, int]) -> str:
    return draw(st.sampled_from([name for name, weight in weights.items() for _ in range(weight)]))


_LOOKED_AT: Final = 8
"""After so many elements that nothing can be done with, all others are looked at at once."""

_CHECKS: Final = {
    "clicks": CLICK,
    "clicks_twice": CLICK,
    "fills": FILL,
    "typing": FILL,
    "chosen": SELECT,
    "uploads": (),
    "presses": SEE,
    "focus": SEE,
    "blur": SEE,
}
"""What must hold of an element with which something is done."""


class _Offers:
    """What one page offers at one moment; each kind of act is looked for when it is drawn."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.reading = page.reading
        self.state = page.state
        self._seen = Seen(self.reading, self.state)
        self._all: list[DomElement] | None = None

    def __repr__(self) -> str:
        return repr(self.page)

    @property
    def all(self) -> list[DomElement]:
        found = self._all
        if found is None:
            found = self._all = list(self.reading.body.iter())
        return found

    def _can(self, element: DomElement, checks: tuple[str, ...]) -> bool:
        try:
            return obstacle(element, checks, self._seen) is None
        except (Error, KitFailure):
            return False

    # --- with an element ----------------------------------------------------------------------------------------------

    def elements(self, draw: st.DrawFn) -> PersonAct | None:
        """Something with an element, of those with which something can be done; all of them are as likely."""
        wanted: list[DomElement] = [each for each in (*self.all, self.reading.body) if self._verbs(each)]
        tried = 0
        while wanted:
            at = draw(st.integers(0, len(wanted) - 1))
            verbs = self._possible(wanted[at])
            if verbs:
                act: PersonAct = getattr(self, _weighted(draw, verbs))(draw, wanted[at])
                return act
            tried += 1
            if tried < _LOOKED_AT:
                del wanted[at]
            else:  # a page that is mostly hidden
                wanted = [each for each in wanted if self._possible(each)]
        return None

    def _verbs(self, element: DomElement) -> dict[str, int]:
        """What may be done with an element, and how often."""
        verbs: dict[str, int] = {}
        if element.tag == "input" and input_type(element) == "file":
            verbs["uploads"] = 12
        if _is_written(element):
            verbs["fills"] = 8
            if input_type(element) not in SET_AT_ONCE:
                verbs["typing"] = 4
        if element.tag == "select" and _choices(element):
            verbs["chosen"] = 12
        if _is_clicked(element) or (element is self.reading.body and self._waits_for_clicks_beside):
            verbs["clicks"] = 12
            if element.tag == "button" or element.has("phx-click"):
                verbs["clicks_twice"] = 2
        if _takes_focus(element) and not element.has("inert"):
            verbs["presses"] = 2
            verbs["focus"] = 1
        if element is self.reading.focused:
            verbs["blur"] = 2
        return verbs

    def _possible(self, element: DomElement) -> dict[str, int]:
        """Of that, what nothing is in the way of."""
        looked: dict[tuple[str, ...], bool] = {}
        found: dict[str, int] = {}
        for verb, weight in self._verbs(element).items():
            if verb in ("presses", "focus", "uploads") and disabled(element):
                continue
            checks = _CHECKS[verb]
            if checks not in looked:
                looked[checks] = self._can(element, checks)
            if looked[checks]:
                found[verb] = weight
        return found

    @property
    def _waits_for_clicks_beside(self) -> bool:
        return any(each.has("phx-click-away") or each.has("phx-window-blur") for each in self.all)

    def clicks(self, draw: st.DrawFn, element: DomElement) -> PersonAct:
        """A click on what looks as if it wanted one; beside everything, where somebody waits for that."""
        act = self.on(element, "click")
        # Where nobody listens, a dialog is dismissed.
        return _accepted(act) if asks(element) is not None and draw(st.booleans()) else act

    def clicks_twice(self, draw: st.DrawFn, element: DomElement) -> PersonAct:
        """A double click."""
        return self.on(element, "dblclick")

    def fills(self, draw: st.DrawFn, element: DomElement) -> PersonAct:
        """A field is given a text."""
        return self.on(element, "fill", draw(values_for(element)))

    def typing(self, draw: st.DrawFn, element: DomElement) -> PersonAct:
        """A text, key by key."""
        return self.on(element, "press_sequentially", draw(_TYPED))

    def chosen(self, draw: st.DrawFn, element: DomElement) -> PersonAct:
        """Options of a select."""
        values = st.sampled_from(_choices(element))
        if element.has("multiple"):
            return self.on(element, "select_option", draw(st.lists(values, unique=True, max_size=4)))
        return self.on(element, "select_option", draw(values))

    def uploads(self, draw: st.DrawFn, element: DomElement) -> PersonAct:
        """Files for a file input, which may be hidden behind its label."""
        most = 2 if element.has("multiple") else 1
        at = draw(st.lists(st.sampled_from(range(len(FILES))), max_size=most, unique=True))
        return self.on(element, "set_input_files", [FILES[each] for each in at])

    def presses(self, draw: st.DrawFn, element: DomElement) -> PersonAct:
        """A key, into something that is given the focus."""
        return self.on(element, "press", draw(st.sampled_from(self._keys())))

    def focus(self, draw: st.DrawFn, element: DomElement) -> PersonAct:
        """The focus comes."""
        return self.on(element, "focus")

    def blur(self, draw: st.DrawFn, element: DomElement) -> PersonAct:
        """The focus goes."""
        return self.on(element, "blur")

    # --- the keyboard -------------------------------------------------------------------------------------------------

    def _keys(self) -> list[str]:
        named = {key: None for each in self.all if (key := each.get("phx-key")) is not None and _is_key(key)}
        return [*named, *KEYS]

    def keys(self, draw: st.DrawFn) -> PersonAct:
        """A key, into what has the focus."""
        focused = self.reading.focused
        # Who has written there goes on so.
        at_hand = ("Enter",) * 4 if focused is not None and focused.tag == "input" else ()
        key = draw(st.sampled_from([*at_hand, *self._keys()]))
        return act_of(f".keyboard.press({_spelled(key)})", lambda page: page.keyboard.press(key))

    # --- scripts ------------------------------------------------------------------------------------------------------

    def hooks(self, draw: st.DrawFn) -> PersonAct | None:
        """What a client hook could push: an event that the view handles and that nothing on the page is bound to."""
        hooked = [each for each in self.all if each.has("phx-hook") and each.get("id")]
        process = self.page.view.line.process
        if not hooked or process is None or not self.state.online:
            return None
        bound = {value for each in self.all for name, value in each.attributes.items() if name.startswith("phx-")}
        names = [name for name in handled_events(process.view) if name not in bound]
        if not names:
            return None
        selector, event = f"#{draw(st.sampled_from(hooked)).get('id')}", draw(st.sampled_from(names))
        params = draw(
            st.dictionaries(st.sampled_from(["value", "id", "key"]), st.sampled_from(["", "1", "x"]), max_size=1)
        )
        return act_of(
            f".view.element({_spelled(selector)}).render_hook({_spelled(event)}, {params!r})",
            lambda page: page.view.element(selector).render_hook(event, params),
        )

    # --- the browser --------------------------------------------------------------------------------------------------

    def history(self, draw: st.DrawFn) -> PersonAct | None:
        """Back and forward, where there is something."""
        if not self.state.online:  # a page cannot be loaded
            return None
        history = self.state.history
        offered = [
            *([act_of(".go_back()", lambda page: page.go_back())] if history.at > 0 else ()),
            *([act_of(".go_forward()", lambda page: page.go_forward())] if history.moved(1) is not None else ()),
        ]
        return draw(st.sampled_from(offered)) if offered else None

    def reloads(self, draw: st.DrawFn) -> PersonAct | None:
        """The page anew."""
        return act_of(".reload()", lambda page: page.reload()) if self.state.online else None

    def waits(self, draw: st.DrawFn) -> PersonAct:
        """Time passes: until the next thing is due, or as long as people wait."""
        due = self.page.sim.next_due(self.page.now + HOUR)
        next_due = [] if due is None else [-(-(due - self.page.now) // 1_000)]
        ms = draw(st.sampled_from([*dict.fromkeys(ms for ms in (*next_due, *TIMES) if ms > 0)]))
        return _waiting(ms)

    def network(self, draw: st.DrawFn) -> PersonAct:
        """The network goes, or comes back."""
        gone = self.state.online
        return act_of(f".context.set_offline({gone})", lambda page: page.context.set_offline(gone))

    # --- as code ------------------------------------------------------------------------------------------------------

    def on(self, element: DomElement, verb: str, *arguments: Any) -> PersonAct:
        """A verb of the locator that a person would write for an element."""
        return _on(suggestion(element, self.reading), verb, arguments)


def _on(query: Query, verb: str, arguments: tuple[Any, ...]) -> PersonAct:
    def do(page: Page) -> None:
        getattr(page.located(query), verb)(*arguments)

    act = act_of(f".{query.code}.{verb}({', '.join(map(_spelled, arguments))})", do)
    given = arguments[0] if arguments and verb in ("fill", "press_sequentially") else ""
    plainer = [each for each in ("a", "1", given[:1]) if each and len(each) < len(given)]
    return evolve(act, simpler=tuple(partial(_on, query, verb, (each,)) for each in dict.fromkeys(plainer)))


def _waiting(ms: int) -> PersonAct:
    act = act_of(f".wait_for_timeout({ms})", lambda page: page.wait_for_timeout(ms))
    return evolve(act, simpler=tuple(partial(_waiting, each) for each in TIMES if each < ms))


def _accepted(act: PersonAct) -> PersonAct:
    def accept(dialog: Dialog) -> None:
        dialog.accept()

    def do(page: Page) -> None:
        page.once("dialog", accept)
        act.perform(page)

    first = '.once("dialog", lambda dialog: dialog.accept()); '
    return PersonAct(("", first + act.pieces[0], *act.pieces[1:]), do)


_TYPED: Final = st.sampled_from(["a", "ab", "1", "é", "a b"])


def act_of(after: str, do: Callable[[Page], Any]) -> PersonAct:
    """An act by the code after the name of the page."""
    return PersonAct(("", after), do)


def _spelled(value: object) -> str:
    return spelled(value) if isinstance(value, str) else repr(value)


def _is_clicked(element: DomElement) -> bool:
    tag = element.tag
    if tag == "input":
        return input_type(element) in ("checkbox", "radio", "submit", "button", "reset", "image")
    if tag == "a":
        return element.has("href") or element.has("phx-click")
    if tag in ("button", "summary", "label"):
        return tag != "label" or element.has("for")
    return any(element.has(name) for name in ("phx-click", "onclick")) or element.get("role") in _CLICKED


_CLICKED: Final = ("button", "link", "checkbox", "radio", "switch", "tab", "option", "menuitem")


def _takes_focus(element: DomElement) -> bool:
    if element.tag == "a":
        return element.has("href")
    return element.tag in ("input", "textarea", "select", "button") or element.has("tabindex")


def _is_written(element: DomElement) -> bool:
    if element.tag == "input":
        return input_type(element) not in UNWRITTEN
    return element.tag == "textarea" or element.get("contenteditable") in ("", "true")


def _choices(select: DomElement) -> list[str]:
    found = [option for option in options(select) if not disabled(option)]
    values = [value_of(option) for option in found]
    return [value for value in values if values.count(value) == 1]


def _is_key(name: str) -> bool:
    try:
        presses(name)
    except Error:
        return False
    return True


__all__ = ["PersonAct", "acts"]
