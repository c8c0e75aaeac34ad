"""What a person does through a locator: wait until the element can be acted on, then act; and read what it shows.

Owns `Acts` and `Reads`, the methods of a locator, keys and dialogs. Law: an act waits in simulated time as Playwright's does, for
the same reasons, and is what happens to the tab; an act that fails has changed nothing.

Read `actionability`, `acting`, `keys`, `dialogs`, `located`, `mouse_acts`, `writing_acts`, `acts`, `keyboard`;
`element_reading`, `reads`; `hints` says what else may be why one could not.
"""
