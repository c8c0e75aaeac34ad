"""Properties: what could happen to a page, a stream or a chain of hooks, drawn by hypothesis.

Owns what is drawn (`liveview_testing.strategies` is its door for users), and the machine that mounts any view, lets people act and
time pass, and holds every law after each step.

Law: everything drawn is possible: what a person is let do is what a person at that page could do now; what is drawn is told as the
line of code that does it.

Read `texts` (what people type), `page_events` (events of a view), `stream_scripts`, `hook_links` (what can happen to a stream, to
a chain of hooks).
"""

from __future__ import annotations

FACE = ("hook_links", "page_events", "stream_scripts", "texts")
"""The modules that other rooms import."""
