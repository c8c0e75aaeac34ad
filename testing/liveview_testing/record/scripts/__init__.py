"""Scripts: what somebody did, as a value.

    sim.script                      # the acts so far
    sim.script.to_test(name="…")    # as a test to paste, which passes
    Script.from_json(text), script.to_json()
    replay(script, sim)             # the same again
    shrink(script, fails)           # as little of it as still fails

Owns `Act` and `Script`, and all that is done with them. What was done is put down in `world.log.act_records`, as it is done;
here it is made a value when somebody asks.

Laws: the same script in a world made the same way gives the same run, byte for byte; nothing here is asked for while a test
acts; a value that cannot be written down is said, with the act that has it.

Read `targets` (what an act is done to), `literals` (values as Python), `act`, `script`, `reading` (from the record of a world);
then `player` and `replaying`; `transcript` (JSON), `choosing` (the locators that a person would write) and `writing` (tests);
`shrinking`; `concurrent_acts` and `ordering` (acts in any order, messages in an order that is chosen), `delivery_calls` (what
waits, by the call that lets it arrive).
"""

FACE = (
    "act",
    "choosing",
    "literals",
    "delivery_calls",
    "ordering",
    "player",
    "reading",
    "replaying",
    "script",
    "shrinking.delta",
    "shrinking.passes",
    "shrinking.shrinking",
    "targets",
    "concurrent_acts",
    "writing",
)
