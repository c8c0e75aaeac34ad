"""What happened, put down: stories, snapshots, costs.

Owns the recording of a world's acts as a text to read (`story`), of pages, frames and state to compare (`state_text`, `snapshots`),
of a whole story (`transcript`, `script_snapshots`), what a failed comparison shows (`comparing`), what acts cost (`costs`), and the
loading of the modules that are played (`loading`). Law: the same run is put down in the same words.

Read `story`, `state_text`, `snapshots`, `comparing`, `transcript`, `script_snapshots`, `costs`, `loading`.
"""

FACE = ("comparing", "costs", "loading", "script_snapshots", "snapshots", "story")
