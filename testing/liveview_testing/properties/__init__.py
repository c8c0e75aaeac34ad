"""Properties: what could happen to a page, a stream or a chain of hooks, drawn by hypothesis.

Owns what is drawn (`liveview_testing.strategies` is its door for users), and the machine that mounts any view, lets people act
and time pass, and holds every law after each step.

Law: everything drawn is possible: what a person is let do is what a person at that page could do now; what is drawn is told as
the line of code that does it.

Read the room `fields` (what people type), `page_events` (events of a view), `person_acts` (everything a person can
do), `stream_scripts` and `drawn_hook_chains` (what can happen to a stream, to a chain of hooks), `code_words` (what code speaks
of); then the machine: `invariants`,
`moves` (a run as a story, and as a test; `function_sources`: with functions as they are written), `live_view_machine`.
Rooms of their own: `hook_chains` (hooks alone), `exploring` (every order of a race), `soaking` (long random runs).
"""

from __future__ import annotations

FACE = (
    "code_words",
    "drawn_hook_chains",
    "function_sources",
    "page_events",
    "person_acts",
    "stream_scripts",
    "fields.texts",
)
"""The modules that other rooms import."""
