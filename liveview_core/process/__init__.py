"""A live view's process, as a value and one pure step: `step(process, message, env) -> Step(process, sent, effects, facts)`.

Owns what a process remembers, how it is mounted, what each message does to it and in which order it is rendered, its
LiveComponents, and the answers to the client.

Law: one message, one step, one answer; a step that fails leaves nothing behind; the same process, message and env give the same
step, on every machine.

Read `process` (the values), `step` (the heart: one handler for each message), `step_scratch` (what a step has got so far),
`mounting` (the first page and the join), `components` and `component_pass` (LiveComponents), `upload_messages`; `signatures` says
which function of the author does not take what it was called with.
"""

from __future__ import annotations

FACE = ("mounting", "process", "signatures", "step")
"""The modules that other rooms import."""
