"""The views in a real browser: a server around one world, through Phoenix's own client.

Owns `liveview show`: the way of a frame from a WebSocket into the world and back (`connections`), pages over HTTP
(`pages`), the shell with its panel, and the real browser that tests may ask for. Laws: a frame is an act of the world, and
the world is changed by one act at a time; where a real browser sits, the simulated one sends nothing; nothing listens but on
the loopback address, and nobody is answered who is not let in (`origin_check`). Starlette and uvicorn are imported here alone, when
something is served.

Read `connections`; `pages`, `origin_check`, `server`; then what is around it: `targets`, `session`,
`panel_commands`, `panel`, `reloading`, `command`; `recording` (a session as a test); and `chromium`, the real browser of a test.
"""

FACE = ("chromium.live_page", "command")
