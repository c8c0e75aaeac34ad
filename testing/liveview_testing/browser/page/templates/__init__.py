"""Templates: what a page is made of that never changes, read once.

Owns the elements of a template (`skeleton`), the reading of its statics (`statics_reader`), and raw html, which has none
(`raw_html`). Law: statics are read once, in time that grows with them alone; nothing else of a page is ever parsed.

Read `skeleton`, `statics_reader`, `raw_html`.
"""

FACE = ("raw_html", "skeleton", "statics_reader")
