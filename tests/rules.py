"""The ledger of rules: every rule of the specification by its id (`rules.txt`), each tested somewhere or left out on purpose.

Law (held by `test_rules.py`): a rule of `RULES` is cited by a test - its id stands in a test file outside the module's
docstring - or it stands in `NOT_TAKEN` with the reason why it is not taken over; never both. What is between the two, for
whoever is about to write its test, stands in `OPEN`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final


def _read(name: str) -> dict[str, str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return {id: about for id, _, about in (line.partition(" ") for line in lines)}


RULES: Final[dict[str, str]] = _read("rules.txt")
"""Every rule, with a reminder of what it is about."""

_NO_TRANSPORT = "there is no transport here: who runs the processes owns connections, cookies and their tokens"

NOT_TAKEN: Final[dict[str, str]] = {
    "SK-11": _NO_TRANSPORT,
    "RT-9": _NO_TRANSPORT,
    "AY-9": "a task fails by raising, as everything does in Python; `('error', reason)` is an ordinary value",
    "RT-3": "there are no route helpers: `router.path(View, action, …)` writes a path from the view itself",
    "FC-13b": "deprecated upstream: the flash is an assign, `@flash.get('info')`",
    "CP-30": "all state is a value that anybody may look at: `process.components`, `process.socket`",
    **dict.fromkeys(
        ("DBG-1", "DBG-2", "DBG-3", "DBG-4"),
        "optional upstream and off there: a page is looked at through the kit, which knows what stands where",
    ),
    "DF-34": "our browser knows the root of a component by its place in the tree, and leaves the page's text as it is",
}
"""Rules that are not taken over, with the reason."""

OPEN: Final[frozenset[str]] = frozenset()
"""Rules whose test is still to be written."""

# --- the browser ------------------------------------------------------------------------------------------------------

BROWSER_RULES: Final[dict[str, str]] = _read("browser_rules.txt")
"""What the official client does, by the ids of its own specification: HK- are client hooks here."""

_OUTSIDE = "not in a simulated browser, which has no such thing: tabs are not hidden, kept for back and forward, or closed by code"
_SCRIPTS = (
    "about the page's own JavaScript, which does not run here: hooks are Python stand-ins, events are in page.events"
)
_MAY = "says what a simulation may leave out; what is left out here stands in docs/departures.md"

BROWSER_NOT_TAKEN: Final[dict[str, str]] = {
    **dict.fromkeys([f"LO-{number}" for number in range(1, 14) if number not in (8, 10)], _MAY),
    **dict.fromkeys(("CN-22", "CN-30"), _OUTSIDE),
    **dict.fromkeys(("CE-5", "CE-42", "DT-22", "CN-34", "JC-34", "HK-29", "CE-23"), _SCRIPTS),
    "MD-8": "a browser keeps its views by their ids, and a container names one: no element can be bound to two",
    "PA-6": "only a template that is not HEEx, or a script, takes the id of a root: where a command does, the element stays",
    "CN-49a": "scroll offsets are not simulated (LO-3): going somewhere restores none",
    "CN-70": "the client's own latency simulator is not offered: page.network.latency is the wire's",
    "CE-2": "every page of the kit has a live view: one without is a plain page, which nothing here opens",
    "PA-29a": "phx-update of append and prepend is gone upstream in favour of streams (LO-12)",
    "PA-49": "what the client logs while it is debugged is told by the checks: duplicate ids, lists that are no streams",
    "FI-25": "says that the client does nothing of the kind",
    "MD-13": "names the client's error codes: each of ours says in words what happened, in page.notes or as an error",
}
"""Rules that are not taken over, with the reason."""

BROWSER_OPEN: Final[frozenset[str]] = frozenset(_read("browser_open.txt"))
"""Rules whose test is still to be written, or that are tested without being cited."""
