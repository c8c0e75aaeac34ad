"""The simulated browser: what a page is, found, filled in and patched, without ever parsing the page.

Read in this order: `skeleton` (a template's elements, parsed once from its statics), `rope` (long lists that share), `tree`
(the client's tree and the merge of a diff), `page` (the page as a value), `element` (a cursor over it); then `select`,
`forms`, `payloads`.

Law: nothing here imports liveview_core. This is a second, independent reading of the wire.
"""
