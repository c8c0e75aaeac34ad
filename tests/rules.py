"""The ledger of rules: every rule of the specification by its id (`rules.txt`), each tested somewhere or left out on purpose.

Law (held by `test_rules.py`): a rule of `RULES` is cited by a test - its id stands in a test file outside the module's
docstring - or it stands in `NOT_TAKEN` with the reason why it is not taken over; never both. What is between the two, for
whoever is about to write its test, stands in `OPEN`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_LINES = (Path(__file__).parent / "rules.txt").read_text(encoding="utf-8").splitlines()

RULES: Final[dict[str, str]] = {id: about for id, _, about in (line.partition(" ") for line in _LINES)}
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
