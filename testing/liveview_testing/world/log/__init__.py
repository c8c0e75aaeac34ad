"""The log: what happened in a world, in order, and how much of it is kept.

Owns its entries (`happening`), the frames of each step (`wire`), the transcript (`trace`), what is forgotten (`retention`), acts as
they are done (`recording`), and what a recording world keeps of each message besides (`recorded`). Law: it is written by whoever
acts, and what is in it never changes; a world that records nothing pays nothing.

Read `happening`, `wire`, `trace`, `retention`, `recording`, `recorded`; `noting` (what a choice reads and writes).
"""
