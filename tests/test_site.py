"""The site: every page is in its navigation, every public name on one page of the reference, and nothing comes from elsewhere.

The whole site with its pictures is `make docs`; here it is built without them, where the generator is installed.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import liveview_core
import liveview_testing
from docs import build
from tests import guides

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md"))
SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_every_page_is_in_the_navigation() -> None:
    """Once, and nothing else is."""
    listed = re.findall(r"[\w/-]+\.md$", SETTINGS.partition("\nnav:\n")[2], flags=re.MULTILINE)
    assert sorted(listed) == PAGES


def test_every_public_name_is_on_one_page_of_the_reference() -> None:
    """`::: liveview_core.Socket`, by the name that users import."""
    told = Counter(
        name
        for page in (DOCS / "reference").glob("*.md")
        for name in build.LISTED.findall(build.completed(page.read_text(encoding="utf-8")))
    )
    public = {f"{module.__name__}.{name}" for module in (liveview_core, liveview_testing) for name in module.__all__}
    assert {name for name in public if told[name] != 1} == set()
    assert {name for name, times in told.items() if times != 1} == set()


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    """The generator finds this too, where it is installed."""
    text = (DOCS / page).read_text(encoding="utf-8")
    text = guides.FENCE.sub("", text)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not target.startswith("http"):
            assert ((DOCS / page).parent / target).is_file(), target


@pytest.mark.parametrize("page", PAGES)
def test_pictures_are_asked_for_in_full(page: str) -> None:
    """A name, what is shown, what it shows; each name once on a page."""
    asked = build.asked((DOCS / page).read_text(encoding="utf-8"))
    for kind, parts, _ in asked:
        assert len(parts) == (2 if kind == "terminal" else 3), parts
    names = [parts[0] for _, parts, _ in asked]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<script src="https://cdn.example/x.js"></script>', True),
        ("<script async src=//cdn.example/x.js></script>", True),
        ('<link rel="stylesheet" href="https://fonts.example/css">', True),
        ('<link href="https://fonts.example/css" rel="stylesheet">', True),
        ('<img alt="x" src="http://images.example/x.png">', True),
        ("<style>@import url(https://a.example/x.css)</style>", True),
        ("<style>@font-face { src: url('https://a.example/x.woff') }</style>", True),
        ('<a href="https://a.example/">elsewhere</a><link rel="canonical" href="https://a.example/">', False),
        ('<script src="assets/x.js"></script><img src="data:image/png;base64,">', False),
    ],
)
def test_what_comes_from_elsewhere_is_found(tmp_path: Path, text: str, found: bool) -> None:
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    assert bool(build.foreign(tmp_path)) is found


def test_the_site_is_built(tmp_path: Path) -> None:
    """Without pictures: strictly, with every signature in the reference, and with nothing from elsewhere."""
    if importlib.util.find_spec("zensical") is None:
        pytest.skip("the site's generator is not installed (make docs installs it)")
    settings = SETTINGS.replace(".site/docs", "docs").replace(".site/html", "html")
    settings = settings.replace("paths: [., testing]", f"paths: [{ROOT}, {ROOT / 'testing'}]")
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for page in PAGES:
        text = build.completed(guides.COMMENT.sub("*a picture*", (DOCS / page).read_text(encoding="utf-8")))
        target = tmp_path / "docs" / page
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            re.sub(r"^```python (fails|broken)$", "```python", text, flags=re.MULTILINE), encoding="utf-8"
        )
    (tmp_path / "docs" / "site.css").write_text("", encoding="utf-8")
    zensical = Path(sys.executable).parent / "zensical"
    built = subprocess.run([zensical, "build", "--strict"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr

    site = tmp_path / "html"
    reference = (site / "reference" / "simulation.html").read_text(encoding="utf-8")
    assert 'id="liveview_testing.Simulation.live"' in reference
    assert "view_or_path" in reference
    assert build.foreign(site) == []


def test_without_a_browser_it_is_said_which_pictures_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page has a note in their place; strict fails by them."""
    monkeypatch.setattr(build, "SOURCE", tmp_path)
    monkeypatch.setattr(build, "TARGET", tmp_path / "site")
    guide = tmp_path / "tea.md"
    guide.write_text("```python\nx = 1\n```\n\n<!-- picture: cup | x | A cup of tea -->\n", encoding="utf-8")
    pictures = build.Pictures(None)
    build.illustrate(guide, pictures)

    assert pictures.missing == ["tea.md: cup (no Chromium: chromium, chromium-browser, google-chrome)"]
    assert "*(A picture is missing here: A cup of tea)*" in (tmp_path / "site" / "tea.md").read_text(encoding="utf-8")


def test_what_a_terminal_shows_is_drawn_without_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest's own words, as a picture that asks nobody for fonts."""
    monkeypatch.setattr(build, "SOURCE", tmp_path)
    monkeypatch.setattr(build, "TARGET", tmp_path / "site")
    (tmp_path / "site" / "pictures").mkdir(parents=True)
    guide = tmp_path / "tea.md"
    guide.write_text(
        "```python\ntea = 'green'\n```\n\n```python fails\ndef test_tea():\n    assert tea == 'black'\n```\n\n"
        "<!-- terminal: cup | What pytest says -->\n",
        encoding="utf-8",
    )
    build.illustrate(guide, build.Pictures(None))

    drawn = (tmp_path / "site" / "pictures" / "tea-cup.svg").read_text(encoding="utf-8")
    assert "test_tea" in drawn and "AssertionError" in drawn
    assert build.foreign(tmp_path) == []
    assert "](pictures/tea-cup.svg)" in (tmp_path / "site" / "tea.md").read_text(encoding="utf-8")
