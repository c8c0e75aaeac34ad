"""A property as it is written where it was: to be asked again, by a test that stands alone.

Owns `asking`. Law: what is written asks the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from liveview_core.values.declaring import frozen
from liveview_testing.properties.exploring.properties import nothing
from liveview_testing.properties.function_sources import FunctionSources
from liveview_testing.record.scripts.literals import NoLiteral, Spelling
from liveview_testing.user.locators.finding.as_python import spelled

if TYPE_CHECKING:
    from liveview_testing.properties.exploring.properties import Property


@frozen
class Asking:
    """Lines of a test: those before its acts, and those that ask at the end."""

    before: list[str]
    lines: list[str]


def asking(failed: Property, people: Mapping[str, int], spelling: Spelling) -> Asking:
    """The lines that ask a property, in a test in which people have these variables. Raises `NoLiteral`."""
    writer = FunctionSources(people, spelling)
    spelling.uses("liveview_testing", failed.kind)
    if failed.kind == "outcomes" and failed.holds is nothing:
        raise NoLiteral("an outcome is what the search observes", expected="outcomes(…, observe)", got="no function")
    holds = writer.code(failed.holds)
    if failed.kind == "outcomes":
        expected = spelling.of(sorted(failed.expected or (), key=repr))
        asked = f"outcomes({expected}, {holds}, {spelled(failed.name)})"
    else:
        asked = f"{failed.kind}({holds}, {spelled(failed.name)})"
    return Asking(writer.before, [f"{asked}.check(sim)"])
