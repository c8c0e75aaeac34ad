"""The recorded views, in Python: one module a golden, each with the view the trace was recorded from as `view`.

A module may also have `router`, `modules` (LiveComponents that a `send_update` step names), `message(step)` (the message of an
`info_…` step) and `children` (nested views).
Templates keep the whitespace of the recorded text exactly; only the language between the braces differs.
"""
