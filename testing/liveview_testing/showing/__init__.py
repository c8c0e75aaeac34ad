"""The views in a real browser: a server around one world, through Phoenix's own client.

Owns `liveview show`: the way of a frame from a WebSocket into the world and back (`codec`, `links`), pages over HTTP
(`pages`), the shell with its panel, and the real browser that tests may ask for. Laws: a frame is an act of the world, and
the world is changed by one act at a time; where a real browser sits, the simulated one sends nothing; nothing listens but on
the loopback address, and nobody is answered who is not let in (`gate`). Starlette and uvicorn are imported here alone, when
something is served.

Read `codec`; `served` (the world), `joining`, `links`; `pages`, `gate`, `server`; then what is around it: `targets`,
`pacing`, `panel_commands`, `panel`, `journal`, `reloading`; `pointing`, `recorder`, `recorded_test` (a session as a test);
and `chromium` and `live_page`, for tests.
"""

FACE = ("command", "live_page", "targets")
