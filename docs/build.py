"""Builds the site: a copy of the guides in .site/docs, the pictures that they ask for beside them, then the generator.

    python -m docs.build [--strict] [--serve]

Owns the pictures: a guide asks for one by a comment, `<!-- picture: cart | page | What it shows -->`, and gets what the guide's own
code has made of `page` by then, as a real browser draws it; `<!-- terminal: cart | What it shows -->` draws what pytest says of the
blocks so far; `<!-- timeline: cart | sim | What it shows -->` the time-travel page of a world. Nothing of it is committed.

Law: what cannot be drawn is said, by name; strict then ends with an error.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from rich import _export_format
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

from tests import guides

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "docs"
SITE = ROOT / ".site"
TARGET = SITE / "docs"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

# rich's own template loads its fonts from a foreign host.
SVG = re.sub(r"@font-face \{\{.*?\}\}\n", "", _export_format.CONSOLE_SVG_FORMAT, flags=re.DOTALL)

FOREIGN = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?\b(?:src|data)=["']?(?:https?:)?//"""
    r"""|<link\b(?=[^>]*\brel=["']?(?:stylesheet|preload|preconnect|modulepreload|icon))[^>]*\bhref=["']?(?:https?:)?//"""
    r"""|@import\s+(?:url\()?["']?(?:https?:)?//|url\(["']?(?:https?:)?//"""
)
"""What would ask somebody else's server for something: scripts, styles, images, fonts."""

TYPED = "input:not([type=file]):not([type=checkbox]):not([type=radio]), textarea, select"
TICKED = "input[type=checkbox], input[type=radio]"


class Pictures:
    """The pictures of a build: those that were drawn, and why others were not."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.drawn: dict[str, str] = {}
        self.missing: list[str] = []

    def screenshot(self, name: str, document: str, typed: list[str], ticked: list[bool], width: int = 640) -> None:
        """A page as Chromium draws it, light and dark."""
        for scheme in ("light", "dark"):
            tab = self.browser.new_page(
                color_scheme=scheme, device_scale_factor=2, viewport={"width": width, "height": 400}
            )
            tab.set_content(document)
            tab.add_style_tag(content=(SOURCE / "pictures" / "page.css").read_text(encoding="utf-8"))
            tab.evaluate(
                "([selector, values, boxes, ticks]) => {"
                " document.querySelectorAll(selector).forEach((each, at) => { each.value = values[at] });"
                " document.querySelectorAll(boxes).forEach((each, at) => { each.checked = ticks[at] }) }",
                [TYPED, typed, TICKED, ticked],
            )
            tab.locator("body").screenshot(path=TARGET / "pictures" / f"{name}-{scheme}.png")
            tab.close()

    def page(self, name: str, shown: Any) -> None:
        """A page, or a view, with what was typed into it."""
        page = getattr(shown, "page", shown)
        typed = [each.input_value() for each in page.locator(TYPED).all()]
        ticked = [each.is_checked() for each in page.locator(TICKED).all()]
        self.screenshot(name, page.content(), typed, ticked)

    def terminal(self, name: str, program: str) -> None:
        """What pytest says of a file."""
        with tempfile.TemporaryDirectory() as folder:
            test = Path(folder) / f"test_{name.rpartition('-')[2]}.py"
            test.write_text(program, encoding="utf-8")
            ran = subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "pytest",
                    "-q",
                    "--color=yes",
                    "-p",
                    "no:cacheprovider",
                    "-p",
                    "no:randomly",
                    test.name,
                ],
                cwd=folder,
                env={**os.environ, "COLUMNS": "100", "PYTHONPATH": f"{ROOT}:{ROOT / 'testing'}:{ROOT / 'scenarios'}"},
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
        said = re.sub(r"in \d+\.\d+s", "in 0.1s", ran.stdout)
        console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
        console.print(Text.from_ansi(f"$ pytest -q {test.name}\n{said.rstrip()}"))
        drawn = console.export_svg(title="pytest", theme=DIMMED_MONOKAI, code_format=SVG, unique_id=name)
        (TARGET / "pictures" / f"{name}.svg").write_text(drawn, encoding="utf-8")

    def timeline(self, name: str, sim: Any) -> None:
        """The time-travel page of a world: the page itself, and a picture of it."""
        from liveview_testing import timeline

        where = TARGET / "pictures" / f"{name}.html"
        made = timeline(sim)
        made.write(where)
        for scheme in ("light", "dark"):
            tab = self.browser.new_page(color_scheme=scheme, viewport={"width": 1280, "height": 720})
            tab.goto(f"{where.as_uri()}#step={len(made.steps)}")
            tab.wait_for_load_state("networkidle")
            tab.screenshot(path=TARGET / "pictures" / f"{name}-{scheme}.png")
            tab.close()


@contextmanager
def chromium() -> Generator[Any]:
    """A real browser; None where there is none."""
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if executable is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


def shots(path: str, alt: str) -> str:
    """A picture for each of the site's two colour schemes."""
    return f"![{alt}]({path}-light.png#only-light)\n![{alt}]({path}-dark.png#only-dark)"


