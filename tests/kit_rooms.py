"""The rooms of the kit, lower ones first: a room, or a module at the top, imports only from its own entry or earlier ones."""

from __future__ import annotations

KIT_ROOMS: tuple[tuple[str, ...], ...] = (
    ("failures",),
    ("html",),
    ("browser.ropes",),
    ("browser.tree",),
    ("browser.page",),
    ("browser.finding",),
    ("browser.forms",),
    ("browser.dom",),
    # One heart: what a person does, what commands do and what is sent lead to one another; its files make no circle.
    ("browser", "browser.commands", "browser.connection", "browser.events", "browser.lifecycle"),
    ("browser.accessibility",),
    ("client_hooks", "external_uploaders", "styles"),
    ("tab",),
    ("world",),
    ("browsing",),
    ("simulation",),
    ("person",),
    ("scripts",),
    ("user",),
    ("watching",),
    ("laws",),
    ("lints", "properties"),
    ("hook_chains",),
    ("strategies",),
    ("worlds",),
    ("soaking",),
    ("timelines",),
    ("record",),
    ("showing",),
    ("command_line",),
)
