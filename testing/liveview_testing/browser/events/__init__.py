"""Events of the DOM: what a person's acts come to, and what the official client makes of them.

Owns two sides. The platform's: which events a click, a key, a moved focus, a typed text are, in which order, and what a browser
does by itself when nobody prevents it (`pointer`, `keyboard`, `focus`, `fields`, `submission`, `validation`). The
client's: which bindings hear an event (`listeners`), which clicks are for live links (`links`), and what debounce and throttle do
to them (`debounce`).

Read `focus`, the room `fields`, `validation`, `submission`, `links`, `pointer`, `tab_order`, `keyboard`; then `debounce`,
`listeners`.

Law: the platform knows no binding, and the client only hears events; so what a script dispatches is heard as what a person does.
"""

FACE = (
    "debounce",
    "fields.editing",
    "focus",
    "keyboard",
    "links",
    "listeners",
    "pointer",
    "submission",
    "top_layer",
    "validation",
)
