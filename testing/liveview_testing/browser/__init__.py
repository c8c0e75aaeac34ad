"""The simulated browser: one immutable value for everything a browser knows, and one pure step.

Owns the heart, `react(browser, stimulus, surroundings)` (`react`): `stimuli` is what can happen to a browser, `browser` what it
knows, `reaction` a step while it runs. Read the rooms, lower ones first: `page` (what the wire says, as elements; with selectors
and forms), `dom` (what the client did to elements); `connection`, `events`, `commands`, `lifecycle`, `uploads`, which are the
heart together; `accessibility` finds what a person finds; `bindings` is what LiveViewTest's handles fire.

Laws: a page is never parsed, and a step costs what changed. Nothing here imports liveview_core but the base of its errors and
the way values are declared: this is a second, independent reading of the wire.
"""

FACE = ("browser", "client", "react", "reaction", "stimuli")
