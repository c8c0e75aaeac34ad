"""Hook chains alone: what the hooks of a socket do with a message, without a view, a page or a world.

Owns `run_hooks`, which runs the chain of one stage and says as a value who saw the message, who halted it and what each changed;
and what a widget that lives in hooks is held to: that it stays with its own (`assert_isolated`), that it takes no message from
others (`assert_never_halts`), that it takes its own events and no other's (`assert_routes`).

Law: the hooks are the socket's own, run by the core as a step runs them; nothing is mocked, nothing outside is touched, and the
same socket and message give the same run.

Read `socket_changes` (what lies between two sockets), `hook_run` (a chain, run), `owners` (a widget, and what is whose),
`widget_messages` (what a widget can hear), `heard_messages` (what came of them),
`drawn_stories` (the shortest that breaks a law), `assertions`.
"""

from __future__ import annotations

FACE = ("widget_messages",)
"""The modules that other rooms import."""
