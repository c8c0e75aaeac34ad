"""Bindings, as LiveViewTest's handles act on them: what an event at one element comes to, without a tab's whole browser.

Owns the reading of `phx-` attributes as pushes and commands (`bindings`), what an element does by itself (`default_actions`), and
the payload that goes over the wire (`payloads`); `fast_click` knows what an ordinary button sends from its template alone. Law: the
frame is the official client's, to the byte.

Read `actions`, `visibility`, `bindings`, `default_actions`, `payloads`; then `fast_click`, which may be skipped.
"""

FACE = ("actions", "bindings", "fast_click", "payloads", "visibility")
