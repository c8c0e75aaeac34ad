"""What else could have come next, in a world that was explored: as a timeline shows it.

Owns `Choices`: at each step of a schedule what could have happened there, and the timelines of the worlds behind. Law: a link is
put down only for a file that is written with the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from attrs import field

from liveview_core.values.declaring import frozen

if TYPE_CHECKING:
    from liveview_testing.record.timelines.steps.encoding import Encoder

__all__ = ["Choices", "Offer"]


class Written(Protocol):
    """A timeline, as far as it is written."""

    def write(self, path: str | Path) -> Path:
        """Write it."""
        ...


@frozen
class Offer:
    """Something that could have come next: whether it did, whether it is what the usual order has, its name."""

    text: str
    taken: bool
    usual: bool
    name: str


@frozen(eq=False)
class Choices:
    """The choices of a schedule: after how many records each was made, and between what. `up`: the page that links to this."""

    made: tuple[tuple[int, list[Offer]], ...]
    beside: Mapping[str, Callable[[str], Written]] = field(factory=dict[str, Any])
    up: str | None = None

    def told(self, encoder: Encoder, steps: list[tuple[int, int]]) -> list[dict[str, Any]]:
        """As data: `steps` are how many steps there were after so many records."""
        found: list[dict[str, Any]] = []
        for count, offers in self.made:
            first = next((number for records, number in steps if records > count), steps[-1][1] if steps else 1)
            options: list[dict[str, Any]] = []
            for each in offers:
                told: dict[str, Any] = {"what": encoder.text(each.text)}
                if each.taken:
                    told["taken"] = True
                if each.usual:
                    told["usual"] = True
                if each.name in self.beside:
                    told["behind"] = each.name
                options.append(told)
            found.append({"step": first, "options": options})
        return found

    def write(self, file: Path) -> None:
        """The pages of the worlds behind, in a folder beside the page."""
        folder = file.parent / f"{file.stem}.worlds"
        for name, make in self.beside.items():
            make(f"../{file.name}").write(folder / f"{name}.html")
