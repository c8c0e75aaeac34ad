"""A person in front of a page: pages, locators, expectations, as Playwright's users know them, in simulated time.

    page = sim.page("/todos")
    page.get_by_label("What is there to do?").fill("buy milk")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("listitem")).to_have_count(1)

Owns the words: what a person sees is found by `browser.accessibility`, what a person does happens in `browser.react`, and time
passes in `world.simulation`. Nothing here keeps state of a world.

Law: what is asked waits in simulated time, in a fork, and is adopted when it comes true; what fails changes nothing, and its text
ends the search. An answer here is Playwright's in Chromium, or is refused by name.

Read in this order. What is looked for: `finding`. What is asked of a tab: `scene`, `waiting`. What is done and read: `acting`. What
is said when it fails: `exceptions`, `failure_texts`, `acting.hints`. What is expected: `expecting`. All of it together: `page`.
"""

FACE = (
    "acting.acting",
    "acting.actionability",
    "acting.dialogs",
    "acting.keyboard",
    "acting.keys",
    "exceptions",
    "expecting.expect",
    "expecting.misspelled",
    "finding.as_python",
    "finding.css_reader",
    "finding.get_by",
    "finding.query",
    "finding.reading",
    "finding.suggesting",
    "locator",
    "network",
    "options",
    "page",
    "scene",
    "waiting",
)
