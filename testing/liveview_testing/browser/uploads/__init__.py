"""Uploads, as the official client sends files: from the choice at an input to the last chunk.

Owns the client's side of files. Read in this order: `state` (what a browser knows of files, entries and uploads), `files` (which
files an input holds, and what the server is told of them), `entries` (one file on its way: progress, errors, cancelling),
`channels` (its chunks, each a `frame_of_file`), `external` (stand-ins for uploaders of the app), `preflight` (the question whether
files may be sent, and what begins then), `hooks` (the input kept together with the server's entries), `dropping` (drag and drop).

Law: an upload that is under way is a value in the browser, as anything else that waits.
"""

FACE = ("channels", "dropping", "external", "files", "frame_of_file", "hooks", "preflight", "scheduled", "state")
