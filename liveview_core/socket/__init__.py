"""The socket: the state of a view or component between two messages, as a value with methods.

Owns `Socket`, cut by the areas that users know it by, what it holds beside its assigns, and the hooks that see a message before
the view does.

Law: every method gives another socket, or the same where nothing changed; what is wanted of the outside is an effect, in order.

Read `socket_state` (what it holds), `parts` (what every area builds on), then the areas: `assigns`, `attach_hook` (hooks),
`streams`, `flash`, `push` (pushed events, navigation), `messages`, `tasks` (async), `connection`, `uploads`; `socket` puts
them together, `hooks` runs the chains.
"""

from __future__ import annotations

FACE = ("hooks", "socket", "socket_state", "streams", "tasks")
"""The modules that other rooms import."""
