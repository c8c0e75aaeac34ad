"""Going from page to page: what a browser does between a user's act and the frames that it sends.

Owns which page is meant (`visits`), opening, joining, patches, navigation and requests (`navigation`), what an event at an element
comes to (`performing`), the reading of what a process sent (`incoming`), what is there before there is a page (`no_page`), uploads
(`uploader`), the ids across the views of a document (`dom_ids`) and that document (`nested_pages`). Law: what happens here is
what the official client does, in its order; it works on an open world and publishes nothing.

Read `incoming`, `visits`, `no_page`, `navigation`, `uploader`, `performing`, `dom_ids`, `nested_pages`.
"""

FACE = ("dom_ids", "incoming", "navigation", "nested_pages", "no_page", "performing", "uploader", "visits")
