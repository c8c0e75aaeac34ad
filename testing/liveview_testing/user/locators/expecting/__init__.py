"""Expectations: `expect(locator).to_…`, `expect(page).to_…`.

Owns what each of them asks (`checks`), how long it waits (`expecting`) and the names of Playwright's assertions. Law: an
expectation waits in simulated time until it holds, and its failure says what came nearest.

Read `checks`, `expecting`, `aria_expectation`, `polling`, then `text_assertions`, `value_assertions`, `state_assertions`,
`locator_assertions`, `page_assertions`, `expect`.
"""
