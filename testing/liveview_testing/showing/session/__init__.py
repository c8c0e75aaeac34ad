"""What is shown now, by whom it is looked at, and what one can go back to.

Owns `Showroom`, which everything else of `liveview show` tells what happens, and asks. Law: the world is changed by it alone, one
act at a time. It knows nothing of HTTP.

Read `seats`, `moments`, `showroom`.
"""

FACE = ("seats", "showroom")
