"""What a person finds on a page: roles, names, states, visibility, queries in these words, and the aria snapshot.

Owns a library of pure functions over one reading of a page (`Document`, `DomElement`): it acts on nothing, waits for nothing and
knows neither views nor the wire. Read in this order. What is asked of a tree and of its state: `dom`; how texts are compared:
`text`; the state of an untouched page: `served`. The rules: `display`, `roles`, `states`, `names`, `lines`, `replaced`, `boxes`.
What is made of them: `queries`, `snapshot`, `template`.

Law: whatever is answered here, Playwright answers in Chromium about the same document, unless a style sheet decides it that the
test has not told of. No function raises on any page; only a question can be wrong (`QueryError`).
"""

from liveview_testing.browser.accessibility.boxes import is_visible
from liveview_testing.browser.accessibility.display import is_hidden
from liveview_testing.browser.accessibility.dom import Document, DomElement, State, Structure
from liveview_testing.browser.accessibility.names import description, error_message, name
from liveview_testing.browser.accessibility.queries import (
    by_alt_text,
    by_label,
    by_placeholder,
    by_role,
    by_test_id,
    by_text,
    by_title,
)
from liveview_testing.browser.accessibility.roles import role
from liveview_testing.browser.accessibility.served import AS_SERVED, AsServed
from liveview_testing.browser.accessibility.snapshot import AriaNode, aria_snapshot, aria_tree, matches
from liveview_testing.browser.accessibility.template import parse
from liveview_testing.browser.accessibility.text import QueryError

__all__ = [
    "AS_SERVED",
    "AriaNode",
    "AsServed",
    "Document",
    "DomElement",
    "QueryError",
    "State",
    "Structure",
    "aria_snapshot",
    "aria_tree",
    "by_alt_text",
    "by_label",
    "by_placeholder",
    "by_role",
    "by_test_id",
    "by_text",
    "by_title",
    "description",
    "error_message",
    "is_hidden",
    "is_visible",
    "matches",
    "name",
    "parse",
    "role",
]

FACE = ("display", "dom", "names", "queries", "roles", "served", "snapshot", "states", "text")
