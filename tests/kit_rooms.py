"""The rooms of the kit, lower ones first: a room, or a module at the top, imports only from its own entry or earlier ones."""

from __future__ import annotations

KIT_ROOMS: tuple[tuple[str, ...], ...] = (
    ("failures", "styles"),
    ("user.html",),
    ("browser.page.templates", "browser.page.tree.ropes"),
    ("browser.page.tree",),
    ("browser.page",),
    ("browser.page.finding",),
    ("browser.page.forms",),
    ("browser.dom",),
    # One heart: what a person does, what commands do and what is sent lead to one another; its files make no circle.
    ("browser", "browser.commands", "browser.connection", "browser.events", "browser.lifecycle", "browser.uploads"),
    ("browser.accessibility",),
    ("browser.bindings", "client_hooks"),
    ("world.page_state",),
    ("world",),
    ("world.browsing",),
    ("world.tabs",),
    ("world.simulation",),
    ("user.locators",),
    ("record.scripts",),
    ("user.handles",),
    ("user",),
    ("laws", "watching"),
    ("lints",),
    ("record.timelines",),
    ("properties",),
    ("properties.hook_chains",),
    ("properties.exploring",),
    ("strategies",),
    ("properties.soaking",),
    ("record",),
    ("showing",),
    ("command_line",),
)
