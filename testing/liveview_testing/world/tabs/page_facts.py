"""What a test says of its pages: what classes do that no style sheet is read for, and stand-ins for client hooks and uploaders.

Owns `told`, which checks both and makes the value that the world keeps. Law: nothing is guessed; a style that cannot mean anything
is refused where it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from liveview_core.errors import BadOption, nearest_names, shown
from liveview_testing.browser.accessibility.display import STYLES
from liveview_testing.browser.page.finding.selector_reader import plan
from liveview_testing.client_hooks import BUILT_IN, ClientHook, ExternalUploader
from liveview_testing.styles import is_selector

T = TypeVar("T")


def told(styles: object, hooks: object, uploaders: object = None) -> Mapping[str, Any]:
    """The facts about pages, as the store of a world keeps them."""
    known = _hooks(hooks)
    listened = frozenset(name for each in known.values() for name in each.dom_events)
    return {"styles": _styles(styles), "hooks": known, "uploaders": _uploaders(uploaders), "listened": listened}


def _styles(given: object) -> dict[str, str]:
    for selector, what in _mapping("styles", given, '{"hidden": "hidden"}').items():
        if not isinstance(what, str) or what not in STYLES:
            raise BadOption(
                f"the style {selector!r} does nothing that is known",
                expected=", ".join(STYLES),
                got=shown(what),
                cure=f'styles={{{selector!r}: "block"}}',
                nearest=nearest_names(what, STYLES),
            )
        if not selector:
            raise BadOption(
                "a style is of a class or a selector",
                expected="a class, or a selector",
                got="''",
                cure='{".on": "block"}',
            )
        if is_selector(selector):
            plan(selector)
    return cast("dict[str, str]", dict(_mapping("styles", given, "")))


def _hooks(given: object) -> dict[str, ClientHook]:
    named = _stand_ins("hooks", given, ClientHook, "hook", '{"Chart": Chart}', "class Chart(ClientHook): …")
    return {**BUILT_IN, **named}


def _uploaders(given: object) -> dict[str, ExternalUploader]:
    return _stand_ins("uploaders", given, ExternalUploader, "uploader", '{"S3": S3()}', "class S3(ExternalUploader): …")


def _stand_ins(option: str, given: object, kind: type[T], what: str, example: str, cure: str) -> dict[str, T]:
    """What stands in for something of the app's own, by its name: an object of a kind, or a class that makes one."""
    found: dict[str, T] = {}
    for name, each in _mapping(option, given, example).items():
        value: Any = each
        made: Any = value() if isinstance(each, type) and issubclass(each, kind) else value
        if not isinstance(made, kind):
            article = "an" if kind.__name__[0] in "AEIOU" else "a"
            raise BadOption(
                f"the {what} {name!r} is no stand-in",
                expected=f"{article} {kind.__name__}: a class, or one of it",
                got=shown(value),
                cure=cure,
            )
        found[name] = made
    return found


def _mapping(option: str, given: object, cure: str) -> Mapping[str, object]:
    if given is None:
        return {}
    whole: Any = given
    if not isinstance(given, Mapping) or not all(isinstance(key, str) for key in whole):
        got = shown(whole)
        raise BadOption(f"the option {option} is a mapping of names", expected="a dict", got=got, cure=cure)
    mapping: Mapping[str, object] = whole
    return mapping
