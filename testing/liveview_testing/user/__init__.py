"""What a test holds in its hands: simulations, views, elements, files.

Owns the public handles. They hold no state: they name something in a world, ask it and act on it. Law: what a user of the page
cannot do fails with the reason, and then nothing has happened; what a user can do sends what a browser sends.

Read `simulation` (`Simulation`, `View`), which is made of `looking`, `going`, `asserting` and `targets` (events by name); then
`element`, `file_input`; `nested_views`, `presence`, `assertions` and `rendering` help.
"""

FACE = ("asserting", "element", "file_input", "going", "looking", "rendering", "simulation", "targets")