def asked(text: str) -> list[tuple[str, list[str], str]]:
    """The pictures that a guide asks for: their kinds, what is said of each, and the comment."""
    return [
        (each["kind"], [part.strip() for part in each["text"].split("|")], each[0])
        for each in guides.COMMENT.finditer(text)
    ]


REST = re.compile(r"^<!-- the rest of (?P<module>\w+) -->$", flags=re.MULTILINE)
LISTED = re.compile(r"^::: (\S+)$", flags=re.MULTILINE)


def completed(text: str) -> str:
    """`<!-- the rest of liveview_testing -->` is all of its public names that no page of the reference lists."""
    listed = {
        name
        for page in (ROOT / "docs" / "reference").glob("*.md")
        for name in LISTED.findall(page.read_text(encoding="utf-8"))
    }

    def rest(found: re.Match[str]) -> str:
        module = import_module(found["module"])
        left = [name for name in module.__all__ if f"{module.__name__}.{name}" not in listed]
        return "\n\n".join(f"::: {module.__name__}.{name}" for name in left) or "Nothing: every name has a page."

    return REST.sub(rest, text)


def illustrate(guide: Path, pictures: Pictures) -> None:
    """Copy a guide, with the pictures that it asks for in place of its comments."""
    text = guide.read_text(encoding="utf-8")
    where = guide.relative_to(SOURCE)
    up = "../" * (len(where.parts) - 1)
    prefix = "-".join(where.with_suffix("").parts)
    made: dict[str, str] = {}

    def draw(block: guides.Block, space: dict[str, Any]) -> None:
        (kind, (name, *rest), comment) = asked(f"<!-- {block.kind}: {block.text} -->")[0]
        full = f"{prefix}-{name}"
        if kind != "terminal" and pictures.browser is None:
            pictures.missing.append(f"{where}: {name} (no Chromium: {', '.join(CHROMIUM)})")
            made[comment] = f"*(A picture is missing here: {rest[-1]})*"
        elif kind == "picture":
            pictures.page(full, eval(rest[0], space))
            made[comment] = shots(f"{up}pictures/{full}", rest[-1])
        elif kind == "timeline":
            pictures.timeline(full, eval(rest[0], space))
            made[comment] = f"[{shots(f'{up}pictures/{full}', rest[-1])}]({up}pictures/{full}.html)"
        else:
            pictures.terminal(full, program(guides.blocks(text), block.line))
            made[comment] = f"![{rest[-1]}]({up}pictures/{full}.svg)"

    if asked(text):
        guides.run(guide, {}, name="guide_" + re.sub(r"\W", "_", prefix), before=draw, tests=False)
        for comment, shown in made.items():
            text = text.replace(comment, shown)
    text = re.sub(
        r"^```python (fails|broken)$", "```python", text, flags=re.MULTILINE
    )  # said to the tests, not to the generator
    target = TARGET / where
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def program(found: list[guides.Block], line: int) -> str:
    """The guide's code up to a line as one file: what fails is in it only where it is the last."""
    so_far = [each for each in found if each.line < line and each.kind == "python" and each.how != "broken"]
    return "\n\n".join(each.text for each in so_far if each.how != "fails" or each is so_far[-1])


def foreign(site: Path) -> list[str]:
    """What the files of a built site would load from elsewhere."""
    return [
        f"{path.relative_to(site)}: {match[0]}"
        for path in sorted(site.rglob("*"))
        if path.suffix in (".html", ".css", ".svg")
        for match in FOREIGN.finditer(path.read_text(encoding="utf-8"))
    ]


def build(*, strict: bool) -> bool:
    """Make the folder that the generator reads; is all there?"""
    shutil.rmtree(SITE, ignore_errors=True)
    (TARGET / "pictures").mkdir(parents=True)
    shutil.copy(SOURCE / "pictures" / "site.css", TARGET / "site.css")
    with chromium() as browser:
        pictures = Pictures(browser)
        for guide in sorted(SOURCE.rglob("*.md")):
            illustrate(guide, pictures)
    for each in pictures.missing:
        print(f"no picture: {each}", file=sys.stderr)
    return not (strict and pictures.missing)


def main() -> None:
    """The command."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--strict", action="store_true", help="fail where a picture, a page or a link is missing")
    options.add_argument("--serve", action="store_true", help="then serve the site on this machine")
    given = options.parse_args()
    sys.path.insert(0, str(ROOT / "scenarios"))
    whole = build(strict=given.strict)
    generator = Path(sys.executable).parent / "zensical"
    if given.serve:
        os.chdir(ROOT)
        os.execv(generator, ["zensical", "serve"])
    ran = subprocess.run([generator, "build", *(["--strict"] if given.strict else [])], cwd=ROOT, check=False)
    loaded = foreign(SITE / "html")
    for each in loaded:
        print(f"from elsewhere: {each}", file=sys.stderr)
    sys.exit(
        ran.returncode or (0 if whole else "pictures are missing") or ("the site asks other servers" if loaded else 0)
    )


if __name__ == "__main__":
    main()
