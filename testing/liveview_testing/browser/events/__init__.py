"""Events of the DOM: what a person's acts come to, and what the official client makes of them.

Owns two sides. The platform's: which events a click, a key, a moved focus, a typed text are, in which order, and what a browser
does by itself when nobody prevents it (`pointer`, `keyboard`, `focus`, `editing`, `submission`, `validation`). The client's:
which bindings hear an event (`listening`), and what debounce and throttle do to them (`pacing`). And what LiveViewTest's handles
fire (`payloads`): a binding is run by `bindings`, what an element does by itself is in `default_actions`, what its browser knows
of it in `visibility`.

Law: the platform knows no binding, and the client only hears events; so what a script dispatches is heard as what a person does.
"""

FACE = (
    "actions",
    "bindings",
    "fast_click",
    "focus",
    "links",
    "listening",
    "pacing",
    "payloads",
    "pointer",
    "submission",
    "validation",
    "visibility",
)
