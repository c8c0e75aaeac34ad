"""What a test says of its pages: what classes do that no style sheet is read for, and stand-ins for client hooks and uploaders.

Owns `told`, which checks both and makes the value that the world keeps. Law: nothing is guessed; a style that cannot mean anything
is refused where it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from liveview_core.errors import BadOption, nearest_names, shown
from liveview_testing.browser.accessibility.display import STYLES
from liveview_testing.client_hooks import BUILT_IN, ClientHook
from liveview_testing.external_uploaders import ExternalUploader


def told(styles: object, hooks: object, uploaders: object = None) -> Mapping[str, Any]:
    """The facts about pages, as the store of a world keeps them."""
    return {"styles": _styles(styles), "hooks": _hooks(hooks), "uploaders": _uploaders(uploaders)}


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
    return cast("dict[str, str]", dict(_mapping("styles", given, "")))


def _hooks(given: object) -> dict[str, ClientHook]:
    found: dict[str, ClientHook] = dict(BUILT_IN)
    for name, hook in _mapping("hooks", given, '{"Chart": Chart}').items():
        given_hook: Any = hook
        is_class = isinstance(hook, type) and issubclass(hook, ClientHook)
        made: Any = given_hook() if is_class else given_hook
        if not isinstance(made, ClientHook):
            raise BadOption(
                f"the hook {name!r} is no stand-in",
                expected="a ClientHook: a class, or one of it",
                got=shown(given_hook),
                cure="class Chart(ClientHook): …",
            )
        found[name] = made
    return found


def _uploaders(given: object) -> dict[str, ExternalUploader]:
    found: dict[str, ExternalUploader] = {}
    for name, uploader in _mapping("uploaders", given, '{"S3": S3()}').items():
        given_uploader: Any = uploader
        is_class = isinstance(uploader, type) and issubclass(uploader, ExternalUploader)
        made: Any = given_uploader() if is_class else given_uploader
        if not isinstance(made, ExternalUploader):
            raise BadOption(
                f"the uploader {name!r} is no stand-in",
                expected="an ExternalUploader: a class, or one of it",
                got=shown(given_uploader),
                cure="class S3(ExternalUploader): …",
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
