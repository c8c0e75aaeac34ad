"""Tabs that are more than the pages of their views: between a browser's heart and the world.

Owns which pages need one (`mounted_commands`), what a tab begins with (`tab_documents`, `page_facts`), the way of its frames and
timers into the world and back (`tabs`), the server's side of where it goes (`joins_and_loads`), and what LiveViewTest's handles see
and do in it (`handle_visibility`, `settling`, `handle_acts`). Laws: a tab that nobody asked for costs nothing; frames of one
direction never overtake each other.

Read `mounted_commands`, `tab_documents`, `page_facts`, `redirects`, `joins_and_loads`, `tabs`, `settling`, `handle_visibility`,
`handle_acts`.
"""

FACE = (
    "frames",
    "handle_acts",
    "handle_visibility",
    "joins_and_loads",
    "mounted_commands",
    "network",
    "page_facts",
    "receiving",
    "redirects",
    "tab_documents",
    "tab_requests",
    "tabs",
)
