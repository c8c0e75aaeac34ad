"""The simulated browser: what a page is, found, filled in and patched, without ever parsing the page.

Read in this order. The page: `skeleton` (a template's elements, read once from its statics), `island` (raw html, the one
exception), `rope` (long lists that share), `tree` (the client's tree), `instance` (what its elements say), `merge` (a diff goes
in), `containers` (streams, ignored elements), `page` (the page as a value). As text: `markup`, `words`. Elements: `place`,
`element` (a cursor), `search`, `registry`, `lookup`. Then what a user does: `selectors`, `select`, `forms`, `payloads`.

Law: nothing here imports liveview_core. This is a second, independent reading of the wire.
"""
