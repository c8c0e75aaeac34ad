"""Events of the DOM: what a person's acts come to, and what the official client makes of them.

Owns two sides. The platform's: which events a click, a key, a moved focus, a typed text are, in which order, and what a browser
does by itself when nobody prevents it (`pointer`, `keyboard`, `focus`, `writing`, `editing`, `submission`, `validation`). The
client's: which bindings hear an event (`listening`), which clicks are for live links (`links`), and what debounce and throttle do
to them (`debounce`).

Read `focus`, `editing`, `writing`, `validation`, `submission`, `links`, `pointer`, `keyboard`; then `debounce`, `listening`.

Law: the platform knows no binding, and the client only hears events; so what a script dispatches is heard as what a person does.
"""

FACE = (
    "debounce",
    "editing",
    "focus",
    "keyboard",
    "links",
    "listening",
    "pointer",
    "submission",
    "top_layer",
    "validation",
)
