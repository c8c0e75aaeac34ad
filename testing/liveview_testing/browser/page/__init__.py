"""A page as a value, and its elements.

Owns `Page` (the tree, the components, the title), `Node` (a cursor over one element), the ways to find one by address or by a
test, and the document that several pages are (`nested_views`). Law: the page depends on the messages only, and a node belongs
to one version of it.

Read `templates` and `tree` first, the rooms of what a page is made of. Then `place` (where a template hangs), `node`, `search`,
`siblings`, `lookup`, `page`, `nested_views`, `difference` (of two versions); `controls` says what kind of control an element
is. On top of it: `finding` (selectors) and `forms`.
"""

FACE = (
    "controls",
    "difference",
    "fast_text_rows",
    "nested_views",
    "node",
    "page",
    "place",
    "search",
    "siblings",
)
