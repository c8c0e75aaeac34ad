"""What a page is checked for while it changes, and what happens then.

Owns the policy: for each check whether it raises, warns or is ignored. Law: a check that raises does so out of the action that
changed the page, which then has not happened.

    Simulation(ROUTER, checks={"duplicate id": "warn"})
    live(View, checks="ignore")
"""  # TK-1

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from liveview_core.errors import BadOption, LiveViewError, nearest_names, shown
from liveview_testing.browser.page.finding.problems import Elsewhere, Problem, nowhere, problems
from liveview_testing.failures import wording
from liveview_testing.world.tracebacks import warn

if TYPE_CHECKING:
    from liveview_testing.browser.page.page import Page
    from liveview_testing.browser.page.tree.merging.brought import Brought

__all__ = ["DEFAULT", "Checks", "PageError", "PageWarning", "Policy", "checks", "inspect", "judge", "told"]

Policy: TypeAlias = Literal["raise", "warn", "ignore", "every act"]
Checks: TypeAlias = "Mapping[str, Policy]"
Given: TypeAlias = "Policy | Mapping[str, Policy] | None"

DEFAULT: Checks = {
    "duplicate id": "raise",
    "duplicate component": "raise",
    "form without id": "warn",
    "phx-update": "raise",
    "stream id": "warn",
    "patch law": "raise",
    "vacuous negative": "ignore",
    "misspelled negative": "warn",
    "unheard message": "warn",
}
"""As in LiveViewTest, and one for what it passes over; beyond it, the patch law: the page that the diffs built is what a render
from scratch gives. The pytest plugin holds it at the end of each test; `"every act"` is after each act, which the error names.
The last two are what a client and Phoenix pass over in silence, and what only a test can get wrong."""

LAW = "patch law"
VACUOUS = "vacuous negative"
"""What `expect(…)` says is not there is looked for again within the time; only where it is asked for."""
MISSPELLED = "misspelled negative"
"""What `expect(…)` says is not there is nearly the name of what is, and never was there."""
OF_PAGES = tuple(name for name in DEFAULT if name not in (LAW, VACUOUS, MISSPELLED, "unheard message"))


class PageError(LiveViewError, AssertionError):
    """A page that a browser would not show rightly, or a message that nobody gets. `.problem` is the evidence."""

    problem: Problem


class PageWarning(UserWarning):
    """A page that works, but not always."""


def checks(given: Given, base: Checks = DEFAULT) -> Checks:
    """The policy of every check, from one for all, or from some."""
    if given is None:
        return base
    if isinstance(given, str):
        given = dict.fromkeys((name for name in DEFAULT if name != VACUOUS), given)
    if not isinstance(given, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise BadOption(
            "the checks of a world are given by name",
            expected="a dict of checks and what each does, or one policy for all of them",
            got=shown(given),
            cure='Simulation(checks={"duplicate ids": "raise"})',
        )
    for name, policy in given.items():
        if name not in DEFAULT:
            raise LiveViewError(
                f"there is no check {name!r}",
                expected=f"one of {', '.join(map(repr, DEFAULT))}",
                got=repr(name),
                nearest=nearest_names(name, DEFAULT),
            )
        if policy not in ("raise", "warn", "ignore") and (name, policy) != (LAW, "every act"):
            allowed = "'raise', 'warn', 'ignore' or 'every act'" if name == LAW else "'raise', 'warn' or 'ignore'"
            raise LiveViewError(f"the check {name!r} cannot be {policy!r}", expected=allowed, got=repr(policy))
    return {**base, **given}


def inspect(
    policies: Checks, before: Page | None, after: Page, brought: Brought, elsewhere: Elsewhere = nowhere
) -> None:
    """Check what is new on a page. Raises `PageError`, or warns `PageWarning`, as the policies say."""
    if policies is not DEFAULT and all(policies[name] == "ignore" for name in OF_PAGES):
        return
    for problem in problems(before, after, brought, elsewhere):
        judge(policies, told(problem))


def judge(policies: Checks, error: PageError) -> None:
    """Raise, or warn of, what is wrong with a page, as the policies say."""
    policy = policies[error.problem.check]
    if policy == "raise":
        raise error
    if policy == "warn":
        warn(str(error), PageWarning)


def told(problem: Problem, apart: str = "item.id") -> PageError:
    """A problem in words. `apart` is what tells elements with the same id apart."""
    shown = "\n    ".join(wording.excerpt(each.html) for each in problem.elements[: wording.MOST])
    match problem.check:
        case "duplicate id":
            error = PageError(
                f"{len(problem.elements)} elements have the id {problem.about!r}",
                expected="an id that is there once: the browser patches the first one only",
                got=shown,
                cure=f'make it of what tells them apart: id={{f"{problem.about}-{{{apart}}}"}}',
            )
        case "duplicate component":
            error = PageError(
                f"the component {problem.about} stands at more than one place",
                expected="each live_component with an id of its own",
                got=shown or "no root element",
                cure="give each an id of its own: components of one module and one id are one component",
            )
        case "form without id":
            error = PageError(
                f"a form with phx-change={problem.about!r} has no id",
                expected="an id, by which the client fills it in again after it has joined again",
                got=shown,
                cure='id="…"; or phx-auto-recover="ignore", or phx-ignore-missing-id, if it need not be',
            )
        case "phx-update":
            error = PageError(
                f"phx-update={problem.about!r} means nothing",
                expected="'stream', 'ignore' or 'replace'",
                got=shown,
                cure="stream, with an id and @streams, is what 'append' and 'prepend' were"
                if problem.about in ("append", "prepend")
                else "ignore keeps what a client hook put there, stream keeps what was sent before",
                nearest=nearest_names(problem.about, ("stream", "ignore", "replace")),
            )
        case "stream id":
            error = PageError(
                f"rows of the stream in #{problem.about} have ids that are not the stream's: no reset and no delete finds them",
                expected=f"the ids that the stream gives, such as {problem.meant!r}",
                got=shown or "rows that are gone already",
                cure=":for={dom_id, item in @streams.…} id={dom_id}; other ids are given by stream(…, dom_id=…)",
            )
        case "unheard message":  # pragma: no cover - those are warned of, never raised
            raise AssertionError(problem)
    error.problem = problem
    return error
