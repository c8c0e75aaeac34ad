"""Views as users write them, and the paths they are mounted at.

Owns `LiveView` with the border where what a callback returns is checked, and the router: which path shows which view, with which
params, in which live session.

Law: a view holds no state; only what it defines exists; what it returns is legal, or an error that says where and the cure.

Read `view`, then `route_paths`, `router`; `urls`.
"""

from __future__ import annotations

FACE = ("live_component", "route_paths", "router", "urls", "view")
"""The modules that other rooms import."""
