"""The kits that are compared, and what about each is not like for like. The first is ours."""

from __future__ import annotations

from attrs import frozen

__all__ = ["ELSEWHERE", "KITS", "OURS", "Kit"]


@frozen
class Kit:
    """A kit: its short name (of its script, its versions, its environment), its name in the table, and what to know of it."""

    name: str
    title: str
    unlike: str


OURS = Kit(
    "liveview",
    "ours",
    "what is clicked is looked for, and must be visible and enabled; the page is patched as a browser patches it; what is done "
    "is recorded as a script. The payloads of frames are counted, without their envelope.",
)

KITS = (
    OURS,
    Kit(
        "pyview",
        "pyview",
        "it has no test kit: its server is driven by the frames of a client, through a socket in memory. Nothing is looked for "
        "and no page is kept: what is read is the diff. Its one test for pytest calls the callbacks of a view.",
    ),
    Kit(
        "nicegui",
        "NiceGUI `User`",
        "the elements of the server are read, in the same process; what goes to a browser is made later, and is not in the "
        "times of clicks. A broadcast is an event to which 100 pages have subscribed. The simulated server is started once, "
        "outside of what is measured; its fixture starts it for every test.",
    ),
    Kit(
        "streamlit",
        "Streamlit `AppTest`",
        "an act is a run of the whole script, in a thread of its own; no row changes, the whole list is written again.",
    ),
    Kit(
        "textual",
        "Textual `Pilot`",
        "a terminal: every act is laid out and drawn, and ends when the processor has been idle, for which it sleeps by the wall "
        "clock. The press effect of its buttons is switched off: within it, clicks are lost.",
    ),
    Kit(
        "djust",
        "djust",
        "handlers are called by name, without the page; the page is rendered as a whole and searched as text. A broadcast is "
        "a message given to 100 clients, one by one. What its Rust part keeps is not in its memory. Patches are counted as JSON.",
    ),
    Kit(
        "fasthtml",
        "FastHTML `Client`",
        "an act is an HTTP request, on an event loop that is started for it; its handler says by itself which piece of the page "
        "changes, and the test does not see that it is put there.",
    ),
    Kit(
        "reactpy",
        "ReactPy `Layout`",
        "its own test kit is a browser: here its layout is driven by hand, and what is read is a tree of dictionaries. "
        "A broadcast is a call of 100 setters.",
    ),
)

ELSEWHERE = (
    "LiveViewTest (Elixir) is not on this machine. Measured elsewhere, version 1.2.10 beside an earlier version of ours: "
    "5.7 times our mount, 3.5 to 5 times our click and read, 8.6 times our broadcast to 100 views, 35 times and more our changed "
    "row of 1,000 and our append to a chat of 1,000; its bytes are the same, to the byte."
)
