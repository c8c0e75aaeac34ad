"""The one list of recorded steps that we answer differently on purpose, each with its reason.

Keys are `(golden, step)`: step -1 is the join, None is every step. The harness checks that a listed step really differs: an entry that is no
longer needed fails.
"""

from __future__ import annotations

DEPARTURES: dict[tuple[str, int], str] = {}
