"""Elements that wait for answers inside others that wait: fields, hooks, messages in between; ours and the official client in lockstep."""

from __future__ import annotations

from random import Random

import pytest

from tests.harness.counting_pages import page
from tests.harness.happenings import Choices
from tests.official_client.client import Judges
from tests.official_client.lockstep import Lockstep
from tests.official_client.tab.generated import HANDLERS, ROWS, act

TWO = """<p>{@n}</p><div id="o" phx-click="none"><b id="b" phx-hook="Log">{@n}</b><div id="q" phx-click="none" phx-hook="Log">
<b id="c" phx-hook="Log">{@n}</b><input id="i" value={@last}><p>{@last}</p></div></div>"""

THREE = """<p>{@n}</p><div id="o" phx-click="none"><div id="m" phx-click="none"><b id="b" phx-hook="Log">{@last}</b>
<div id="q" phx-click="none" phx-hook="Log"><b id="c" phx-hook="Log">{@n}</b><p>{@last}</p></div></div></div>"""


@pytest.mark.parametrize(
    ("template", "waits"),
    [
        (TWO, "qo"),
        (TWO, "oq"),
        (TWO, "q!o"),
        (THREE, "qo"),
        (THREE, "qmo"),
        (THREE, "q!mo"),
        (THREE, "mq!o"),
        (THREE, "omq"),
    ],
)
def test_a_hook_whose_element_waits_in_the_clone_only(
    judges: Judges, template: str, waits: str
) -> None:  # HK-18, LK-21
    """Answered itself, it is another than its twin in the hidden clone, which says that it waits: it is told of that, and once more
    of what was held back from it. `!`: a message comes in between.
    """
    both = Lockstep.of(judges, page(template)).hold()
    for each in waits:
        both.tell({"last": "between"}).release(1) if each == "!" else both.dispatch(f"#{each}", "click")
    both.tell({"last": "other"})
    while both.browser.flights:
        both.release(1)
    both.release().tell({"n": 3})


def fields(name: str) -> str:
    """One of each kind, a hook, and a text."""
    return f"""<input id="{name}1" name="a" value={{@last}}><textarea id="{name}2" name="b">{{@last}}</textarea>
    <input type="checkbox" id="{name}3" name="c" checked={{@on}}><select id="{name}4" name="d"><option value="1">1</option>
    <option value="2" selected={{@on}}>2</option></select><input id="{name}5" name="e"><b id="{name}6" phx-hook="Log">{{@n}}</b>
    <p>{{@last}}</p>"""


PAGES = (
    f"""<p>{{@n}}</p><div id="o" phx-click="none">{fields("o")}<div id="q" phx-click="e0">{fields("q")}</div></div>""",
    f"""<p>{{@n}}</p><div id="o" phx-click="e0">{fields("o")}<form id="q" phx-change="none" phx-submit="e1">{fields("q")}
    <button id="qs" phx-disable-with="w">s</button></form></div>""",
    f"""<p>{{@n}} {{@last}}</p><form id="o" phx-change="none" phx-submit="e0">{fields("o")}<div id="q" phx-click="none">{fields("q")}
    </div><button id="os">s</button></form>""",
    f"""<p>{{@n}} {{@last}}</p><div id="o" phx-click="none"><div id="m" phx-click="e3">{fields("m")}
    <div id="q" phx-click="none" phx-hook="Log">{fields("q")}</div></div></div>""",
)


@pytest.mark.parametrize("seed", range(32))
def test_fields_in_waits_in_waits(judges: Judges, seed: int) -> None:  # LK-20, LK-21, FI-8, HK-18
    choices = Choices(Random(f"waits {seed}").randrange)
    view = page(PAGES[seed % 4], {}, state={"on": False, "rows": ROWS[0]}, **HANDLERS)
    both = Lockstep.of(judges, view, logs=("push", "Failed")).latency(choices.pick((5, 10, 20, 30)))
    for _ in range(14):
        match choices.below(8):
            case 0:
                both.advance(choices.pick((3, 5, 10, 20)))
            case 1:
                both.tell({"last": choices.pick(("m", "other", ""))})
            case 2:
                both.dispatch("#" + choices.pick(("o", "q")), "click")
            case 3 if not both.browser.flights and not both.browser.holding:
                both.latency(0).hold()
            case _:
                act(both, choices)
    if both.browser.holding:
        both.release()
    both.latency(0).advance(400)
