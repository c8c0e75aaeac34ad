"""Tabs that are more than the pages of their views: between a browser's heart and the world.

Owns which pages need one (`mounted_commands`), what a tab begins with (`tab_documents`, `page_facts`), the way of its frames and
timers into the world and back (`tabs`), the server's side of where it goes (`journeys`), and what LiveViewTest's handles see and do
in it (`visibility`, `settling`, `handle_acts`). Laws: a tab that nobody asked for costs nothing; frames of one direction never
overtake each other.

Read `mounted_commands`, `tab_documents`, `page_facts`, `redirects`, `journeys`, `tabs`, `settling`, `visibility`, `handle_acts`.
"""

FACE = (
    "frames",
    "handle_acts",
    "hearing",
    "journeys",
    "loading",
    "mounted_commands",
    "network",
    "page_facts",
    "redirects",
    "tab_documents",
    "tabs",
    "visibility",
)
