"""JS commands: what a binding, a hook or the page itself tells the client to do, carried out on the DOM.

Owns every command of `liveview_core.JS`. Read `argument_shapes` (what a command is given), `running` (which commands, for which
elements, in which order), then `display` (classes, attributes, show, hide, transitions), `focusing` and
`dispatch_and_navigation`.

Law: commands run synchronously in the step that caused them; what they leave for a later frame or the end of a transition is a
value on the browser's clock. A command that the client throws at ends its list, and is noted.
"""

FACE = ("argument_shapes", "display", "focusing", "running", "transitions")
