"""What happened, put down: stories, scripts, snapshots, timelines, costs.

Owns the recording of a world's acts as a text to read (`story`), of pages, frames and state to compare (`state_text`, `snapshots`),
of a whole story (`transcript`, `script_snapshots`), what a failed comparison shows (`comparing`), what acts cost (`costs`), and the
loading of the modules that are played (`loading`). Law: the same run is put down in the same words.

Read `story`, `state_text`, `snapshots`, `comparing`, `transcript`, `script_snapshots`, `costs`, `loading`. Rooms of their own:
`scripts` (what somebody did, as a value) and `timelines` (a run to look at, step by step).
"""

FACE = ("comparing", "loading", "script_snapshots", "snapshots", "story")
