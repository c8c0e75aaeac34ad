"""The cyclic collector pauses while many messages are delivered.

Owns the pause. Law: what a settle gives is the same with it and without; it only saves the walks through a world
that keeps growing: of a broadcast to 10,000 views a fifth (21 µs a view for 27), of one to 1,000 a twentieth.
"""

from __future__ import annotations

import gc

MANY = 100
"""Messages waiting at once from which on the cyclic collector pauses until they are delivered.

What a step makes is either kept by the world or freed by counting references; looking for cycles meanwhile would walk the
whole world again and again, and a broadcast would cost more for each view the more views there are.
"""


def pause_collector() -> bool:
    """Whether the collector was running, and now is not."""
    running = gc.isenabled()
    gc.disable()
    return running


def resume_collector() -> None:
    """The collector runs again; what was made meanwhile is old at once, because the world keeps it.

    Freezing and unfreezing moves it to the oldest generation without walking it. Not if somebody froze objects himself.
    """
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()
    gc.enable()
