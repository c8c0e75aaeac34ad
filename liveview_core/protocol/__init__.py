"""What comes in and what goes out: the words that a view's process and its surroundings speak.

Owns the messages that a process takes, the effects that it asks for, the shapes and params of what a browser sends, URLs and
where one may go, tokens, and the results of async work.

Law: nothing a stranger sends gets past its reading here in another shape than the official client's; and whatever is wrong is a
failure of the one frame, never of the process.

Read `messages` with `payload_shapes` and `params` (in), `effects` and `async_result` (out), `destinations` and `navigation`
(where to go), `tokens` (what a client brings back).
"""

from __future__ import annotations

FACE = ("async_result", "destinations", "effects", "messages", "navigation", "params", "tokens")
"""The modules that other rooms import."""
