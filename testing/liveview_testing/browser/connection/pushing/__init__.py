"""A push: an event becomes a frame, and what it came from waits for the answer.

Owns what is sent (`pushes`), to whom (`targeting`), the refs of elements that wait (`element_refs`), and the way from a command to
a frame (`pushing`). Law: what waits is marked as the client marks it; an answer ends the wait of its push and of those before.

Read `targeting`, `element_refs`, `pushes`, `pushing`.
"""
