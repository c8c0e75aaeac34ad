"""The one list of what we answer differently from the traces on purpose, each with its reason.

Keys are `(golden, what)`, `what` as the comparison names it ("server message", "html", …). The tests check that a listed
departure really occurs: an entry that is no longer needed fails.
"""

from __future__ import annotations

DEPARTURES: dict[tuple[str, str], str] = {
    ("stream_component", "html"): (
        "the recording client appends stream items after the other children of the container; our browser does what the "
        "official client does and puts them before (ST-29)"
    ),
}
