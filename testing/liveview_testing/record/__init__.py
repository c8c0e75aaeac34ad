"""What happened, put down: stories, snapshots, costs.

Owns the recording of a world's acts as a text to read (`story`), of html to compare (`snapshots`), of what acts cost (`costs`),
and the loading of the modules that are played (`loading`). Law: the same run is put down in the same words.

Read `story`, `snapshots`, `costs`, `loading`.
"""

FACE = ("costs", "loading", "snapshots", "story")
