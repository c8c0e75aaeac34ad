"""The one list of what we answer differently from the traces on purpose, each with its reason.

Keys are `(golden, what)`, `what` as the comparison names it ("server message", "html", …). The tests check that a listed
departure really occurs: an entry that is no longer needed fails.
"""

from __future__ import annotations

_ST_29 = (
    "the recording client appends stream items after the other children of the container; our browser does what the "
    "official client does and puts them before (ST-29). The frames and the server's text are as recorded"
)

DEPARTURES: dict[tuple[str, str], str] = {
    ("stream_component", "html"): _ST_29,
    ("stream_component", "op_html"): _ST_29,
    ("switch_tpl", "client events"): (
        "a new root template sends `r: 1` at the top of the diff, where `r` is also an event's reply; the recording client takes "
        "it for a reply of 1. Our browser does not: no callback replied"
    ),
}

STATEFUL_DEPARTURES: dict[str, str] = {
    "StreamComps": (
        "the recording client keeps the HTML of a stream's rows as it was inserted, so that a component inside a row never changes "
        "again in its `html`; a browser patches it. Compared are the frames, the server's text, and the page around the components"
    ),
}
