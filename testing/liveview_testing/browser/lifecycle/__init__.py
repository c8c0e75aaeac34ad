"""What follows a patch for single elements: mounted, updated, gone.

Owns the order of what follows a patch (`elements`) and the client hooks: when they are called
(`hooks`), what they are given (`hook_element`), whether a patch has changed their element (`hook_changes`); and what a patch takes
of what a person has typed (`lost_input`), what outlives a join (`rejoined_page`), in which order a patch comes to elements
(`patch_order`), components that are gone (`component_ends`) and forms that are submitted (`trigger_action`).

Law: an element is mounted once for its node, whatever patches pass over it.

Read `hidden_clone`, `hook_element`, `hook_changes`, `hooks`, `lost_input`, `component_ends`, `trigger_action`, `elements`; then
`focus_wrap`, `viewport`; `unheard` is what is said where an act does nothing to any element.
"""

FACE = (
    "elements",
    "focus_wrap",
    "hidden_clone",
    "hook_element",
    "hooks",
    "lost_input",
    "rejoined_page",
    "trigger_action",
    "unheard",
    "viewport",
)
