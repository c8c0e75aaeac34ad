"""A real browser for a test: the fixture `live_page` in Chromium.

Owns the browser of a run and the page that a test holds. Law: the test's world is served to it, and nothing else is.

Read `synchronizing`, `chromium`, then `live_page`.
"""
