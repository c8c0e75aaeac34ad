"""The DOM as one tab's browser has it: the pages its views were sent, and what the client did to their elements since.

Owns the difference between what was sent and what is there: typed values, classes and attributes that commands wrote, pending
refs, parts that are held back, elements that are still leaving. Nearly all elements of nearly all pages have none of that, so
the pages themselves (`browser.page.page`) are the tree, and what the client did is a map from an element to its `Mark`.

Law: private data follows the node. An element that a patch keeps, as the official client's morph keeps nodes, keeps its
mark; one that is made anew has none. A page without marks costs nothing.

Read `mark` (what is known of one element), `document` (the value), `node` (a cursor over it), `options` (of a select),
`dom_event`, the room `patching` (what a patch does to marks), `portals` (what stands elsewhere).
"""  # MD-2

FACE = (
    "document",
    "dom_event",
    "patching.focus_after_patch",
    "patching.node_matching",
    "forms",
    "patching.phx_remove",
    "mark",
    "node",
    "options",
    "patching.patching",
    "patching.returning_rows",
    "patching.taken_rows",
    "portals",
    "querying",
    "stream_rows",
    "top_layer",
    "visibility",
    "patching.patched_element",
)
