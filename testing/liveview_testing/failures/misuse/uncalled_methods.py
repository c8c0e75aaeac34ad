"""Questions that were not asked: `locator.is_visible` without its brackets.

Owns `question`, which a method is that answers something. Law: a method is always true and never equal to anything, so an
assertion about it can say nothing; what was meant as an answer and is none says so. Asking costs the making of one small object.
"""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from liveview_core.tracebacks import shorten
from liveview_testing.failures.misuse.misused_handles import NotAValue

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["question"]

F = TypeVar("F", bound="Callable[..., Any]")

if TYPE_CHECKING:  # a checker knows that a method is always true, and says so

    def question(method: F) -> F: ...

else:

    class question:
        """A method that answers something: used without its brackets where an answer is meant, it says so."""

        __slots__ = ("__dict__", "method")

        def __init__(self, method: F) -> None:
            self.method = method
            update_wrapper(self, method)

        def __get__(self, asked: object, kind: type) -> Any:
            return self.method if asked is None else _Unasked(self.method, asked)


class _Unasked(partial[Any]):
    """A question and whom it is about; called, it is asked."""

    __slots__ = ()

    def _refuse(self, used: str) -> NoReturn:
        name = self.func.__name__
        raise shorten(
            NotAValue(
                f"{name} of {self.args[0]!r} was not asked: without brackets it is the method, which is always true",
                expected="the answer",
                got=used.format(name),
                cure=f".{name}()",
            )
        )

    def __bool__(self) -> bool:  # noqa: PLE0304 - it never returns
        self._refuse("the truth of the method itself, as in `assert ….{}`")

    def __eq__(self, other: object) -> bool:
        if other is None or isinstance(other, (str, bytes, int, float, list, tuple, set, dict)):
            self._refuse(f"a comparison of the method itself with {other!r}")
        if isinstance(other, _Unasked):
            return self.func is other.func and self.args[0] is other.args[0]
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.func, id(self.args[0])))

    def __lt__(self, other: object) -> bool:
        self._refuse(f"a comparison of the method itself with {other!r}")

    __le__ = __gt__ = __ge__ = __lt__

    def __contains__(self, part: object) -> bool:
        self._refuse(f"{part!r} in the method itself")

    def __iter__(self) -> NoReturn:
        self._refuse("a loop over the method itself")

    def __len__(self) -> int:  # noqa: PLE0303 - it never returns
        self._refuse("the length of the method itself")

    def __getitem__(self, key: object) -> NoReturn:
        self._refuse(f"[{key!r}] of the method itself")

    def __repr__(self) -> str:
        return f"<the method {self.func.__name__} of {self.args[0]!r}>"
