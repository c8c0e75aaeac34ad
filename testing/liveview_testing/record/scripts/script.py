"""A script: what somebody did, one act after the other, and the world that it was done in.

Owns `Script`. Law: a script is a value: nothing in it belongs to a world, and what is made of it is made of it alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, overload

from attrs import evolve, field

from liveview_core.errors import BadOption, LiveViewError, shown
from liveview_core.values.declaring import frozen
from liveview_testing.record.scripts.act import Act, with_an_end
from liveview_testing.world.log.happening import SECOND
from liveview_testing.world.log.retention import Forgotten, counted_from_the_end
from liveview_testing.world.tracebacks import shortened


@with_an_end
@frozen
class Script:
    """What somebody did: `sim.script`.

    `world` is how the world was made: the options of its `Simulation`. `failed` is the act that was tried last and raised, if
    nothing was done since. `gone` is how many acts are forgotten, in a world that remembers its last messages only (`history=n`).
    """

    acts: tuple[Act, ...] = ()
    world: Mapping[str, Any] = field(factory=dict[str, Any], hash=False)
    failed: Act | None = field(default=None, eq=False)
    gone: int = field(default=0, eq=False)
    begun: int = field(default=0, eq=False)

    def __len__(self) -> int:
        return len(self.acts)

    def __iter__(self) -> Iterator[Act]:
        return iter(self.acts)

    @overload
    def __getitem__(self, at: int) -> Act: ...

    @overload
    def __getitem__(self, at: slice) -> Script: ...

    def __getitem__(self, at: int | slice) -> Act | Script:
        if self.gone:
            counted_from_the_end(at, self.gone, "acts")
        return evolve(self, acts=self.acts[at], failed=None) if isinstance(at, slice) else self.acts[at]

    @property
    def people(self) -> tuple[str, ...]:
        """Who acts, in the order in which they came."""
        return tuple(dict.fromkeys(act.who for act in self.acts if act.opens))

    def with_failed(self) -> Script:
        """The script with the act that raised as its last one."""
        return self if self.failed is None else evolve(self, acts=(*self.acts, self.failed), failed=None)

    # --- written down -------------------------------------------------------------------------------------------------

    @shortened
    def to_test(
        self, *, name: str = "test_story", about: str | None = None, names: Mapping[str, Any] | None = None
    ) -> str:
        """The script as a test of pytest: a module with the imports that it needs, which passes as it is.

        The script is replayed, and locators are chosen that a person would write. `about` is the docstring. `names` are expressions
        for objects that have no literal: `names={"VIEW": view}` writes `VIEW`, which the module must have then.
        Raises `NoLiteral`, which names the act, where a value cannot be written.
        """
        from liveview_testing.record.scripts.writing import test_of

        return test_of(self._whole("written as a test").acts, self.world, name, about, names or {})

    def _repr_html_(self) -> str:
        """In a notebook: the test; where it has no literal, the acts."""
        from liveview_testing.user.html.notebook_frame import told

        try:
            text = self.to_test()
        except LiveViewError:
            text = str(self)
        return told(text, f"{len(self)} act{'' if len(self) == 1 else 's'}")

    def to_json(self) -> str:
        """The script as JSON: `Script.from_json` reads it. Raises `NoLiteral`, which names the act, where a value has no form."""
        from liveview_testing.record.scripts.transcript import written

        return written(self._whole("written as JSON").acts, self.world, self.begun)

    @classmethod
    @shortened
    def from_json(cls, text: str) -> Script:
        """A script that `to_json` wrote. It imports the modules that it names: read only what you trust. Raises `NotAScript`."""
        from liveview_testing.record.scripts.transcript import read

        acts, world, begun = read(text)
        return cls(acts, world, begun=begun)

    def _whole(self, done: str) -> Script:
        if self.gone:
            raise Forgotten(
                f"the first {self.gone} acts are forgotten, so that the script cannot be {done}",
                expected="a world that remembers all that was done",
                cure="Simulation() without history=",
            )
        return self

    def __str__(self) -> str:
        lines = [f"{_clock(act.at - self.begun)}  {act}" for act in self.acts]
        if self.gone:
            lines.insert(0, f"… {self.gone} acts before are forgotten")
        if self.failed is not None:
            lines.append(f"{_clock(self.failed.at - self.begun)}  {self.failed}  # raised")
        return "\n".join(lines)


def _clock(passed: int) -> str:
    return f"{passed / SECOND:9.3f}"


def a_script(given: object, function: str) -> Script:
    """What a function of scripts was given. Raises `BadOption`."""
    if isinstance(given, Script):
        return given
    raise BadOption(
        f"{function} takes a script",
        expected="a Script: sim.script, Script.from_json(text)",
        got=shown(given),
        cure=f"{function}(sim.script)",
    )
