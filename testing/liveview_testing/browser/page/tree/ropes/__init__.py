"""Long lists that share: what changes in one costs what changed.

Owns the persistent list behind comprehensions and streams, and what is known of its parts. Law: a list and the one it became share
all but the way to what changed.

Read `rope` (the list), then `leaves` (what it is made of), `comparing` (what two of them do not share).
"""

FACE = ("comparing", "leaves", "rope")
