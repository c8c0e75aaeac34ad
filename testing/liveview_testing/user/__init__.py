"""What a test holds in its hands: simulations; views and elements; pages and locators; html.

Owns the names that tests are written with. `handles` has those of LiveViewTest's users (views, elements, forms, files), `locators`
those of Playwright's (pages, locators, expectations), `html` the text that a test compares; `simulation` makes them. Law: a handle
names, asks and acts, and owns nothing.

Read `html`, `handles`, `locators`; then `simulation`, which opens views and pages, `rendering`, for what needs no page, and
`uncalled_statements`, for what is only named; last `lazy_modules`, of what waits until a tab is opened.
"""

FACE = ("uncalled_statements", "opening", "simulation")
