"""The log: what happened in a world, in order, and how much of it is kept.

Owns its entries (`happening`), the frames of each step (`wire`), the transcript (`trace`), what is forgotten (`retention`),
acts as they are done (`act_records`), and what a recording world keeps of each message besides (`message_records`). Law: it is
written by whoever acts, and what is in it never changes; a world that records nothing pays nothing.

Read `happening`, `wire`, `trace`, `retention`, `act_records`, `message_records`; `reads_and_writes` (what a choice reads and
writes).
"""
