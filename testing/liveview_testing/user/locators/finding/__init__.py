"""What a locator means: the steps from a page to the elements, and what is said where they lead to none.

Owns the query as a value (`query`), its languages (`css`, which `css_reader` reads, and `selector_engines`), the page as a person
reads it (`reading`), and the names in which something is asked for (`get_by`). Speed is apart: the room `fast` asks fewer
elements, and finds the same. Law: what is found is what Playwright finds in Chromium, in document order.

Read `reading`, `css`, `css_reader`, `query`, `selector_engines`, `invalid_selector`, `get_by`; then `preview`, `suggesting`,
`nearest_misses`.
"""

TEST_ID = "data-testid"
"""The attribute that test ids are in, unless a page says another."""
